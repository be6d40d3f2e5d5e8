"""Phrases that relate parties to a body: "A och B ingår i BODY", "BODY består av A och B", "Medlemmar i BODY är A och B"."""

import re

from parsers.members.parties import Party, find_body, find_parties
from parsers.members.subjects import leaves_subject_open, speaks_of_other
from parsers.members.triggers import Clause
from parsers.names.page_names import Names
from schemas.facts import Mention

# Body, parties and role that a clause states; no body where it states nothing.
Stated = tuple[str | None, list[Party], str]

WE = re.compile(r"\b(?:vi|oss|kommunen|regionen|we|us|the (?:municipality|city|region))\b", re.I)
# "i BODY", "till det nya nätverket BODY"; and a noun in its place: "i rådet"
INTO = re.compile(
    r"\b(?:i|till|inom|hos|genom|in|of)\s(?:(?:det|den|de|the)\s)?(?:(?-i:(?!och\b|samt\b)[a-zåäö]+|[A-Z]{2,6})\s){0,2}$", re.I
)
INTO_ANAPHOR = re.compile(
    r"\b(?:i|till|inom|vid)\s(?:det\s|den\s)?((?:kommunal|samordnings)?"
    r"(?:förbundet|bolaget|föreningen|nämnden|rådet|samverkansrådet|kommittén|gruppen|nätverket|samarbetet|organisationen|projektet"
    r"|styrelsen|direktionen)s?)\b",
    re.I,
)
OF_ANAPHOR = re.compile(r"\b(?:av|i)\s(bolaget|förbundet|föreningen)\b", re.I)
REFERS_BACK = re.compile(r"(?:Där|I den|I det|I detta)\b")
# A body in the middle of an enumeration is one of the parties: "Region Jönköpings län, Polisen, SOS Alarm"
LISTED = re.compile(r"(?:,|\b(?:och|samt|liksom))\s$")
# "A och B adjungeras": A is one of them, though it could have members of its own
GOES_ON = re.compile(r"(?:,|\s(?:och|samt))\s")
# "BODY, där även A medverkar"
WHERE = re.compile(r"(?:,|\sär\s(?:ett|en)\s[\wåäö ]{3,30}?)\s(?:där|i vilket|i vilken|where)\b")
# "är medlem i BODY och samverkar med A": A is of the next phrase
NEXT_PHRASE = re.compile(r"\boch\s(?:samverkar|samarbetar|har|köper|säljer|äger|driver)\b", re.I)
# "A är medlem i X och deltar i BODY": the subject stands before the first verb, X is none
SECOND_VERB = re.compile(r"\b(?:och|and)\s$")
OWNS = re.compile(r"\bäg(?:er|s|de)\b|\baktie|\bandel")
# "BODY – vi äger 34 procent, A 33 procent"
OWNED_LINE = re.compile(r"\s?[–:,-]\s(?:vi|kommunen)\s", re.I)
# "Är medlem i Miljösamverkan Väst.": said of what the box is about
NO_SUBJECT = re.compile(r"(?:Är )?[Mm]edlem(?:skap)? i\b")
OURS = re.compile(r"\bvi\b", re.I)
# "är BODYs medlemmar"
OF_MEMBERS = re.compile(r"\s(?:\w+\s)?(?:medlemmar|medlemskommuner|ägare|delägare|parter)\b")
# "ingår i fyra olika förbund": the body is one that no name tells
INTO_SOMETHING = re.compile(
    r"^.{0,12}\b(?:i|till|inom)\s(?:ett|en|flera|olika|följande|andra|många|några|[a-zåäö]+\s(?:olika|andra))\b", re.I
)
# "utöver de tre kommunerna": those that the body's own name lists
OWN_PLACES = re.compile(r"\b(?:förutom|utöver|jämte|samt|och)\s(?:de\s)?(?:\w+\s)?(?:medlems)?kommunerna\b|^kommunerna ingår", re.I)


