"""Who has a part in what, as sentences state it (`relations.toml`)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from parsers.numbers import NUMBER
from parsers.organisations import Names
from parsers.parties import Party, find_body, find_parties
from parsers.sentences import Sentence
from schemas.facts import Evidence, Membership
from schemas.values import find_dates

WORDS = tomllib.loads(files("parsers").joinpath("relations.toml").read_text("utf-8"))
NOT_NOW = re.compile("|".join(WORDS["not_now"].values()), re.I)
FORMER = re.compile(WORDS["not_now"]["former"], re.I)
SINCE = re.compile(r"\b(?:sedan|från och med|fr\.?\s?o\.?\s?m\.?|från)\b", re.I)
WE = re.compile(r"\b(?:vi|oss|kommunen|regionen)\b", re.I)
# What follows no longer lists: "pengar av Vinnova för ..., tillsammans med kommunerna"
ASIDE = re.compile(r", (?:tillsammans med|ihop med|där|vilket|vilka|men|medan|för att|så att)\b")
# Turns that may leave their body to what the section is about.
SUBJECT_WILL_DO = frozenset(
    (
        "are_members",
        "are_owners",
        "represented",
        "adjunct_to",
        "joint_for",
        "with_others",
        "is_host",
        "elects",
        "agreed",
        "included",
        "part_in",
        "makes_up",
    )
)
# Turns whose body is their object: "A och B äger BODY".
OBJECT_FOLLOWS = frozenset(("are_owners", "founded_by", "makes_up", "joint_for", "finances", "stands_behind"))
# "i BODY", "till det nya nätverket BODY"; and a noun in its place: "i rådet"
INTO = re.compile(r"\b(?:i|till|inom|hos|genom)\s(?:(?:det|den|de)\s)?(?:[\wåäö]+\s){0,2}$", re.I)
INTO_ANAPHOR = re.compile(
    r"\b(?:i|till|inom|vid)\s(?:det\s|den\s)?((?:kommunal|samordnings)?(?:förbundet|bolaget|föreningen|nämnden|rådet|samverkansrådet|kommittén|gruppen|nätverket|samarbetet|organisationen|projektet|styrelsen|direktionen)s?)\b",
    re.I,
)
# A body in the middle of an enumeration is one of the parties: "Region Jönköpings län, Polisen, SOS Alarm"
LISTED = re.compile(r"(?:,|\b(?:och|samt|liksom))\s$")
# "är BODYs medlemmar"
OF_MEMBERS = re.compile(r"\s(?:\w+\s)?(?:medlemmar|medlemskommuner|ägare|delägare|parter)\b")
# "ingår i fyra olika förbund": the body is one that no name tells
INTO_SOMETHING = re.compile(
    r"^.{0,12}\b(?:i|till|inom)\s(?:ett|en|flera|olika|följande|andra|många|några|[a-zåäö]+\s(?:olika|andra))\b", re.I
)
# "utöver de tre kommunerna": those that the body's own name lists
OWN_PLACES = re.compile(r"\b(?:förutom|utöver|jämte|samt|och)\s(?:de\s)?(?:\w+\s)?(?:medlems)?kommunerna\b|^kommunerna ingår", re.I)
NOUN_OF_BODY = re.compile(r"\b(?:samarbetet|samverkan|nätverket|projektet|partnerskapet)\s$")
OWNERS = re.compile(r"\b(?:ägarkommun|ägare|delägare|ägs)", re.I)
MAX_EVIDENCE = 600  # a sentence longer than this is cut around the words that count


@dataclass(frozen=True, slots=True)
class Trigger:
    """A turn of phrase: its name, what stands before and after it, the role it gives, its expression, and stems of which it needs one."""

    name: str
    shape: str
    role: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def find(self, sentence: str, lower: str) -> Iterator[re.Match[str]]:
        """Where it stands in a sentence, which is also given in lower case."""
        return self.pattern.finditer(sentence) if any(stem in lower for stem in self.needs) else iter(())


TRIGGERS = tuple(
    Trigger(t["name"], t["shape"], t["role"], re.compile(t["pattern"].replace("{num}", NUMBER), re.I), tuple(t["needs"]))
    for t in WORDS["trigger"]
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger in its sentence with the room before and after it, in offsets of the page's text."""

    trigger: Trigger
    sentence: Sentence
    left: int
    start: int
    end: int
    right: int


