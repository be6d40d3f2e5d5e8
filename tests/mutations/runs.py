"""Pairs of versions of pages as two runs, one day after the other, and what the second says of the first."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.run import Run
from registry.sites import SiteList
from review.review import RunReview
from schemas.errors import RunHeld
from schemas.page import ArchivePlace, Page
from schemas.tables import read_rows
from tests.mutations.bases import Base

Row = dict[str, Any]
RUN_IDS = ("20261121T040000Z", "20261122T040000Z")
READ = ("pages", "members", "member_counts", "contacts", "dates")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a page, the mutations that lie between them, and the seed that makes them again."""

    base: Base
    seed: str
    before: str
    after: str
    mutations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What two runs say of a pair: the facts of the first, and the changes that the second tells."""

    pair: Pair
    facts: dict[str, list[Row]]
    changes: list[Row]
    page_changes: list[Row]
    date_kinds: dict[str, str]
    """date_id -> kind, of both runs."""


def compare_pairs(folder: Path, pairs: Sequence[Pair], sites: SiteList) -> list[Seen]:
    """Runs both versions of all pairs, each of another page, and compares. Changes of no page of them are told of the first pair."""
    first, second = (run_versions(folder, version, run_id, sites) for version, run_id in zip(list_versions(pairs), RUN_IDS, strict=True))
    facts = {dataset: read_rows(first / f"{dataset}.parquet") for dataset in READ}
    page_of = {row["url"]: row["page_id"] for row in facts["pages"]}
    changes, page_changes = (read_rows(second / f"{dataset}.parquet") for dataset in ("changes", "page_changes"))
    date_kinds = {row["date_id"]: row["kind"] for rows in (facts["dates"], read_rows(second / "dates.parquet")) for row in rows}
    ids = [page_of.get(pair.base.url, "") for pair in pairs]

    def of_page(rows: Iterable[Row], page_id: str) -> list[Row]:
        return [row for row in rows if row["page_id"] == page_id or (page_id == ids[0] and row["page_id"] not in ids)]

    return [
        Seen(pair, {d: of_page(rows, i) for d, rows in facts.items()}, of_page(changes, i), of_page(page_changes, i), date_kinds)
        for pair, i in zip(pairs, ids, strict=True)
    ]


def list_versions(pairs: Sequence[Pair]) -> tuple[list[Page], list[Page]]:
    """The pages of both runs."""
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    before = [make_page(pair.base, pair.before, noon, number) for number, pair in enumerate(pairs)]
    after = [make_page(pair.base, pair.after, noon + timedelta(days=1), number) for number, pair in enumerate(pairs)]
    return before, after


def make_page(base: Base, html: str, when: datetime, number: int) -> Page:
    """A version of a page as a crawl would hand it on, archived somewhere."""
    body = base.encode(html)
    place = ArchivePlace(f"{when:%Y%m%d}.warc.gz", number * 1000, len(body))
    return Page(base.url, 200, (("Content-Type", base.content_type),), body, when, place)


def run_versions(output: Path, pages: Iterable[Page], run_id: str, sites: SiteList) -> Path:
    """The folder of a run of these pages; so many edits at once may hold it."""
    options = {"names": "pairs"}  # less than all sites: not what a country must give
    with suppress(RunHeld), Run.open(output, kind="crawl", run_id=run_id, sites=sites, options=options, reviewer=RunReview()) as run:
        for page in pages:
            run.add_page(page)
        run.finish()
    return run.folder
