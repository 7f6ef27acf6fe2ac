// The token that Django asks of every POST; it stands once on the body, where htmx reads it too.
export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
}

// A page may have lain open for days, in a tunnel or a pocket: a token of now, and whether it is still the same person.
export async function renew() {
  const answer = await fetch("/token/", { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const { token: fresh, reader } = await answer.json();
  if (reader !== document.querySelector("meta[name=reader]")?.content) throw new Error("another reader");
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
}

export function post(url, body, headers = {}) {
  return fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch", ...headers } });
}
