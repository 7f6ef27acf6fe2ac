// Words of a form to which this sign-in leads back are kept in this browser alone: then the sentence is shown that says so.
export function start(sentence) {
  const path = sentence.dataset.wordsWait.split("?")[0];
  if (path && Object.keys(localStorage).some((key) => key.startsWith("draft:") && key.endsWith(path))) sentence.hidden = false;
}
