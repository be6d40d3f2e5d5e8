"""The hostile web: good hosts and one host of each kind, each on an address of its own, and a watcher that nobody may ask."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.answers import ANSWERS
from tests.hostile.kinds import Kind
from tests.hostile.server import Host, serve_hosts
from tests.spiders.crawling import site_row
from tests.spiders.test_certificates import make_certificate

UNKNOWN = "finns-inte.invalid"
"""RFC 6761: no name under .invalid ever resolves, and resolvers need not ask for it."""
TLS_KINDS = frozenset({"self_signed", "garbage_tls"})
DEAF_KINDS = frozenset({"refused"})
CONNECTION_KINDS = frozenset({"reset", "silent", "garbage_tls"})
"""Those that do not read a request."""


@dataclass(frozen=True, slots=True)
class HostileWeb:
    """The hosts, by what they are."""

    good: Sequence[Host]
    hostile: Sequence[Host]
    watcher: Host

    @property
    def hosts(self) -> list[Host]:
        """All of them."""
        return [*self.good, *self.hostile, self.watcher]

    def list_sites(self) -> str:
        """The site list: one site each, the watcher not among them; hostile and good ones in turn."""
        ordered = [host for pair in zip(self.hostile, self.good, strict=False) for host in pair]
        ordered += [*self.hostile[len(self.good) :], *self.good[len(self.hostile) :]]
        return "".join(site_row(host.name, root_of(host)) for host in ordered)


def root_of(host: Host) -> str:
    """The start page: of the one that does not resolve, under its name."""
    return f"http://{UNKNOWN}/" if host.name == "unknown_host" else host.root


@contextmanager
def serve_hostile_web(kinds: Sequence[Kind], good: int, folder: Path) -> Iterator[HostileWeb]:
    """Serves a host of each kind and a number of good ones until the block is left; `folder` is for a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(folder / "certificate.pem"))
    web = HostileWeb(
        [Host(f"good_{number}", f"127.0.10.{number}", ANSWERS["good"]) for number in range(1, good + 1)],
        [make_host(kind.name, f"127.0.20.{number}", context) for number, kind in enumerate(kinds, 1)],
        Host("watcher", "127.0.30.1", ANSWERS["watcher"]),
    )
    with serve_hosts(web.hosts):
        for host in web.hosts:
            host.words["{watcher}"] = web.watcher.root
        yield web


def make_host(name: str, address: str, context: ssl.SSLContext) -> Host:
    """A host of that kind."""
    return Host(
        name,
        address,
        ANSWERS[name],
        scheme="https" if name in TLS_KINDS else "http",
        is_deaf=name in DEAF_KINDS,
        hears_requests=name not in CONNECTION_KINDS,
        context=context if name == "self_signed" else None,
    )