def find_members(names: Names, sentences: list[Sentence]) -> Iterator[Membership]:
    """The memberships that sentences state; what has ended, is planned or denied is left out."""
    yield from find_bracketed(names)
    for sentence in sentences:
        if sentence.block.kind == "heading" or (not names.at(sentence.start, sentence.end) and "kommuner" not in sentence.text):
            continue
        if NOT_NOW.search(sentence.text):
            continue
        since = read_since(sentence)
        for clause in split_clauses(sentence):
            yield from read_clause(clause, names, since)


def split_clauses(sentence: Sentence) -> Iterator[Clause]:
    """The triggers of a sentence, the first that fits at each place, each with its room up to the next."""
    hits: list[tuple[int, int, Trigger]] = []
    lower = sentence.text.lower()
    for trigger in TRIGGERS:
        for hit in trigger.find(sentence.text, lower):
            if all(hit.end() <= start or hit.start() >= end for start, end, _ in hits):
                hits.append((hit.start(), hit.end(), trigger))
    hits = sorted((hit for hit in hits if len(hits) == 1 or hit[2].name != "with_others"), key=lambda hit: hit[0])
    for index, (start, end, trigger) in enumerate(hits):
        left = hits[index - 1][1] if index else 0
        right = hits[index + 1][0] if index + 1 < len(hits) else len(sentence.text)
        if trigger.shape in ("after", "joined", "inside") and (stop := ASIDE.search(sentence.text, end, right)):
            right = stop.start()
        yield Clause(trigger, sentence, sentence.start + left, sentence.start + start, sentence.start + end, sentence.start + right)


def read_clause(clause: Clause, names: Names, since: str | None) -> Iterator[Membership]:
    """The memberships that one trigger states."""
    if clause.trigger.shape == "relative":
        yield from read_owned(clause, names, since)
        return
    reader = READERS[clause.trigger.shape]
    body, parties, role = reader(clause, names)
    if body is None:
        return
    if role == "owner" and names.kind_of(body) not in ("company", "collaboration", "other", "foundation"):
        role = "member"  # "förbundet ägs av sina medlemmar" is membership
    if (
        role == "member"
        and clause.trigger.name == "cooperation_between"
        and names.kind_of(body) == "company"
        and speaks_of_owners(names, clause)
    ):
        role = "owner"
    for party in parties:
        if party.organisation_id != body:
            yield make_membership(body, party, role, clause, since)


def speaks_of_owners(names: Names, clause: Clause) -> bool:
    """Whether the section calls the parties of its company owners: "ägarkommunerna"."""
    document = names.document
    section = document.top_section(clause.sentence.block)
    return any(OWNERS.search(block.text) for block in document.blocks if document.top_section(block) == section)


def make_membership(body: str, party: Party, role: str, clause: Clause, since: str | None) -> Membership:
    """A membership with its sentence as evidence."""
    is_host = True if role == "host" else None
    confidence = {"joined": 0.75, "included": 0.85}.get(clause.trigger.shape, 0.85) - (0.1 if party.basis == "implied" else 0)
    evidence = make_evidence(clause.sentence, clause.trigger.name, confidence)
    return Membership(body, party.organisation_id, "member" if role == "host" else role, evidence, party.basis, is_host, None, since)


def make_evidence(sentence: Sentence, method: str, confidence: float) -> Evidence:
    """A sentence as evidence."""
    text = sentence.text[:MAX_EVIDENCE]
    return Evidence(text, sentence.start, sentence.start + len(text), method, confidence)


