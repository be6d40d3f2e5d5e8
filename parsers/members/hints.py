"""Memberships that a page states in its composition: the owner in what its page lists, an enumeration in a body's section."""

import re
from collections.abc import Iterator

from parsers.members.members import make_evidence
from parsers.members.numbers import NUMBER
from parsers.members.parties import find_body
from parsers.members.triggers import NOT_NOW, find_candidates
from parsers.names.body_words import LABELS
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.sentences import Sentence
from schemas.facts import Membership

# "Kommunen är med i flera nätverk, och här är de": the page's sections then name bodies of which the owner is a member.
PART_IN_SEVERAL = re.compile(
    rf"\b(?:ingår i|är med i|är medlem(?:mar)? i|deltar i|samverkar i|är delägare i|samarbetar (?:med andra )?i"
    rf"|är medlem i)\s(?:\w+\s){{0,3}}?(?:flera|följande|olika|nedanstående|flertal|många|{NUMBER})\b",
    re.I,
)
# "de nätverk och samarbeten som Ale kommun deltar i"
SEVERAL_OF_WHICH = re.compile(
    r"\b(?:nätverk|samarbeten|samverkansform|förbund|bolag|organisationer|föreningar|samverkan)\w*(?:\soch\s[\wåäö]+)?"
    r"\ssom\s.{2,60}?\s(?:är med i"
    r"|ingår i|deltar i|är medlem i|är delägare i|samverkar i)\b",
    re.I,
)
OF_SEVERAL = re.compile(
    r"\b(?:nätverk|samverkan|samarbete|förbund|kommunförbund|bolag|organisation|förening|kommunalförbund|nämnd|samverkansform)\w*|\bflera\b",
    re.I,
)
# What parts a bold name or a link from what is told about it.
AFTER_RUN_IN = re.compile(r"\s*(?:[–:-]|\n)")
# What parties of one body are told to do; without such words an enumeration may compare: "Flest inflyttade hade Ale, Lerum och Tjörn".
IN_COMMON = re.compile(
    r"^(?:Ansvarar|Svarar|Sköter|Driver|Hanterar|Arbetar|Samordnar|Utför)\b"
    r"|\bsedan (?:19|20)\d\d|\b(?:gemensam\w*|tillsammans|ihop|delar|turas om|[Pp]recis som|[Ii] likhet med)\b"
)
CLAIMS = re.compile(r"\bkommuner(?:na)?\b", re.I)


def find_hinted_members(names: Names, sentences: list[Sentence], stated: list[Membership]) -> Iterator[Membership]:
    """Memberships that no sentence states by itself; pairs already stated are left out."""
    known = {(fact.organisation_id, fact.member_id) for fact in stated}
    for fact in (*find_owner_in_sections(names, sentences), *find_enumerated(names, sentences, stated)):
        if (fact.organisation_id, fact.member_id) not in known:
            known.add((fact.organisation_id, fact.member_id))
            yield fact


def find_owner_in_sections(names: Names, sentences: list[Sentence]) -> Iterator[Membership]:
    """The page's owner in the bodies that its sections are about, where the page opens by saying that it takes part in several."""
    if not names.owner_id or names.is_body(names.owner_id):
        return
    intro = next((s for s in sentences if is_intro(s.block) and states_several(s.text)), None)
    if intro is None:
        return
    heads = {block.head for block in names.document.blocks if block.head >= 0 and not NOT_NOW.search(block.text)}
    for block in names.document.blocks:
        is_title = (block.kind == "heading" and block.level > 1) or block.index in heads
        end = block.end if is_title else find_run_in(block) or find_item_name(names, block)
        if end and block.zone == "content" and block.start > intro.start:
            for mention in names.at(block.start, end)[:1]:
                kind = names.kind_of(mention.organisation_id)
                if names.is_body(mention.organisation_id) and kind != "collaboration":
                    role = "owner" if kind == "company" else "member"
                    yield Membership(mention.organisation_id, names.owner_id, role, make_evidence(intro, "owner_of_page", 0.7), "implied")


