import { post } from "./token.js";

// Asked for by a tap and never by itself. Without push in this browser the page says how an iPhone gets it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

function name() {
  const { userAgent } = navigator;
  const browser = ["Firefox", "Edg", "SamsungBrowser", "OPR", "Chrome", "Safari"].find((one) => userAgent.includes(one)) ?? "";
  const device = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"].find((one) => userAgent.includes(one)) ?? "";
  return [{ Edg: "Edge", OPR: "Opera", SamsungBrowser: "Samsung Internet" }[browser] ?? browser, device].filter(Boolean).join(" · ");
}

export function start(box) {
  const part = (which) => box.querySelector(`[data-push-${which}]`);
  const show = (which, on = true) => { part(which).hidden = !on; };
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
  show("cannot", false);
  show(Notification.permission === "denied" ? "refused" : "ask");

  part("ask").addEventListener("click", async () => {
    try {
      const worker = await navigator.serviceWorker.ready;
      const old = await worker.pushManager.getSubscription();
      await old?.unsubscribe(); // another installation's key would be refused
      const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.push) });
      const { endpoint, keys } = made.toJSON();
      const body = new FormData();
      for (const [field, value] of Object.entries({ endpoint, ...keys, browser: name() })) body.set(field, value);
      const answer = await post(box.dataset.pushUrl, body);
      if (!answer.ok) throw new Error(String(answer.status));
      show("done");
      show("ask", false);
    } catch {
      show(Notification.permission === "denied" ? "refused" : "cannot");
    }
  });
}
