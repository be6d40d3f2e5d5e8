"""Phrases that relate parties to each other: partners, those who do something jointly, buyers and sellers."""

import re

from parsers.members.parties import Party, find_body, find_parties, is_possessor
from parsers.members.party_clauses import SECOND_VERB, WE, Stated, owner_as_party
from parsers.members.triggers import Clause
from parsers.names.page_names import Names

# "Genom Kommunalförbundet Norra Vättern": what follows is where they do it
THROUGH = re.compile(r"\b(?:genom|inom|via)\s(?:[\wåäö]+\s)?$", re.I)
NOUN_OF_BODY = re.compile(r"\b(?:samarbetet|samverkan|nätverket|projektet|partnerskapet)\s$")

# "för en gemensam nämnd som sköter lönerna åt A och B"
JOINT_WHICH = re.compile(r"\bgemensam(?:ma)? \w*nämnd(?:en)?,? som\s$", re.I)


def read_joined(clause: Clause, names: Names) -> Stated:
    """Partners, sellers and buyers: "A samverkar med B", "samarbetar A även med B", "A köper tjänsten av B"."""
    role, text = clause.trigger.role, names.document.text
    if named := find_named_body(names, clause):  # "De vi har samarbetet BODY med är A och B"
        parties = find_parties(names, clause.end, clause.right)
        return named, (owner_as_party(names, clause) if WE.search(text, clause.sentence.start, clause.end) else []) + parties, "member"
    left = find_parties(names, clause.left, clause.end) or find_parties(names, clause.sentence.start, clause.start)
    right = [p for p in find_parties(names, clause.end, clause.right) if not is_possessor(names, p)]
    if role == "client_of":
        if SECOND_VERB.search(text, clause.left, clause.start):  # "A köper el av B och hyr lokaler av C": who buys is who bought before
            left = find_parties(names, clause.sentence.start, clause.left)[:1] or left[:1]
        return read_purchase(clause, names, left, right)
    if role == "member_of_joint":
        return read_joint(clause, names, left, right)
    if within := find_body_within(names, clause):
        own = owner_as_party(names, clause) if WE.search(text, clause.left, clause.end) else []
        return within, [p for p in (*own, *left, *right) if p.organisation_id != within], "member"
    if not right and OF_US.match(text, clause.end) and names.owner_id:  # "A har ett avtal med oss om ledning"
        return names.owner_id, [p for p in left if p.organisation_id != names.owner_id], role
    if not right:
        return None, [], role
    if text[clause.start : clause.end].casefold().endswith("mellan") and not any(names.is_body(p.organisation_id) for p in left):
        return read_between(clause, names, right)
    return choose_partner(clause, names, left), right, role


OF_US = re.compile(r"\s(?:oss|kommunen|us)\b")
# Kinds of which those who co-operate in them are members, not partners.
BODIES = frozenset(
    ("municipal_association", "coordination_association", "joint_committee", "network", "council", "association", "collaboration")
)
WITHIN = re.compile(r"\s(?:i|inom|genom)\s(?:[a-zåäö]+\s){0,2}$")


def find_body_within(names: Names, clause: Clause) -> str | None:
    """The body in which somebody co-operates with others: "A samverkar med B och C i BODY"."""
    for mention in names.at(clause.end, clause.right):
        if names.kind_of(mention.organisation_id) in BODIES and WITHIN.search(names.document.text, clause.end, mention.start):
            return mention.organisation_id
    return None


def find_named_body(names: Names, clause: Clause) -> str | None:
    """The body that a phrase of co-operation itself is about: "samarbetet BODY med"."""
    for mention in names.at(clause.start, clause.end):
        if names.is_body(mention.organisation_id) and NOUN_OF_BODY.search(names.document.text, clause.start, mention.start):
            return mention.organisation_id
    return None


def choose_partner(clause: Clause, names: Names, left: list[Party]) -> str | None:
    """Who has the partners of a `joined` phrase: the party before it, "vi", what the section is about, the page's owner."""
    text = names.document.text
    is_second = SECOND_VERB.search(text, clause.left, clause.start) is not None  # "Vi är medlem i X och samverkar med A"
    if WE.search(text, clause.sentence.start if is_second else clause.left, clause.end) and names.owner_id:
        return names.owner_id
    named = next((p.organisation_id for p in reversed(left) if p.basis == "named"), None)
    return named or names.subject_of(clause.sentence.block, may_be_lone=False) or names.owner_id


def read_between(clause: Clause, names: Names, parties: list[Party]) -> Stated:
    """ "Överenskommelsen mellan A och B": members of what the section is about, else partners of the owner or of the first."""
    subject = names.subject_of(clause.sentence.block, may_be_lone=False)
    ids = [p.organisation_id for p in parties]
    if subject and subject not in ids and (subject != names.owner_id or len(ids) > 2):
        return subject, parties, "member"
    return names.owner_id if names.owner_id in ids else ids[0], parties, "partner"


