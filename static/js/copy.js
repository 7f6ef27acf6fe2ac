// Where a browser has no clipboard, or refuses it, the words are selected for the device's own menu, and a sentence says so.
export function start(box) {
  const [field, button] = [box.querySelector("input, textarea"), box.querySelector("[data-copy-button]")];
  if (!button) return;
  const said = Object.assign(document.createElement("p"), { className: "note", role: "status" });
  box.append(said);
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const copied = await copy(field);
    said.textContent = copied ? "" : button.dataset.refused;
    if (!copied) return;
    const label = button.querySelector("span");
    const before = label.textContent;
    label.textContent = button.dataset.done || "✓";
    setTimeout(() => { label.textContent = before; }, 3000);
  });
}

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.setSelectionRange(0, field.value.length); // select() alone does nothing on an iPhone
    return document.execCommand("copy"); // old, and still there where the clipboard is not
  }
}