def read_after(clause: Clause, names: Names) -> Stated:
    """Body before, parties after: "BODY består av A, B och C"."""
    before = names.document.text[clause.sentence.start : clause.start]
    if speaks_of_other(before):
        return None, [], clause.trigger.role
    block = clause.sentence.block
    body = find_body(names, clause.left, clause.start, block) or find_any_body(names, clause)
    if body is None and (leaves_subject_open(before) or WE.search(before) or clause.trigger.name == "means_from"):
        body = topic_before(clause, names) or names.subject_of(block) or last_body_before(clause, names)
    return body, find_parties(names, clause.end, clause.right), clause.trigger.role


# "Ägare till Solbyggen är A": of a body that is not known as one, and of no other
OF_UNKNOWN = re.compile(r"\b(?:till|i|av) [A-ZÅÄÖ][\wåäöé]{3,}\s(?:är|ägs)\b")


def read_inside(clause: Clause, names: Names) -> Stated:
    """Body within the phrase: "Medlemmar i BODY är A och B"."""
    block = clause.sentence.block
    body = find_body(names, clause.start, clause.end, block)
    if body is None and OF_UNKNOWN.search(names.document.text, clause.start, clause.end):
        return None, [], clause.trigger.role
    body = body or find_any_body(names, clause) or topic_before(clause, names) or names.subject_of(block) or last_body_before(clause, names)
    if body is None and clause.trigger.role == "partner":
        body = names.owner_id
    return body, find_parties(names, clause.end, clause.right), clause.trigger.role


def find_any_body(names: Names, clause: Clause) -> str | None:
    """The last body that the sentence names before a clause."""
    return find_body(names, clause.sentence.start, clause.start, clause.sentence.block)


def read_party(clause: Clause, names: Names) -> Stated:
    """Parties and their body around a phrase: "A och B ingår i BODY", "I BODY ingår A", "BODY, där A är med"; "vi" is the owner."""
    trigger, sentence = clause.trigger, clause.sentence
    body, is_sure = choose_body(clause, names)
    if body is None:
        return None, [], trigger.role
    is_second_verb = clause.left > sentence.start and SECOND_VERB.search(names.document.text, clause.left, clause.start)
    spans = [(sentence.start, clause.left), (clause.start, clause.right)] if is_second_verb else [(clause.left, clause.right)]
    parties = [p for span in spans for p in find_parties(names, *span) if p.organisation_id != body]
    if clause.trigger.name in ("member_of", "enters"):
        parties = [p for p in parties if p.start < clause.end or not names.is_body(p.organisation_id)]
        parties = drop_of_next_phrase(names, clause, body, parties)
    if not is_sure and trigger.role not in ("adjunct", "participant", "financier"):
        parties = [p for p in parties if not names.is_body(p.organisation_id)]
    if not parties and trigger.name == "member_of" and NO_SUBJECT.match(names.document.text, sentence.start):
        first = next((m.organisation_id for m in names.at(sentence.block.start, sentence.start) if names.is_body(m.organisation_id)), None)
        subject = first or names.subject_of(sentence.block) or names.owner_id
        return body, [Party(subject, clause.start, clause.end)] if subject and subject != body else [], trigger.role
    if OWN_PLACES.search(names.document.text, clause.left, clause.right):
        parties = [Party(i, clause.start, clause.end) for i in names.parts.get(body, [])] + parties
    if not any(p.organisation_id == names.owner_id for p in parties) and WE.search(names.document.text, sentence.start, clause.right):
        parties = owner_as_party(names, clause) + parties
    if (
        trigger.name in ("member_of", "are_owners")
        and names.owner_id not in (None, body)
        and OURS.search(names.document.text, sentence.start, clause.start)
    ):
        parties = [Party(str(names.owner_id), clause.start, clause.end), *parties]  # a body can be another's member
    return body, [p for p in parties if p.organisation_id != body], trigger.role


def drop_of_next_phrase(names: Names, clause: Clause, body: str, parties: list[Party]) -> list[Party]:
    """The parties without those that a further verb after the body has for its own."""
    after = [m for m in names.at(clause.end, clause.right) if m.organisation_id == body]
    if not after:
        return parties
    return [p for p in parties if p.start < after[0].end or not NEXT_PHRASE.search(names.document.text, after[0].end, p.start)]


