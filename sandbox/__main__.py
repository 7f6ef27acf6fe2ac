"""python -m sandbox --port P --control-port C --data DIR [--host H] [--clock FILE] [--product-url URL] [--town]"""

import argparse
import os
from pathlib import Path

import uvloop

from .clock import Clock
from .server import HOST, serve
from .store import Store
from .world import World


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Stand-in platforms, on this machine only.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("SANDBOX_PORT", 8001)))
    parser.add_argument("--control-port", type=int, default=int(os.environ.get("CONTROL_PORT", 8002)))
    parser.add_argument("--host", default=HOST, help="only another one of a network made for a test")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DATA_DIR", ".data")))
    parser.add_argument("--clock", default=os.environ.get("CLOCK_FILE"))
    parser.add_argument("--product-url", default=os.environ.get("BASE_URL", ""))
    parser.add_argument("--town", action="store_true", help="let readers read, open links, like and reply")
    return parser.parse_args()


def main() -> None:
    wanted = arguments()
    folder = wanted.data / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "sandbox.sqlite3")
    base, product = f"http://{wanted.host}:{wanted.port}", wanted.product_url.rstrip("/")
    world = World(store, Clock(wanted.clock), base, product, wanted.town)
    try:
        uvloop.run(serve(world, wanted.port, wanted.control_port, wanted.host))
    finally:
        store.close()


if __name__ == "__main__":
    main()
