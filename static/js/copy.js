export function start(box) {
  const [field, button] = [box.querySelector("input, textarea"), box.querySelector("[data-copy-button]")];
  if (!navigator.clipboard || !button) return;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    const label = button.querySelector("span");
    const before = label.textContent;
    label.textContent = button.dataset.done || "✓";
    setTimeout(() => { label.textContent = before; }, 3000);
  });
}