def find_run_in(block: Block) -> int | None:
    """Where the bold words or the link end with which a paragraph or item begins as under a heading: "<b>Rambo AB</b> – ..."."""
    if block.kind not in ("paragraph", "item") or NOT_NOW.search(block.text):
        return None
    run_ins = [i.end for i in block.inlines if i.tag in ("strong", "b", "a") and i.start == block.start and i.end < block.end]
    return next((end for end in run_ins if AFTER_RUN_IN.match(block.text, end - block.start)), None)


def find_item_name(names: Names, block: Block) -> int | None:
    """Where the name of a body ends with which an item begins, if the item is that or tells about it: "BODY, medlem sedan 1996"."""
    if block.kind != "item" or NOT_NOW.search(block.text) or any(ENDED.search(h.text) for h in names.document.headings_above(block)):
        return None
    first = next(iter(names.at(block.start, block.end)), None)
    if first is None or not AFTER_NAME.match(names.document.text, first.end, block.end):
        return None
    label = names.document.text[block.start : first.start].strip().casefold()  # "Nätverket Skidorter"
    return first.end if not label or label in LABELS else None


AFTER_NAME = re.compile(r"$|[.,:]| [–(-]")
ENDED = re.compile(r"\b(?:avslutade|tidigare|länkar|relatera|dokument)\b", re.I)


def states_several(text: str) -> bool:
    """Whether a sentence says that somebody takes part in several bodies."""
    return SEVERAL_OF_WHICH.search(text) is not None or (PART_IN_SEVERAL.search(text) is not None and OF_SEVERAL.search(text) is not None)


def is_intro(block: Block) -> bool:
    """Whether a block stands before the page's first section."""
    return block.kind != "heading" and block.zone == "content" and (block.section < 0 or block.section <= 1)


def find_enumerated(names: Names, sentences: list[Sentence], stated: list[Membership]) -> Iterator[Membership]:
    """Municipalities enumerated with a body, by a sentence that no turn of phrase relates to anything: three of them or more, or two
    where nothing else tells of the body's members.
    """
    parts: dict[str, set[str]] = {}
    for fact in stated:
        parts.setdefault(fact.organisation_id, set()).add(fact.member_id)
    for sentence in sentences:
        if sentence.block.kind == "heading" or sentence.block.zone != "content":
            continue
        named = names.at(sentence.start, sentence.end)
        if len(named) < 2:
            continue
        parties = {m.organisation_id: m for m in named if m.method.startswith("municipalit")}
        if len(parties) < 2 or NOT_NOW.search(sentence.text):
            continue
        body = find_enumerated_body(names, sentence)
        known = parts.get(body or "", set())
        is_subject = body is not None and body in (names.owner_id, names.subject_of(sentence.block, may_be_lone=False))
        if body is None or parties.keys() & known or len(parties) < (2 if is_subject and not known else 3):
            continue
        if any(trigger.pattern.search(sentence.text) for trigger in find_candidates(sentence.text)):
            continue
        role = "owner" if names.kind_of(body) == "company" else "member"
        for party in parties:
            yield Membership(body, party, role, make_evidence(sentence, "enumerated_in_section", 0.6))


# Kinds whose members municipalities are, whatever is told of them together.
JOINT = frozenset(("municipal_association", "coordination_association", "joint_committee", "network", "collaboration", "council"))


def find_enumerated_body(names: Names, sentence: Sentence) -> str | None:
    """The joint body that a sentence with municipalities is about: named in it or meant by "förbundet", else named right before it, else
    the section's where the sentence speaks of "kommunerna". None where the sentence does not tell of something in common.
    """
    if not IN_COMMON.search(sentence.text):
        return None
    body = find_body(names, sentence.start, sentence.end, sentence.block)
    if body is not None and names.kind_of(body) in JOINT:
        return body
    before = [m for m in names.at(sentence.block.start, sentence.start) if names.is_body(m.organisation_id)]
    is_near = before and len(re.findall(r"[.!?]\s", names.document.text[before[-1].end : sentence.start])) == 1
    if is_near and names.kind_of(before[-1].organisation_id) in JOINT:
        return before[-1].organisation_id
    subject = names.subject_of(sentence.block) if CLAIMS.search(sentence.text) else None
    return subject if subject is not None and names.is_body(subject) else None
