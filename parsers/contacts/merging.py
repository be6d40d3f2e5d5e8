"""Drafts of one contact become one: the same person in the same role, or the same number, e-mail or place of an organisation."""

from parsers.contacts.drafts import Draft
from parsers.contacts.units import DESKS
from schemas.values.address import Address

CONTEXTS = ("contact", "office", "mention")


def is_same_contact(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one record: the same person in the same role, or the same number, e-mail or place of an organisation."""
    if one.person or other.person:
        same = one.person is not None and other.person is not None and one.person.casefold() == other.person.casefold()
        return same and is_same_role(one.role, other.role) and is_same_home(one, other)
    clash = (one.phone and other.phone and one.phone != other.phone) or (one.email and other.email and one.email != other.email)
    shared = (one.phone and one.phone == other.phone) or (one.email and one.email == other.email)
    if one.organisation_id != other.organisation_id and not (shared and (one.is_assumed or other.is_assumed)):
        return False
    return not clash and bool(shared or (one.unit or one.role) == (other.unit or other.role) or is_desk_and_address(one, other))


def is_desk_and_address(one: Draft, other: Draft) -> bool:
    """Whether one is an organisation's desk ("Kundservice") without address and the other its bare address: together one contact."""
    desk, place = (one, other) if one.unit else (other, one)
    is_bare = bool(place.addresses) and not (place.phone or place.email or place.unit or place.role)
    return is_bare and desk.unit is not None and desk.unit.split()[0].casefold() in DESKS and not (desk.addresses or desk.role)


def is_same_home(one: Draft, other: Draft) -> bool:
    """Whether two drafts of one person can be of one organisation: a role quoted beside a card is the card's."""
    return one.organisation_id == other.organisation_id or one.is_assumed or other.is_assumed or not one.role or not other.role


def merge_drafts(known: Draft, found: Draft) -> None:
    """Joins a draft to the one known before; the stronger context keeps its words."""
    if CONTEXTS.index(found.context) < CONTEXTS.index(known.context):
        known.context, known.method, known.confidence = found.context, found.method, found.confidence
        known.spans, known.anchor, known.source, known.quote = found.spans, found.anchor, found.source, found.quote
    elif found.source == "text" and known.source != "text":
        known.block, known.spans, known.anchor, known.source = found.block, found.spans, found.anchor, found.source
    known.in_text = known.in_text or found.in_text
    fill_gaps(known, found)


def fill_gaps(known: Draft, other: Draft) -> None:
    """Fills what a draft lacks from another draft of the same contact."""
    known.role = longer_role(known.role, other.role)
    if other.organisation_id and (known.organisation_id is None or (known.is_assumed and not other.is_assumed)):
        known.organisation_id, known.is_assumed = other.organisation_id, other.is_assumed
    known.phone, known.email = known.phone or other.phone, known.email or other.email
    known.unit = known.unit if known.unit == other.unit or known.person else None
    for address in other.addresses:
        same = next((at for at, listed in enumerate(known.addresses) if is_same_address(address, listed)), None)
        if same is None:
            known.addresses.append(address)
        else:
            known.addresses[same] = max(known.addresses[same], address, key=lambda stated: len(str(stated)))


def longer_role(one: str | None, other: str | None) -> str | None:
    """The fuller of two roles ("regionstyrelsens ordförande" and "ordförande")."""
    return max((role for role in (one, other) if role), key=len, default=None)


def is_same_role(one: str | None, other: str | None) -> bool:
    """Whether two roles of one person are one: equal, or one begins or ends the other; "ordförande" and "vice ordförande" are two."""
    if not one or not other:
        return True
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    if ("vice" in short.split()) != ("vice" in long.split()):
        return False
    return short == long or long.endswith(f" {short}") or long.startswith(f"{short} ")


def is_same_address(one: Address, other: Address) -> bool:
    """Whether one of two addresses says no more than the other."""
    a, b = str(one).casefold(), str(other).casefold()
    return a in b or b in a
