"""Identities across pages: rows of one organisation become one, names follow the canonical one, aliases and numbers join ids."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pipelines.keys import Row
from registry.registry import Registry
from schemas.facts import Issue

ID_COLUMNS = ("organisation_id", "member_id", "owner_id")
NAME_COLUMNS = {"organisation_id": "organisation_name", "member_id": "member_name"}

# Kinds without a legal form of their own: a number beside their name is their host's, so it does not make the two one.
WITHOUT_NUMBER = frozenset({"joint_committee", "council", "network", "collaboration"})

RankedRow = tuple[Row, int]
"""A row of an organisation, and how well the page founds it that says so."""


def merge_organisations(
    rows: Iterable[RankedRow], registry: Registry, renames: Mapping[str, str]
) -> Iterator[tuple[Row, list[tuple[Row, Issue]]]]:
    """One row per organisation, and what its pages contradict each other in. `rows`: sorted by their final ids."""
    for identity, group in groupby(rows, lambda ranked: rename(ranked[0]["organisation_id"], renames)):
        ranked = list(group)
        row = complete_organisation(merge_organisation(identity, ranked), registry)
        yield row, [(row, issue) for issue in _tell_contradictions([stated for stated, _ in ranked])]


def rename(identity: str, renames: Mapping[str, str]) -> str:
    """The id that an id has become."""
    return renames.get(identity, identity)


def find_renames(organisations: Iterable[Row], registry: Registry, aliases: Mapping[str, str]) -> dict[str, str]:
    """Old id -> new id. `aliases`: the same, reviewed by a person; they go before everything.

    Ids of one stated organisation number are one organisation; an `org:` with a registered number or name is the registered one, for the
    registry may have learnt of it since. What is scoped to a site's owner follows the owner.
    """
    organisations = list(organisations)
    numbered: dict[str, set[str]] = {}
    for row in organisations:
        identity, number = row["organisation_id"], row["organisation_number"]
        if number and identity.startswith("org:") and row["kind"] not in WITHOUT_NUMBER:
            numbered.setdefault(number, set()).add(identity)
    links = dict(aliases)
    for number, identities in sorted(numbered.items()):
        registered = registry.by_number(number)
        chosen = registered.id if registered else choose_id(identities)
        links |= {identity: chosen for identity in identities if identity != chosen and identity not in aliases}
    for row in organisations:
        if (known := find_registered(row, registry)) and row["organisation_id"] not in links:
            links[row["organisation_id"]] = known
    for row in organisations:
        name, at, scope = row["organisation_id"].partition("@")
        owner = follow_links(scope, links)
        if owner != scope and "@" not in owner and row["organisation_id"] not in links:
            links[row["organisation_id"]] = f"{name}{at}{owner}"
    return {identity: follow_links(identity, links) for identity in links}


def find_registered(row: Row, registry: Registry) -> str | None:
    """The id of the registered organisation of an unscoped `org:`'s name and kind; None where there is none."""
    identity = row["organisation_id"]
    if not identity.startswith("org:") or "@" in identity or identity in registry.organisations:
        return None
    known = registry.by_name(row["name"])
    return known.id if known and row["kind"] in (known.kind, "other") else None


def choose_id(identities: Iterable[str]) -> str:
    """The id that several share from now on: not one that is scoped to a site, then the longest (no abbreviation), then by alphabet."""
    return min(identities, key=lambda identity: ("@" in identity, -len(identity), identity))


def follow_links(identity: str, links: Mapping[str, str]) -> str:
    """Where a chain of renames ends; in a ring, at the id that the ring's members would choose."""
    path = [identity]
    while path[-1] in links:
        following = links[path[-1]]
        if following in path:
            return choose_id(path[path.index(following) :])
        path.append(following)
    return path[-1]


def merge_organisation(identity: str, ranked: Sequence[RankedRow]) -> Row:
    """One organisation of all that the pages say of it: names and pages united, each other column by the best founded row."""

    def choose(column: str) -> Any:
        votes: Counter[Any] = Counter()
        best: dict[Any, tuple[Any, ...]] = {}
        for row, rank in ranked:
            value = row[column]
            if value is not None:
                best[value] = max(best.get(value, ()), (row["is_registered"], row["organisation_id"] == identity, value != "other", rank))
                votes[value] += 1
        return min(best, key=lambda value: (*(-part for part in best[value]), -votes[value], value), default=None)

    rows = [row for row, _ in ranked]
    name = choose("name")
    names = {row["name"] for row in rows}.union(*(row["other_names"] for row in rows))
    columns = ("kind", "organisation_number", "area_code", "website")
    return {
        "organisation_id": identity,
        "name": name,
        **{column: choose(column) for column in columns},
        "other_names": sorted(names - {name}),
        "is_registered": any(row["is_registered"] for row in rows),
        "page_ids": sorted({page_id for row in rows for page_id in row["page_ids"]}),
    }


def complete_organisation(row: Row, registry: Registry) -> Row:
    """The registry's own name, kind and codes for an organisation that it knows; what pages call it is among its other names."""
    known = registry.organisations.get(row["organisation_id"])
    if known is None:
        return row
    names = {row["name"], *row["other_names"], *known.other_names} - {known.name}
    return row | {
        "name": known.name,
        "kind": known.kind,
        "organisation_number": known.organisation_number or row["organisation_number"],
        "area_code": known.area_code or row["area_code"],
        "website": known.website or row["website"],
        "other_names": sorted(names),
        "is_registered": True,
    }


def rename_row(row: Row, renames: Mapping[str, str], names: Mapping[str, str]) -> Row:
    """The row with its organisations' final ids and names."""
    row = row | {column: renames.get(row[column], row[column]) for column in ID_COLUMNS if column in row}
    return row | {name: names.get(row[column], row[name]) for column, name in NAME_COLUMNS.items() if name in row}


def _tell_contradictions(rows: Sequence[Row]) -> list[Issue]:
    """Pages that state different numbers for one organisation: at least one of them is wrong, or they are two."""
    numbers = sorted({row["organisation_number"] for row in rows if row["organisation_number"]})
    if len(numbers) < 2:
        return []
    message = f"Pages state different organisation numbers: {', '.join(numbers)}"
    return [Issue("number_contradicted", message, dataset="organisations", field="organisation_number", value=", ".join(numbers))]
