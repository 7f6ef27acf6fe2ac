// What went wrong is read first, by eye and by ear.
export function start(element) {
  element.focus();
}
