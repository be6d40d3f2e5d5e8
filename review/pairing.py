"""Which fact of the earlier run is which of the later one, among those of one page (or one body) that differ.

A fact is found again by what identifies it. Where several share that, those that state the same are the same first: [13, 26] -> [26] is
one count less. Of what is then left, a contact that is reached the same way by another name is renamed, and a date that is called otherwise
is the same date.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from review.contacts import pair_renamed_contacts
from review.fact import Fact, Pair, Row, remove_paired
from schemas.datasets import KEYS
from schemas.keys import contact_key, date_key

Key = Callable[[Row], Hashable]

ALIKE: dict[str, tuple[tuple[str, ...], ...]] = {
    "contacts": (("organisation_id", "phone", "email"), ("phone", "email"), ("phone",), ("email",), ("organisation_id",)),
    "dates": (("organisation_id", "edtf"), ("edtf",), ("organisation_id",)),
    "member_counts": (("count",),),
}
"""dataset -> by which columns facts of one identity are told apart, the surest first."""


def pair_facts(dataset: str, before: Sequence[Fact], after: Sequence[Fact], compared: Sequence[str]) -> Iterator[Pair]:
    """Each fact once, with its counterpart where it has one.

    A fact whose id became that of another, which states the same, is in no pair: nothing came, nothing went.
    """
    identify = _identify(dataset)
    families = _group(before, identify), _group(after, identify)
    gone: list[Fact] = []
    come: list[Fact] = []
    for identity in dict.fromkeys((*families[0], *families[1])):
        was, now = families[0].get(identity, []), families[1].get(identity, [])
        if len(was) == len(now) == 1:  # nearly all
            yield Pair(was[0], now[0])
            continue
        if dataset == "organisations" and was and now:
            yield from (Pair(fact, now[0], is_merged=fact.is_mapped) for fact in was)
            continue
        if was and now:
            was.sort(key=_place)
            now.sort(key=_place)
            stated = {_values(fact, compared) for fact in now}
            for columns in (compared, *ALIKE.get(dataset, ()), ()):
                yield from take_pairs(was, now, columns)
            was = [fact for fact in was if not (fact.is_mapped and _values(fact, compared) in stated)]
        gone += was
        come += now
    if dataset == "contacts":
        yield from pair_renamed_contacts(gone, come)
    if dataset == "dates":
        yield from take_pairs(gone, come, ("kind", "edtf", "organisation_id"))
        yield from take_pairs(gone, come, ("kind", "edtf"))
    yield from (Pair(fact, None) for fact in gone)
    yield from (Pair(None, fact) for fact in come)


def take_pairs(before: list[Fact], after: list[Fact], columns: Sequence[str]) -> list[Pair]:
    """Pairs of facts with the same values in some columns, the first with the first; they are taken out of both lists."""
    waiting = _group(after, lambda row: _freeze(row, columns))
    pairs = [Pair(fact, same.pop(0)) for fact in before if (same := waiting.get(_values(fact, columns)))]
    remove_paired(before, after, pairs)
    return pairs


def _place(fact: Fact) -> tuple[bool, bool, int]:
    """Sorts those first whose id was this one already, then by place in the text: the ordinals of dates are hidden in their ids."""
    start = fact.stored.get("text_start")
    return fact.is_mapped, start is None, start or 0


def _identify(dataset: str) -> Key:
    if dataset == "contacts":
        return contact_key
    if dataset == "dates":
        return date_key
    columns = [column for column in KEYS[dataset] if column != "ordinal"]
    return lambda row: tuple(row[column] for column in columns)


def _group(facts: Iterable[Fact], key: Key) -> dict[Hashable, list[Fact]]:
    groups: dict[Hashable, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key(fact.columns), []).append(fact)
    return groups


def _values(fact: Fact, columns: Sequence[str]) -> tuple[Hashable, ...]:
    return _freeze(fact.columns, columns)


def _freeze(row: Row, columns: Sequence[str]) -> tuple[Hashable, ...]:
    return tuple(tuple(value) if isinstance(value := row[column], list) else value for column in columns)
