from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import languages


@pytest.fixture
def added(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A data folder of this test's own; nothing of it is known afterwards."""
    settings.DATA_DIR = tmp_path
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path / "languages"]
    yield tmp_path / "languages"
    languages.take_in([], {code for code, _stamp in languages._seen})
    languages._seen = ()
