"""The polite web: a host for each case of robots.txt, doors that lead into some of them, and a watcher that nobody may ask."""

import re
import ssl
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.hostile.answers import ANSWERS, reset, say_nothing
from tests.hostile.server import Answer, Host, Peer, serve_hosts
from tests.politeness.cases import Case
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Reply, link_page
from tests.spiders.test_certificates import make_certificate

ACTS: Mapping[str, Answer] = {"reset": reset, "silent": say_nothing}
SECTION = re.compile(r"/del\d+/")
NOT_FOUND = Reply("gone", 404)
COMMENT = "# en rad som inget betyder\n"


@dataclass(frozen=True, slots=True)
class PoliteWeb:
    """The cases and their hosts, in one order; the doors by the case that they lead to."""

    cases: Sequence[Case]
    hosts: Sequence[Host]
    doors: Mapping[str, Sequence[Host]]
    watcher: Host

    def list_sites(self) -> str:
        """The site list."""
        return "".join(row for case, host in zip(self.cases, self.hosts, strict=True) for row in self._list_rows(case, host))

    def _list_rows(self, case: Case, host: Host) -> Iterator[str]:
        if case.doors:
            for number, door in enumerate(self.doors[case.name], 1):
                sections = [door.root, f"{host.root}del{number}/"]
                yield site_row(door.name, door.root, allowed_domains=[door.address, host.address], scope=sections)
        elif case.sites > 1:
            for number in range(1, case.sites + 1):
                section = f"{host.root}del{number}/"
                yield site_row(f"{case.name}_{number}", section, scope=[section])
        elif not case.shares:
            others = [other.root for sharing, other in zip(self.cases, self.hosts, strict=True) if sharing.shares == case.name]
            yield site_row(case.name, *(host.root + start[1:] for start in case.starts), *others)


@contextmanager
def serve_polite_web(cases: Sequence[Case], folder: Path, *, is_ruled: bool = True) -> Iterator[PoliteWeb]:
    """Serves a host of each case until the block is left; `folder` is for a certificate. Not `is_ruled`: none has a robots.txt."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(folder / "certificate.pem"))
    addresses = {case.name: f"127.0.40.{number}" for number, case in enumerate(cases, 1)}
    hosts = [make_host(case, addresses[case.shares or case.name], context, is_ruled=is_ruled) for case in cases]
    doors = {case.name: [make_door(case, number) for number in range(1, case.doors + 1)] for case in cases}
    web = PoliteWeb(cases, hosts, doors, Host("watcher", "127.0.42.1", ANSWERS["watcher"]))
    everyone = [*hosts, *(door for some in doors.values() for door in some), web.watcher]
    with serve_hosts(everyone):
        words = {f"{{{host.name}}}": host.root for host in [*hosts, web.watcher]}
        for host in everyone:
            host.words.update(words | {"{address}": host.address})
        yield web


def make_host(case: Case, address: str, context: ssl.SSLContext, *, is_ruled: bool) -> Host:
    """The host of a case."""
    is_secure = case.scheme == "https"
    is_deaf = case.is_deaf and is_ruled
    return Host(case.name, address, make_answer(case, is_ruled=is_ruled), case.scheme, is_deaf, context=context if is_secure else None)


def make_door(case: Case, number: int) -> Host:
    """A host whose start page links into one section of the case's host."""
    links = link_page(*(f"{{{case.name}}}{path[1:]}" for path in case.pages if path.startswith(f"/del{number}/")), words="Samverkan")

    async def answer(peer: Peer) -> None:
        await peer.reply(Reply(links) if peer.path == "/" else NOT_FOUND)

    return Host(f"{case.name}_{number}", f"127.0.41.{number}", answer)


def make_answer(case: Case, *, is_ruled: bool) -> Answer:
    """What the host of a case answers to each path."""
    asked = Counter[str]()

    async def answer(peer: Peer) -> None:
        path = peer.path
        asked[path] += 1
        if path in ("/robots.txt", f"/hopp/{case.hops}") and is_ruled:
            await say(peer, choose_answer(case, path, asked[path]), make_file(case, peer.host), case.content_type)
        elif asked[path] == 1 and path in case.busy:
            await say(peer, case.busy[path])
        else:
            await peer.reply(find_reply(case, path))

    return answer


def choose_answer(case: Case, path: str, count: int) -> Mapping[str, Any]:
    """The answer to the so-manieth request for robots.txt; where that leads through redirects, the rules at their end."""
    if case.hops and path == "/robots.txt":
        return {"status": 302, "location": "/hopp/1"}
    return case.answers[min(count, len(case.answers)) - 1]


async def say(peer: Peer, how: Mapping[str, Any], body: bytes = b"", content_type: str = "text/plain") -> None:
    """One answer of the table."""
    if "act" in how:
        await ACTS[how["act"]](peer)
        return
    headers = [(name, str(how[key])) for name, key in (("Location", "location"), ("Retry-After", "retry_after")) if key in how]
    status = how["status"]
    await peer.reply(Reply(body if status == 200 else b"", status, tuple(headers), content_type))


def make_file(case: Case, host: Host) -> bytes:
    """The bytes of robots.txt."""
    padding = COMMENT * (case.padding // len(COMMENT))
    return host.fill(padding + case.robots + padding).replace("\n", case.line_end).encode(case.encoding)


def find_reply(case: Case, path: str) -> Reply:
    """Pages and sitemap of a case, and the files that a redirect leads to."""
    if path in case.files:
        return Reply(case.files[path], content_type="text/plain")
    if path.startswith("/hopp/"):
        return Reply("", 302, (("Location", f"/hopp/{int(path[6:]) + 1}"),))
    if path == "/sitemap.xml":
        locations = "".join(f"<url><loc>{{root}}{escape(page[1:])}</loc></url>" for page in case.pages)
        return Reply(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>', content_type="application/xml")
    is_start = path in case.starts or SECTION.fullmatch(path)
    return Reply(link_page(*map(escape, case.pages), words="Samverkan")) if is_start or path in case.pages else NOT_FOUND
