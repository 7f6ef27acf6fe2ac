// A passkey is made or used by the browser itself, so this one thing needs a script. Shown only where it can work.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

function forCreate({ publicKey }) {
  const chosen = { ...publicKey, challenge: decode(publicKey.challenge) };
  chosen.user = { ...publicKey.user, id: decode(publicKey.user.id) };
  chosen.excludeCredentials = named(publicKey.excludeCredentials);
  chosen.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return { publicKey: chosen };
}

function forGet({ publicKey }) {
  const chosen = { ...publicKey, challenge: decode(publicKey.challenge) };
  chosen.allowCredentials = named(publicKey.allowCredentials);
  return { publicKey: chosen };
}

function asJson(made) {
  const response = { clientDataJSON: encode(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (made.response[part]) response[part] = encode(made.response[part]);
  const rest = { id: made.id, type: made.type, clientExtensionResults: made.getClientExtensionResults() };
  return JSON.stringify({ ...rest, rawId: encode(made.rawId), response });
}

async function options(form) {
  const inline = form.querySelector("script[type='application/json']");
  if (inline) return JSON.parse(inline.textContent);
  const making = form.dataset.passkey === "create";
  const answer = await fetch(form.dataset.options, {
    method: making ? "POST" : "GET",
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    body: making ? new FormData(form) : undefined,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function start(form) {
  if (!window.PublicKeyCredential || !isSecureContext) return;
  form.hidden = false;
  const shown = form.dataset.shows && document.getElementById(form.dataset.shows);
  if (shown) shown.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.credential;
    if (field.value) return;
    if (event.submitter?.hasAttribute("data-no-passkey")) return;
    event.preventDefault();
    const sorry = form.querySelector("[data-passkey-error]");
    if (sorry) sorry.hidden = true;
    try {
      const given = await options(form);
      const asked = given.request_options ?? given.creation_options;
      const made = form.dataset.passkey === "create"
        ? await navigator.credentials.create(forCreate(asked))
        : await navigator.credentials.get(forGet(asked));
      field.value = asJson(made);
      form.submit();
    } catch {
      if (sorry) sorry.hidden = false;
    }
  });
}
