"""Beside each stated number of members: how many of those counted the page names, and how many it leaves unnamed."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipelines.deduplicate import group_rows, place
from pipelines.keys import Row
from schemas.facts import Issue

ANY = "*"
COUNTED_ROLES = frozenset(("member", "owner", "participant"))


def measure_member_counts(
    counts: Sequence[Row], members: Sequence[Row], mentions: Sequence[Row], kinds: Mapping[str, str], owners: Mapping[str, str | None]
) -> list[tuple[Row, Issue]]:
    """Fills `listed` and `gap` of each count in place; returns an issue `count_gap` for each count that is not met.

    `kinds`: organisation_id -> kind. `owners`: page_id -> the organisation that runs the site.
    """
    listed = group_rows(members, lambda row: (row["page_id"], row["organisation_id"]))
    named = group_rows(mentions, lambda row: (row["page_id"], row["organisation_id"]))
    issues = []
    for count in counts:
        rows = [row for row in listed.get((count["page_id"], count["organisation_id"]), []) if fits_unit(row, count["unit"], kinds)]
        places = {
            row["member_id"]: _place(row, named.get((row["page_id"], row["member_id"]), []))
            for row in sorted(rows, key=place, reverse=True)  # of two roles of one member, the first in the text counts
        }
        count["listed"], count["gap"] = measure_count(count, places, owners.get(count["page_id"]))
        if count["gap"]:
            issues.append((count, tell_gap(count)))
    return issues


def measure_count(count: Row, places: Mapping[str, int | None], owner_id: str | None) -> tuple[int, int | None]:
    """`listed` and `gap` of one count. `places`: the fitting members and where the page names them.

    Of `others` ("Göteborgs Stad och ytterligare 41 kommuner") only those are counted that follow the number; the page's
    owner is one of the 41 or not, which cannot be told where the number stands beside somebody else.
    """
    if kinds_of_unit(count["unit"]) is None:
        return len(places), None
    if count["scope"] != "others":
        return len(places), count["count"] - len(places)
    others = {member: place for member, place in places.items() if member != owner_id}
    following = sum(place is not None and place >= (count["text_end"] or 0) for place in others.values())
    is_owner_open = owner_id in places and following < len(others)
    return following, None if is_owner_open or count["text_end"] is None else count["count"] - following


def fits_unit(member: Row, unit: str, kinds: Mapping[str, str]) -> bool:
    """Whether a member is of the kind counted. Partners and adjuncts are no members; Gotland is municipality and region in one."""
    wanted = kinds_of_unit(unit)
    if member["role"] not in COUNTED_ROLES or (member["role"] != "owner" and re.search("ägar", unit, re.IGNORECASE)):
        return False
    if wanted is None or ANY in wanted:
        return True
    return kinds.get(member["member_id"]) in wanted or (member["member_id"].startswith("kommun:") and "municipality" in wanted)


@cache
def kinds_of_unit(unit: str) -> frozenset[str] | None:
    """The kinds that a unit counts ("medlemskommuner" -> municipality), or None where a word of it is not known."""
    kinds, connectors = _load_units()
    found: set[str] = set()
    for word in re.findall(r"\w+", unit.casefold()):
        ending = max((ending for ending in kinds if word.endswith(ending)), key=len, default=None)
        if ending is not None:
            found.update(kinds[ending])
        elif word not in connectors:
            return None
    return frozenset(found) or None


def tell_gap(count: Row) -> Issue:
    """The difference between what a page states and what it lists."""
    message = (
        f"{count['organisation_name']}: the page states {count['count']} {count['unit']} ({count['scope']}) and names {count['listed']}"
    )
    return Issue("count_gap", message, severity="info", dataset="member_counts", field="gap", value=str(count["gap"]))


def _place(member: Row, mentions: Sequence[Row]) -> int | None:
    """Where a member is named within the words that state its membership; their start where no mention lies in them."""
    start, end = member["text_start"], member["text_end"]
    if start is None:
        return None
    within: list[int] = [mention["text_start"] for mention in mentions if start <= mention["text_start"] and mention["text_end"] <= end]
    return min(within) if within else int(start)


@cache
def _load_units() -> tuple[dict[str, list[str]], frozenset[str]]:
    table = tomllib.loads(files("pipelines").joinpath("units.toml").read_text("utf-8"))
    kinds = {ending: unit["kinds"] for unit in table["unit"] for ending in unit["endings"]}
    return kinds, frozenset(table["connectors"])
