// A bar that says how many are chosen: "Share to 2 accounts". Words come from the page, one per number form.
export function start(button) {
  const form = button.closest("form");
  const boxes = () => [...form.querySelectorAll(`[name="${button.dataset.countChecked}"]`)];
  const rules = new Intl.PluralRules(document.documentElement.lang || "en");

  function count() {
    const chosen = boxes().filter((box) => box.checked);
    const words = button.dataset[chosen.length ? (rules.select(chosen.length) === "one" ? "one" : "other") : "none"];
    if (words) button.querySelector("[data-count-words]").textContent = words.replace("{n}", chosen.length);
    if (button.dataset.needsOne !== undefined) button.disabled = chosen.length === 0;
    if (button.dataset.hideAtNone !== undefined) button.hidden = chosen.length === 0;
  }
  form.addEventListener("change", count);
  count();
}
