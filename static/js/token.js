// The token that Django asks of every POST; it stands once on the body, where htmx reads it too.
export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
}

export function post(url, body, headers = {}) {
  return fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch", ...headers } });
}
