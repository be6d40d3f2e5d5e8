"""Who has a part in what, as sentences state it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from parsers.members.parties import Party, find_body, find_parties
from parsers.members.partner_clauses import read_inverted, read_joined, read_mutual, read_principal, read_served, read_serves
from parsers.members.party_clauses import read_after, read_inside, read_party
from parsers.members.triggers import NOT_NOW, Clause, find_candidates, split_clauses
from parsers.names.page_names import Names
from parsers.page.sentences import Sentence
from schemas.facts import Evidence, Membership
from schemas.values import find_dates, read_date

SINCE = re.compile(r"\b(?:sedan|från och med|fr\.?\s?o\.?\s?m\.?|från)\b", re.I)
# "blev medlem den 1 juli 2021", "bildades 2004 av": the sentence's one date is when it began
BEGAN = re.compile(
    r"\b(?:blev|gick med|anslöt sig|hakade på|kom med|bildades?|grundades?|startades?|inrättades|tillkom|har varit medlem)\b", re.I
)
# "Ale kommun (sedan 2023) och Orust kommun": of the one party only
OWN_SINCE = re.compile(r"\s\((?:medlem |med |delägare )?(?:sedan|från(?: och med)?)\s([^()\n]{4,30})\)")
# ... of those who then became its members
BEGINNINGS = frozenset(
    ("consists_of", "founded_by", "became_member", "joined_it", "member_of", "enters", "makes_up", "has_parties_as_members")
)
OWNERS = re.compile(r"\b(?:ägarkommun|ägare|delägare|ägs)", re.I)
MAX_EVIDENCE = 600  # a sentence longer than this is cut around the words that count
READERS = {
    "party": read_party,
    "after": read_after,
    "inside": read_inside,
    "joined": read_joined,
    "mutual": read_mutual,
    "inverted": read_inverted,
    "served": read_served,
    "serves": read_serves,
    "principal": read_principal,
}


def find_members(names: Names, sentences: list[Sentence]) -> Iterator[Membership]:
    """The memberships that sentences state; what has ended, is planned or denied is left out."""
    yield from find_bracketed(names)
    for sentence in sentences:
        if sentence.block.kind == "heading" or (not names.at(sentence.start, sentence.end) and "kommuner" not in sentence.text):
            continue
        clauses = drop_not_now(sentence, list(split_clauses(sentence, names.at(sentence.start, sentence.end))))
        if not clauses:
            continue
        since, began = read_since(sentence)
        if since and names.today and since > names.today[: len(since)]:
            continue  # "Från och med 2031 ingår även"
        for clause in clauses:
            yield from read_clause(clause, names, since or (began if clause.trigger.name in BEGINNINGS else None))


# "är inte part men deltar", "ingår inte i nämnden, men köper tjänster av den"
WHEN = re.compile(r", (?:när|då|efter att) ")
BUT = re.compile(r",? men\b(?! inte\b)")


def drop_not_now(sentence: Sentence, clauses: list[Clause]) -> list[Clause]:
    """The clauses of a sentence that hold: of one that denies, or tells of the past or of plans, those after "men", with its subject."""
    told = NOT_NOW.search(sentence.text) if clauses else None
    if told is None:
        return clauses
    when = WHEN.search(sentence.text, 0, told.start())
    if when is not None:  # "kom med 2016, när Slättens inköpscentral lades ned": the past is another's
        return [clause for clause in clauses if clause.end <= sentence.start + when.start()]
    but = BUT.search(sentence.text, told.end())
    if but is None or NOT_NOW.search(sentence.text, but.end()):
        return []
    return [replace(clause, left=sentence.start) for clause in clauses if clause.start >= sentence.start + but.end()]


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
    share = read_lone_share(clause.sentence) if role == "owner" and len(parties) == 1 else None
    for one in (body, *find_further_bodies(names, clause, body)):
        for party in parties:
            if party.organisation_id not in (body, one):
                stated = make_membership(names, one, party, role, clause, since)
                yield replace(stated, share=share) if share is not None and stated.share is None else stated


# "medlem i BODY och kommunalförbundet BODY"
AND_BODY = re.compile(r"(?:,| och| samt)\s(?:[a-zåäö]+\s)?$")


def find_further_bodies(names: Names, clause: Clause, body: str) -> list[str]:
    """The bodies that "och" joins to the one right after a phrase of taking part: a member of it is a member of each."""
    if clause.trigger.name not in ("member_of", "enters", "part_in"):
        return []
    bodies = [m for m in names.at(clause.end, clause.right) if names.is_body(m.organisation_id)]
    further: list[str] = []
    if bodies and bodies[0].organisation_id == body:
        for before, mention in pairwise(bodies):
            if not AND_BODY.fullmatch(names.document.text, before.end, mention.start):
                break
            further.append(mention.organisation_id)
    return further


def speaks_of_owners(names: Names, clause: Clause) -> bool:
    """Whether the section calls the parties of its company owners: "ägarkommunerna"."""
    document = names.document
    section = document.top_section(clause.sentence.block)
    return any(OWNERS.search(block.text) for block in document.blocks if document.top_section(block) == section)


def make_membership(names: Names, body: str, party: Party, role: str, clause: Clause, since: str | None) -> Membership:
    """A membership with its sentence as evidence."""
    confidence = (0.75 if clause.trigger.shape == "joined" else 0.85) - (0.1 if party.basis == "implied" else 0)
    evidence = make_evidence(clause.sentence, clause.trigger.name, confidence)
    role = "member" if role == "host" else role
    share = read_share(names.document.text, party) if role == "owner" else None
    own = OWN_SINCE.match(names.document.text, party.end)
    since = (read_date(own[1]) if own else None) or since
    return Membership(body, party.organisation_id, role, evidence, party.basis, is_host_party(names.document.text, party), share, since)


# "Köping som värdkommun", "Hudiksvall (värdkommun)", "Ronneby kommun är värdkommun"; "Värdkommun för nämnden är Uppsala"
HOST_AFTER = re.compile(r",?\s(?:som är |som |\(|är |blir |fungerar som )värd(?:kommun)?\b")
HOST_BEFORE = re.compile(r"\bvärdkommunen\s$|\bvärdkommun(?:en)?(?: för [^.,:;]{3,50}?)?(?: är| blir|:)\s$", re.I)
# "A (60 procent)", "A till 51 %", "A äger 12,5 procent"
SHARE_BEFORE = re.compile(r"(\d{1,3}(?:[,.]\d{1,2})?)\s?(?:%|procent) av\s$")
SHARE_AFTER = re.compile(r"\s(?:\(|till |äger |med |har )?(\d{1,3}(?:[,.]\d{1,2})?)\s?(?:%|procent)")


def is_host_party(text: str, party: Party) -> bool | None:
    """True where the words beside a party say that it is the host municipality; None where they do not."""
    is_host = HOST_AFTER.match(text, party.end) or HOST_BEFORE.search(text[max(0, party.start - 90) : party.start])
    return True if is_host else None


def read_share(text: str, party: Party) -> float | None:
    """The percentage that stands right after a party, or before "av" and it."""
    found = SHARE_AFTER.match(text, party.end) or SHARE_BEFORE.search(text[max(0, party.start - 40) : party.start])
    share = float(found[1].replace(",", ".")) if found else None
    return share if share is not None and share <= 100 else None


PERCENT = re.compile(r"(\d{1,3}(?:[,.]\d{1,2})?)\s?(?:%|procent)")


def read_lone_share(sentence: Sentence) -> float | None:
    """The only percentage of a sentence about one owner: "A är majoritetsägare i BODY med 69 procent"."""
    found = PERCENT.findall(sentence.text)
    share = float(found[0].replace(",", ".")) if len(found) == 1 else None
    return share if share is not None and share <= 100 else None


def make_evidence(sentence: Sentence, method: str, confidence: float) -> Evidence:
    """A sentence as evidence."""
    text = sentence.text[:MAX_EVIDENCE]
    return Evidence(text, sentence.start, sentence.start + len(text), method, confidence)


def read_since(sentence: Sentence) -> tuple[str | None, str | None]:
    """The date from which a sentence says that something holds ("Sedan den 1 juli 2012"), and the one date on which something began."""
    text = OWN_SINCE.sub(lambda own: " " * len(own[0]), sentence.text)
    began = BEGAN.search(text)
    if not began and not SINCE.search(text):
        return None, None
    dates = find_dates(text)
    since = next((d for start, _, d in dates if SINCE.search(text, max(0, start - 16), start) or d.endswith("/..")), None)
    beginning = dates[0][2] if began and len(dates) == 1 and "/" not in dates[0][2] else None
    return since.removesuffix("/..") if since else None, beginning


def read_owned(clause: Clause, names: Names, since: str | None) -> Iterator[Membership]:
    """The owner of the companies that stand before: "bolagen A och B, som förbundet äger"."""
    bodies = [m.organisation_id for m in names.at(clause.sentence.start, clause.start) if names.kind_of(m.organisation_id) == "company"]
    words = names.document.text[clause.start : clause.end]
    owner = find_body(names, clause.start, clause.end, clause.sentence.block)
    if owner is None or names.kind_of(owner) == "company":
        subject = names.subject_of(clause.sentence.block)
        owner = subject if subject and re.search(r"\b(?:man|vi|förbundet)\b", words) else names.owner_id
    owners = [
        p for p in find_parties(names, clause.start, clause.end) if not names.is_body(p.organisation_id)
    ]  # "som de fyra kommunerna äger"
    owners = owners or ([Party(owner, clause.start, clause.end)] if owner else [])
    for body in bodies:
        yield from (make_membership(names, body, party, "owner", clause, since) for party in owners if party.organisation_id != body)


def find_bracketed(names: Names) -> Iterator[Membership]:
    """Members in parentheses after their body: "Kalmarsundskommissionen (Västervik, Oskarshamn, ...)"."""
    text = names.document.text
    for mention in names.mentions:
        if not names.is_body(mention.organisation_id) or text[mention.end : mention.end + 2] != " (":
            continue
        close = text.find(")", mention.end)
        if any(trigger.pattern.search(text[mention.end : close]) for trigger in find_candidates(text[mention.end : close])):
            continue  # "(ägs av A och B)": the words say as what
        parties = [m for m in names.at(mention.end, close) if not names.is_body(m.organisation_id)] if 0 < close - mention.end < 400 else []
        if len(parties) > 1:
            words = text[mention.start : close + 1]
            evidence = Evidence(words, mention.start, close + 1, "bracketed_members", 0.85)
            yield from (Membership(mention.organisation_id, m.organisation_id, "member", evidence) for m in parties)


# Of what is past, that somebody left; that an agreement or another body ended says nothing of a membership.
LEFT = re.compile(
    r"\b(?:lämna(?:de|t|r)(?! (?:in|över|sitt|sin|sina)\b)|utträ(?:de|tt|der)|gick ur|har gått ur|inte längre"
    r"|tidigare (?:medlem|ingick))\b",
    re.I,
)
LEFT_STEMS = ("lämna", "utträ", "gick ur", "gått ur", "inte längre", "tidigare")  # of which each holds one
# Who leaves is a member still.
LEAVING = frozenset(("lämnar", "utträder"))


def find_departed(names: Names, sentences: list[Sentence]) -> set[str]:
    """The organisations that the page says have left: what else it says of their membership is history."""
    departed = set[str]()
    if not any(stem in names.document.lower_text for stem in LEFT_STEMS):
        return departed
    for sentence in sentences:
        named = [m for m in names.at(sentence.start, sentence.end) if not names.is_body(m.organisation_id)]
        hit = LEFT.search(sentence.text) if named else None
        if hit and LEAVING.isdisjoint(sentence.text.casefold().split()):
            departed |= {m.organisation_id for m in named if m.end <= sentence.start + hit.start()}
    return departed
