"""What announces a list of members: a heading, a sentence before it, a term, or the item that it hangs under."""

import re

from parsers.members.parties import find_body
from parsers.members.party_clauses import WE
from parsers.members.triggers import NOT_NOW, WORDS
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.sentences import Sentence, split_block

# The role that the members have, the body, and the words that say so.
Lead = tuple[str, str | None, str]

LIST_ROLES = tuple((entry["role"], re.compile(entry["pattern"], re.I)) for entry in WORDS["list"])
# What sort of members a part of the list holds: "Kommuner", "Företag" under "Medlemmar"
SORTS = re.compile(
    r"(?:kommuner(?:na)?|region(?:en|er|erna)?|stat(?:en)?|företag|bolag|föreningar|organisationer|myndigheter(?:na)?|statliga"
    r"|ideella|övriga|näringsliv|lärosäten|andra)\b[\w ,-]{0,40}$",
    re.I,
)
# "Vi samarbetar med Heby kommun om:": what follows is what is done, not with whom
ABOUT_WHAT = re.compile(r"\b(?:om|kring|inom|gällande|avseende)(?: bland annat)?:$")
# "Deltagande kommuner i mätningen": in what is no body
OF_OTHER = re.compile(
    r"\bdeltagande \w+ i (?!förbund|nätverk|samarbet|samverkan|nämnd|förening|råd|organisation"
    r"|projekt|region|samordning|avtal|grupp|satsning)[a-zåäö]+(?:en|et)$",
    re.I,
)
FORMER_HEADING = re.compile(WORDS["former_heading"]["pattern"], re.I)


def find_lead(names: Names, first: Block, before: Block | None) -> Lead | None:
    """Role, body and words of what announces a list: its last sentence before, or its heading; None where nothing does."""
    if before is not None and first.kind in ("definition", "item") and before.kind == "term":
        return read_lead(names, Sentence(before.text, before.start, before))
    if before is not None and first.kind == "item" and before.kind == "item" and before.level < first.level:
        return read_outer_item(names, before)
    if (
        before is not None
        and before.kind != "heading"
        and before.section == first.section
        and (before.group != first.group or first.group < 0)
    ):
        sentence = list(split_block(before))[-1]
        if sentence.text.endswith(":") or re.search(r"\bföljande\b|\b(?:av|är|ingår|med)$", sentence.text):
            return read_lead(names, sentence)
    heading = names.document.heading_of(first)
    if heading is not None and len(heading.text) < 90 and is_first_under(names, first, heading):
        sentence = Sentence(heading.text, heading.start, heading)
        outer = names.document.heading_of(heading) if SORTS.match(heading.text) else None
        return read_lead(names, sentence) or (read_lead(names, Sentence(outer.text, outer.start, outer)) if outer else None)
    return None


def read_outer_item(names: Names, item: Block) -> Lead | None:
    """A body that is an item whose inner list names its members."""
    bodies = [m for m in names.at(item.start, item.end) if names.is_body(m.organisation_id)]
    return ("member", bodies[0].organisation_id, item.text) if len(bodies) == 1 and bodies[0].start == item.start else None


def is_first_under(names: Names, block: Block, heading: Block) -> bool:
    """Whether a list is what its heading announces: nothing but a sentence or two stands between them."""
    blocks = names.document.blocks
    between = blocks[heading.index + 1 : block.index]
    return len(between) <= 2 and not any(b.group >= 0 for b in between)


def find_inner_lead(names: Names, block: Block) -> tuple[Lead, list[tuple[int, int]]] | None:
    """A lead-in that is a line of the list's own block, and the lines after it: "I förbundet ingår kommunerna:" over line breaks."""
    lines = block.lines()
    for number, (start, end) in enumerate(lines[:-1]):
        text = names.document.text[start:end]
        if text.endswith(":") and (lead := read_lead(names, Sentence(text, start, block))):
            return lead, lines[number + 1 :]
    return None


def read_lead(names: Names, sentence: Sentence) -> Lead | None:
    """Role and body that a lead-in states."""
    role = next((role for role, pattern in LIST_ROLES if pattern.search(sentence.text)), None)
    if role is None or NOT_NOW.search(sentence.text) or (sentence.block.kind == "heading" and FORMER_HEADING.search(sentence.text)):
        return None
    block = sentence.block
    if sentence.block.kind == "heading" and OF_OTHER.search(sentence.text):
        return None
    if role == "partner" and ABOUT_WHAT.search(sentence.text):
        return None
    body = find_body(names, sentence.start, sentence.end, block)
    if body is None and role == "partner":
        body = names.subject_of(block, may_be_lone=False) or names.owner_id
    if body is None and not WE.search(sentence.text):
        body = names.subject_of(block)
    return role, body or names.subject_of(block), sentence.text
