// The phone's own share sheet, for any app. The button is hidden where there is none.
export function start(button) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const { shareText: text, shareUrl: url } = button.dataset;
    navigator.share(url ? { text, url } : { text }).then(
      () => button.dispatchEvent(new CustomEvent("advocacy:shared", { bubbles: true })),
      () => {}, // put away by the person: nothing to say
    );
  });
}