def read_since(sentence: Sentence) -> str | None:
    """The date from which a sentence says that something holds: "Sedan den 1 juli 2012 ..."."""
    if not SINCE.search(sentence.text):
        return None
    for start, _, edtf in find_dates(sentence.text):
        if SINCE.search(sentence.text, max(0, start - 16), start) or edtf.endswith("/.."):
            return edtf.removesuffix("/..")
    return None


Reading = tuple[str | None, list[Party], str]


def read_after(clause: Clause, names: Names) -> Reading:
    """Body before, parties after: "BODY består av A, B och C"."""
    block = clause.sentence.block
    body = find_body(names, clause.left, clause.start, block) or find_any_body(names, clause) or names.subject_of(block)
    return body, find_parties(names, clause.end, clause.right), clause.trigger.role


def find_any_body(names: Names, clause: Clause) -> str | None:
    """The last body that the sentence names before a clause."""
    return find_body(names, clause.sentence.start, clause.start, clause.sentence.block)


def read_party(clause: Clause, names: Names) -> Reading:
    """Parties and their body around a phrase: "A och B ingår i BODY", "I BODY ingår A", "BODY, där A är med"; "vi" is the owner."""
    trigger, sentence = clause.trigger, clause.sentence
    body, is_sure = choose_body(clause, names)
    if body is None:
        return None, [], trigger.role
    parties = [p for p in find_parties(names, clause.left, clause.right) if p.organisation_id != body]
    if not is_sure and trigger.role not in ("adjunct", "participant", "financier"):
        parties = [p for p in parties if not names.is_body(p.organisation_id)]
    if OWN_PLACES.search(names.document.text, clause.left, clause.right):
        parties = [Party(i, clause.start, clause.end) for i in names.parts.get(body, [])] + parties
    if not any(p.organisation_id == names.owner_id for p in parties) and WE.search(names.document.text, sentence.start, clause.right):
        parties = owner_as_party(names, clause) + parties
    return body, [p for p in parties if p.organisation_id != body], trigger.role


def choose_body(clause: Clause, names: Names) -> tuple[str | None, bool]:
    """The body of a `party` phrase, and whether its words say so (a preposition, a genitive, its place after "äger")."""
    text, block = names.document.text, clause.sentence.block
    bodies = [m for m in names.at(clause.left, clause.right) if names.is_body(m.organisation_id)]
    if clause.trigger.name in OBJECT_FOLLOWS:
        bodies = [m for m in bodies if m.start >= clause.end] or bodies
        if bodies and bodies[0].start >= clause.end:
            return bodies[0].organisation_id, True
    led = [m for m in bodies if INTO.search(text, max(clause.sentence.start, m.start - 50), m.start) or OF_MEMBERS.match(text, m.end)]
    if led:
        return min(led, key=lambda m: min(abs(m.start - clause.end), abs(m.end - clause.start))).organisation_id, True
    for hit in INTO_ANAPHOR.finditer(text, clause.left, clause.right):
        if meant := names.meant_by(hit[1], hit.start(), block):
            return meant, True
    if (
        bodies
        and len({m.organisation_id for m in bodies}) == 1
        and not LISTED.search(text, max(clause.left, bodies[0].start - 10), bodies[0].start)
    ):
        return bodies[0].organisation_id, False
    body = find_body(names, clause.left, clause.right, block) if not bodies else None
    if body is None and clause.trigger.name in SUBJECT_WILL_DO and not INTO_SOMETHING.search(text, clause.end - 2, clause.right):
        body = names.subject_of(block)
    return body, False


def owner_as_party(names: Names, clause: Clause) -> list[Party]:
    """The page's owner as the one that "vi" and "kommunen" mean, where it is no body itself."""
    if names.owner_id and not names.is_body(names.owner_id):
        return [Party(names.owner_id, clause.start, clause.end)]
    return []


