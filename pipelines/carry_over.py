"""What a crawl keeps of the run before: the facts of pages that it did not fetch, and the identity of pages that moved."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from pipelines.issues import FETCH_CODES
from pipelines.keys import Row
from schemas.values.url import canonical_url, page_id

DERIVED = frozenset({"coverage", "relations", "fetches"})
"""The datasets that a run makes anew of its other rows, or of what its spider tells."""


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Where the pages of a run are found again."""

    places: Mapping[str, tuple[str, int]]
    """page_id -> file and offset of the bytes that its rows were read from."""
    page_ids: Mapping[str, str]
    """Canonical address -> page_id; both a page's address and the one it calls its own lead to it."""
    carried: frozenset[str]
    """The pages that the run did not look at: earlier runs read them."""


@dataclass(frozen=True)
class Snapshot:
    """The rows of a published run, without their `run_id`. They are gone through when they are needed, and not kept in memory."""

    run_id: str | None = None
    rows: Mapping[str, Iterable[Row]] = field(default_factory=dict)
    reading: str | None = None
    """Which code and knowledge read its pages, but for those that it carried over itself."""
    began: datetime | None = None

    @cached_property
    def index(self) -> PageIndex:
        """What is known of its pages while the next run comes together."""
        places, page_ids, own, carried = {}, {}, {}, set()
        for row in self.rows.get("pages", ()):
            page_id = row["page_id"]
            places[page_id] = (row["archive_file"], row["archive_offset"])
            page_ids[canonical_url(row["url"])] = page_id
            own[canonical_url(row["canonical_url"])] = page_id
            if self.began and row["checked_at"] < self.began:
                carried.add(page_id)
        page_ids.update(own)
        return PageIndex(places, page_ids, frozenset(carried))

    @property
    def places(self) -> Mapping[str, tuple[str, int]]:
        """Those of its index."""
        return self.index.places

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of its pages."""
        return frozenset(self.index.places)

    @cached_property
    def missing(self) -> frozenset[str]:
        """The pages that answered 404 in that run."""
        return frozenset(row["page_id"] for row in self.rows.get("issues", ()) if row["code"] == "page_missing" and row["page_id"])

    @cached_property
    def last_success(self) -> dict[str, datetime]:
        """site_id -> when a page of it was last received."""
        return {row["site_id"]: row["last_success_at"] for row in self.rows.get("coverage", ()) if row["last_success_at"]}

    def page_id_of(self, url: str) -> str | None:
        """The page that the run before knew at an address, None where it knew none."""
        return self.index.page_ids.get(canonical_url(url))

    def free_id(self, url: str) -> str:
        """The id of a page that the run before did not know; not that of one that it knew there until it moved."""
        address = identity = canonical_url(url)
        while (identity := page_id(identity)) in self.known:
            identity += address
        return identity


@dataclass(slots=True)
class Observed:
    """What became, in this run, of the pages that the run before knew."""

    replaced: set[str] = field(default_factory=set)
    """Read anew, or moved to a page that was read."""
    left: set[str] = field(default_factory=set)
    """Pages to which their address did not lead: it was missing, or led to another page that was known."""
    gone: set[str] = field(default_factory=set)
    confirmed: dict[str, datetime] = field(default_factory=dict)
    """Unchanged (304), and when the site said so."""


def carry_over(previous: Snapshot, observed: Observed) -> dict[str, Iterator[Row]]:
    """The rows of all pages that were neither read anew nor are gone, as they were but for `checked_at` of confirmed pages.

    An organisation is carried over where at least one such page names it, with these pages only. Issues that tell of a
    fetch belong to the run in which it happened and stay behind; so do `coverage` and `relations`, which each run makes of its own rows.
    """
    pages = previous.known - observed.replaced - observed.gone
    return {dataset: _select(dataset, rows, pages, observed.confirmed) for dataset, rows in previous.rows.items() if dataset not in DERIVED}


def keep_identity(canonical: str, asked_for: str | None, previous: Snapshot) -> str:
    """The id that a page keeps: what the run before called it at its address, or at the address that now leads to it.

    A redirect to a start page moves nothing: sites send there what they no longer have.
    """
    if known := previous.page_id_of(canonical):
        return known
    moved = previous.page_id_of(asked_for) if asked_for and not is_start_page(canonical) else None
    return moved or previous.free_id(canonical)


def is_start_page(url: str) -> bool:
    """Whether an address is a host's first page: no path, no query."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _select(dataset: str, rows: Iterable[Row], pages: Collection[str], confirmed: Mapping[str, datetime]) -> Iterator[Row]:
    if dataset == "organisations":
        narrowed = (row | {"page_ids": [page_id for page_id in row["page_ids"] if page_id in pages]} for row in rows)
        return (row for row in narrowed if row["page_ids"])
    there = (row for row in rows if row["page_id"] in pages)
    if dataset == "issues":
        return (row for row in there if row["code"] not in FETCH_CODES)
    if dataset == "pages":
        return (row | {"checked_at": confirmed.get(row["page_id"], row["checked_at"])} for row in there)
    return there
