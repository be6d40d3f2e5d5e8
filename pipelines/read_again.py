"""The pages of an earlier run as today's code reads them, from its archive: a better parser is not a change of the world.

A re-reading holds the datasets that are compared. What the later run looked at is read again from the bytes that the earlier run read;
pages that it did not look at, and pages whose bytes no archive at hand holds, keep the rows that they had.
"""

import logging
import shlex
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from archive.reader import read_record
from pipelines.assemble import assemble_datasets
from pipelines.collect import Collector, Reader
from pipelines.confidence import read_calibrated
from pipelines.gather import PAGE_DATASETS
from pipelines.keys import Row
from pipelines.spill import Spill
from pipelines.store import load_snapshot, write_tables
from registry.aliases import load_aliases
from registry.registry import load_registry
from registry.sites import SiteList
from schemas.comparison import COMPARED
from schemas.disk import writing
from schemas.errors import UsageError
from schemas.manifest import Manifest
from schemas.page import ArchivePlace, Page
from schemas.persons import NOBODY, Persons
from schemas.tables import scan_rows

logger = logging.getLogger(__name__)

COLUMNS = ("page_id", "url", "checked_at", "body_sha256", "archive_file", "archive_offset", "archive_length")
"""Which bytes a page was read from."""


def find_pages_to_read_again(before: Path, earlier: Manifest, after: Path, later: Manifest) -> set[str]:
    """The pages of the run in the folder `before` that the run in `after` looked at, and that other code read then.

    Other code is also that of the runs from which a crawl carried over the rows of pages that it could not look at.
    """
    if later.code.get("reading") != earlier.code.get("reading"):
        return find_pages_seen_again(before, after, later.kind)
    if later.kind != "crawl":
        return set()
    began = datetime.fromisoformat(earlier.started_at)
    carried = {row["page_id"] for row in scan_rows(before / "pages.parquet", COLUMNS[:3]) if row["checked_at"] < began}
    return carried & find_pages_seen_again(before, after, later.kind) if carried else carried


def find_pages_seen_again(before: Path, after: Path, kind: str) -> set[str]:
    """The pages of the first run that were looked at for the other one, or between both: of a crawl those that it did not carry over.

    Of other kinds those that both hold, also those that call themselves by another address by now.
    """
    if kind == "crawl":
        then, now = (
            {row["page_id"]: row["checked_at"] for row in scan_rows(run / "pages.parquet", COLUMNS[:3])} for run in (before, after)
        )
        return {page_id for page_id, checked_at in then.items() if now.get(page_id, checked_at) != checked_at}
    there = [(row["page_id"], row["url"]) for row in scan_rows(after / "pages.parquet", COLUMNS[:2])]
    known = {page_id for page_id, _ in there} | {url for _, url in there}
    return {row["page_id"] for row in scan_rows(before / "pages.parquet", COLUMNS[:2]) if {row["page_id"], row["url"]} & known}


def read_again(
    run: Path,
    page_ids: Collection[str],
    folder: Path,
    archives: Mapping[str, Path],
    sites: SiteList,
    *,
    read: Reader | None = None,
    already: Collector | None = None,
    listed: Persons = NOBODY,
) -> Collector:
    """Writes into `folder` what today's code makes of these pages of a run; gives what was read of them.

    `archives`: the files at hand, by their names. `already`: what a later run read of its pages; of the same bytes at the same address
    it is taken from there, so that what differs then is the reading. `listed`: the persons who asked not to be published.
    Raises OutputUnwritable.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    snapshot = load_snapshot(run)
    snapshot = replace(snapshot, rows={dataset: rows for dataset, rows in snapshot.rows.items() if dataset in PAGE_DATASETS})
    collector = Collector(sites, load_registry(), snapshot, read or read_calibrated, spill=Spill(folder), listed=listed)
    wanted = (row for row in scan_rows(run / "pages.parquet", COLUMNS) if row["page_id"] in page_ids)
    unread = {row["page_id"] for row in wanted if not (take_facts(row, collector, already) or read_page(row, collector, archives))}
    if unread:
        logger.info("%d of %d pages of the run %s lie in no archive at hand and keep their facts", len(unread), len(page_ids), run.name)
    rows, _ = assemble_datasets(collector, (), {}, load_registry(), load_aliases())
    write_tables({dataset: rows[dataset] for dataset in COMPARED}, folder, run.name)
    return collector


def take_facts(row: Row, collector: Collector, already: Collector | None) -> bool:
    """Takes over what was read of the same bytes at the same address; whether there was such a reading."""
    facts = already.find_facts(row["page_id"]) if already else None
    if facts and any(page["url"] == row["url"] and page["body_sha256"] == row["body_sha256"] for page in facts.rows["pages"]):
        collector.keep_facts(facts)
        return True
    return False


def read_page(row: Row, collector: Collector, archives: Mapping[str, Path]) -> bool:
    """Reads the bytes that the page was read from then; whether they could be found."""
    page = find_capture(row, archives)
    if page is None:
        return False
    count = len(collector.seen)
    collector.add_page(page)
    if len(collector.seen) > count:  # else it is broken for today's code, and keeps its facts as it does in any run
        collector.observed.replaced.add(row["page_id"])  # also where it calls itself by another address now
    return True


def find_capture(row: Row, archives: Mapping[str, Path]) -> Page | None:
    """The page as it came, from the archive; None where that is not at hand, or another file of its name by now."""
    archive = archives.get(row["archive_file"] or "")
    if archive is None:
        return None
    place = ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"])
    try:
        page = read_record(place, archive.parent)
    except UsageError as error:
        logger.debug("%s", error)
        return None
    if page.body_sha256 != row["body_sha256"]:
        return None
    return replace(page, url=row["url"], archived=place, checked_at=row["checked_at"])


def list_archives(output: Path, runs: Iterable[Manifest]) -> dict[str, Path]:
    """The archive files that the pages of these runs can lie in, by their names: those that extracts were given before those of crawls."""
    given = [Path(name) for run in runs if run.kind == "extract" for name in shlex.split(str(run.options.get("archives") or ""))]
    kept = sorted((output / "archive").glob("*"))
    return {path.name: path for path in (*kept, *given) if path.is_file()}
