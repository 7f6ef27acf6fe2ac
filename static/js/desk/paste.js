// What is pasted from a word processor keeps its headings, lists, links and strong words, as Markdown.
export function start(field) {
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    const words = markdown(new DOMParser().parseFromString(unstyled(html), "text/html").body);
    if (!words) return;
    event.preventDefault();
    // The one way that leaves the browser's own undo whole; where it is missing, the field is written to.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Styles are read, never applied: a browser complains of those that the page's policy forbids, also in a text like this.
function unstyled(html) {
  return html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
}

const HEADINGS = /^H[1-6]$/;
const SKIPPED = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML"]);
const OUTER = new Set(["P", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "TABLE", "TR", "LI", "UL", "OL", "BODY"]);

function markdown(body) {
  return blocks(body).join("\n\n").replace(/\n{3,}/g, "\n\n").trim();
}

function blocks(parent) {
  const found = [];
  let line = "", listed = false;
  const end = () => {
    if (line.trim()) found.push(line.trim());
    line = "";
  };
  const item = (text) => {
    // Items that follow each other stand in one block.
    if (listed && found.length) found[found.length - 1] += `\n${text}`;
    else found.push(text);
  };
  for (const node of parent.childNodes) {
    const isBlank = node.nodeType === Node.COMMENT_NODE || (node.nodeType === Node.TEXT_NODE && !node.data.trim());
    const name = node.nodeName;
    if (SKIPPED.has(name) || node.nodeType === Node.COMMENT_NODE) continue;
    if (HEADINGS.test(name) || isWordHeading(node)) {
      end();
      const text = inline(node).trim();
      if (text) found.push(`### ${text}`);
    } else if (name === "UL" || name === "OL") {
      end();
      found.push(list(node, ""));
    } else if (isWordItem(node)) {
      end();
      item(wordItem(node));
      listed = true;
      continue;
    } else if (OUTER.has(name)) {
      end();
      found.push(...blocks(node));
    } else {
      line += inline(node);
    }
    if (!isBlank) listed = false;
  }
  end();
  return found;
}

function list(element, indent) {
  const lines = [];
  let number = Number(element.getAttribute("start")) || 1;
  for (const child of element.children) {
    if (child.nodeName === "UL" || child.nodeName === "OL") {
      lines.push(list(child, `${indent}   `));
      continue;
    }
    const mark = element.nodeName === "OL" ? `${number++}. ` : "- ";
    const inner = [...child.childNodes].filter((node) => !/^[UO]L$/.test(node.nodeName)).map(inline).join("");
    lines.push(indent + mark + inner.replace(/\s+/g, " ").trim());
    for (const deeper of child.querySelectorAll(":scope > ul, :scope > ol")) lines.push(list(deeper, `${indent}   `));
  }
  return lines.join("\n");
}

// Word writes lists as paragraphs, with the mark as words of its own.
const MARK = /^\s*(?:[·•o§▪‣–-]|\(?(\d+|[a-z])[.)])\s+/i;

function isWordItem(node) {
  return node.nodeName === "P" && /mso-list|MsoListParagraph/i.test(`${node.dataset.style} ${node.className}`);
}

function isWordHeading(node) {
  return node.nodeName === "P" && (/^MsoTitle|heading/i.test(node.className) || node.getAttribute("role") === "heading");
}

function wordItem(node) {
  const text = inline(node).replace(/\s+/g, " ").trim();
  const mark = text.match(MARK);
  const level = Number((node.dataset.style || "").match(/level(\d)/)?.[1] || 1);
  const sign = mark?.[1] && /\d/.test(mark[1]) ? `${mark[1]}. ` : "- ";
  return "   ".repeat(level - 1) + sign + text.replace(MARK, "");
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.nodeName)) return "";
  if (node.nodeName === "BR") return "\n";
  const inner = [...node.childNodes].map(inline).join("");
  if (!inner.trim()) return inner;
  if (/^(B|STRONG)$/.test(node.nodeName) && !/font-weight:\s*normal/i.test(node.dataset.style || "")) return around(inner, "**");
  if (/^(I|EM)$/.test(node.nodeName)) return around(inner, "*");
  if (node.nodeName === "A" && /^(https?|mailto|tel):/i.test(node.getAttribute("href") || "")) return `[${inner.trim()}](${node.getAttribute("href")})`;
  return inner;
}

function around(words, sign) {
  const [, before, text, after] = words.match(/^(\s*)([\s\S]*?)(\s*)$/);
  return `${before}${sign}${text}${sign}${after}`;
}