def choose_body(clause: Clause, names: Names) -> tuple[str | None, bool]:
    """The body of a `party` phrase, and whether its words say so (a preposition, a genitive, its place after "äger")."""
    text, block = names.document.text, clause.sentence.block
    if clause.trigger.name == "hold_rest":  # "A äger 60 procent av BODY. Resten har B."
        owned = OWNS.search(text, block.start, clause.sentence.start)
        return (last_body_before(clause, names), True) if owned else (None, False)
    bodies = [m for m in names.at(clause.left, clause.right) if names.is_body(m.organisation_id)]
    if bodies and clause.trigger.name == "are_owners" and OWNED_LINE.fullmatch(text, bodies[0].end, clause.start):
        return bodies[0].organisation_id, True
    if clause.trigger.body_follows:
        bodies = [m for m in bodies if m.start >= clause.end] or bodies
        owned_one = OF_ANAPHOR.search(text, clause.end, bodies[0].start if bodies and bodies[0].start >= clause.end else clause.right)
        if owned_one and (meant := names.meant_by(owned_one[1], owned_one.start(1), block)):
            return meant, True  # "Vi äger hälften av bolaget och A den andra hälften"
        if bodies and bodies[0].start >= clause.end:
            return bodies[0].organisation_id, True
    led = [m for m in bodies if WHERE.match(text, m.end) and m.end <= clause.start]
    led = led or [
        m for m in bodies if INTO.search(text, max(clause.sentence.start, m.start - 50), m.start) or OF_MEMBERS.match(text, m.end)
    ]
    if led:
        return min(led, key=lambda m: min(abs(m.start - clause.end), abs(m.end - clause.start))).organisation_id, True
    for hit in INTO_ANAPHOR.finditer(text, clause.left, clause.right):
        if meant := names.meant_by(hit[1], hit.start(), block):
            return meant, True
    if (
        bodies
        and len({m.organisation_id for m in bodies}) == 1
        and not LISTED.search(text, max(clause.left, bodies[0].start - 10), bodies[0].start)
        and not (clause.trigger.role == "adjunct" and is_enumerated(names, bodies[0]))
    ):
        return bodies[0].organisation_id, False
    if REFERS_BACK.match(text, clause.sentence.start) and (before := last_body_before(clause, names)):
        return before, True  # "Vi är en del av BODY. Där ingår även ..."
    body = find_body(names, clause.left, clause.right, block) if not bodies else None
    if body is None and speaks_of_other(text[clause.left : clause.start]):
        return None, False
    if body is None and clause.trigger.may_omit_body and not INTO_SOMETHING.search(text, clause.end - 2, clause.right):
        body = topic_before(clause, names) or names.subject_of(block) or last_body_before(clause, names)
    return body, False


def is_enumerated(names: Names, mention: Mention) -> bool:
    """Whether another organisation follows in the same enumeration."""
    goes_on = GOES_ON.match(names.document.text, mention.end)
    return goes_on is not None and any(m.start == goes_on.end() for m in names.at(mention.end, mention.end + 80))


def topic_before(clause: Clause, names: Names) -> str | None:
    """The body with which the sentence before begins, for one that names none: "BODY heter nätverket. Samtliga kommuner är med." """
    block, text = clause.sentence.block, names.document.text
    bodies = [m for m in names.at(block.start, clause.sentence.start) if names.is_body(m.organisation_id)]
    last = bodies[-1] if bodies else None
    if bodies and bodies[0].start == block.start and text[bodies[0].end : bodies[0].end + 1] == "\n":
        return bodies[0].organisation_id  # the first line is the heading of the rest
    begins = last is not None and (last.start == block.start or text[last.start - 2 : last.start] in (". ", "! ", "? "))
    is_next = last is not None and not re.search(r"[.!?]\s[A-ZÅÄÖ]", text[last.end : clause.sentence.start - 1])
    return last.organisation_id if last and begins and is_next else None


def last_body_before(clause: Clause, names: Names) -> str | None:
    """The last body that the block names before the sentence."""
    bodies = [m for m in names.at(clause.sentence.block.start, clause.sentence.start) if names.is_body(m.organisation_id)]
    return bodies[-1].organisation_id if bodies else None


def owner_as_party(names: Names, clause: Clause) -> list[Party]:
    """The page's owner as the one that "vi" and "kommunen" mean, where it is no body itself."""
    if names.owner_id and not names.is_body(names.owner_id):
        return [Party(names.owner_id, clause.start, clause.end)]
    return []