def read_joint(clause: Clause, names: Names, left: list[Party], right: list[Party]) -> Stated:
    """ "BODY har vi tillsammans med A", "Nämnden är gemensam med A": the owner and A are its members."""
    named = [p.organisation_id for p in (*right, *left) if names.is_body(p.organisation_id)]
    body = (
        named[0]
        if named
        else find_body(names, clause.sentence.start, clause.start, clause.sentence.block) or names.subject_of(clause.sentence.block)
    )
    parties = [p for p in (*left, *right) if not names.is_body(p.organisation_id)]
    if clause.trigger.name == "own_with":  # "BODY driver ett eget kontor tillsammans med A": it has a part in its office
        offices = [m.organisation_id for m in names.at(clause.left, clause.end) if m.method == "own_office"]
        body = offices[0] if offices else body
        before = find_parties(names, clause.sentence.start, clause.end)
        parties = [p for p in before if names.is_body(p.organisation_id) and p.organisation_id != body] + parties
    if not any(p.organisation_id == names.owner_id for p in parties):
        parties = owner_as_party(names, clause) + parties
    return body, parties if len(parties) > 1 else [], "member"


def read_inverted(clause: Clause, names: Names) -> Stated:
    """ "Med B har A ett samverkansavtal"."""
    parties = find_parties(names, clause.end, clause.right)
    if len(parties) < 2 and not WE.search(names.document.text, clause.end, clause.right):
        return None, [], "partner"
    body = names.owner_id if len(parties) < 2 else parties[-1].organisation_id
    return body, [p for p in parties if p.organisation_id != body], "partner"


def read_serves(clause: Clause, names: Names) -> Stated:
    """ "A sköter det åt B": who is served is the client; of a joint board that does it, a member."""
    if JOINT_WHICH.search(names.document.text, clause.sentence.start, clause.start):
        return names.subject_of(clause.sentence.block), find_parties(names, clause.end, clause.right), "member"
    sellers = find_parties(names, clause.sentence.start, clause.start) or owner_as_party(names, clause)
    return (sellers[-1].organisation_id if sellers else None), find_parties(names, clause.end, clause.right), "client"


def read_served(clause: Clause, names: Names) -> Stated:
    """ "sköts av A åt B och C": who is served is the client."""
    split = names.document.text.find("åt ", clause.end, clause.right)
    sellers = find_parties(names, clause.end, split)
    return (sellers[0].organisation_id if sellers else None), find_parties(names, split, clause.right), "client"


# "För upphandling i kommunerna A och B är C huvudman"
DONE_IN = re.compile(r"(?:för|av)\b[^.:;]*\b(?:i|åt|för|till)\s(?:kommunerna\s)?", re.I)


def read_principal(clause: Clause, names: Names) -> Stated:
    """ "För upphandlingar i A, B och C är D huvudman": those for whom it is done are its clients."""
    served = find_parties(names, clause.left, clause.start)
    principal = next((p.organisation_id for p in find_parties(names, clause.end, clause.right)), None)
    if not DONE_IN.match(names.document.text, clause.left, clause.start):
        return None, [], "client"
    return principal, [p for p in served if p.organisation_id != principal], "client"


def read_mutual(clause: Clause, names: Names) -> Stated:
    """Parties that do something together: members of the body among them or of the section's, else partners of the owner or the first."""
    parties = find_parties(names, clause.left, clause.end)
    bodies = [p.organisation_id for p in parties if names.is_body(p.organisation_id)]
    if len(parties) < 2 or len(bodies) == len(parties):
        parties += find_parties(names, clause.end, clause.right)  # "Genom BODY samarbetar A, B och C"
    if len(parties) < 2:
        return None, [], "partner"
    called = next((m for m in names.at(clause.end, clause.right) if m.method == "called_name"), None)
    if called:  # "A och B har samarbetat under namnet BODY"
        return called.organisation_id, [p for p in parties if p.organisation_id != called.organisation_id], "member"
    through = next(
        (p for p in parties if names.is_body(p.organisation_id) and THROUGH.search(names.document.text, clause.left, p.start)), None
    )
    if through:
        return through.organisation_id, parties, "member"
    subject = names.subject_of(clause.sentence.block)
    if not bodies and subject and len(parties) > 2:
        return subject, parties, "member"
    ids = [p.organisation_id for p in parties]
    body = bodies[0] if bodies else names.owner_id if names.owner_id in ids or len(ids) > 2 else ids[0]
    return body, parties, "partner"


def read_purchase(clause: Clause, names: Names, left: list[Party], right: list[Party]) -> Stated:
    """Who buys is the client of who sells; "vi" and "oss" are the page's owner."""
    text = names.document.text
    sells_us = re.match(r"\s(?:oss|kommunen)\b", text[clause.end : clause.right])
    seller = names.owner_id if sells_us else next((p.organisation_id for p in right), None)
    inverted = [
        p for p in find_parties(names, clause.start, clause.end) if p.organisation_id != seller
    ]  # "köper Nykvarn handläggningen av oss"
    buyers = left or inverted or owner_as_party(names, clause)
    return seller, [p for p in buyers if p.organisation_id != seller], "client"
