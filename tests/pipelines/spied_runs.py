"""Runs of pages that lie in an archive, as a crawl leaves them; and a reviewer that keeps what it is shown."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.reader import read_archive
from archive.writer import WarcWriter
from pipelines.extract import extract_archives
from pipelines.keys import Row
from pipelines.run import Run
from registry.sites import Site, SiteList
from review.changes import find_changes
from schemas.comparison import COMPARED
from schemas.datasets import KEYS
from schemas.output import warc_file
from schemas.page import Page
from schemas.review import Candidate, Verdict
from schemas.tables import read_rows

Rows = dict[str, list[Row]]


class Spy:
    """Finds nothing to object to, and keeps what it was shown: the rows of both runs, and what changed between them."""

    def __init__(self) -> None:
        self.now: Rows = {}
        self.reread: Rows | None = None
        self.changes: list[Row] = []

    def review(self, candidate: Candidate) -> Verdict:
        """Keeps all that."""
        self.now = read_datasets(candidate.folder)
        self.reread = read_datasets(candidate.reread) if candidate.reread else None
        self.changes = list(find_changes(candidate))
        return Verdict()

    def list_changes(self, cause: str) -> list[tuple[str, str]]:
        """Dataset and key of what changed by that cause."""
        return [(row["dataset"], row["key"]) for row in self.changes if row["cause"] == cause]

    def note_published(self, output: Path) -> None:
        """Nothing."""


def read_datasets(folder: Path) -> Rows:
    """The compared columns of all compared datasets, and to which page they belong."""
    return {dataset: read_rows(folder / f"{dataset}.parquet") for dataset in COMPARED}


def list_values(rows: Rows, page_id: str | None = None) -> list[tuple[object, ...]]:
    """Keys and what is compared, in an order of its own; of one page where it is named."""
    return sorted(
        (dataset, *(str(row[column]) for column in (*KEYS[dataset], *COMPARED[dataset])))
        for dataset, there in rows.items()
        for row in there
        if page_id is None or row.get("page_id") == page_id
    )


def write_warc(path: Path, pages: Mapping[str, str | int], ago: timedelta = timedelta()) -> Path:
    """A WARC of address -> HTML, or the status of an answer without any; fetched just now, or so long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with WarcWriter(path, run_id="test", software="test") as writer:
        for url, html in pages.items():
            writer.write_exchange(
                url=url,
                method="GET",
                request_headers=(),
                status=200 if isinstance(html, str) else html,
                response_headers=(("Content-Type", "text/html; charset=utf-8"),),
                body=html.encode() if isinstance(html, str) else b"",
                fetched_at=datetime.now(UTC) - ago,
            )
    return path


def crawl_pages(
    output: Path, run_id: str, pages: Mapping[str, str | int], sites: SiteList, ago: timedelta = timedelta(), *, spy: Spy | None = None
) -> tuple[Run, Spy]:
    """A published crawl of these pages, fetched so long ago, and what its reviewer saw."""
    spy = spy or Spy()
    with Run.open(output, kind="crawl", run_id=run_id, sites=sites, reviewer=spy) as run:
        warc = write_warc(warc_file(output, run_id), pages, ago)
        for item in read_archive(warc):
            assert isinstance(item, Page)
            run.add_page(item)
        run.finish(warcs=[warc])
    return run, spy


def extract_pages(output: Path, run_id: str, archives: Sequence[Path], sites: SiteList) -> tuple[Run, Spy]:
    """A published extract of archives, and what its reviewer saw."""
    spy = Spy()
    options = {"archives": shlex.join(map(str, archives))}
    with Run.open(output, kind="extract", run_id=run_id, sites=sites, options=options, reviewer=spy) as run:
        extract_archives(archives, run)
        run.finish()
    return run, spy


def list_sites(owner: str) -> SiteList:
    """One site, whose pages are read as that owner's."""
    return SiteList((Site("prov", owner, ("https://prov.example/",), ("prov.example",)),))
