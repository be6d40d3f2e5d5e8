"""The seat or office that a sentence gives to the person it ends with: "Ordförande är Anna Berg", "Till ersättare valdes Bo Ek"."""

import re
from collections.abc import Iterator

from parsers.contacts.drafts import Draft
from parsers.contacts.parts import Names
from parsers.contacts.persons import is_seat, read_role
from parsers.contacts.pieces import bodies_at
from parsers.contacts.roles import read_role_before
from parsers.page.document import Block

SEAT = r"(?:(?:[1-3]:[ae]|[Ff]örst[ea]|[Aa]ndr[ea]|[Tt]redje)\s+)?(?:[Vv]ice\s+)?"
SEAT += r"(?:[Oo]rdförande|[Ll]edamot|[Ee]rsättare|[Ss]uppleant|[Rr]evisor)"
# "Ordförande är landshövding Anna Berg", "Ordförande i Samordningsförbundet Norra Tallbygden är Bo Ek": the seat before the verb.
_SEAT_BEFORE = re.compile(
    r"(?P<seat>(?:[Vv]ice\s+)?[Oo]rdförande|[Ss]ammankallande|[Kk]assör|[Ss]ekreterare)"
    r"(?:\s+(?:i|för|under|sedan)(?:\s+(?!(?:är|som|men|när)\s)[\w&–-]+){1,9})?\s+är\s+(?P<rest>[\w\s-]{0,60}),?\s*$"
)
# "Till andre vice ordförande efter Bo Berg valdes Anna Berg", "Som ny ersättare anmäldes Anna Berg": the seat that somebody is elected to.
_ELECTED_BEFORE = re.compile(
    rf"(?:[Tt]ill|[Ss]om)\s+(?:ny[ae]?\s+)?(?P<seat>{SEAT})(?!\w)(?P<rest>)[^.:;]{{0,120}}?\s"
    r"(?:(?:om|ny)?vald?e?s|(?:om|ny)?valde\s+[\w\s]{3,30}|valt|utsågs|utses|utsett|utsåg\s+[\w\s]{3,30}|anmäldes|har\s+utsetts|har\s+valts)\s+$"
)
# "Eva Ekdal (S) valdes till vice ordförande", "Bo Berg har utsetts till ny ordförande".
_ELECTED_AFTER = re.compile(
    rf"\s*(?:\(\w{{1,4}}\))?\s(?:(?:om|ny)?val(?:des|d|ts)|utsågs|utsetts|har\s+(?:om|ny)?valts|har\s+utsetts|är\s+(?:om|ny)?vald)"
    rf"\s+till\s+(?:ny[ae]?\s+)?(?P<seat>{SEAT})(?!\w)(?P<of>\s+(?:i|för)\s+)?"
)
# "Förbundschef är Eva Ekdal", "... is chaired by Ms Eva Ekdal"
_IS = re.compile(r"\s(?:är|heter|is)\s$")
_LED = re.compile(r"\b(?P<verb>chaired|headed|led) by (?:(?:Mr|Ms|Mrs|Dr)\.? )?$")
_LEADERS = {"chaired": "chair", "headed": "head", "led": "head"}
_BEGINS = re.compile(r"(?:^|[.!?:;\n]\s?|,\s|\b(?:och|samt|and)\s)(?:[Vv]år(?:t|a)?\s|[Oo]ur\s|[Tt]he\s)?$")


def read_seat(block: Block, place: tuple[int, int], name: str, after: int, names: Names) -> Iterator[Draft]:
    """The seat in "Ordförande är landshövding Anna Berg", "Verkställande direktör är Anna Berg"; `after`: where the person before ends."""
    start, end = place
    if elected := _ELECTED_AFTER.match(block.text, end):
        yield describe_elected(block, start, name, elected, names)
        return
    first = max(0, start - 160)
    match = _SEAT_BEFORE.search(block.text, max(after, first), start) or _ELECTED_BEFORE.search(block.text, first, start)
    if match is None and (held := read_office(block.text, after, start)):
        draft = Draft(block, name, held[1], context="office", method="office_line", confidence=0.85)
        draft.spans = [(block.start + held[0], block.start + end)]
        yield draft
        return
    if match and is_seat(match["seat"]) and (not match["rest"].strip() or read_role(match["rest"])):
        draft = Draft(block, name, match["seat"], context="office", method="office_line", confidence=0.85)
        draft.spans = [(block.start + match.start(), block.start + end)]
        if bodies := bodies_at(names, block.start + match.start(), block.start + match.start("rest")):
            draft.organisation_id, draft.is_by_role = bodies[0].organisation_id, True
        yield draft


def describe_elected(block: Block, start: int, name: str, elected: re.Match[str], names: Names) -> Draft:
    """The seat that a person is elected to, in the body named right after it."""
    draft = Draft(block, name, elected["seat"], context="office", method="office_line", confidence=0.85)
    draft.spans = [(block.start + start, block.start + elected.end("seat"))]
    bodies = bodies_at(names, block.start + elected.end(), block.end) if elected["of"] else []
    if bodies and bodies[0].start == block.start + elected.end():
        draft.organisation_id, draft.is_by_role = bodies[0].organisation_id, True
    return draft


def read_office(text: str, after: int, end: int) -> tuple[int, str] | None:
    """Where the role begins that a clause gives to the person it ends with, and the role; None where it gives none."""
    if led := _LED.search(text, after, end):
        return led.start(), _LEADERS[led["verb"]]
    verb = _IS.search(text, max(after, end - 8), end)
    role = read_role_before(text, verb.start()) if verb else None
    begins = role is not None and role[0] >= after and _BEGINS.search(text[max(after, role[0] - 12) : role[0]]) is not None
    return (role[0], role[2]) if role and begins else None
