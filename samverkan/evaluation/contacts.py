"""Contacts: those found are aligned one to one with those annotated, and their filled fields are counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from samverkan.evaluation.annotations import AnnotatedPage, Fact
from samverkan.evaluation.comparing import are_alike, fold
from samverkan.evaluation.found import Row
from samverkan.evaluation.score import Score

SLOTS = ("person", "role", "organisation", "phone", "email", "address")
IDENTIFYING = ("person", "phone", "email")
"""The slots by which a contact is told to be one that counts neither way."""

Slots = Mapping[str, str]
Resolve = Callable[[str], str | None]
Accepted = Mapping[tuple[int, str], Sequence[Any]]
Judge = Callable[[str, int, Slots, Slots], bool]


def score_contacts(page: AnnotatedPage, rows: Sequence[Row], resolve: Resolve, score: Score) -> None:
    """All contacts with their contexts, and then those alone that can be reached."""
    wanted, optional = page.facts["contacts"], page.optional["contacts"]
    accepted = {(index, field): values for (name, index, field), values in page.accepted.items() if name == "contacts"}
    every = ContactMatch(wanted, rows, optional, accepted, resolve)
    score.tallies["contacts"].add(*every.count())
    every.tell_misses(page.name, score)
    for at, row in enumerate(rows):
        if at not in every.free:
            score.judge(page.name, "contacts", row, holds=every.holds(at))
    for index, at in every.aligned.items():
        score.count("context", wanted[index].get("context", "contact") == rows[at]["context"])

    reachable = [(index, contact) for index, contact in enumerate(wanted) if contact.get("context", "contact") == "contact"]
    others = [contact for contact in wanted if contact.get("context", "contact") != "contact"]
    shifted = {(at, slot): accepted.get((index, slot), ()) for at, (index, _) in enumerate(reachable) for slot in SLOTS}
    reached = [row for row in rows if row["context"] == "contact"]
    match = ContactMatch([contact for _, contact in reachable], reached, [*optional, *others], shifted, resolve)
    score.tallies["reachable"].add(*match.count())


class ContactMatch:
    """Annotated contacts and rows, aligned so that as many slots as possible agree."""

    def __init__(self, wanted: Sequence[Fact], rows: Sequence[Row], optional: Sequence[Fact], accepted: Accepted, resolve: Resolve) -> None:
        self._accepted, self._resolve = accepted, resolve
        self._rows = rows
        self.wanted = [read_annotated(contact, resolve) for contact in wanted]
        self.found = [read_row(row) for row in rows]
        self.aligned = align(self.wanted, self.found, range(len(self.found)), self.fits)
        rest = [at for at in range(len(self.found)) if at not in self.aligned.values()]
        spare = [read_annotated(contact, resolve) for contact in optional]
        self.free = set(align(spare, self.found, rest, is_the_same_contact).values())
        """The rows that count neither way."""

    def fits(self, slot: str, index: int, wanted: Slots, found: Slots) -> bool:
        """Whether a found slot is the annotated one, or another value that is accepted there."""
        if is_same(slot, wanted[slot], found[slot]):
            return True
        others = (read_annotated({slot: value}, self._resolve) for value in self._accepted.get((index, slot), ()))
        return any(is_same(slot, other[slot], found[slot]) for other in others if slot in other)

    def count(self) -> tuple[int, int, int]:
        """Slots that are right, extra, missed."""
        pairs = self.aligned.items()
        right = sum(self.fits(slot, i, self.wanted[i], self.found[j]) for i, j in pairs for slot in self.wanted[i] if slot in self.found[j])
        filled = sum(self._counts(slot, at) for at, found in enumerate(self.found) if at not in self.free for slot in found)
        return right, filled - right, sum(map(len, self.wanted)) - right

    def holds(self, at: int) -> bool:
        """Whether a row is an annotated contact, and every filled slot that counts is right."""
        index = self._index_of(at)
        if index is None:
            return False
        wanted, found = self.wanted[index], self.found[at]
        return all(slot in wanted and self.fits(slot, index, wanted, found) for slot in found if self._counts(slot, at))

    def _counts(self, slot: str, at: int) -> bool:
        """Whether a filled slot counts. The owner of a contact may be left open in the annotation: filling it in is no error."""
        index = self._index_of(at)
        if index is None or slot in self.wanted[index]:
            return True
        return slot != "organisation" and not self.fits(slot, index, {slot: ""}, self.found[at])

    def tell_misses(self, page: str, score: Score) -> None:
        """Notes what differs."""
        for at, found in enumerate(self.found):
            if at not in self.free and self._index_of(at) is None:
                score.miss(page, "contact extra", "; ".join(found.values()), words=self._rows[at]["evidence"])
        for index, wanted in enumerate(self.wanted):
            found = self.found[self.aligned[index]] if index in self.aligned else {}
            words = self._rows[self.aligned[index]]["evidence"] if index in self.aligned else None
            for slot in wanted:
                if slot not in found or not self.fits(slot, index, wanted, found):
                    score.miss(page, f"contact.{slot}", f"{wanted[slot]} is right, not {found.get(slot, 'nothing')}", words=words)

    def _index_of(self, at: int) -> int | None:
        return next((index for index, there in self.aligned.items() if there == at), None)


def align(wanted: Sequence[Slots], found: Sequence[Slots], rows: Iterable[int], judge: Judge) -> dict[int, int]:
    """Index of a wanted contact -> the row that agrees with it in most slots; the first of several."""
    pairs = [
        (sum(judge(slot, index, wanted[index], found[at]) for slot in wanted[index] if slot in found[at]), -index, -at)
        for at in rows
        for index in range(len(wanted))
    ]
    aligned: dict[int, int] = {}
    for hits, index, at in sorted(pairs, reverse=True):
        if hits and -index not in aligned and -at not in aligned.values():
            aligned[-index] = -at
    return aligned


def is_the_same_contact(slot: str, index: int, wanted: Slots, found: Slots) -> bool:
    """Whether a slot tells that a row is the contact that counts neither way."""
    return slot in IDENTIFYING and is_same(slot, wanted[slot], found[slot])


def is_same(slot: str, one: str, other: str) -> bool:
    """Whether two values of a slot are the same."""
    return are_alike(one, other) if slot == "address" else one == other


def read_annotated(contact: Fact, resolve: Resolve) -> dict[str, str]:
    """The filled slots of an annotated contact, fit to be compared."""
    slots = {slot: fold(contact.get(slot)) for slot in SLOTS if contact.get(slot)}
    if "organisation" in slots:
        slots["organisation"] = resolve(contact["organisation"]) or "?" + slots["organisation"]
    if "phone" in slots:
        slots["phone"] = keep_digits(contact["phone"])
    if "email" in slots:
        slots["email"] = contact["email"].strip().casefold()
    return slots


def read_row(row: Row) -> dict[str, str]:
    """The filled slots of a row."""
    address = " ".join(part for part in (row["street_address"], row["postal_code"], row["locality"]) if part)
    slots = {
        "person": fold(row["person"]),
        "role": fold(row["role"]),
        "organisation": row["organisation_id"],
        "phone": keep_digits(row["phone"] or ""),
        "email": (row["email"] or "").casefold(),
        "address": fold(address),
    }
    return {slot: value for slot, value in slots.items() if value}


def keep_digits(phone: str) -> str:
    """Digits and plus signs."""
    return "".join(character for character in phone if character.isdecimal() or character == "+")
