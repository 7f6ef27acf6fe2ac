// Where somebody stopped reading is kept on their own device, and offered when they come back; never jumped to.
export function start(text) {
  const key = `place:${text.dataset.place}`;
  const sections = [...text.querySelectorAll("article[id]")];
  const back = text.querySelector("[data-place-back]");
  const last = sections.find((section) => section.id === kept(key));
  if (back && last && last !== sections[0] && !location.hash) {
    const link = back.querySelector("a");
    link.href = `#${last.id}`;
    link.textContent = last.querySelector("h2").textContent;
    back.hidden = false;
  }
  if (!("IntersectionObserver" in window)) return;
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) keep(key, target.id);
  }, { rootMargin: "-30% 0px -60% 0px" });
  for (const section of sections) watch.observe(section);
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(key, place) {
  try {
    localStorage.setItem(key, place);
  } catch { /* the same */ }
}
