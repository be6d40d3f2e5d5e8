"""A crawl that was interrupted goes on: what it was answered is not asked again, not archived twice, and counts all the same."""

import json
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archive.reader import read_archive
from archive.recovery import Exchange, recover_warc
from schemas.page import Page
from tests.spiders.crawling import QUICK, Crawled, crawl, site_row
from tests.spiders.small_web import Replies, Reply, SmallWeb, link_page, serve_small_web

REPLIES: Replies = {
    "/robots.txt": [Reply("", 503), Reply("User-agent: *\nDisallow: /intern")],
    "/": link_page("/samverkan", "/natverk", "/flyttad/avtal", "/borta/avtal", "/intern/samverkan", "/trasig/samverkan"),
    "/samverkan": [Reply(""), Reply(link_page("/samverkan/djupare"))],
    "/samverkan/djupare": "<p>x",
    "/natverk": [Reply("", 0), Reply("<p>n")],
    "/flyttad/avtal": Reply("", 301, (("Location", "/avtal"),)),
    "/avtal": "<p>a",
    "/trasig/samverkan": Reply("", 0),
    "/sitemap.xml": Reply("<urlset/>", content_type="text/xml"),
}


def warc(folder: Path) -> Path:
    return folder / "archive" / f"{QUICK['SAMVERKAN_RUN_ID']}.warc.gz"


def describe(result: Crawled) -> list[object]:
    """What the spider hands on, but for times and places."""
    pages = [(page.url, page.status, page.body, page.request_url) for page in result.pages]
    visits = [(v.outcome, v.pages_seen, v.pages_fetched, v.pages_failed, v.first_error, v.requests) for v in result.visits.values()]
    fetches = [(fetch.url, fetch.status, fetch.error, fetch.payload_digest) for fetch in result.fetches.values()]
    return [pages, result.codes, visits, fetches]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Crawled, SmallWeb]:
    """A folder with the archive of a crawl that nothing disturbed, and what came of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with serve_small_web(REPLIES) as web:
        result = crawl(folder, site_row("prov", web.root))
    return folder, result, web


@pytest.mark.parametrize("share", [0.0, 0.2, 0.45, 0.6, 0.8, 0.95, 1.0])
def test_a_torn_archive_is_gone_on_with(undisturbed: tuple[Path, Crawled, SmallWeb], tmp_path: Path, share: float) -> None:
    folder, whole, first = undisturbed
    shutil.copytree(folder / "archive", tmp_path / "archive")
    size = int(warc(tmp_path).stat().st_size * share)
    with warc(tmp_path).open("r+b") as file:
        file.truncate(size)
    tear_failures(tmp_path)
    with serve_small_web(remaining(first, tmp_path), port=first.port) as web:
        resumed = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_RESUME=True)
    assert describe(resumed) == describe(whole)
    archived = [page.url for page in read_archive(warc(tmp_path)) if isinstance(page, Page)]
    assert sorted(archived) == sorted(page.url for page in read_archive(warc(folder)) if isinstance(page, Page))


def failures(folder: Path) -> Path:
    return warc(folder).with_name(f"{QUICK['SAMVERKAN_RUN_ID']}.failures.jsonl")


def list_exchanges(folder: Path) -> list[Exchange]:
    """The whole exchanges of the archive, which stays as it is."""
    with TemporaryDirectory() as look:
        return recover_warc(Path(shutil.copy(warc(folder), look)))


def tear_failures(folder: Path) -> None:
    """Leaves those that came before the last whole exchange, and half a line."""
    last = max((exchange.fetched_at for exchange in list_exchanges(folder)), default=datetime.min.replace(tzinfo=UTC))
    lines = [line for line in failures(folder).read_text().splitlines() if datetime.fromisoformat(json.loads(line)["at"]) < last]
    failures(folder).write_text("".join(f"{line}\n" for line in lines) + '{"at": "2026')


def remaining(web: SmallWeb, folder: Path) -> Replies:
    """What the web answers from now on: of several answers to one address, those that the torn archive lacks."""
    known = [exchange.url for exchange in list_exchanges(folder)]
    known += [json.loads(line)["url"] for line in failures(folder).read_text().splitlines()[:-1]]
    counts = {path: known.count(web.root.rstrip("/") + path) for path in REPLIES}
    return {path: reply[min(counts[path], len(reply) - 1) :] if isinstance(reply, list) else reply for path, reply in REPLIES.items()}


def test_nothing_is_asked_where_everything_is_known(undisturbed: tuple[Path, Crawled, SmallWeb], tmp_path: Path) -> None:
    folder, whole, first = undisturbed
    shutil.copytree(folder / "archive", tmp_path / "archive")
    before = warc(tmp_path).read_bytes()
    with serve_small_web(REPLIES, port=first.port) as web:
        resumed = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_RESUME=True)
        assert web.paths == []
    assert describe(resumed) == describe(whole)
    assert warc(tmp_path).read_bytes() == before


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        ("/samverkan", Reply("", 429, (("Retry-After", "4000"),))),
        ("/robots.txt", Reply("", 503, (("Retry-After", "4000"),))),
        ("/robots.txt", Reply("", 503)),
        ("/robots.txt", Reply("", 0)),
    ],
    ids=["page later", "robots later", "robots broken", "robots dropped"],
)
def test_whoever_was_left_alone_is_left_alone_after_an_interruption_too(tmp_path: Path, path: str, reply: Reply) -> None:
    with serve_small_web({**REPLIES, path: reply}) as web:
        whole = crawl(tmp_path, site_row("prov", web.root))
    time.sleep(1)  # by the clock of the network the host would have its pause behind it
    with serve_small_web({}, port=web.port) as again:
        resumed = crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_RESUME=True)
    assert again.paths == []
    assert (resumed.codes, len(resumed.fetches)) == (whole.codes, len(whole.fetches))


def test_a_host_waits_for_the_rest_of_its_pause(tmp_path: Path) -> None:
    replies: Replies = {"/": link_page("/samverkan"), "/samverkan": [Reply("", 429, (("Retry-After", "2"),)), Reply("<p>x")]}
    with serve_small_web(replies) as web:
        crawl(tmp_path, site_row("prov", web.root))
    exchanges = list_exchanges(tmp_path)
    busy = next(exchange for exchange in exchanges if exchange.status == 429)
    following = exchanges[exchanges.index(busy) + 1]
    with warc(tmp_path).open("r+b") as file:
        file.truncate(following.place.offset)  # as if it had been killed while it waited
    began = time.monotonic()
    with serve_small_web({"/samverkan": "<p>x"}, port=web.port) as again:
        crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_RESUME=True)
    asked_at = {path: when for when, path in again.log}
    assert asked_at["/samverkan"] - began >= 2


def test_a_line_that_is_no_failure_ends_the_list_of_failures(undisturbed: tuple[Path, Crawled, SmallWeb], tmp_path: Path) -> None:
    folder, _, first = undisturbed
    shutil.copytree(folder / "archive", tmp_path / "archive")
    known = failures(tmp_path).read_bytes().splitlines(keepends=True)
    failures(tmp_path).write_bytes(known[0] + b'{"at": "2026{"at": "2026-11-21"}\n' + b"".join(known[1:]))
    with serve_small_web({}, port=first.port) as web:
        crawl(tmp_path, site_row("prov", web.root), SAMVERKAN_RESUME=True)
    assert failures(tmp_path).read_bytes() == known[0]  # what stood behind it was asked for again, and answered with 404
