"""The files of deploy/ are read by the programs they are for, where those are installed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin")
    if not found:
        pytest.skip(f"{name} is not installed here")
    return found


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    units = [tmp_path / f"advocacy@{part}.service" for part in ("web", "worker", "beat")]
    for unit in units:
        shutil.copy(DEPLOY / "advocacy@.service", unit)
    shutil.copy(DEPLOY / "advocacy.target", tmp_path)
    assert (
        said(program("systemd-analyze"), "verify", "--man=no", *map(str, units), str(tmp_path / "advocacy.target"))
        == ""
    )


def test_each_unit_has_its_command() -> None:
    commands = {path.name: path.read_text() for path in (DEPLOY / "systemd").iterdir()}
    assert set(commands) == {"web", "worker", "beat"}
    assert all(text.startswith("COMMAND=") and text.count("\n") == 1 for text in commands.values())


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=example")
    assert said(program("openssl"), *words, "-keyout", str(key), "-out", str(certificate)) == ""
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid '{tmp_path}/pid'; error_log stderr; events {{}} http {{ ssl_certificate '{certificate}'; "
        f"ssl_certificate_key '{key}'; access_log off; include '{DEPLOY}/nginx.conf'; }}"
    )
    assert said(program("nginx"), "-t", "-q", "-c", str(whole)) == ""


def test_caddy_reads_its_file() -> None:
    file = str(DEPLOY / "Caddyfile")
    assert said(program("caddy"), "adapt", "--adapter", "caddyfile", "--config", file) == ""


def test_caddy_asks_the_program_for_short_links_before_it_says_no() -> None:
    command = [program("caddy"), "adapt", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    [server] = json.loads(done.stdout)["apps"]["http"]["servers"].values()
    [short] = [route for route in server["routes"] if route["match"] == [{"host": ["go.example.org"]}]]
    links, others = short["handle"][0]["routes"]
    assert links["match"] == [{"path": ["/go/*", "/static/*"]}] and "match" not in others
    assert links["group"] == others["group"]  # the first that fits answers alone
