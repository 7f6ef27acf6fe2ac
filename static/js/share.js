// The phone's own share sheet, for any app, with the story's pictures where the phone hands files over.
// What needs that sheet is hidden where there is none, be it this button or only a way to its page.
const LONGEST_WAIT = 10000;

// Before the press: a sheet opens only right after it, and would not wait for a picture to arrive.
async function fetched(addresses) {
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  const files = await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const picture = await answer.blob();
    return new File([picture], address.split("/").pop(), { type: picture.type });
  }));
  return navigator.canShare({ files }) ? files : [];
}

export function start(button) {
  if (!navigator.share) return;
  button.hidden = false;
  if (button.dataset.shareUrl === undefined) return;
  const { shareText: text, shareUrl: url, sharePictures: pictures } = button.dataset;
  let files = [];
  if (pictures && navigator.canShare) fetched(pictures.split(" ")).then((found) => { files = found; }, () => {});
  button.addEventListener("click", () => {
    // Beside files many apps drop the address, so there it stands in the words.
    const bare = url ? { text, url } : { text };
    const all = files.length ? { files, text: url ? `${text}\n\n${url}` : text } : bare;
    navigator.share(all).then(
      () => button.dispatchEvent(new CustomEvent("advocacy:shared", { bubbles: true })),
      () => {}, // put away by the person: nothing to say
    );
  });
}
