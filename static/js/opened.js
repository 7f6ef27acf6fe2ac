// The words of a composer that was opened without a session: kept in this browser under the composer's own name, so
// that they stand there after the sign-in, whichever way it goes.
export function start(form) {
  const key = `draft:${form.dataset.opened}`;
  const field = form.querySelector("textarea");
  const kept = localStorage.getItem(key);
  if (kept !== null) field.value = kept;
  field.addEventListener("input", () => localStorage.setItem(key, field.value));
  form.addEventListener("submit", () => localStorage.setItem(key, field.value));
}
