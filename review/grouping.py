"""Changes as a person reads them: by site, then by organisation and by page, what is told twice told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review.telling import describe_change
from review.values import read_values
from schemas.comparison import COMPARED

Row = Mapping[str, Any]

DATASETS = {dataset: order for order, dataset in enumerate(COMPARED)}
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


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What changed on the pages of one site; `site_id` None: of no known site."""

    site_id: str | None
    organisations: tuple[OrganisationChanges, ...]
    pages: tuple[Row, ...]
    """The rows of `page_changes`."""


def group_changes(changes: Iterable[Row], page_changes: Iterable[Row]) -> list[SiteChanges]:
    """The rows of both datasets by site, in an order that follows from the rows alone; what belongs to no site comes last."""
    facts = split_by(skip_retold(list(changes)), "site_id")
    pages = split_by(page_changes, "site_id")
    return [
        SiteChanges(site_id, group_by_organisation(facts.get(site_id, [])), tuple(sorted(pages.get(site_id, []), key=order_page)))
        for site_id in sorted(facts.keys() | pages.keys(), key=_order_text)
    ]


def group_by_organisation(rows: Sequence[Row]) -> tuple[OrganisationChanges, ...]:
    """Facts by the organisation that they are about, by name; those about a page come last."""
    by_organisation = split_by(rows, "organisation_id")
    groups = [
        OrganisationChanges(organisation_id, next((row["organisation_name"] for row in its if row["organisation_name"]), None), tell(its))
        for organisation_id, its in by_organisation.items()
    ]
    return tuple(sorted(groups, key=lambda group: (*_order_text(group.name or group.organisation_id), group.organisation_id or "")))


def tell(rows: Sequence[Row]) -> tuple[ToldChange, ...]:
    """The rows in words, page by page; those of the same words are told once."""
    ordered = sorted(rows, key=lambda row: (*_order_text(row["url"]), DATASETS[row["dataset"]], row["key"], row["column"] or ""))
    told: dict[str, list[Row]] = {}
    for row in ordered:
        told.setdefault(describe_change(row), []).append(row)
    return tuple(ToldChange(words, its[0]["change"], tuple(its)) for words, its in told.items())


def skip_retold(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without the relations that came or went and that a page's statement tells of already."""
    stated = {_key_relation(row) for row in rows if row["dataset"] == "members" and row["column"] is None}
    for row in rows:
        if row["dataset"] != "relations" or row["column"] or _key_relation(row) not in stated:
            yield row


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
