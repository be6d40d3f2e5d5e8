"""What a crawl keeps of the run before: the facts of pages that it did not fetch, and the identity of pages that moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from pipelines.issues import FETCH_CODES
from pipelines.keys import Row, Rows
from schemas.values.url import canonical_url

DERIVED = frozenset({"coverage", "relations", "fetches"})
"""The datasets that a run makes anew of its other rows, or of what its spider tells."""


@dataclass(frozen=True)
class Snapshot:
    """The rows of a published run, without their `run_id`."""

    run_id: str | None = None
    rows: Rows = field(default_factory=dict)
    reading: str | None = None
    """Which code and knowledge read its pages."""

    @cached_property
    def places(self) -> dict[str, tuple[str, int]]:
        """page_id -> file and offset of the bytes that its rows were read from."""
        return {row["page_id"]: (row["archive_file"], row["archive_offset"]) for row in self.rows.get("pages", [])}

    @cached_property
    def page_ids(self) -> dict[str, str]:
        """Canonical address -> page_id; both a page's address and the one it calls its own lead to it."""
        pages = self.rows.get("pages", [])
        return {canonical_url(row[column]): row["page_id"] for column in ("url", "canonical_url") for row in pages}

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of its pages."""
        return frozenset(self.page_ids.values())

    @cached_property
    def missing(self) -> frozenset[str]:
        """The pages that answered 404 in that run."""
        return frozenset(row["page_id"] for row in self.rows.get("issues", []) if row["code"] == "page_missing" and row["page_id"])

    @cached_property
    def last_success(self) -> dict[str, datetime]:
        """site_id -> when a page of it was last received."""
        return {row["site_id"]: row["last_success_at"] for row in self.rows.get("coverage", []) if row["last_success_at"]}

    def page_id_of(self, url: str) -> str | None:
        """The page that the run before knew at an address, None where it knew none."""
        return self.page_ids.get(canonical_url(url))


@dataclass(slots=True)
class Observed:
    """What became, in this run, of the pages that the run before knew."""

    replaced: set[str] = field(default_factory=set)
    """Read anew, or moved to a page that was read."""
    gone: set[str] = field(default_factory=set)
    confirmed: dict[str, datetime] = field(default_factory=dict)
    """Unchanged (304), and when the site said so."""


def carry_over(previous: Snapshot, observed: Observed) -> Rows:
    """The rows of all pages that were neither read anew nor are gone, as they were but for `checked_at` of confirmed pages.

    An organisation is carried over where at least one such page names it, with these pages only. Issues that tell of a
    fetch belong to the run in which it happened and stay behind; so do `coverage` and `relations`, which each run makes of its own rows.
    """
    dropped = observed.replaced | observed.gone
    pages = {row["page_id"]: row for row in previous.rows.get("pages", []) if row["page_id"] not in dropped}
    carried = {dataset: _select(dataset, rows, pages) for dataset, rows in previous.rows.items() if dataset not in DERIVED}
    return carried | {"pages": [_confirm(row, observed.confirmed) for row in pages.values()]}


def keep_identity(canonical: str, page_id: str, asked_for: str | None, previous: Snapshot) -> str:
    """The id that a page keeps: what the run before called it at its address, or at the address that now leads to it.

    A redirect to a start page moves nothing: sites send there what they no longer have.
    """
    if known := previous.page_id_of(canonical):
        return known
    moved = previous.page_id_of(asked_for) if asked_for and not is_start_page(canonical) else None
    return moved or page_id


def is_start_page(url: str) -> bool:
    """Whether an address is a host's first page: no path, no query."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _select(dataset: str, rows: Collection[Row], pages: Collection[str]) -> list[Row]:
    if dataset == "organisations":
        narrowed = [row | {"page_ids": [page_id for page_id in row["page_ids"] if page_id in pages]} for row in rows]
        return [row for row in narrowed if row["page_ids"]]
    if dataset == "issues":
        return [row for row in rows if row["page_id"] in pages and row["code"] not in FETCH_CODES]
    return [row for row in rows if row["page_id"] in pages]


def _confirm(row: Row, confirmed: Mapping[str, datetime]) -> Row:
    return row | {"checked_at": confirmed.get(row["page_id"], row["checked_at"])}
