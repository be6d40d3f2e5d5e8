"""Where pages disagree about a part that an organisation has in a body: what cannot hold at once, told in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from pipelines.deduplicate import group_rows
from pipelines.keys import Row
from pipelines.member_counts import fits_unit
from schemas.values.edtf import edtf_bounds
from schemas.values.timestamps import stockholm_date

Key = tuple[str, str, str]
"""organisation_id, member_id, role"""

SAME_SHARE = 1
"""Shares less than a percentage point apart are one share, rounded: 33 and 33.3."""

LISTED_ROLES = frozenset({"member", "owner"})
"""What a list of all members is held to be complete in. Partners and participants stand beside it."""


def find_contradictions(
    members: Sequence[Row], pages: Mapping[str, Row], counts: Sequence[Row], kinds: Mapping[str, str]
) -> dict[Key, list[str]]:
    """Relation -> what its pages disagree in, for those that are contradicted. `kinds`: organisation_id -> kind."""
    reasons: dict[Key, list[str]] = {}
    for key, statements in group_rows(members, lambda row: (row["organisation_id"], row["member_id"], row["role"])).items():
        reasons[key] = list(compare_statements(statements, pages))
    for key in (*find_exclusive_roles(members), *find_unlisted(members, pages, counts, kinds)):
        reasons[key[:3]].append(key[3])
    return {key: sorted(set(told)) for key, told in reasons.items() if told}


def compare_statements(statements: Sequence[Row], pages: Mapping[str, Row]) -> Iterator[str]:
    """What the statements of one relation cannot all be right in."""
    for column in ("since", "until"):
        stated = distinct(row[column] for row in statements)
        if any(exclude(one, other) for one, other in combinations(stated, 2)):
            yield f"{column} {' or '.join(stated)}"
    yield from find_impossible_periods(statements)
    yield from find_outlived_ends(statements, pages)
    shares = distinct(row["share"] for row in statements)
    if shares and shares[-1] - shares[0] >= SAME_SHARE:
        yield f"share {' or '.join(f'{share:g}' for share in shares)} %"
    if len(distinct(row["is_host"] for row in statements)) > 1:
        yield "host or not host"


def find_impossible_periods(statements: Sequence[Row]) -> Iterator[str]:
    """An end on one page that lies before the beginning on another."""
    for since in distinct(row["since"] for row in statements):
        for until in distinct(row["until"] for row in statements):
            begin, end = edtf_bounds(since)[0], edtf_bounds(until)[1]
            if begin and end and end < begin:
                yield f"since {since} but until {until}"


def find_outlived_ends(statements: Sequence[Row], pages: Mapping[str, Row]) -> Iterator[str]:
    """An end that had passed when another page was last confirmed to state the relation as lasting."""
    lasting = [stockholm_date(pages[row["page_id"]]["checked_at"]) for row in statements if row["until"] is None]
    for until in distinct(row["until"] for row in statements):
        end = edtf_bounds(until)[1]
        if end and any(end < day for day in lasting):
            yield f"until {until}, but still stated without an end"


def find_exclusive_roles(members: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Pairs that one page calls member only and another adjunct only: who is adjunct (adjungerad) takes part without being a member."""
    for (organisation_id, member_id), rows in group_rows(members, lambda row: (row["organisation_id"], row["member_id"])).items():
        on_page = group_rows(rows, lambda row: row["page_id"])
        roles = [{row["role"] for row in there} & {"member", "adjunct"} for there in on_page.values()]
        if {"member"} in roles and {"adjunct"} in roles:
            for role in ("member", "adjunct"):
                yield organisation_id, member_id, role, "member or adjunct"


def find_unlisted(
    members: Sequence[Row], pages: Mapping[str, Row], counts: Sequence[Row], kinds: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    """Members and owners that a complete list on a page of the body's own lacks, though they are of the kind that it counts.

    Complete is a list of as many names as the page counts members in all (`scope` total, `gap` 0).
    """
    bodies = group_rows((row for row in members if row["role"] in LISTED_ROLES), lambda row: row["organisation_id"])
    named = group_rows(members, lambda row: (row["page_id"], row["organisation_id"]))
    for count in counts:
        body, page_id = count["organisation_id"], count["page_id"]
        if count["scope"] != "total" or count["gap"] != 0 or pages[page_id]["owner_id"] != body:
            continue
        listed = {row["member_id"] for row in named.get((page_id, body), [])}
        for row in bodies.get(body, []):
            if row["member_id"] not in listed and fits_unit(row, count["unit"], kinds):
                yield body, row["member_id"], row["role"], f"not among the {count['count']} {count['unit']} on {pages[page_id]['url']}"


def refines(date_: str, other: str) -> bool:
    """Whether a date lies within another one, so that whoever states the other states this one too: 2019-04-01 in 2019-04."""
    (start, end), (first, last) = edtf_bounds(date_), edtf_bounds(other)
    return date_ == other or bool(start and end and first and last and first <= start and end <= last)


def exclude(one: str, other: str) -> bool:
    """Whether two dates have no day in common. A side that is open, or of no known year, excludes nothing."""
    (start, end), (first, last) = edtf_bounds(one), edtf_bounds(other)
    return _is_before(end, first) or _is_before(last, start)


def distinct(values: Iterable[Any]) -> list[Any]:
    """The different values that are there, sorted."""
    return sorted({value for value in values if value is not None})


def _is_before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start
