"""The steps of a Containerfile, as data: the few instructions that ours uses, and a refusal of all others."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

KNOWN = {"FROM", "RUN", "COPY", "WORKDIR", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "CMD"}


@dataclass
class Stage:
    image: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, word: str) -> str:
        """What the last such instruction says; the earlier ones do not count."""
        return next((text for each, text in reversed(self.steps) if each == word), "")

    def command(self) -> list[str]:
        return list(json.loads(self.last("CMD")))

    def health(self) -> str:
        return self.last("HEALTHCHECK").removeprefix("CMD ").strip()


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """(word, the rest of it) of each, joined where a line ends in a backslash; comments are left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word not in KNOWN:
            raise ValueError(f"The trial does not know the instruction {word}.")
        yield word, rest.strip()


def stages(text: str) -> list[Stage]:
    found: list[Stage] = []
    for word, rest in instructions(text):
        if word == "FROM":
            image, _, name = rest.partition(" AS ")
            found.append(Stage(image, name or str(len(found))))
        else:
            found[-1].steps.append((word, rest))
    return found


def variables(text: str) -> dict[str, str]:
    """Of an ENV instruction."""
    return dict(part.split("=", 1) for part in shlex.split(text))


def kept(path: str, ignored: list[str]) -> bool:
    """Whether a file of the checkout reaches the image, by the lines of .dockerignore that we use."""
    parts = path.split("/")
    for line in ignored:
        if line.startswith("**/"):
            if line[3:] in parts:
                return False
        elif parts[: len(line.split("/"))] == line.split("/"):
            return False
    return True