def read_inside(clause: Clause, names: Names) -> Reading:
    """Body within the phrase: "Medlemmar i BODY är A och B"."""
    block = clause.sentence.block
    body = find_body(names, clause.start, clause.end, block) or find_any_body(names, clause) or names.subject_of(block)
    return body, find_parties(names, clause.end, clause.right), clause.trigger.role


def read_joined(clause: Clause, names: Names) -> Reading:
    """Partners, sellers and buyers: "A samverkar med B", "samarbetar A även med B", "A köper tjänsten av B"."""
    role, text = clause.trigger.role, names.document.text
    if named := find_named_body(names, clause):  # "De vi har samarbetet BODY med är A och B"
        parties = find_parties(names, clause.end, clause.right)
        return named, (owner_as_party(names, clause) if WE.search(text, clause.sentence.start, clause.end) else []) + parties, "member"
    left = find_parties(names, clause.left, clause.end) or find_parties(names, clause.sentence.start, clause.start)
    right = find_parties(names, clause.end, clause.right)
    if role == "client_of":
        return read_purchase(clause, names, left, right)
    if role == "member_of_joint":
        return read_joint(clause, names, left, right)
    if not right:
        return None, [], role
    if text[clause.start : clause.end].casefold().endswith("mellan") and not any(names.is_body(p.organisation_id) for p in left):
        return read_between(clause, names, right)
    return choose_partner(clause, names, left), right, role


def choose_partner(clause: Clause, names: Names, left: list[Party]) -> str | None:
    """Who has the partners of a `joined` phrase: the party before it, "vi", what the section is about, the page's owner."""
    if WE.search(names.document.text, clause.left, clause.end) and names.owner_id:
        return names.owner_id
    named = next((p.organisation_id for p in reversed(left) if p.basis == "named"), None)
    return named or names.subject_of(clause.sentence.block, may_be_lone=False) or names.owner_id


def read_between(clause: Clause, names: Names, parties: list[Party]) -> Reading:
    """ "Överenskommelsen mellan A och B": members of what the section is about, else partners of the owner or of the first."""
    subject = names.subject_of(clause.sentence.block, may_be_lone=False)
    if subject and subject != names.owner_id:
        return subject, parties, "member"
    ids = [p.organisation_id for p in parties]
    return names.owner_id if names.owner_id in ids else ids[0], parties, "partner"


def read_joint(clause: Clause, names: Names, left: list[Party], right: list[Party]) -> Reading:
    """ "BODY har vi tillsammans med A", "Nämnden är gemensam med A": the owner and A are its members."""
    named = [p.organisation_id for p in (*right, *left) if names.is_body(p.organisation_id)]
    body = (
        named[0]
        if named
        else find_body(names, clause.sentence.start, clause.start, clause.sentence.block) or names.subject_of(clause.sentence.block)
    )
    parties = [p for p in (*left, *right) if not names.is_body(p.organisation_id)]
    if not any(p.organisation_id == names.owner_id for p in parties):
        parties = owner_as_party(names, clause) + parties
    return body, parties if len(parties) > 1 else [], "member"


def read_inverted(clause: Clause, names: Names) -> Reading:
    """ "Med B har A ett samverkansavtal"."""
    parties = find_parties(names, clause.end, clause.right)
    if len(parties) < 2 and not WE.search(names.document.text, clause.end, clause.right):
        return None, [], "partner"
    body = names.owner_id if len(parties) < 2 else parties[-1].organisation_id
    return body, [p for p in parties if p.organisation_id != body], "partner"


def read_served(clause: Clause, names: Names) -> Reading:
    """ "sköts av A åt B och C": who is served is the client."""
    split = names.document.text.find("åt ", clause.end, clause.right)
    sellers = find_parties(names, clause.end, split)
    return (sellers[0].organisation_id if sellers else None), find_parties(names, split, clause.right), "client"


