"""A small web on loopback for one test: what each address answers stands in the test itself."""

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn


@dataclass(frozen=True)
class Reply:
    """One answer. `status` 0: the connection is dropped without a word. `wait`: seconds before it."""

    body: str | bytes = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = "text/html; charset=utf-8"
    wait: float = 0.0

    @property
    def data(self) -> bytes:
        """The body in bytes."""
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class Exchange:
    """One request and its answer, in seconds of the monotonic clock; `ended`: when the last byte was written."""

    path: str
    begun: float
    ended: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0
    sent: int = 0


Replies = Mapping[str, "Reply | list[Reply] | str"]
"""What each path (with its query) answers; of a list one after the other, the last for ever. A text is a page with status 200."""


@dataclass
class SmallWeb:
    """One host. Paths that `replies` lacks answer 404. The replies may be set once the address is known."""

    replies: Replies
    host: str
    port: int = 0
    log: list[tuple[float, str]] = field(default_factory=list)
    """When (monotonic) and for which path each request came."""

    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def root(self) -> str:
        """The address of "/"."""
        return f"http://{self.host}:{self.port}/"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for _, path in self.log]

    def wait_for(self, path: str, patience: float = 10.0) -> None:
        """Returns when the path has been asked for; raises TimeoutError where that does not happen."""
        deadline = time.monotonic() + patience
        while path not in self.paths:
            if time.monotonic() > deadline:
                raise TimeoutError(path)
            time.sleep(0.02)

    def reply_to(self, path: str) -> Reply:
        """What a request gets; notes the request."""
        count = self.paths.count(path)
        self.log.append((time.monotonic(), path))
        reply = self.replies.get(path, Reply("gone", 404))
        if isinstance(reply, list):
            reply = reply[min(count, len(reply) - 1)]
        return Reply(reply) if isinstance(reply, str) else reply


class _Server(ThreadingMixIn, TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256  # the default of 5 stalls parallel connections at random


@contextmanager
def serve_small_web(replies: Replies, host: str = "127.0.0.1", port: int = 0) -> Iterator[SmallWeb]:
    """Serves until the block is left; "{root}" in a body becomes the address of the web."""
    web = SmallWeb(replies, host)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            exchange = Exchange(self.path, time.monotonic(), headers=dict(self.headers))
            web.exchanges.append(exchange)
            self.answer(web.reply_to(self.path), exchange)
            exchange.ended = time.monotonic()

        def answer(self, reply: Reply, exchange: Exchange) -> None:
            """Sends the reply; 304 where the client holds it already."""
            time.sleep(reply.wait)
            if not reply.status:
                self.close_connection = True
                return
            data = reply.data.replace(b"{root}", web.root.encode())
            known = dict(reply.headers)
            is_known = known.get("ETag", 0) == self.headers.get("If-None-Match") or (
                known.get("Last-Modified", 0) == self.headers.get("If-Modified-Since")
            )
            exchange.status, exchange.sent = (304, 0) if is_known else (reply.status, len(data))
            if is_known:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(reply.status)
            if reply.content_type:
                self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with _Server((host, port), Handler) as server:
        web.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield web
        server.shutdown()


def link_page(*hrefs: str, words: str = "länk") -> str:
    """A page that holds nothing but links."""
    anchors = "".join(f'<p><a href="{href}">{words}</a></p>' for href in hrefs)
    return f"<!doctype html><html lang=sv><title>Sida</title><body>{anchors}</body></html>"


def gzipped(text: str) -> bytes:
    """The text as gzip."""
    return gzip.compress(text.encode(), mtime=0)
