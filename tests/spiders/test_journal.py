"""A crawl that was interrupted goes on: what it was answered is not asked again, not archived twice, and counts all the same."""

import json
import shutil
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
