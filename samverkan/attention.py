"""What needs a person after a crawl: sites of which nothing came, which hold more than was asked for, or which lost what they had."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from samverkan.crawl_state import TROUBLED
from samverkan.reasons import shorten_reason
from schemas.tables import read_rows

Row = Mapping[str, Any]

LOST = "lost every page about collaboration"
LEFT = "incomplete: pages or time were spent before all promising addresses"


class Concern(NamedTuple):
    """One fate, and the sites that share it, with the day on which a page of each last came: "itsam (never seen)"."""

    what: str
    sites: list[str]


def list_concerns(coverage: Iterable[Row], lost: Iterable[str] = ()) -> list[Concern]:
    """What is the matter, at the most sites first; within a fate, those that were well a short time ago."""
    shared: dict[str, list[Row]] = defaultdict(list)
    lost = set(lost)
    for row in coverage:
        if fate := name_fate(row, is_lost=row["site_id"] in lost):
            shared[fate].append(row)
    concerns = [Concern(fate, [name_site(row) for row in sorted(rows, key=_last_success, reverse=True)]) for fate, rows in shared.items()]
    return sorted(concerns, key=lambda concern: (concern.what != LOST, -len(concern.sites)))


def name_fate(row: Row, *, is_lost: bool) -> str | None:
    """In words what a person should look at; None where all is well, or nobody looked."""
    if row["outcome"] in TROUBLED:
        return f"{row['outcome']}: {shorten_reason(row['first_error'] or 'no reason is known')}"
    if is_lost:
        return LOST
    return LEFT if row["outcome"] == "incomplete" else None


def name_site(row: Row) -> str:
    """ "itsam (seen 2026-11-20)": when a page of it last came or was confirmed."""
    last = row["last_success_at"]
    return f"{row['site_id']} (seen {last:%Y-%m-%d})" if last else f"{row['site_id']} (never seen)"


def find_lost_sites(run: Path, previous: Path) -> set[str]:
    """The sites with pages about collaboration in the previous run and none in this; none where the previous one is no longer there."""
    if not (previous / "pages.parquet").exists():
        return set()
    return find_telling_sites(previous) - find_telling_sites(run)


def find_telling_sites(run: Path) -> set[str]:
    """The sites that have a page about collaboration."""
    rows = read_rows(run / "pages.parquet", ("site_id", "is_collaboration"))
    return {row["site_id"] for row in rows if row["is_collaboration"] and row["site_id"]}


def _last_success(row: Row) -> str:
    return str(row["last_success_at"] or "")
