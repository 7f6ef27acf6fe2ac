"""What this machine is to the installation under test: feeds to read, a push service and a mail server that keep what
they are given."""

from http.server import SimpleHTTPRequestHandler
from socketserver import StreamRequestHandler

PUSH, MAIL = "/push/", "/mail/"
MOST = 100_000
kept: dict[str, bytes] = {}  # by the path at which it is read: what came last


class Letters(StreamRequestHandler):
    """A conversation in SMTP (RFC 5321), as far as it takes to be given a letter."""

    def handle(self) -> None:
        to = ""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                kept[MAIL + to] = self.letter()
            self.wfile.write(b"250 fine\r\n")
            if word == b"QUIT":
                return

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class Outside(SimpleHTTPRequestHandler):
    """GET a feed; POST /push/<browser> (RFC 8030); GET /push/<browser> or /mail/<address> for what came last."""

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), MOST))
        signed = self.headers.get("Authorization", "").startswith("vapid ")
        if signed and self.path.startswith(PUSH):
            kept[self.path] = body
        self.send_response(201 if signed else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        if not self.path.startswith((PUSH, MAIL)):
            super().do_GET()
            return
        body = kept.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """What is fetched is seen in the product."""
