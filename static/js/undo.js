// Twenty seconds in which a share can be taken back. Counted from when the page arrived, not by the device's clock.
export function start(box) {
  const all = Number(box.dataset.of) || 20;
  const until = performance.now() + Number(box.dataset.seconds) * 1000;
  const [left, ring] = [box.querySelector("[data-undo-left]"), box.querySelector("[data-undo-ring]")];

  function tick() {
    if (!box.isConnected) return;
    const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    if (left) left.textContent = seconds || "";
    ring?.setAttribute("stroke-dasharray", `${(100 * seconds) / all} 100`);
    if (seconds) return void setTimeout(tick, 250);
    // The server would refuse now; a button that only disappoints goes, and the list above says how it went.
    if (box.contains(document.activeElement)) document.getElementById("main")?.focus({ preventScroll: true });
    box.remove();
  }
  tick();
}
