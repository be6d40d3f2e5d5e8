"""The sample web over HTTP on loopback, so that a real crawl can run against it.

Every sample host gets a loopback address of its own (127.0.0.2, 127.0.0.3, ...) and all share one port, so that delays and
budgets per host work as on the real web. Absolute links, sitemaps, robots.txt and redirects are rewritten to those addresses.
Hosts that nobody serves get an address where nothing listens: a refused connection. (Linux answers on all of 127.0.0.0/8;
macOS needs the addresses added to lo0 first.)
"""

import gzip
import re
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.web.build import GZIP, SITE_LIST, Answer, Web


class Request(NamedTuple):
    """One request as it came: when (`time.monotonic()` seconds), to which sample host, for which path and query."""

    time: float
    host: str
    path: str


@dataclass
class ServedWeb:
    """A running web. `web` may be replaced between two crawls, to let pages change or go."""

    web: Web
    port: int = 0
    addresses: dict[str, str] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    """Every request received, in order."""
    user_agents: set[str] = field(default_factory=set)

    def url(self, host: str, path: str = "/") -> str:
        """Where a page of a sample host is served: "http://127.0.0.4:40123/"."""
        return f"http://{self.addresses[host]}:{self.port}{path}"

    def rewrite(self, text: str) -> str:
        """The text with every "https://<sample host>" replaced by that host's address."""
        hosts = "|".join(re.escape(host) for host in sorted(self.addresses, key=len, reverse=True))
        # the host must end there: "https://lillaedet.se/x" is rewritten, "https://lillaedet.se.example.org" is not
        return re.sub(rf"https?://({hosts})(?![\w.-]*\w)", lambda found: f"http://{self.addresses[found[1]]}:{self.port}", text)

    def site_list_toml(self, path: Path) -> Path:
        """Writes the site list of the sample web with start URLs, domains and scopes at the loopback addresses; returns `path`."""
        text = self.rewrite(SITE_LIST.read_text("utf-8"))
        for host, address in self.addresses.items():
            text = text.replace(f'"{host}"', f'"{address}"')
        path.write_text(text, "utf-8")
        return path

    def answer(self, host: str, path: str) -> Answer:
        """The web's answer with its links leading to loopback; gzipped bodies are opened for it and closed again."""
        found = self.web.respond(host, path)
        assert found is not None, f"{host} has an address but no answers"
        headers = tuple((name, self.rewrite(value) if name == "Location" else value) for name, value in found.headers)
        body = self.rewrite(found.content.decode("latin-1")).encode("latin-1")  # addresses are ASCII in every charset used here
        return Answer(found.status, headers, gzip.compress(body, mtime=0) if found.body.startswith(GZIP) else body)


class _Server(ThreadingMixIn, TCPServer):
    """One sample host on its address. (http.server's own class would look the address up in DNS.)"""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], host: str, served: ServedWeb) -> None:
        super().__init__(address, _Handler)
        self.host, self.served = host, served


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        served = self.server.served
        served.log.append(Request(time.monotonic(), self.server.host, self.path))
        served.user_agents.add(self.headers.get("User-Agent", ""))
        answer = served.answer(self.server.host, self.path)
        etag = answer.header("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            answer = Answer(304, (("ETag", etag),), b"")
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Silent: `ServedWeb.log` has it all."""


@contextmanager
def serve(web: Web) -> Iterator[ServedWeb]:
    """Serves the web until the `with` block ends."""
    served = ServedWeb(web)
    silent = [host for host in listed_hosts() if host not in web.hosts]
    served.addresses = {host: f"127.0.0.{number}" for number, host in enumerate([*web.hosts, *silent], 2)}
    with ExitStack() as stack:
        for host in web.hosts:
            server = stack.enter_context(_Server((served.addresses[host], served.port), host, served))
            served.port = server.server_address[1]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            stack.callback(server.shutdown)
        yield served


def listed_hosts() -> list[str]:
    """The hosts of the sample web's site list, in its order."""
    sites = tomllib.loads(SITE_LIST.read_text("utf-8"))["site"]
    return list(dict.fromkeys(host for site in sites for url in site["start_urls"] if (host := urlsplit(url).hostname)))
