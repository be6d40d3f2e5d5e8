"""What a reviewer corrected on single sites: there an id, or a name, is another organisation than the reading took it for."""

from collections.abc import Collection, Iterable, Mapping

from pipelines.deduplicate import group_rows
from pipelines.keys import Row, Rows
from registry.aliases import Alias
from registry.registry import Registry

PageLinks = Mapping[str, Mapping[str, str]]
"""page_id -> id -> the id that it is there"""


def link_pages(pages: Iterable[Row], aliases: Collection[Alias]) -> PageLinks:
    """For each page of a site that has aliases, what its ids are there."""
    if not aliases:
        return {}
    by_site = group_rows((alias for alias in aliases if alias.site_id is not None), lambda alias: alias.site_id)
    return {
        page["page_id"]: {identity: alias.organisation_id for alias in by_site[page["site_id"]] for identity in alias.ids(page["owner_id"])}
        for page in pages
        if page["site_id"] in by_site
    }


def correct_facts(rows: Rows, links: PageLinks) -> Rows:
    """The rows with the ids that hold on their pages. Whose a page is, the site list says; organisations are parted."""
    return {
        dataset: there if dataset in ("pages", "organisations") else [correct_row(row, links.get(row["page_id"], {})) for row in there]
        for dataset, there in rows.items()
    }


def correct_row(row: Row, links: Mapping[str, str]) -> Row:
    """A fact with the ids that hold on its page; the names follow when the organisations are resolved."""
    return row | {column: links[row[column]] for column in ("organisation_id", "member_id") if row.get(column) in links}


def part_organisation(row: Row, links: PageLinks, registry: Registry) -> list[Row]:
    """The organisation's row, apart for each organisation that it is on its pages."""
    if not links:
        return [row]
    identity = row["organisation_id"]
    page_ids: list[str] = row["page_ids"]
    parts = group_rows(page_ids, lambda page_id: links.get(page_id, {}).get(identity, identity))
    return [describe_part(row, new, there, registry) for new, there in parts.items()] or [row]


def describe_part(row: Row, identity: str, page_ids: list[str], registry: Registry) -> Row:
    """What is known of an organisation under another id. Of a registered one that was taken for another, only what the registry says."""
    part = row | {"organisation_id": identity, "page_ids": page_ids}
    known = registry.organisations.get(identity)
    if known is None or identity == row["organisation_id"] or row["organisation_id"] not in registry.organisations:
        return part
    return part | {
        "name": known.name,
        "kind": known.kind,
        "organisation_number": known.organisation_number,
        "area_code": known.area_code,
        "website": known.website,
        "other_names": (),
    }
