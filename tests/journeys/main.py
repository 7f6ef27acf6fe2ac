"""`make journey`: serves the feeds of FEEDS (or ours), starts a fresh installation, and walks the whole way in it.
Then, in others, what a member meets when something goes wrong, two hundred colleagues with one story, and what comes by
mail, by push and in a channel. PART=way, PART=trouble, PART=captions or PART=messages is one of them.

The installation has to know before it starts that it may fetch from here: a feed on this machine is refused otherwise.
"""

import os
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingTCPServer

from advocacy.up.stack import with_stack
from tests.journeys.postbox import Letters, Outside

OURS = Path(__file__).parent / "feeds"


def main() -> int:
    folder = Path(os.environ.get("FEEDS") or OURS).resolve()
    feeds = sorted(path.name for path in folder.glob("*.xml"))
    if not feeds:
        print(f"journey: there is no *.xml in {folder}", file=sys.stderr)
        return 2
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Outside, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    mails = ThreadingTCPServer(("127.0.0.1", 0), Letters)
    threading.Thread(target=mails.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    os.environ |= {
        "ALLOWED_ORIGINS": origin,
        "JOURNEY_ORIGIN": origin,
        "JOURNEY_FEEDS": " ".join(f"{origin}/{name}" for name in feeds),
    }
    os.environ |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.server_address[1]), "EMAIL_USE_TLS": "0"}
    os.environ |= {"DEMO": "", "TOWN": ""}
    wanted = os.environ.get("PART") or "way trouble captions messages"
    return max(with_stack([sys.executable, "-m", f"tests.journeys.{part}"]) for part in wanted.split())


if __name__ == "__main__":
    sys.exit(main())
