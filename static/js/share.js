// The phone's own share sheet, for any app. The button is hidden where there is none. A picture goes along where the
// phone allows it; it is fetched beforehand, since the sheet must open within the tap.
export function start(button) {
  if (!navigator.share) return;
  button.hidden = false;
  let files = [];
  if (button.dataset.sharePicture && navigator.canShare) {
    fetchPicture(button.dataset.sharePicture).then((found) => (files = found));
  }
  button.addEventListener("click", () => {
    const { shareText: text, shareUrl: url } = button.dataset;
    navigator.share({ text, ...(url && { url }), ...(files.length && { files }) }).then(
      () => button.dispatchEvent(new CustomEvent("advocacy:shared", { bubbles: true })),
      () => {}, // put away by the person: nothing to say
    );
  });
}

async function fetchPicture(address) {
  try {
    const blob = await (await fetch(address)).blob();
    const files = [new File([blob], address.split("/").pop(), { type: blob.type })];
    return navigator.canShare({ files }) ? files : [];
  } catch {
    return []; // words and link are enough
  }
}
