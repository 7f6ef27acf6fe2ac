"""`make verify` as README says it: beside a running installation, without one, and with a database of one's own."""

from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from advocacy.up.places import held
from advocacy.up.prepare import prepare
from tests.advocacy.test_up_backup import call, database

pytestmark = pytest.mark.slow
HOLDS = "All evidence holds: 0 rows, and the chain they stand in.\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("installed")
    data.chmod(0o700)
    with database(data) as env:
        prepare(env)
    return data


def test_it_works_while_nothing_runs(installed: Path) -> None:
    done = call("verify", DATA_DIR=str(installed))
    assert (done.returncode, done.stdout) == (0, HOLDS), done.stderr


def test_and_while_everything_runs(installed: Path) -> None:
    with held(installed / "lock", "running"), database(installed):
        done = call("verify", DATA_DIR=str(installed))
    assert (done.returncode, done.stdout) == (0, HOLDS), done.stderr


def test_and_with_a_database_of_ones_own(installed: Path, tmp_path: Path) -> None:
    with database(installed) as env:
        url = {"DATABASE_URL": env["DATABASE_URL"], "DATA_DIR": str(tmp_path)}
        full = {name: env[name] for name in ("SECRET_KEY", "TOKEN_KEYS", "LOCAL")}
        served = call("verify", **url, **full)
        assert (served.returncode, served.stdout) == (0, HOLDS), served.stderr
        assert list(tmp_path.iterdir()) == [], "its keys are those that were given"
        run = call("verify", **url)
    assert (run.returncode, run.stdout) == (0, HOLDS), run.stderr


def test_a_seal_that_stands_nowhere_and_a_row_that_was_forced_are_named(installed: Path) -> None:
    done = call("verify", DATA_DIR=str(installed), ARGS="--head 307 c6d6")
    assert done.returncode == 1 and "seal:307 is not the one of the pack" in done.stdout
    with database(installed) as env, closing(psycopg2.connect(env["DATABASE_OWNER_URL"])) as owner:
        owner.cursor().execute(
            "INSERT INTO core_auditentry (at, kind, about, data) VALUES (now(), 'guideline_receipt', 'receipt:5', "
            """'{"digest": "0"}')"""
        )
        owner.commit()
    done = call("verify", DATA_DIR=str(installed))
    assert done.returncode == 1 and "receipt:5 is missing" in done.stdout


def test_where_nothing_is_yet_it_makes_nothing_and_says_how_to_begin(tmp_path: Path) -> None:
    done = call("verify", DATA_DIR=str(tmp_path / "none"))
    assert done.returncode == 1 and done.stderr.startswith("There is nothing to verify here yet")
    assert not (tmp_path / "none" / "postgres").exists()


def test_words_that_cannot_be_read_are_refused(installed: Path) -> None:
    done = call("verify", DATA_DIR=str(installed), ARGS="--head '307")
    assert done.returncode == 1 and done.stderr.startswith("ARGS cannot be read")
