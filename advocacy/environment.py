"""Every setting that comes from the environment, declared once: name, meaning, default. Plain Python.

`python -m advocacy.environment` prints the table, `--write` puts it into README, and `--check`, part of `make lint`,
fails where README says something else. Read one by `env`, `flag` or `listed`; a test finds what is not declared.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- settings: written by python -m advocacy.environment --write -->", "<!-- end of settings -->"


@dataclass(frozen=True)
class Setting:
    """`unset` says in words what happens without it, where `default` alone would not tell."""

    name: str
    meaning: str
    default: str = ""
    unset: str = ""

    @property
    def row(self) -> str:
        otherwise = self.unset or (f"`{self.default}`" if self.default else "–")
        return f"| `{self.name}` | {self.meaning} | {otherwise} |"


SETTINGS = (
    Setting("BASE_URL", "the public address, `https://…` in production", "http://127.0.0.1:8000"),
    Setting(
        "LINK_URL",
        "a domain of its own for short links, such as `https://go.firm.example`; it serves nothing else",
        unset="`BASE_URL`",
    ),
    Setting("SECRET_KEY", "Django’s secret", unset="made by `make run`, required elsewhere"),
    Setting(
        "TOKEN_KEYS",
        "keys for the tokens of linked accounts, comma separated; the first seals, all open",
        unset="made by `make run`, required elsewhere",
    ),
    Setting(
        "VAPID_KEY",
        "the private key that signs pushes to browsers; another one ends every permission given",
        unset="made by `make run`; elsewhere no pushes are sent",
    ),
    Setting(
        "DATABASE_URL",
        "PostgreSQL as the role that runs: `postgres://user:password@host/name`",
        unset="embedded",
    ),
    Setting(
        "DATABASE_OWNER_URL",
        "the same database as the role that owns the tables and migrates",
        unset="embedded",
    ),
    Setting("DATABASE_ROLE", "`owner` for the one command that migrates", unset="the role that runs"),
    Setting("DATABASE_POOLED", "between is a pooler in transaction mode, such as PgBouncer", unset="off"),
    Setting("REDIS_URL", "broker and cache", unset="embedded"),
    Setting("BROKER_URL", "another broker, such as RabbitMQ: `amqp://user:password@host:5672//`", unset="`REDIS_URL`"),
    Setting("EMAIL_HOST", "where mail is handed over", unset="in the demo it is kept, readable at `/outbox/`"),
    Setting("EMAIL_PORT", "on which port", "587"),
    Setting("EMAIL_HOST_USER", "as whom we sign in there", unset="no signing in there"),
    Setting("EMAIL_HOST_PASSWORD", "with which password"),
    Setting("EMAIL_USE_TLS", "begin in the open and change to TLS (port 587); `0` for neither", "1"),
    Setting("EMAIL_USE_SSL", "TLS from the first byte (port 465)", unset="off"),
    Setting("EMAIL_FROM", "the sender’s address", unset="`advocacy@` the host of `BASE_URL`"),
    Setting("ALLOWED_HOSTS", "names the server answers to, comma separated", unset="the host of `BASE_URL`"),
    Setting("TRUSTED_PROXIES", "whose `X-Forwarded-For` is believed, comma separated", unset="nobody’s"),
    Setting("NO_HTTPS_REDIRECT", "a proxy in front already sends plain http to https", unset="off"),
    Setting(
        "ALLOWED_ORIGINS",
        "private addresses we may call all the same, such as a feed in your own network, comma separated",
        unset="none",
    ),
    Setting(
        "DATA_DIR",
        "pictures, logs, and the embedded database; with `FIRM=1` they lie in its folder `firm`",
        unset="`.data`",
    ),
    Setting("HOST", "where the web listens (`make run`)", "127.0.0.1"),
    Setting("PORT", "on which port; the stand-ins take the two after it", "8000"),
    Setting("WEB_WORKERS", "processes of the web", "2"),
    Setting("WEB_THREADS", "threads of each", "16"),
    Setting("WORKER_THREADS", "threads of a worker", "16"),
    Setting("CALLS_AT_ONCE", "posts one worker may have on their way to platforms", "112"),
    Setting(
        "LINKEDIN_VERSION",
        "the version of LinkedIn’s interface, as `202609`; administrators are told two months before it ends",
        unset="the one this release was tried with",
    ),
    Setting(
        "LINKEDIN_PRODUCT",
        "`community` where LinkedIn has granted you the Community Management API, which tells figures",
        unset="the product everybody can have, without figures",
    ),
    Setting(
        "READINGS_KEPT_DAYS",
        "days after which single figures of posts go, by whole months and never before 60; each day’s last ones stay",
        "180",
    ),
    Setting(
        "LINKEDIN_FIGURES_DAYS",
        "days after which all figures of LinkedIn’s posts go, each day’s last ones too, for firms whose agreement with "
        "LinkedIn says so; single ones of every platform then go by whole months after as many, never before 60",
        unset="each day’s last ones stay",
    ),
    Setting("LIMITS", "`off` counts no budgets, for benchmarks only: platforms then refuse what is too much", "on"),
    Setting("LOG_LEVEL", "how much is logged: `DEBUG`, `INFO`, `WARNING` …", "INFO"),
    Setting("BACKUPS", "the folder of `make backup`", unset="`backups`"),
    Setting("FIRM", "`make run` begins with your own firm instead of the demo", unset="off"),
    Setting("DEMO", "the demo: for trying out, never for a firm", unset="off"),
    Setting("SANDBOX", "stand-ins take the platforms’ places; never for a firm", unset="off"),
    Setting("SANDBOX_URL", "where the stand-ins are", unset="set by `make run`"),
    Setting("CLOCK_FILE", "a shifted clock, for tests", unset="the machine’s own"),
    Setting("DEBUG", "Django’s pages for developers", unset="off"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}

# What our own programs tell each other; nobody sets them by hand.
OWN = frozenset(
    (
        "LOCAL",
        "EMBEDDED",
        "CONTROL_URL",
        "WAKE_SILENT",
        "COLLECTED",
        "DJANGO_SETTINGS_MODULE",
        "ADVOCACY_NO_NAMESPACE",
        "ARGS",
        "FILE",
        "PGBOUNCER",
    )
)


def env(name: str, default: str | None = None) -> str:
    """What the environment says, or else the default as declared above."""
    if default is None:
        default = BY_NAME[name].default if name in BY_NAME else ""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    return env(name) not in ("", "0", "false", "no")


def listed(name: str) -> list[str]:
    return [part.strip() for part in env(name).split(",") if part.strip()]


def table() -> str:
    head = ("| name | meaning | if unset |", "| --- | --- | --- |")
    return "\n".join([*head, *(setting.row for setting in SETTINGS)])


def with_table(text: str) -> str:
    """This text with the table between its two marks as the code has it."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main(arguments: list[str]) -> int:
    text = README.read_text(encoding="utf-8")
    if "--write" in arguments:
        README.write_text(with_table(text), encoding="utf-8")
    elif "--check" in arguments:
        if with_table(text) != text:
            print("README's table of settings is not what the code says: python -m advocacy.environment --write")
            return 1
    else:
        print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
