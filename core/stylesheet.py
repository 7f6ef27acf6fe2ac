"""The style sheet leaves as one small file, css/site.css, joined from static/css in the order of its layers.

A staticfiles finder, so that `collectstatic`, `findstatic` and whitenoise with finders all know it and nobody has to
remember a build step. While developing it is joined again whenever it is asked for.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

NAME = "css/site.css"
FIRST = ("tokens.css", "base.css", "layout.css")


def parts(folder: Path) -> list[Path]:
    """Tokens first, since they name the layers; after that the order inside a layer decides nothing."""
    return (
        [folder / name for name in FIRST] + sorted(folder.glob("components/*.css")) + sorted(folder.glob("pages/*.css"))
    )


def shrink(css: str) -> str:
    """Comments and spaces out. Strings are safe as long as none holds two spaces or a comment, and none does."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r":\s+", ":", css).replace(";}", "}").strip()


def join(folder: Path) -> str:
    return "".join(shrink(path.read_text()) for path in parts(folder))


def build() -> Path:
    """Write the joined file beside the other data and answer its root; untouched when nothing changed."""
    root = Path(settings.DATA_DIR) / "built"
    target = root / NAME
    css = join(Path(settings.BASE_DIR) / "static" / "css")
    if not target.exists() or target.read_text() != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(".new")
        beside.write_text(css)
        beside.replace(target)
    return root


class StylesheetFinder(BaseFinder):
    """Name it in STATICFILES_FINDERS."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(build() / NAME)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        yield NAME, FileSystemStorage(location=build())


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names carry a hash, also inside the modules' imports, so that a browser may keep each file for ever."""

    support_js_module_import_aggregation = True
    # Only our own modules: in other people's files Django takes words of a comment for an import, and refuses them.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
