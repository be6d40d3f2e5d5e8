"""A monitor such as healthchecks.io on loopback: notes every ping, and answers as a test wants."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Ping:
    """One request as it came."""

    method: str
    path: str
    body: str
    authorization: str | None


@dataclass
class Monitor:
    """Where it listens, what came. `statuses`: of the answers in order, the last for ever."""

    statuses: Sequence[int]
    port: int = 0
    pings: list[Ping] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address to ping, with a secret in it."""
        return f"http://127.0.0.1:{self.port}/ping/a-secret"

    @property
    def events(self) -> list[str]:
        """What was told, in order: "start", "fail", "" (success)."""
        return [ping.path.removeprefix("/ping/a-secret").removeprefix("/") for ping in self.pings]


@contextmanager
def serve_monitor(*statuses: int) -> Iterator[Monitor]:
    """Listens until the block is left."""
    monitor = Monitor(statuses or (200,))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status = monitor.statuses[min(len(monitor.pings), len(monitor.statuses) - 1)]
            monitor.pings.append(Ping(self.command, self.path, body, self.headers.get("Authorization")))
            self.send_response(status)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 (the base class looks for this name)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        monitor.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield monitor
        server.shutdown()
