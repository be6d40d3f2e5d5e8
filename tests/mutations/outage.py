"""Crawls after crawls of a loopback web, of which each time other hosts are down, denied or broken: nothing may be gone by that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import RunHeld
from schemas.tables import read_rows
from spiders.runner import run_crawl
from tests.hostile.answers import ANSWERS, on_pages, redirect
from tests.hostile.kinds import load_kinds
from tests.hostile.server import Answer, Host, serve_hosts
from tests.mutations.dice import Dice
from tests.mutations.judging import tell_change
from tests.mutations.runs import Row
from tests.spiders.crawling import CLEAN, QUICK, site_row
from tests.spiders.small_web import Reply, link_page

SETTINGS: Mapping[str, Any] = {name: value for name, value in QUICK.items() if name != "ITEM_PIPELINES"} | {
    "LOG_LEVEL": "CRITICAL",
    "RETRY_TIMES": 0,
}
NEEDS_A_PORT = frozenset(("unknown_host", "refused", "self_signed", "garbage_tls"))
"""Kinds of trouble that a host has from its beginning."""
PLACES = (
    "Ale",
    "Bjurholm",
    "Dorotea",
    "Emmaboda",
    "Flen",
    "Gnosjö",
    "Hofors",
    "Kil",
    "Lekeberg",
    "Munkfors",
    "Nora",
    "Orsa",
    "Pajala",
    "Robertsfors",
)


def forbid(path: str) -> Reply:
    """403 to everybody: an address list, a firewall."""
    return Reply("Forbidden", 403)


def lead_back(path: str) -> Reply | str:
    """Every page leads to the start page, which says nothing."""
    return "<title>Kommunen</title><h1>Välkommen</h1><p>Ny webbplats.</p>" if path == "/" else redirect("/")


OUTAGES: Mapping[str, Answer] = {
    **{kind.name: ANSWERS[kind.name] for kind in load_kinds() if kind.outcome != "facts" and kind.name not in NEEDS_A_PORT},
    "forbidden": on_pages(forbid),
    "back_to_start": on_pages(lead_back),
}
"""What a host may answer instead of its pages, by name."""
QUICK_OUTAGES = ("error_500", "soft_404", "robots_forbids", "cookie_wall", "empty", "forbidden", "back_to_start")


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl told of the one before."""

    changes: list[Row]
    page_changes: list[Row]

    @property
    def losses(self) -> list[str]:
        """Facts and pages that it takes for gone."""
        removed = [tell_change(row) for row in self.changes if row["change"] == "removed"]
        return removed + [f"gone: {row['url']}" for row in self.page_changes if row["change"] == "gone"]

    @property
    def told(self) -> list[str]:
        """All that it tells, losses and others."""
        return [tell_change(row) for row in self.changes] + [f"{row['change']}: {row['url']}" for row in self.page_changes]


@dataclass(slots=True)
class OutageWeb:
    """Hosts with a page of facts each, no two of the same body, crawled again and again into one folder."""

    folder: Path
    hosts: Sequence[Host]
    count: int = 0

    def crawl(self, troubles: Mapping[str, Answer]) -> Crawled:
        """The next day's crawl, while some hosts answer otherwise."""
        for number, host in enumerate(self.hosts):
            host.answer = troubles.get(host.name, on_pages(make_site(number)))
        self.count += 1
        run_id = f"202611{self.count:02}T040000Z"
        sites = self.folder / "sites.toml"
        sites.write_text("".join(site_row(host.name, host.root) for host in self.hosts), encoding="utf-8")
        paths = {"SAMVERKAN_SITES": str(sites), "SAMVERKAN_OUTPUT": str(self.folder / "output"), "SAMVERKAN_RUN_ID": run_id}
        with CLEAN.Pool(1) as pool:
            pool.apply(crawl_once, ({**SETTINGS, **paths},))
        folder = self.folder / "output" / "runs" / run_id
        return Crawled(*(read_rows(folder / f"{dataset}.parquet") for dataset in ("changes", "page_changes")))


def crawl_once(settings: Mapping[str, Any]) -> None:
    """In a process of its own. A run that its checks hold has its changes all the same."""
    with suppress(RunHeld):
        run_crawl(settings)


@contextmanager
def serve_outage_web(folder: Path, hosts: int) -> Iterator[OutageWeb]:
    """Serves so many hosts until the block is left."""
    web = OutageWeb(folder, [Host(f"host{number}", f"127.0.40.{number + 1}", on_pages(make_site(number))) for number in range(hosts)])
    with serve_hosts(web.hosts):
        for host in web.hosts:
            host.words["{watcher}"] = "http://127.0.0.1:9/"
        yield web


def make_site(number: int) -> Callable[[str], Reply | str]:
    """A start page, and a page about a body that no other host names."""
    members = [PLACES[(number + step) % len(PLACES)] for step in range(3)]
    names = f"{members[0]} kommun, {members[1]} kommun och {members[2]} kommun"
    page = (
        f'<html lang="sv"><title>Samverkan</title><main><h1>Samverkan</h1><p>Provbolaget Älv{number} AB ägs av {names}. '
        f"Bolaget bildades {1990 + number}.</p><p>Vd: Eva Ek{number}, 08-465 004 {number:02}, eva@alv{number}.se</p></main>"
    )
    return lambda path: {"/": link_page("/samverkan", words="Samverkan"), "/samverkan": page}.get(path, Reply("borta", 404))


def choose_troubles(web: OutageWeb, dice: Dice, names: Sequence[str] = tuple(OUTAGES)) -> dict[str, Answer]:
    """Any subset of the hosts but the first, each with a trouble."""
    hosts = [host.name for host in web.hosts[1:]]
    return {name: OUTAGES[dice.choice(names)] for name in dice.sample(hosts, dice.randrange(1, len(hosts) + 1))}


def measure_outages(folder: Path, seed: int, hosts: int = 20, rounds: int = 5) -> list[str]:
    """What crawls during outages took for gone, and what the first one without an outage tells at all; both should be nothing."""
    with serve_outage_web(folder, hosts) as web:
        web.crawl({})
        lost = [loss for number in range(rounds) for loss in web.crawl(choose_troubles(web, Dice(f"{seed}/outage/{number}"))).losses]
        return lost + web.crawl({}).told
