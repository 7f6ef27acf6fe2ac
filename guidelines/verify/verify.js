"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const told = new Map(data.files);
const PAGE = "verify.html";
const OWN = [PAGE, "manifest.sha256"];
let words = data.words[data.language];
let last = null;

// SHA-256 as in FIPS 180-4: a page opened from the disk may lack the browser's own.
const ROOTS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const START = primes(8).map((prime) => fraction(Math.sqrt(prime)));

function primes(count) {
  const found = [];
  for (let one = 2; found.length < count; one++) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}

function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

function sha256(bytes) {
  const state = Uint32Array.from(START);
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) mix(state, new DataView(bytes.buffer, bytes.byteOffset + at, 64));
  const rest = bytes.length - whole;
  const end = new Uint8Array(rest < 56 ? 64 : 128);
  end.set(bytes.subarray(whole));
  end[rest] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(end.length - 4, (bytes.length << 3) >>> 0);
  for (let at = 0; at < end.length; at += 64) mix(state, new DataView(end.buffer, at, 64));
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

const w = new Uint32Array(64);

function mix(state, block) {
  for (let i = 0; i < 16; i++) w[i] = block.getUint32(4 * i);
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15];
    const b = w[i - 2];
    w[i] = (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10)) + w[i - 7] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + w[i - 16];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROOTS[i] + w[i]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] += word));
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

async function hashOf(buffer) {
  if (!globalThis.crypto?.subtle) return sha256(new Uint8Array(buffer));
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Which of the pack's files one is: by its path, or where only its own name is known by that.
function nameOf(path) {
  const known = [...told.keys(), ...OWN];
  const end = known.filter((name) => path === name || path.endsWith("/" + name)).sort((a, b) => b.length - a.length)[0];
  if (end) return end;
  return path.includes("/") ? null : known.find((name) => name.split("/").pop() === path) || null;
}

// The folder they were all chosen in, which says nothing of a file.
function commonFolder(files) {
  const folder = files[0].path.slice(0, files[0].path.indexOf("/") + 1);
  return files.every(({ path }) => path.startsWith(folder)) ? folder : "";
}

async function check(files) {
  if (!files.length) return say("none");
  const found = { holds: [], differs: [], extra: [], unread: [], hashes: new Map(), texts: new Map() };
  let place = 0;
  const root = commonFolder(files);
  for (const { path, file } of files) {
    say("reading", { n: ++place, of: files.length, name: path });
    const name = nameOf(path);
    let buffer;
    try {
      buffer = await file.arrayBuffer();
    } catch {
      found.unread.push(name || path.slice(root.length));
      continue;
    }
    if (!name) {
      found.extra.push(path.slice(root.length));
      continue;
    }
    const hash = await hashOf(buffer);
    found.hashes.set(name, hash);
    if (name === "manifest.sha256" || /^publications.*\.csv$/.test(name)) found.texts.set(name, new TextDecoder().decode(buffer));
    if (told.has(name)) found[hash === told.get(name) ? "holds" : "differs"].push(name);
  }
  judgePage(found);
  const order = [...told.keys(), PAGE];
  for (const names of [found.holds, found.differs]) names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  found.missing = order.filter((name) => !found.hashes.has(name) && !found.unread.includes(name));
  last = found;
  show(found);
}

function cells(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    const row = rows[rows.length - 1];
    if (one === '"') {
      if (quoted && text[at + 1] === '"') row[row.length - 1] += text[++at];
      else quoted = !quoted;
    } else if (one === "," && !quoted) row.push("");
    else if (one === "\n" && !quoted) rows.push([""]);
    else if (one !== "\r" || quoted) row[row.length - 1] += one;
  }
  return rows.filter((row) => row.length > 1);
}

function versions(found) {
  const tables = [...found.texts].filter(([name]) => name.endsWith(".csv"));
  if (!tables.length) return [["versions_unknown", {}]];
  const wrong = [];
  let count = 0;
  for (const [, text] of tables) {
    const [head, ...rows] = cells(text);
    for (const row of rows) {
      const [file, fingerprint, asked] = ["file", "fingerprint", "situations_fingerprint"].map((name) => row[head.indexOf(name)]);
      const named = new Map([[file, fingerprint]]);
      if (asked) named.set(file.replace(/\.json$/, "-situations.json"), asked);
      count++;
      for (const [name, hash] of named) if (found.hashes.get(name) !== hash) wrong.push(name);
    }
  }
  return wrong.length ? [["versions_differ", { n: wrong.length }, wrong]] : [["versions_hold", { n: count }]];
}

