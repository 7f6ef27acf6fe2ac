// Behaviour is found by data- attributes and fetched only by pages that carry it. Without it every page still works.
const behaviours = [];

export function start(root) {
  for (const [selector, load] of behaviours) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    if (found.length) load().then((module) => found.forEach((element) => module.start(element)));
  }
}

start(document.documentElement);
