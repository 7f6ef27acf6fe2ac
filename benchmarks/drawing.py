"""Figures as small drawings of their own, that stay readable on a light page and on a dark one."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.figures import written
from core.charts import Drawing, Line, Point

DOCS = Path(__file__).resolve().parents[1] / "docs"
BEGIN, END = "<!-- growth: written by WRITE=1 PART=growth make bench -->", "<!-- end of growth -->"
LIGHT = "--paper:#fdfdfb;--ink:#15191a;--faint:#5f6769;--line:#dfe1db;--edge:#7d8583;--accent:#0a5c68"
DARK = "--paper:#121617;--ink:#eef0ec;--faint:#98a1a0;--line:#2c3435;--edge:#76807f;--accent:#74c8d2"
STYLE = (
    f"svg{{{LIGHT};font:12px system-ui,sans-serif;background:var(--paper)}}"
    f"@media(prefers-color-scheme:dark){{svg{{{DARK}}}}}"
    "text{fill:var(--faint)}.strong{fill:var(--ink);font-weight:600}.grid{fill:none;stroke:var(--line)}"
    ".axis{fill:none;stroke:var(--edge)}.line{fill:none;stroke:var(--accent);stroke-width:2.25}"
    ".area{fill:var(--accent);opacity:.09}.dot{fill:var(--accent);stroke:var(--paper);stroke-width:2.5}"
)
WIDTH, HEAD, EDGE = 480, 28, 12


@dataclass(frozen=True)
class Curve:
    """One measurement at each size. `key` names the file of its drawing."""

    key: str
    name: str
    unit: str
    sizes: Sequence[int]
    values: Sequence[float]

    def svg(self) -> str:
        points = [Point(f"{size:,}", value) for size, value in zip(self.sizes, self.values, strict=True)]
        last = f"{written(self.values[-1])} {self.unit}"
        drawn = Line(self.name, self.sentence, points, ("rows", self.unit), last_words=last).draw(WIDTH - 2 * EDGE)
        return svg(f"{self.name}, {self.unit}", self.sentence, drawn)

    @property
    def sentence(self) -> str:
        pairs = zip(self.sizes, self.values, strict=True)
        return "; ".join(f"{size:,} rows: {written(value)} {self.unit}" for size, value in pairs)


def svg(title: str, sentence: str, drawn: Drawing) -> str:
    marks = "".join(
        f'<{mark.tag} class="{mark.css}" {attributes(mark.attributes)}>'
        f"{escape(mark.strong)}{escape(mark.words)}</{mark.tag}>"
        for mark in drawn.marks
    )
    height = drawn.height + HEAD + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img"><title>{escape(title)}</title><desc>{escape(sentence)}</desc><style>{STYLE}</style>'
        f'<rect width="{WIDTH}" height="{height}" fill="var(--paper)"/>'
        f'<text class="strong" x="{EDGE}" y="22">{escape(title)}</text>'
        f'<g transform="translate({EDGE} {HEAD})">{marks}</g></svg>\n'
    )


def attributes(pairs: Sequence[tuple[str, str]]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in pairs)


def write_page(curves: Sequence[Curve]) -> None:
    """The drawings, and the table of docs/scaling.md between its two marks."""
    for curve in curves:
        (DOCS / "img" / f"growth-{curve.key}.svg").write_text(curve.svg())
    page = DOCS / "scaling.md"
    text = page.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table(curves)}\n{END}{after}")


def table(curves: Sequence[Curve]) -> str:
    sizes = curves[0].sizes
    rows = [
        f"| {curve.name}, {curve.unit} | " + " | ".join(written(value) for value in curve.values) + " |"
        for curve in curves
    ]
    drawings = [f"![{curve.name}: {curve.sentence}](img/growth-{curve.key}.svg)" for curve in curves]
    head = "| what | " + " | ".join(f"{size:,}" for size in sizes) + " |"
    return "\n".join([head, "| --- |" + " --- |" * len(sizes), *rows, "", *drawings])
