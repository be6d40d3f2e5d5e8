"""Changes as a person reads them: by site, then by organisation and by page, what is told twice told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review.counting import NOUNS
from review.telling import describe_change
from review.values import read_values

Row = Mapping[str, Any]

DATASETS = {dataset: order for order, dataset in enumerate(NOUNS)}
NAMINGS = "Named for the first time, or no more"
PAGE_CHANGES = {change: order for order, change in enumerate(("changed", "moved", "new", "gone"))}
"""In the order in which pages are told of: those that need reading first."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One line, and the rows of `changes` that it tells: a fact that two pages state alike has two."""

    words: str
    change: str
    """added | removed | changed | renamed"""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OrganisationChanges:
    """What changed of one organisation on the pages of a site; both None: of the pages themselves."""

    organisation_id: str | None
    name: str | None
    told: tuple[ToldChange, ...]
    is_naming: bool = False
    """Whether these are all the organisations of which nothing changed but that they are named, or named no more."""


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What changed on the pages of one site; `site_id` None: of no known site."""

    site_id: str | None
    organisations: tuple[OrganisationChanges, ...]
    pages: tuple[Row, ...]
    """The rows of `page_changes`."""


def group_changes(changes: Iterable[Row], page_changes: Iterable[Row]) -> list[SiteChanges]:
    """The rows of both datasets by site, in an order that follows from the rows alone; what belongs to no site comes last."""
    changed = list(page_changes)
    facts = split_by(settle_changes(list(changes), changed), "site_id")
    pages = split_by(changed, "site_id")
    return [
        SiteChanges(site_id, group_by_organisation(facts.get(site_id, [])), tuple(sorted(pages.get(site_id, []), key=order_page)))
        for site_id in sorted(facts.keys() | pages.keys(), key=_order_text)
    ]


def group_by_organisation(rows: Sequence[Row]) -> tuple[OrganisationChanges, ...]:
    """Facts by the organisation that they are about, by name; then those about a page, then the organisations that are merely named."""
    facts, namings = split_namings(rows)
    groups = [
        OrganisationChanges(organisation_id, next((row["organisation_name"] for row in its if row["organisation_name"]), None), tell(its))
        for organisation_id, its in split_by(facts, "organisation_id").items()
    ]
    groups.sort(key=lambda group: (*_order_text(group.name or group.organisation_id), group.organisation_id or ""))
    return (*groups, OrganisationChanges(None, NAMINGS, tell(namings), is_naming=True)) if namings else tuple(groups)


def split_namings(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that tell more of an organisation than that it is named, or named no more; and the others.

    A new page brings in dozens of organisations that it merely names, among which a new member would not be seen.
    """
    stated = {row["organisation_id"] for row in rows if not _is_naming(row)}
    namings = [row for row in rows if _is_naming(row) and row["organisation_id"] not in stated]
    return [row for row in rows if not _is_naming(row) or row["organisation_id"] in stated], namings


def tell(rows: Sequence[Row]) -> tuple[ToldChange, ...]:
    """The rows in words, page by page; those of the same words are told once."""
    ordered = sorted(rows, key=lambda row: (*_order_text(row["url"]), DATASETS[row["dataset"]], row["key"], row["column"] or ""))
    told: dict[str, list[Row]] = {}
    for row in ordered:
        told.setdefault(describe_change(row), []).append(row)
    return tuple(ToldChange(words, its[0]["change"], tuple(its)) for words, its in told.items())


def settle_changes(changes: Sequence[Row], page_changes: Iterable[Row]) -> Iterator[Row]:
    """The rows of `changes` as they are to be told beside each other, and those of removed facts whose page is gone with a note of it.

    A membership that came or went is told by the statement of a page, if there is one, and not by the relation again. A statement that
    came or went while the relation stands is told as no more than that.
    """
    gone = {row["page_id"] for row in page_changes if row["change"] == "gone"}
    memberships = [row for row in changes if row["dataset"] in ("members", "relations") and row["column"] is None]
    stated = {_key_relation(row) for row in memberships if row["dataset"] == "members"}
    related = {_key_relation(row) for row in memberships if row["dataset"] == "relations"}
    for row in changes:
        is_whole = row["column"] is None
        if row["dataset"] == "relations" and is_whole and _key_relation(row) in stated:
            continue
        marks: dict[str, Any] = {}
        if row["dataset"] == "members" and is_whole and _key_relation(row) not in related:
            marks["is_statement"] = True
        if row["change"] == "removed" and row["page_id"] in gone:
            marks["note"] = "the page is gone"
        yield {**row, **marks} if marks else row


def _is_naming(row: Row) -> bool:
    return row["dataset"] == "organisations" and row["change"] in ("added", "removed")


def split_by(rows: Iterable[Row], column: str) -> dict[str | None, list[Row]]:
    """The rows by their value of a column, in their order."""
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def order_page(row: Row) -> tuple[int, str, str]:
    """Where a row of `page_changes` stands among others."""
    return PAGE_CHANGES[row["change"]], row["url"], row["page_id"]


def _key_relation(row: Row) -> tuple[object, ...]:
    values = read_values(row)
    return row["change"], values.get("organisation_id"), values.get("member_id"), values.get("role")


def _order_text(text: str | None) -> tuple[bool, str]:
    return text is None, text or ""
