"""`make verify`: whether the evidence of this installation is as it was written, asked of its own database."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping

from advocacy.up.backup import reached
from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT, chosen_data
from advocacy.up.secret_keys import kept_secrets
from advocacy.up.stopping import signals_raise


def verify(more: str) -> int:
    """`more` is handed on, such as `--head 81234 5c0f…`. Works beside `make run` and without it."""
    data = chosen_data()
    own = bool(os.environ.get("DATABASE_URL"))
    if not own and not (data / "postgres").is_dir():
        raise CannotStart("There is nothing to verify here yet: this installation begins with `make run`.")
    try:
        words = shlex.split(more)
    except ValueError as problem:
        raise CannotStart(f"ARGS cannot be read: {problem}.") from None
    command = [sys.executable, "manage.py", "verify_guidelines", *words]
    with signals_raise(), reached(data) as env:
        here = {} if env.get("SECRET_KEY") and own else {**kept_secrets(data, env), "LOCAL": "1"}
        return subprocess.run(command, env=named(env, here, str(data)), cwd=ROOT, check=False).returncode


def named(env: Mapping[str, str], here: Mapping[str, str], data: str) -> dict[str, str]:
    """Its settings, wherever it was started from."""
    return {**env, **here, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "advocacy.settings"}
