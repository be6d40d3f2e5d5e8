"""Which pages came, went, moved, or say something else than in the run before."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from review.content_change import SAME, ContentChange, compare_contents
from review.site_wide import SiteWide
from schemas.review import Candidate
from schemas.tables import scan_rows
from schemas.values.url import bare_address

Row = dict[str, Any]

COMPARED = ("page_id", "site_id", "content_sha256", "url", "canonical_url")
"""Read of every page; the others only of pages in which one of these differs, or facts do."""
PLACE = ("fetched_at", "archive_file", "archive_offset", "archive_length")
TOLD = ("page_id", "site_id", "url", "canonical_url", "title", "text", *PLACE)
PAGES_AT_A_TIME = 500
OWN_DATES = ("updated", "published")
"""Kinds of dates that tell when the page was touched, and nothing of what it says."""
OF_SEVERAL_PAGES = frozenset({"organisations", "relations"})
"""Datasets whose changes may come from any of the pages that state a row."""


def find_page_changes(candidate: Candidate, facts_changed: Mapping[str, int]) -> Iterator[Row]:
    """The rows of `page_changes`, without their `run_id`, in the order of their ids.

    `facts_changed`: page_id -> how many of its facts changed, cause `page`; the run's `changes` must be written already.
    """
    if candidate.previous is None:
        return
    sides = candidate.reread or candidate.previous, candidate.folder
    was, now = ({row["page_id"]: row for row in scan_rows(run / "pages.parquet", COMPARED)} for run in sides)
    touched = find_touched_pages(*sides)
    gone = was.keys() - now.keys()
    if candidate.manifest.kind != "crawl":  # a crawl's run holds whatever is not gone; other runs only what their archives hold
        gone &= find_pages_told_gone(candidate.previous, candidate.folder)
    differing = {page_id for page_id in was.keys() & now.keys() if was[page_id] != now[page_id] or page_id in touched}
    site_wide = find_site_wide(sides, {page_id: row["site_id"] for page_id, row in now.items()}, differing)
    for page_id, before, after in read_pairs(sides, sorted(differing | gone | (now.keys() - was.keys()))):
        ignored = site_wide.find(after["site_id"]) if after else frozenset[str]()
        if change := judge_page(before, after, ignored, is_touched=page_id in touched):
            yield change | {"facts_changed": facts_changed.get(page_id, 0), "previous_run_id": candidate.previous.name}


def find_site_wide(sides: tuple[Path, Path], sites: Mapping[str, str | None], differing: Collection[str]) -> SiteWide:
    """What is no page's own of that which came and went on the pages that differ. `sites`: page_id -> site_id of all pages."""
    site_wide = SiteWide(Counter(sites.values()))
    counts = Counter(sites[page_id] for page_id in differing)
    many = sorted(page_id for page_id in differing if site_wide.is_most(sites[page_id], counts[sites[page_id]]))
    for _, before, after in read_pairs(sides, many):
        if before and after:
            site_wide.note(after["site_id"], compare_contents(before["text"], after["text"]))
    return site_wide


def read_pairs(sides: tuple[Path, Path], page_ids: Sequence[str]) -> Iterator[tuple[str, Row | None, Row | None]]:
    """What is told of each of these pages before and after, None where it was not there; some at a time in memory."""
    waiting = iter(page_ids)
    while batch := list(islice(waiting, PAGES_AT_A_TIME)):
        before, after = (read_pages(run, batch) for run in sides)
        yield from ((page_id, before.get(page_id), after.get(page_id)) for page_id in batch)


def read_pages(run: Path, page_ids: list[str]) -> dict[str, Row]:
    """What is told of these pages, whose ids are sorted as those of the file are: row groups without any of them are not read."""
    among = [("page_id", ">=", page_ids[0]), ("page_id", "<=", page_ids[-1]), ("page_id", "in", page_ids)]
    table = pq.read_table(run / "pages.parquet", columns=list(TOLD), filters=among)
    return {row["page_id"]: row for row in table.to_pylist()}


def judge_page(before: Row | None, after: Row | None, ignored: Collection[str], *, is_touched: bool) -> Row | None:
    """What happened to a page, None where nothing did.

    `ignored`: sentences that are not its own. `is_touched`: whether facts changed by what it says.
    """
    if before is None or after is None:
        return describe(before, after, "gone" if after is None else "new")
    content = compare_contents(before["text"], after["text"], ignored)
    if has_moved(before, after):
        return describe(before, after, "moved", content)
    return describe(before, after, "changed", content) if is_touched or content is not SAME else None


def has_moved(before: Row, after: Row) -> bool:
    """Whether both its address and the one that it calls its own are others; https, "www." and a last "/" make none."""
    return all(before[name] != after[name] and bare_address(before[name]) != bare_address(after[name]) for name in ("url", "canonical_url"))


def describe(before: Row | None, after: Row | None, change: str, content: ContentChange | None = None) -> Row:
    """A row of `page_changes`."""
    page = after or before or {}
    known = {column: page[column] for column in ("page_id", "site_id", "url", "title")}
    told = {name: getattr(content, name) for name in ContentChange.__slots__} if content else {}
    now = {column: after[column] for column in PLACE} if after else {}
    was = {f"previous_{column}": before[column] for column in ("url", *PLACE)} if before else {}
    return {**known, "change": change, **told, **now, **was}


def find_pages_told_gone(before: Path, after: Path) -> set[str]:
    """The pages whose site says that they are gone for good (410), or that were missing (404) in both runs."""
    missing_before, missing, gone = (
        {row["page_id"] for row in scan_rows(run / "issues.parquet", ("page_id", "code")) if row["code"] == code}
        for run, code in ((before, "page_missing"), (after, "page_missing"), (after, "page_gone"))
    )
    return gone | (missing_before & missing)


def find_touched_pages(before: Path, after: Path) -> set[str]:
    """The pages whose facts changed by what they say; the dates of the page itself ("Uppdaterad") are no such fact."""
    touched: dict[str, set[str | None]] = {}
    for row in scan_rows(after / "changes.parquet", ("dataset", "key", "column", "cause", "page_id")):
        is_date_of_page = row["dataset"] == "pages" and row["column"] in ("updated_on", "published_on")
        if row["page_id"] and row["cause"] == "page" and row["dataset"] not in OF_SEVERAL_PAGES and not is_date_of_page:
            touched.setdefault(row["page_id"], set()).add(json.loads(row["key"]).get("date_id"))
    own = find_own_dates(before, after) if any(dates - {None} for dates in touched.values()) else set()
    return {page_id for page_id, dates in touched.items() if not dates <= own}


def find_own_dates(*runs: Path) -> set[str | None]:
    """The ids of the dates that tell when a page was touched."""
    files = (run / "dates.parquet" for run in runs)
    return {row["date_id"] for file in files for row in scan_rows(file, ("date_id", "kind")) if row["kind"] in OWN_DATES}
