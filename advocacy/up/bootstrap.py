"""Makes `.venv` and fills it, then hands over to the program in it. Runs on whatever `python3` is, so: standard
library only, no syntax newer than Python 3.6, and no import of ours (it is run as a file)."""

import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
ROOM = {"requirements.txt": 500000000, "requirements-dev.txt": 900000000}


class CannotStart(Exception):
    pass


def check_python():
    if sys.version_info < NEEDED:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise CannotStart(
            "Advocacy needs Python 3.11 or newer, and this is {}. Install a newer one, or name it: "
            "make run PYTHON=python3.12".format(found)
        )


def works():
    """A moved or half made environment does not count."""
    if not os.path.exists(PYTHON):
        return False
    asked = subprocess.run([PYTHON, "-c", "import pip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return asked.returncode == 0


def check_venv_owner():
    if os.path.exists(VENV) and not os.access(VENV, os.W_OK):
        raise CannotStart("The folder .venv belongs to another user. Start as that user, or move .venv away.")
    if not os.access(ROOT, os.W_OK):
        raise CannotStart("This user may not write in {}. Clone into a folder of your own.".format(ROOT))


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = "{}.{}".format(*sys.version_info[:2])
        raise CannotStart(
            "Python's venv module is missing. On Debian or Ubuntu: apt install python{}-venv, then start again.".format(
                version
            )
        ) from None
    print("Making .venv …", flush=True)
    run([sys.executable, "-m", "venv", "--clear", VENV], "The environment .venv could not be made.")


def check_room(requirements):
    free = shutil.disk_usage(ROOT).free
    if free < ROOM[requirements]:
        raise CannotStart(
            "The disk that holds {} is almost full ({} MB left, {} MB needed). Make some room and start again.".format(
                ROOT, free // 1000000, ROOM[requirements] // 1000000
            )
        )


def digest(requirements):
    """Of the file and those it includes, so that a changed pin is noticed."""
    found = hashlib.sha256()
    for name in sorted({"requirements.txt", requirements}):
        with open(os.path.join(ROOT, name), "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def check_port():
    """Said before minutes of installing; advocacy/up/ports.py looks more closely afterwards."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1023 < int(text) < 65536:
        return
    host, port = os.environ.get("HOST") or "127.0.0.1", int(text)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                firm = " FIRM=1" if os.environ.get("FIRM", "") not in ("", "0") else ""
                raise CannotStart(
                    "Port {} is taken by another program. Choose another one: PORT={} make run{}".format(
                        port, port + 123, firm
                    )
                ) from None


def install(requirements, before=None):
    stamp = os.path.join(VENV, ".installed-" + requirements)
    wanted = digest(requirements)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted and os.path.exists(PYTHON):
                return
    if before:
        before()
    check_venv_owner()
    check_room(requirements)
    if not works():
        make_venv()
    print("Installing {} …".format(requirements), flush=True)
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    pip(command + ["-r", os.path.join(ROOT, requirements)])
    with open(stamp, "w") as file:
        file.write(wanted)


def pip(command):
    """One short line a package instead of pip's several."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, cwd=ROOT
    )
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Collecting "):
            print("  " + line.split()[1], flush=True)
        elif line.startswith("Installing collected"):
            print("  unpacking …", flush=True)
    if process.wait() != 0:
        text = "\n".join(lines)
        if "No space left on device" in text:
            raise CannotStart("The disk that holds {} is full. Make some room and start again.".format(ROOT))
        tail = "\n".join("    " + line for line in lines[-6:])
        raise CannotStart("Installing the libraries failed. The last lines of pip:\n" + tail)


def run(command, sentence):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if done.returncode != 0:
        raise CannotStart(sentence + "\n" + done.stdout.strip()[-600:])


def stop(number, frame):
    raise KeyboardInterrupt


def main(arguments):
    check_python()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    development = arguments[:2] == ["dev", "--"]
    install("requirements-dev.txt" if development else "requirements.txt", check_port if arguments == ["run"] else None)
    module = arguments[2:] if development else ["advocacy.up"] + arguments
    os.chdir(ROOT)
    # A dozen processes start from here, and each would compile the same modules again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PATH"] = os.path.dirname(PYTHON) + os.pathsep + os.environ.get("PATH", "")
    os.execv(PYTHON, [PYTHON, "-m"] + module)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Stopped. Start again to go on where this ended.")
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            sys.exit("The disk that holds {} is full. Make some room and start again.".format(ROOT))
        raise
