// How many notices wait, on the icon of the installed product.
export function start(element) {
  const count = Number(element.dataset.badge);
  if (count) navigator.setAppBadge?.(count).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}
