"""A web for crawls that are killed: sites of the made country, slow ones, and hosts with a trouble each that a crawl must remember."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.country.build import build_country, site_list_toml
from tests.country.server import ServedCountry, serve
from tests.samverkan.program import GOOD_PAGE
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Replies, Reply, SmallWeb, link_page, serve_small_web

FOREVER = (("Retry-After", "4000"),)
START = link_page("/samverkan", "/natverk", "/avtal/samverkan", "/samverkan/dold")
GOOD: Replies = dict.fromkeys(("/samverkan", "/natverk", "/avtal/samverkan", "/samverkan/dold"), GOOD_PAGE)
SLOW: Replies = {"/": START, **{path: Reply(GOOD_PAGE, wait=0.3) for path in GOOD}}
TROUBLES: dict[str, Replies] = {
    "slow": SLOW,
    "slower": {**SLOW, "/robots.txt": Reply("", 404, wait=0.6)},
    "resetting": {"/": START, **GOOD, "/natverk": Reply(status=0), "/samverkan": [Reply(status=0), Reply(GOOD_PAGE)]},
    "busy_twice": {"/": START, **GOOD, "/samverkan": [Reply("", 503), Reply("", 503), Reply(GOOD_PAGE)]},
    "left_alone": {"/": START, **GOOD, "/natverk": Reply("", 429, FOREVER)},
    "robots_fails": {"/": START, **GOOD, "/robots.txt": Reply("", 503)},
    "robots_later": {"/": START, **GOOD, "/robots.txt": Reply("", 503, FOREVER)},
    "robots_breaks": {"/": START, **GOOD, "/robots.txt": Reply(status=0)},
}
"""What each host answers; its patience and its pauses stand in tests/kills/program.py."""
NOWHERE = "http://127.0.40.99:9/"
"""Nothing listens there."""


@dataclass(slots=True)
class KillsWeb:
    """All hosts. Those with a trouble begin anew with every crawl (`fresh_hosts`), at the addresses that they had."""

    country: ServedCountry
    ports: dict[str, int]
    hosts: dict[str, SmallWeb]
    unheard: Counter[str] = field(default_factory=Counter)
    """Requests whose answers went to crawls that were killed."""
    first: int = 0
    """Where in the log of the country the present crawl begins."""

    def list_sites(self, folder: Path, share: float = 1.0) -> Path:
        """The site list of a crawl, in a folder; of the country that share of the sites."""
        rows = site_list_toml(self.country.country, self.country.port).strip().split("\n\n")
        rows = rows[: round(share * len(rows))]
        troubled = [site_row(name, f"http://{address_of(name)}:{port}/") for name, port in self.ports.items()]
        (path := folder / "sites.toml").write_text("\n".join([*troubled, site_row("nowhere", NOWHERE), *rows, ""]), "utf-8")
        return path

    def count_requests(self) -> Counter[str]:
        """How often each address was asked for in the present crawl."""
        asked = (f"http://{request.host}:{self.country.port}{request.path}" for request in self.country.log[self.first :])
        return Counter(asked) + self.unheard + Counter(f"{host.root}{path[1:]}" for host in self.hosts.values() for path in host.paths)

    def answer_again(self, unheard: Counter[str]) -> None:
        """What nobody heard is answered the same way when it is asked for again: a host that was busy twice is heard to be busy twice."""
        for host in self.hosts.values():
            for when, path in reversed(host.log.copy()):
                if unheard[url := f"{host.root}{path[1:]}"] > self.unheard[url]:
                    host.log.remove((when, path))
                    self.unheard[url] += 1

    def settle(self) -> None:
        """Returns when no request comes any more: one that a killed crawl sent may lie unread for a moment."""
        seen = -1
        while seen < self.count_all():
            seen = self.count_all()
            time.sleep(0.5)

    def count_all(self) -> int:
        """How many requests the present crawl has sent."""
        return len(self.country.log) - self.first + self.unheard.total() + sum(len(host.log) for host in self.hosts.values())

    @contextmanager
    def fresh_hosts(self) -> Iterator[None]:
        """Serves the hosts with a trouble until the block is left, which have never been asked for anything."""
        self.first, self.unheard = len(self.country.log), Counter()
        with ExitStack() as stack:
            for name, replies in TROUBLES.items():
                web = stack.enter_context(serve_small_web(replies, address_of(name), self.ports.get(name, 0)))
                self.ports[name], self.hosts[name] = web.port, web
            yield


def address_of(name: str) -> str:
    """The address of a host with a trouble."""
    return f"127.0.40.{list(TROUBLES).index(name) + 1}"


@contextmanager
def serve_kills_web(sites: int, seed: int) -> Iterator[KillsWeb]:
    """Serves a country of so many sites until the block is left."""
    with serve(build_country(seed, sites, 50 * sites, 4 * sites)) as country:
        web = KillsWeb(country, {}, {})
        with web.fresh_hosts():
            pass  # now their ports are known
        yield web
