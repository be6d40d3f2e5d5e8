"""Organisations that go by another id in the later run: a number became known, the registry learnt a name, a body took a new name.

Where two could be meant nobody is: then one organisation went and another came.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from registry.aliases import load_aliases
from registry.registry import load_registry
from review.comparison import Comparison
from schemas.keys import fold_case

Row = dict[str, Any]
Sign = tuple[str, str]
"""number | id | name | any_name, and its value."""
OTHER_SIDE = {"number": "number", "id": "id", "name": "any_name", "any_name": "name"}
"""Of two organisations one has to have the other's name among its own; a short name that both share is not enough."""

ALIKE_NAMES = 0.6
"""How much two names of one body share: "Samverkansrådet för vatten", "Vattenrådet för samverkan" 0.61; only where the rest agrees, too."""
ALIKE_MEMBERS = 0.8
"""Nearly the same members: of those that either has, so many are shared."""


@dataclass(frozen=True, slots=True)
class Renames:
    """What came of the organisations whose ids the later run lacks."""

    ids: Mapping[str, str]
    """Id of before -> id of now."""
    names: Mapping[str, str]
    """Id of now -> name."""


def find_renames(comparison: Comparison) -> Renames:
    """The organisations that go by another id now, among those that differ."""
    gone: dict[str, Row] = {}
    come: dict[str, Row] = {}
    changed: dict[str, tuple[Row, Row]] = {}
    for before, after in comparison.fetch_groups("organisations"):
        for was, now in zip(before, after, strict=False):
            changed[now.stored["organisation_id"]] = was.stored, now.stored
        if not after:
            gone |= {fact.stored["organisation_id"]: fact.stored for fact in before}
        if not before:
            come |= {fact.stored["organisation_id"]: fact.stored for fact in after}
    surely = choose_pairs(find_sure_pairs(gone, come, changed))
    left = (
        {key: row for key, row in gone.items() if key not in surely},
        {key: row for key, row in come.items() if key not in surely.values()},
    )
    likely = list(find_neighbours(*left))
    members = comparison.fetch_members({identity for pair in likely for identity in pair}) if likely else {}
    ids = surely | choose_pairs(pair for pair in likely if is_same_body(left[0][pair[0]], left[1][pair[1]], members, surely))
    rows = come | {identity: now for identity, (_, now) in changed.items()}
    return Renames(ids, {identity: rows[identity]["name"] for identity in ids.values()})


def choose_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those of which neither side stands in another pair."""
    unique = set(pairs)
    was, now = Counter(old for old, _ in unique), Counter(new for _, new in unique)
    return {old: new for old, new in sorted(unique) if was[old] == now[new] == 1}


def find_sure_pairs(gone: Mapping[str, Row], come: Mapping[str, Row], changed: Mapping[str, tuple[Row, Row]]) -> Iterator[tuple[str, str]]:
    """Pairs of ids that stand for one organisation by what the runs and the registry say of it."""
    known_by: dict[Sign, set[str]] = {}
    for new, row in come.items():
        for sign in list_signs(row):
            known_by.setdefault(sign, set()).add(new)
    for new, (was, now) in changed.items():
        for sign in list_signs(now) - {sign for sign in list_signs(was) if sign[0] in ("name", "any_name")}:  # it bore that name beside it
            known_by.setdefault(sign, set()).add(new)
    for old, row in gone.items():
        for new in set().union(*(known_by.get((OTHER_SIDE[kind], value), set()) for kind, value in list_signs(row))):
            if can_be_same(row, come[new] if new in come else changed[new][1]):
                yield old, new


def list_signs(row: Row) -> set[Sign]:
    """By what an organisation is known again: its number, its id and what the registry takes it for, its name, any of its names."""
    identity, name = row["organisation_id"], fold_case(row["name"])
    signs = {("id", identity), ("name", name), *(("any_name", fold_case(other)) for other in (name, *row["other_names"]))}
    if row["organisation_number"]:
        signs.add(("number", row["organisation_number"]))
    if alias := load_ids_of_aliases().get(identity):
        signs.add(("id", alias))
    if identity.startswith("org:") and "@" not in identity and (registered := load_registry().by_name(row["name"])):
        signs.add(("id", registered.id))
    return signs


def can_be_same(was: Row, now: Row) -> bool:
    """Whether nothing speaks against it: the registry tells them apart, or a name that holds on one site only stands on other pages."""
    old, new = was["organisation_id"], now["organisation_id"]
    registered = load_registry().organisations
    if old in registered and new in registered:
        return False
    has_number = was["organisation_number"] and was["organisation_number"] == now["organisation_number"]
    return bool("@" not in old + new or has_number or share_page(was, now))


def find_neighbours(gone: Mapping[str, Row], come: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """Pairs of one that went and one that came on the same page, with names that are alike."""
    on_page: dict[str, list[str]] = {}
    for new, row in come.items():
        for page_id in row["page_ids"]:
            on_page.setdefault(page_id, []).append(new)
    for old, row in gone.items():
        for new in {new for page_id in row["page_ids"] for new in on_page.get(page_id, ())}:
            if can_be_same(row, come[new]) and is_alike(row["name"], come[new]["name"]):
                yield old, new


def is_same_body(was: Row, now: Row, members: Mapping[str, Collection[str]], renamed: Mapping[str, str]) -> bool:
    """Whether two neighbours have the same website or nearly the same members: a body took a new name."""
    if was["website"] and was["website"] == now["website"]:
        return True
    before = {renamed.get(member, member) for member in members.get(was["organisation_id"], ())}
    after = set(members.get(now["organisation_id"], ()))
    return len(before & after) >= max(2, ALIKE_MEMBERS * len(before | after))


def is_alike(name: str, other: str) -> bool:
    """Whether two names share most of their letters in their order."""
    return SequenceMatcher(None, fold_case(name), fold_case(other), autojunk=False).ratio() >= ALIKE_NAMES


def share_page(was: Row, now: Row) -> bool:
    """Whether a page names both, one in each run."""
    return not set(was["page_ids"]).isdisjoint(now["page_ids"])


@cache
def load_ids_of_aliases() -> dict[str, str]:
    """Id -> the organisation that it is on all pages, as reviewed."""
    return {alias.id: alias.organisation_id for alias in load_aliases() if alias.id and alias.site_id is None}
