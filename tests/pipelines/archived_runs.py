"""Crawls of made pages whose responses lie in real archives, run after run in one output, at hours that the test chooses."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from archive.framing import payload_digest
from archive.reader import read_record
from archive.writer import WarcWriter
from pipelines.run import Run
from review.review import RunReview
from schemas.errors import SamverkanError
from schemas.output import warc_file
from schemas.page import ArchivePlace, Original, Page
from schemas.review import Candidate, Verdict
from schemas.tables import read_rows
from schemas.visit import Fetch
from tests.pipelines.small_pages import NOON, SITES, read_lines

HTML = (("Content-Type", "text/html; charset=utf-8"),)


class Lenient(RunReview):
    """Publishes a run however small it is."""

    def review(self, candidate: Candidate) -> Verdict:
        """What is said of the run, but for what would hold it."""
        return replace(super().review(candidate), findings=())


def archive_run(output: Path, run_id: str, texts: Mapping[str, str], *, hours: float = 0, unchanged: Iterable[str] = ()) -> Run:
    """A published crawl that got these texts by URL; `unchanged`: the URLs that their site confirmed by a 304."""
    with Run.open(output, kind="crawl", run_id=run_id, sites=SITES, read=read_lines, reviewer=Lenient()) as run:
        warc = warc_file(output, run_id)
        with WarcWriter(warc, run_id=run_id, software="samverkan") as writer:
            pages = [
                *(fetch_page(writer, url, text, hours) for url, text in texts.items()),
                *(confirm_page(writer, output, url, hours) for url in unchanged),
            ]
        for page in pages:
            run.add_page(page)
        run.finish(fetches={page.url: note_fetch(page) for page in pages}, warcs=[warc])
    return run


def fetch_page(writer: WarcWriter, url: str, text: str, hours: float) -> Page:
    """A page that comes whole."""
    at = NOON + timedelta(hours=hours)
    place = writer.write_exchange(
        url=url, method="GET", request_headers=(), status=200, response_headers=HTML, body=text.encode(), fetched_at=at
    )
    return Page(url, 200, HTML, text.encode(), at, place)


def confirm_page(writer: WarcWriter, output: Path, url: str, hours: float) -> Page:
    """A page of the latest run that has not changed."""
    at = NOON + timedelta(hours=hours)
    [row] = [row for row in read_rows(output / "latest" / "pages.parquet") if row["url"] == url]
    place = ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"])
    page = read_record(place, output / "archive")
    original = Original(url, page.fetched_at, payload_digest(page.body), place)
    writer.write_exchange(
        url=url, method="GET", request_headers=(), status=304, response_headers=(), body=b"", fetched_at=at, original=original
    )
    return replace(page, checked_at=at)


def note_fetch(page: Page) -> Fetch:
    """What the crawl keeps of having asked for it."""
    digest = payload_digest(page.body)
    return Fetch(
        page.url, "ale", "page", page.seen_at, 200, payload_digest=digest, fetched_at=page.fetched_at, archived=page.archived
    )  # fmt: skip


def leave_run(output: Path, run_id: str) -> None:
    """A crawl that failed."""
    with suppress(SamverkanError), Run.open(output, kind="crawl", run_id=run_id, sites=SITES, read=read_lines) as run:
        run.finish()