function listedByManifest(found) {
  const text = found.texts.get("manifest.sha256") || "";
  return new Map(text.split("\n").filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]));
}

// This page cannot hold its own hash: it is the one that manifest.sha256 names.
function judgePage(found) {
  const hash = found.hashes.get(PAGE);
  const named = listedByManifest(found).get(PAGE);
  if (hash && named) found[hash === named ? "holds" : "differs"].push(PAGE);
}

function manifest(found) {
  if (!found.texts.has("manifest.sha256")) return [["manifest_missing", {}]];
  const said = [["manifest", { hash: found.hashes.get("manifest.sha256") }]];
  const lines = listedByManifest(found);
  const page = lines.get(PAGE);
  lines.delete(PAGE);
  if (lines.size !== told.size || [...told].some(([name, hash]) => lines.get(name) !== hash)) said.push(["manifest_unlike", {}, []]);
  if (found.hashes.has(PAGE) && found.hashes.get(PAGE) !== page) said.push(["page_unlike", {}, []]);
  return said;
}

function filled(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function say(key, values, tone = "") {
  const said = document.getElementById("said");
  said.className = tone;
  said.textContent = filled(key, values);
}

function part(tag, text = "", tone = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (tone) made.className = tone;
  return made;
}

function show(found) {
  const all = told.size + 1; // this page is one of them
  const wrong = [...versions(found), ...manifest(found)];
  const isWhole = found.holds.length === all && !wrong.some(([, , names]) => names);
  const key = found.holds.length < all ? "not_all" : isWhole ? "all_hold" : "all_but";
  say(key, { n: all, hold: found.holds.length }, isWhole ? "good" : "bad");
  const parts = [part("p", words.counted, "note")];
  for (const [key, names] of [["differ", found.differs], ["missing", found.missing], ["unread", found.unread], ["extra", found.extra]]) {
    if (names.length) parts.push(part("h2", filled(key, { n: names.length }), key === "extra" ? "" : "bad"), listed(names));
  }
  for (const [key, values, names] of wrong) {
    parts.push(part("p", filled(key, values), names ? "bad" : ""));
    if (names?.length) parts.push(listed(names));
  }
  parts.push(part("h2", words.each), table(found));
  document.getElementById("found").replaceChildren(...parts);
}

function listed(names) {
  const list = part("ul");
  list.append(...names.map((name) => part("li", name)));
  return list;
}

function table(found) {
  const made = part("table");
  const head = part("tr");
  head.append(...["name", "state", "hash"].map((key) => Object.assign(part("th", words[key]), { scope: "col" })));
  made.append(part("thead"), part("tbody"));
  made.tHead.append(head);
  const states = [["holds", "✓ ", "good"], ["differs", "✗ ", "bad"], ["missing", "– ", "bad", "is_missing"], ["unread", "– ", "bad", "is_unread"], ["extra", "? ", "", "is_extra"]];
  for (const [key, mark, tone, word = key] of states) {
    for (const name of found[key]) {
      const row = part("tr");
      row.append(part("td", name), part("td", mark + words[word], tone), part("td", found.hashes.get(name) || "–", "hash"));
      made.tBodies[0].append(row);
    }
  }
  return made;
}

async function inside(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const few = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!few.length) return found;
    for (const one of few) found.push(...(await inside(one)));
  }
}

for (const id of ["folder", "files"]) {
  document.getElementById(id).addEventListener("change", (event) => {
    check([...event.target.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
  });
}

const drop = document.getElementById("drop");
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind.startsWith("drag") && kind !== "dragleave");
  });
}
drop.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  check((await Promise.all(entries.map(inside))).flat());
});

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    words = data.words[button.dataset.language];
    document.documentElement.lang = button.dataset.language;
    document.title = words.title;
    for (const other of document.querySelectorAll("[data-language]")) other.setAttribute("aria-pressed", String(other === button));
    for (const one of document.querySelectorAll("[data-say]")) one.textContent = words[one.dataset.say];
    for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", words[one.dataset.label]);
    if (last) show(last);
  });
}
