"""Persons with a role in running text and captions: "säger Anna Berg, chef för ...", "landshövding Bo Ek", "Från vänster: ..."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from parsers.contacts.drafts import Draft
from parsers.contacts.holders import find_holders
from parsers.contacts.parts import Names
from parsers.contacts.persons import (
    CONTACT_ROLES,
    SENTENCE_WORDS,
    find_persons,
    has_given_name,
    is_role_word,
    is_seat,
    read_role,
)
from parsers.contacts.pieces import bodies_at, persons_at
from parsers.contacts.roles import read_role_before
from parsers.contacts.seats import SEAT, read_seat
from parsers.page.document import Block, Document

# Photographers and the like are no contacts: "Foto: Eva Ekdal och Bo Berg", "Text av Eva Ekdal", "© Eva Ekdal".
_CREDIT = re.compile(
    r"(?:\bfoto(?:graf)?\b\s*(?:av\b|/|:)?|©|\b(?:bild|text|illustration|grafik)\b\s*(?:av\b|/|:))[^.:]{0,60}$", re.IGNORECASE
)
# Whom a person represents, between the name and the verb: " från Granviks kommun är ...", ", Granvik, är ...".
_FROM = r"(?:\s+från\s+[A-ZÅÄÖ][\w-]+(?:\s(?!är\s|vice\s|ordf)[\wåäö-]+){0,3}?|,\s+[A-ZÅÄÖ][\w-]+(?:\s(?:kommun|stad))?,)"
# The role after a name: ", chef för ...", " (kommunchef)", ", som är ...", " är ...", " (S) vice ordförande". A party may stand between.
_AFTER = re.compile(
    rf"\s*(?:\(\w{{1,4}}\))?(?:(?P<stated>{_FROM}\s+är\s+|{_FROM}[  ]+(?={SEAT}(?!\w)))|\s*(?P<link>"
    r",\s+(?:som\s+är\s+)?(?:(?:ny|den nya)\s+)?|\s+(?:är|blir)\s+(?:ny\s+)?|\s*\(|\s+[–-]\s+"
    rf"|[  ]+(?={SEAT}(?!\w))))"
    r"(?P<phrase>[^.;:)!?\n–]{2,160})"
)
_CLAUSE_END = re.compile(r",\s|\s(?:och|samt)\s(?=[A-ZÅÄÖ])")
_TOGETHER = re.compile(r"\s*(?:\(\w{1,4}\))?\s+(?:och|samt|&)\s+")
# "chef för tekniska förvaltningen i Älmhult", "samordnare för Nätverket Nord": whose role it is, by a name that was not recognised.
_PROPER_TAIL = re.compile(
    r"\s(?:för|på|vid|hos|inom|at(?:\sthe)?|i(?=\s(?P<place>[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ][a-zåäö]+)?)$))\s(?=[A-ZÅÄÖ][a-zåäö]{2}).*$"
)
# "Kommunchefen i Granvik, " before a name, and what follows it: ", " or " (S), " or the end.
_APPOSED = re.compile(r"(?<![\w-])(?P<role>(?P<noun>\w[\w-]+(?:en|n|et))\s(?:i|för|på|vid)\s[^,.;:!?\n]{2,60}),\s$")
_PAUSE = re.compile(r"\s*(?:\(\w{1,4}\))?\s*(?:[,.]|$)")
# "..., vice ordförande i nämnden är [landshövding] Bo Berg": the role after a name that the next name holds.
_NEXT_HOLDER = re.compile(r"[^,.;:!?()\n]{0,80}?(?<!\bsom)\s(?:är|blir|heter|is)\s(?:[a-zåäö\d-]+\s){0,3}?(?=[A-ZÅÄÖ])")
_LABELLED = re.compile(r"\s*:\s+(?=[A-ZÅÄÖ])")
_PREPOSITION = re.compile(r"\s+(?:i|på|för|vid|hos|inom|från|till)\s*$")


@dataclass(slots=True)
class Person:
    """A name in running text, at its offsets in the block's text, with the roles that stand beside it."""

    start: int
    end: int
    name: str
    roles: list[tuple[int, int, str, bool]]
    """As (start, end, role, whether it stands after "är")."""


def find_mentions(document: Document, names: Names) -> Iterator[Draft]:
    """A draft for every (person, role) that running text and captions state."""
    for block in document.blocks:
        if len(block.text) > 20 and block.kind != "heading" and not block.is_all_links:
            yield from read_block(block, names)
            yield from find_holders(block)


