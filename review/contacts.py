"""Contacts of a page that go by another name: a person who married, a function with a new title and the same telephone.

A successor in office is not the predecessor renamed, though the telephone and the e-mail address of the office stay.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from review.fact import Fact, Pair, Row, remove_paired
from schemas.keys import fold_case

ALIKE = 0.7
"""How much two spellings of one name share: Kristina and Christina 0.82, Eva and Ewa 0.67, Anders and Andrea 0.67."""
TIES = ("phone", "email", "role")
"""How a person is known again, the surest first."""


def pair_renamed_contacts(gone: list[Fact], come: list[Fact]) -> Iterator[Pair]:
    """The pairs among the contacts of one page that went and came; they are taken out of both lists."""
    for tie in TIES:
        yield from take_renamed(gone, come, tie, is_renamed_person, frozenset({"person"}))
    for tie in ("phone", "email"):
        yield from take_renamed(gone, come, tie, is_renamed_function, frozenset({"role", "unit"}))


def take_renamed(gone: list[Fact], come: list[Fact], tie: str, is_renamed: Callable[[Row, Row], bool], names: frozenset[str]) -> list[Pair]:
    """Pairs with the same value of the column `tie`, where nobody else could be meant."""
    found = [
        (was, now) for was in gone for now in come if is_same(was.columns[tie], now.columns[tie]) and is_renamed(was.columns, now.columns)
    ]
    pairs = [
        Pair(was, now, names)
        for was, now in found
        if sum(was is other for other, _ in found) == sum(now is other for _, other in found) == 1
    ]
    remove_paired(gone, come, pairs)
    return pairs


def is_same(was: str | None, now: str | None) -> bool:
    """Whether both are there and differ at most in capitals and spaces."""
    return bool(was and now) and fold_case(was) == fold_case(now)


def is_renamed_person(was: Row, now: Row) -> bool:
    """Whether two contacts that share a telephone, an e-mail address or a role are one person.

    Two telephones of their own tell them apart: of several administrators called Anna one may have left and another come.
    """
    if not (was["person"] and now["person"]) or (was["phone"] and now["phone"] and was["phone"] != now["phone"]):
        return False
    names, others = split_name(was["person"]), split_name(now["person"])
    return (names[0] == others[0] and len(names[0]) > 1) or is_spelling(names, others)


def is_renamed_function(was: Row, now: Row) -> bool:
    """Whether two contacts without a person that share a telephone or an e-mail address are one function, or one unit."""
    has_name = (was["role"] or was["unit"]) and (now["role"] or now["unit"])
    return bool(has_name) and not was["person"] and not now["person"]


def is_spelling(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names are spellings of one: at least one part is the same, each other part is alike, or its initial."""
    if len(names) != len(others):
        return "".join(names) == "".join(others)  # Per-Olof, Per Olof, PerOlof
    return any(map(str.__eq__, names, others)) and all(is_alike(name, other) for name, other in zip(names, others, strict=True))


def is_alike(name: str, other: str) -> bool:
    """Whether a part of a name is another spelling of it, or the initial."""
    if len(name) == 1 or len(other) == 1:
        return name[0] == other[0]
    return SequenceMatcher(None, name, other, autojunk=False).ratio() >= ALIKE


def split_name(person: str) -> list[str]:
    """The parts of a name without case: "Per-Olof Ek" -> per, olof, ek."""
    return fold_case(person).replace(".", " ").replace("-", " ").split() or [""]
