"""What one piece of a line is: a label, an organisation, a person, a role, a department, or just text."""

import re
from collections.abc import Iterator

from parsers.contacts.parts import TRIM, WORDS, Names, Part, read_label
from parsers.contacts.persons import PARTY, SENTENCE_WORDS, find_persons, has_given_name, read_list_role, read_person, read_role
from parsers.contacts.roles import read_role_before
from schemas.facts import Mention

UNIT_ENDINGS = tuple(WORDS["units"]["endings"])
# "Frågor besvaras av Eva Ekdal", "hör av dig till Eva Ekdal": the name at the end of such words is the one to ask.
_LEAD_TO_NAME = re.compile(r"\b(?:av|till|med|kontakta|är|heter|hos|via|genom|ring|mejla|av vår|till vår|vår)\s+$", re.IGNORECASE)
# "Publicerad av Eva Ekdal den 3 maj": the label of a page's editor, without a colon.
_EDITOR = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(WORDS['labels']['editor'], key=len, reverse=True)))})\s+(?=[A-ZÅÄÖ])", re.IGNORECASE
)
# "Sidan uppdaterades 2024-08-26 av Eva Ekdal": the date in between.
_DATED_EDITOR = re.compile(
    r"(?:sidan\s+)?(?:är\s+|har\s+)?(?:senast\s+)?(?:uppdatera|publicera|ändra|granska|redigera)\w+\s+(?:sidan\s+)?(?:den\s+)?[\w\s:.-]{6,30}?\s+av\s+(?=[A-ZÅÄÖ])",
    re.IGNORECASE,
)
_AT_BODY = re.compile(r"\s+(?:på|vid|i|från|hos|at)\s+")  # "Eva Ekdal på Kils kommun"
_HOME = re.compile(r"\s*\((?P<place>[A-ZÅÄÖ][^()]{1,40})\)")  # "Eva Ekdal (Granvik)"
_CREDIT = re.compile(r"\b(?:foto|fotograf|bild|text|illustration|skriven|skrivet|gjord)\b", re.IGNORECASE)
LONGEST_PIECE = 110
# Between a role and its organisation: "ordförande för", "chef på".
_JOINT = re.compile(r"\s+(?:i|på|för|vid|hos|inom|till|,|(?:of|at|for)(?:\s+the)?)?\s*$")
_CONJUNCTION = re.compile(r"\s+(?:och|samt)\s+")


def bodies_at(names: Names, start: int, end: int) -> list[Mention]:
    """The organisations named in a span, without those that are a heading's bare name and read as a person's."""
    return [mention for mention in names.at(start, end) if mention.method != "heading_name" or read_person(mention.text) is None]


def persons_at(text: str, start: int, names: Names) -> list[tuple[int, int, str]]:
    """The persons named in a text that begins at `start` of the page's; not "Upplands Väsby", the name of a municipality."""
    found = find_persons(text)
    bodies = bodies_at(names, start, start + len(text)) if found else []
    return [
        (left, right, name)
        for left, right, name in found
        if has_given_name(name) or not any(body.start <= start + left and start + right <= body.end for body in bodies)
    ]


def read_piece(text: str, start: int, names: Names) -> Iterator[Part]:
    """What one piece is: a label, an organisation, a person, a role, both of them side by side, a department, or just text."""
    end = start + len(text)
    if kind := read_label(text):
        yield Part("label", start, end, kind)
        return
    if seat := read_list_role(text):
        yield Part("list_role", start, end, seat)
        return
    person = read_person(text)
    mentions = bodies_at(names, start, end) if any(map(str.isupper, text)) else []
    if person and (has_given_name(person) or not any(m.end - m.start > 0.6 * len(text) for m in mentions)):
        yield Part("person", start, end, person)
        return
    if mentions and is_about_only(text, start, mentions[0]):
        yield Part("organisation", start, end, mentions[0].organisation_id)
        return
    yield from read_mixed_piece(text, start, mentions, names)


def is_about_only(text: str, start: int, mention: Mention) -> bool:
    """Whether a piece is the name of an organisation, at most with its switchboard, or over a signature ("För Kils kommun")."""
    rest = (text[: mention.start - start] + text[mention.end - start :]).strip(TRIM + "s")
    return not rest or rest in ("För", "for", "For") or read_label(rest) == "switchboard"


