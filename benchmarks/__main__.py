"""`make bench`: every benchmark, or only PART=redirects, and one table at the end, and the same as a line of JSON each.

A benchmark is a module of this package with a `main() -> list[Figure]`.
"""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks
from benchmarks.figures import Figure, print_figures

HELPERS = {
    "__main__", "figures", "bare", "load", "serving", "outages", "watching", "drawing", "reading_door", "reading_run",
    "signatures",
}  # fmt: skip


def names() -> list[str]:
    found = [module.name for module in iter_modules(benchmarks.__path__) if module.name not in HELPERS]
    part = os.environ.get("PART", "")
    if not part:
        found.remove("limits")  # in a run of its own: the others ask how fast it could go
    if part and part not in found:
        sys.exit(f"There is no benchmark {part}; there are: {', '.join(found)}.")
    return [part] if part else found


def run() -> None:
    figures: list[Figure] = []
    for name in names():
        print(f"{name} …", flush=True)
        figures += import_module(f"benchmarks.{name}").main()
    print_figures(figures)
    if any(figure.enough is False for figure in figures):
        sys.exit(1)


if __name__ == "__main__":
    run()