def read_block(block: Block, names: Names) -> Iterator[Draft]:
    """The persons with roles of one block."""
    text = block.text
    persons = [
        Person(start, end, name, list(read_roles(block, start, end, names)))
        for start, end, name in persons_at(text, block.start, names)
        if not _CREDIT.search(text[max(0, start - 70) : start])
    ]
    share_roles(persons, text)
    for before, person in zip([None, *persons], persons, strict=False):
        seats = list(read_seat(block, (person.start, person.end), person.name, before.end if before else 0, names))
        for start, end, role, is_stated in person.roles:
            draft = describe_mention(block, person, (start, end), role, names)
            if (seats and start > person.end) or (
                is_stated and is_seat(role)
            ):  # "Ordförande är Eva Ekdal (C), kommunalråd i Granvik", "Eva Ekdal är ordförande"
                draft.context, draft.method = "office", "office_line"
            if is_stated and role.split()[0].casefold() in CONTACT_ROLES:
                draft.context, draft.confidence = "contact", 0.75
            if has_given_name(person.name) or not bodies_at(names, block.start + person.start, block.start + person.end):
                yield draft
        yield from seats


def share_roles(persons: list[Person], text: str) -> None:
    """Gives the role after "A och B" to A as well, where A has none."""
    for one, other in pairwise(persons):
        if not one.roles and _TOGETHER.fullmatch(text[one.end : other.start]):
            one.roles = [role for role in other.roles if role[0] > other.end]


def read_roles(block: Block, start: int, end: int, names: Names) -> Iterator[tuple[int, int, str, bool]]:
    """The role directly before a name and the one after it."""
    text = block.text
    if found := read_role_before(text, start) or read_apposed_role(text, start, end):
        yield (*found, False)
    if match := _AFTER.match(text, end):
        phrase = match["phrase"]
        cut = next((m.start() for m in _CLAUSE_END.finditer(phrase) if read_role(phrase[: m.start()])), len(phrase))
        words = phrase[:cut].split()
        is_near = any(is_role_word(word) for word in words[:4])
        first = match.start("phrase")
        role = read_leading_role(phrase[:cut]) if is_near else None
        if role and not persons_at(role, block.start + first, names) and not is_held_by_next(text, start, first + len(role)):
            yield first, first + len(role), role, bool(match["stated"]) or is_statement(match["link"])


def is_held_by_next(text: str, start: int, end: int) -> bool:
    """Whether the holder of the role that ends at `end` follows it: "Rektor är Anna Ek, kurator är Bo Berg", "Rektor: Anna Ek, ..."."""
    is_labelled = text[:start].rstrip().endswith(":")
    clause = _NEXT_HOLDER.match(text, end) or (_LABELLED.match(text, end) if is_labelled else None)
    persons = find_persons(text[clause.end() : clause.end() + 80]) if clause else []
    return bool(persons) and persons[0][0] == 0


def read_apposed_role(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The role that a name between commas explains: "Kommunchefen i Granvik, Eva Ekdal, ..."."""
    match = _APPOSED.search(text, max(0, start - 110), start) if _PAUSE.match(text, end) else None
    if match is None or not is_role_word(match["noun"]) or not read_role(match["role"]):
        return None
    return match.start("role"), match.end("role"), match["role"]


def is_statement(link: str) -> bool:
    """Whether a name and its role are joined by "är", or by nothing ("... är Anna Berg ordförande och Bo Ek vice ordförande")."""
    return not link.strip() or ("är" in link and "som" not in link)


def read_leading_role(phrase: str) -> str | None:
    """The role that a phrase begins with, without the rest of the sentence ("chef på enheten och leder arbetet")."""
    words = phrase.split(" ")
    stop = next((i for i, word in enumerate(words) if word.casefold().strip(",") in SENTENCE_WORDS), len(words))
    kept = " ".join(words[:stop]).rstrip(" ,")
    kept = re.sub(r"\s+(?:och|samt|på|för|i|vid)$", "", kept)
    return kept if read_role(kept) == kept else read_role(kept)


def describe_mention(block: Block, person: Person, span: tuple[int, int], role: str, names: Names) -> Draft:
    """The draft of a person and a role, its organisation cut out of the role where it names one."""
    start, end = span
    offset = block.start
    mentions = bodies_at(names, offset + start, offset + min(len(block.text), end + 60))
    organisation, tail = None, end
    for mention in mentions:
        left, right = mention.start - offset, mention.end - offset
        if left <= start + 1 and right < end:  # "Södertäljes stadsdirektör"
            organisation, role = mention.organisation_id, block.text[right:end].strip()
            break
        if start < left < end and (before := _PREPOSITION.sub("", block.text[start:left]).rstrip(" ,")) and read_role(before):
            organisation, role, tail = mention.organisation_id, before, max(end, right)
            break
    place = None
    if organisation is None and (name := _PROPER_TAIL.search(role)) and read_role(role[: name.start()]):
        role, place = role[: name.start()], name["place"]
    draft = Draft(
        block, person.name, read_role(role) or role, organisation_id=organisation, place=place, context="mention", confidence=0.85
    )
    draft.spans = [(offset + min(person.start, start), offset + max(person.end, tail))]
    draft.method = "caption" if block.kind == "caption" else "quoted_person"
    return draft