def read_mixed_piece(text: str, start: int, mentions: list[Mention], names: Names) -> Iterator[Part]:
    """A piece that may hold person and role together ("Landshövding Anna Berg"), a role with its organisation, or a department."""
    end = start + len(text)
    is_short = len(text) <= LONGEST_PIECE
    conjunction = _CONJUNCTION.search(text) if mentions else None
    editor = _EDITOR.match(text) or _DATED_EDITOR.match(text)
    persons = find_persons(text[editor.end() :]) if editor else []
    if editor and persons and persons[0][0] == 0:
        yield Part("label", start, start + editor.end() - 1, "editor")
        yield Part("person", start + editor.end(), start + editor.end() + persons[0][1], persons[0][2])
    elif is_short and (parts := list(read_named_piece(text, start, names))):
        yield from parts
    elif conjunction and read_person(text[conjunction.end() :]):  # "Granviks kommun och Bo Berg"
        yield from read_piece(text[: conjunction.start()], start, names)
        yield from read_piece(text[conjunction.end() :], start + conjunction.end(), names)
    elif is_short and read_role(text):
        yield from read_role_piece(text, start, names)
    elif is_short and is_unit(text):
        yield Part("unit", start, end, " ".join(text.split()))
    else:
        yield Part("text", start, end, " ".join(text.split()))
        yield from (Part("organisation", m.start, m.end, m.organisation_id) for m in mentions[:1])


def read_named_piece(text: str, start: int, names: Names) -> Iterator[Part]:
    """The person in a piece with the roles beside the name, or two persons side by side; nothing where other words stand there."""
    persons = persons_at(text, start, names)
    if len(persons) == 2 and are_side_by_side(text, persons):
        yield from (Part("person", start + left, start + right, name) for left, right, name in persons)
    if len(persons) != 1:
        return
    left, right, name = persons[0]
    before, after = text[:left].rstrip(TRIM), text[right:]
    if has_roles_around(before, after):
        if before:
            yield from read_role_piece(before, start, names)
        yield Part("person", start + left, start + right, name)
        if after.strip(TRIM):
            skip = len(after) - len(after.lstrip(TRIM))
            yield from read_role_piece(after[skip:], start + right + skip, names)
    elif not before and (home := _HOME.fullmatch(after)) and (bodies := bodies_at(names, start + right, start + len(text))):
        yield Part("person", start + left, start + right, name)
        if bodies[0].start == start + right + home.start("place"):
            yield Part("organisation", bodies[0].start, bodies[0].end, bodies[0].organisation_id)
    elif (
        (place := _AT_BODY.match(after))
        and has_given_name(name)
        and not before
        and (bodies := bodies_at(names, start + right, start + len(text)))
    ):
        if bodies[0].start == start + right + place.end():
            yield Part("person", start + left, start + right, name)
            yield Part("organisation", bodies[0].start, bodies[0].end, bodies[0].organisation_id)
    elif right == len(text) and has_given_name(name) and not _CREDIT.search(before):
        role = read_role_before(text, left)
        if _LEAD_TO_NAME.search(text, 0, role[0] if role else left):
            if role:
                yield from read_role_piece(text[role[0] : role[1]], start + role[0], names)
            yield Part("person", start + left, start + right, name)


def are_side_by_side(text: str, persons: list[tuple[int, int, str]]) -> bool:
    """Whether a piece is two names and nothing else: "Bo Berg (S) och Cia Ceder (C)"."""
    rest = text[: persons[0][0]] + text[persons[0][1] : persons[1][0]] + text[persons[1][1] :]
    return PARTY.sub(" ", rest).strip(TRIM) in ("och", "samt", "&")


def has_roles_around(before: str, after: str) -> bool:
    """Whether what stands before and after a name is nothing but roles and a party."""
    after = PARTY.sub("", after, count=1).strip(TRIM)
    return (not before.strip(TRIM) or read_role(before) is not None) and (not after or read_role(after) is not None)


def read_role_piece(text: str, start: int, names: Names) -> Iterator[Part]:
    """A role and its organisation, where it names one: "socialchef Stenungsund", "Södertäljes stadsdirektör"."""
    mentions = bodies_at(names, start, start + len(text))
    role, offset = text, 0
    for mention in mentions:
        left, right = mention.start - start, mention.end - start
        before, after = _JOINT.sub("", text[:left]), text[right:].strip(TRIM)
        if not after and read_role(before):
            role = before
        elif left == 0 and read_role(after):
            role, offset = after, text.index(after, right)
    value = read_role(role)
    if value:
        yield Part("role", start + offset, start + offset + len(role), value)
    yield from (Part("role_organisation", m.start, m.end, m.organisation_id) for m in mentions[:1])


def is_unit(text: str) -> bool:
    """Whether a short text names a department or function ("Regionstyrelseförvaltningen", "Tekniska sektionen")."""
    words = text.split()
    if len(words) > 8 or not text[:1].isupper() or any(map(str.isdigit, text)):
        return False
    return SENTENCE_WORDS.isdisjoint(text.casefold().split()) and any(word.casefold().strip(TRIM).endswith(UNIT_ENDINGS) for word in words)
