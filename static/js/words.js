// Puts words into a field so that every listener hears of it.
export function write(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Words kept on a device belong to one story and to one person: another may sign in here.
export function draftKey(path = location.pathname) {
  return `draft:${document.querySelector("meta[name=reader]")?.content ?? ""}:${path}`;
}