def find_named_body(names: Names, clause: Clause) -> str | None:
    """The body that a phrase of co-operation itself is about: "samarbetet BODY med"."""
    for mention in names.at(clause.start, clause.end):
        if names.is_body(mention.organisation_id) and NOUN_OF_BODY.search(names.document.text, clause.start, mention.start):
            return mention.organisation_id
    return None


def read_mutual(clause: Clause, names: Names) -> Reading:
    """Parties that do something together: members of the body among them or of the section's, else partners of the owner or the first."""
    parties = find_parties(names, clause.left, clause.end)
    bodies = [p.organisation_id for p in parties if names.is_body(p.organisation_id)]
    if len(parties) < 2:
        return None, [], "partner"
    subject = names.subject_of(clause.sentence.block)
    if not bodies and subject and len(parties) > 2:
        return subject, parties, "member"
    ids = [p.organisation_id for p in parties]
    body = bodies[0] if bodies else names.owner_id if names.owner_id in ids or len(ids) > 2 else ids[0]
    return body, parties, "partner"


def read_owned(clause: Clause, names: Names, since: str | None) -> Iterator[Membership]:
    """The owner of the companies that stand before: "bolagen A och B, som förbundet äger"."""
    bodies = [m.organisation_id for m in names.at(clause.sentence.start, clause.start) if names.kind_of(m.organisation_id) == "company"]
    words = names.document.text[clause.start : clause.end]
    owner = find_body(names, clause.start, clause.end, clause.sentence.block)
    if owner is None or names.kind_of(owner) == "company":
        subject = names.subject_of(clause.sentence.block)
        owner = subject if subject and re.search(r"\b(?:man|vi|förbundet)\b", words) else names.owner_id
    for body in bodies:
        if owner and owner != body:
            yield make_membership(body, Party(owner, clause.start, clause.end), "owner", clause, since)


def read_purchase(clause: Clause, names: Names, left: list[Party], right: list[Party]) -> Reading:
    """Who buys is the client of who sells; "vi" and "oss" are the page's owner."""
    text = names.document.text
    sells_us = re.match(r"\s(?:oss|kommunen)\b", text[clause.end : clause.right])
    seller = names.owner_id if sells_us else next((p.organisation_id for p in right), None)
    inverted = [
        p for p in find_parties(names, clause.start, clause.end) if p.organisation_id != seller
    ]  # "köper Nykvarn handläggningen av oss"
    buyers = left or inverted or owner_as_party(names, clause)
    return seller, [p for p in buyers if p.organisation_id != seller], "client"


READERS = {
    "party": read_party,
    "after": read_after,
    "inside": read_inside,
    "joined": read_joined,
    "mutual": read_mutual,
    "inverted": read_inverted,
    "served": read_served,
}


def find_bracketed(names: Names) -> Iterator[Membership]:
    """Members in parentheses after their body: "Kalmarsundskommissionen (Västervik, Oskarshamn, ...)"."""
    text = names.document.text
    for mention in names.mentions:
        if not names.is_body(mention.organisation_id) or text[mention.end : mention.end + 2] != " (":
            continue
        close = text.find(")", mention.end)
        parties = [m for m in names.at(mention.end, close) if not names.is_body(m.organisation_id)] if 0 < close - mention.end < 400 else []
        if len(parties) > 1:
            words = text[mention.start : close + 1]
            evidence = Evidence(words, mention.start, close + 1, "bracketed_members", 0.85)
            yield from (Membership(mention.organisation_id, m.organisation_id, "member", evidence) for m in parties)


def find_departed(names: Names, sentences: list[Sentence]) -> set[str]:
    """The organisations that the page says have left: what else it says of their membership is history."""
    departed = set()
    for sentence in sentences:
        if hit := FORMER.search(sentence.text):
            departed |= {
                m.organisation_id for m in names.at(sentence.start, sentence.start + hit.start()) if not names.is_body(m.organisation_id)
            }
    return departed
