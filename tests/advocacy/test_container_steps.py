"""The trial of the Containerfile reads it as an engine does."""

from pathlib import Path

import pytest

from tests.container.__main__ import commands
from tests.container.steps import kept, stages, variables

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = """FROM debian:bookworm-slim AS build
# a remark
RUN one \\
    && two
FROM debian:bookworm-slim
COPY --from=build /a /b
USER somebody
HEALTHCHECK CMD ask
CMD ["run", "it"]
"""


def test_stages_steps_and_joined_lines() -> None:
    build, image = stages(EXAMPLE)
    assert (build.name, build.steps) == ("build", [("RUN", "one      && two")])
    assert image.steps[0] == ("COPY", "--from=build /a /b")
    assert (image.command(), image.health(), image.last("USER")) == (["run", "it"], "ask", "somebody")


def test_an_instruction_that_the_trial_cannot_take_is_refused() -> None:
    with pytest.raises(ValueError, match="does not know the instruction ADD"):
        stages("FROM x\nADD a b")


def test_variables_and_what_stays_out_of_the_image() -> None:
    assert variables('A=1 B="two words"') == {"A": "1", "B": "two words"}
    ignored = [".git", "tests", "**/__pycache__", "deploy/environment"]
    assert kept("core/flow.py", ignored) and kept("deploy/environment.example", ignored)
    assert not any(kept(path, ignored) for path in ("tests/x.py", "core/__pycache__/x.pyc", "deploy/environment"))


def test_our_image_runs_as_an_ordinary_user_and_carries_no_tests() -> None:
    image = stages((ROOT / "deploy" / "Containerfile").read_text())[-1]
    assert image.last("USER") == "advocacy"
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert not any(kept(path, ignored) for path in ("tests/conftest.py", ".git/config", "deploy/environment"))
    assert set(commands()) == {"prepare", "worker", "beat"}
