"""Brings the database into shape as its owner, in a process of its own that prints its progress."""

import subprocess
import sys
from collections.abc import Mapping

from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT


def prepare(env: Mapping[str, str], *how: str) -> None:
    """`how` is what `advocacy.up.schema` takes."""
    role = "owner" if env.get("DATABASE_OWNER_URL") else ""
    done = subprocess.run(
        [sys.executable, "-m", "advocacy.up.schema", *how], env={**env, "DATABASE_ROLE": role}, cwd=ROOT, check=False
    )
    if done.returncode != 0:
        raise CannotStart("The database could not be prepared; the reason stands above.")
