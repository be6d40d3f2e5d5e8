"""Members listed: items, cells and lines under a heading or lead-in, and people who sit for a municipality."""

import re
from collections.abc import Iterator

from parsers.members.parties import Party, find_body, find_parties
from parsers.members.party_clauses import WE
from parsers.members.triggers import NOT_NOW, WORDS
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.sentences import Sentence, split_block
from parsers.page.tables import MEMBER_COLUMN, ROLE_COLUMN, find_tables
from schemas.facts import Evidence, Issue, Membership

LIST_ROLES = tuple((entry["role"], re.compile(entry["pattern"], re.I)) for entry in WORDS["list"])
FORMER_HEADING = re.compile(WORDS["former_heading"]["pattern"], re.I)
SEATS = re.compile(WORDS["seats"]["pattern"], re.I)
# "Beata Allen (C), Aneby" and "Camilla Blomqvist, socialchef Stenungsund": a person before the municipality.
PERSON_BEFORE = re.compile(r"[A-ZÅÄÖÉ][\wåäöé-]+ (?:[A-ZÅÄÖÉ][\wåäöé-]+)")
OTHERS_NAMED = re.compile(r"\b(?:utöver|förutom)\b", re.I)
ADJUNCT = re.compile(r"\badjungera", re.I)  # "Länsstyrelsen (adjungerad)" in a list of members
HOST = re.compile(r"\bvärdkommun", re.I)
SHARE = re.compile(r"\b(\d{1,3}(?:[,.]\d{1,2})?)\s?(?:%|procent)")


def find_listed_members(names: Names) -> Iterator[Membership | Issue]:
    """The members that lists, tables and lines give; an issue for a list of names that could not be related to a body."""
    blocks = names.document.blocks
    tables = {
        table.group
        for table in find_tables(names.document)
        if table.column(MEMBER_COLUMN) is not None or table.column(ROLE_COLUMN) is not None
    }
    index = 0
    while index < len(blocks):
        run = take_run(blocks, index)
        if blocks[index].cell and blocks[index].group in tables:
            pass  # `member_tables` reads it by its columns
        elif is_names_paragraph(names, run[0]) or (
            len(run) > 1 or run[0].kind in ("definition", "item") or "\n" in run[0].text or (index and blocks[index - 1].text.endswith(":"))
        ):
            yield from read_run(names, run, blocks[index - 1] if index else None)
        index += len(run)
    yield from find_heading_members(names)


def find_heading_members(names: Names) -> Iterator[Membership]:
    """Members that are headings, each of a card of its own, under a heading that announces them: "Våra medlemskommuner"."""
    document = names.document
    for block in document.blocks:
        above = document.heading_of(block) if block.kind == "heading" else None
        if above is None or above.level == 1:
            continue
        named = names.at(block.start, block.end)
        if len(named) != 1 or named[0].end - named[0].start < len(block.text) - 1 or names.is_body(named[0].organisation_id):
            continue
        lead = read_lead(names, Sentence(above.text, above.start, above))
        if lead and lead[1]:
            party = Party(named[0].organisation_id, block.start, block.end)
            yield from make_listed(names, lead[1], lead[0], [((block.start, block.end), party)], "member_card")


def is_names_paragraph(names: Names, block: Block) -> bool:
    """Whether a paragraph under a heading is little but names: "Arvika, Eda, Årjäng och Säffle." under "Medlemskommuner"."""
    if block.kind != "paragraph" or block.section < 0 or len(block.text) > 600:
        return False
    named = names.at(block.start, block.end)
    return len(named) > 1 and sum(m.end - m.start for m in named) * 2 > len(block.text)


def take_run(blocks: list[Block], index: int) -> list[Block]:
    """The blocks of one list or table, or of consecutive short lines that stand alone."""
    first = blocks[index]
    run = [first]
    if first.kind == "heading":
        return run
    for block in blocks[index + 1 :]:
        same = block.group == first.group and block.kind == first.kind and block.zone == first.zone
        if not same or (first.group < 0 and (block.section != first.section or len(block.text) > 60 or len(first.text) > 60)):
            break
        run.append(block)
    return run


def read_run(names: Names, run: list[Block], before: Block | None) -> Iterator[Membership | Issue]:
    """The members of one list: by its lead-in or heading, else by the seats that people hold."""
    lead = find_lead(names, run[0], before)
    lines = [(start, end) for block in run for start, end in block.lines()]
    if len(run) == 1 and (inner := find_inner_lead(names, run[0])):
        lead, lines = inner[0], inner[1]
    parties = [(line, party) for line in lines for party in first_parties(names, *line)]
    if lead and parties:
        role, body, text = lead
        if part := read_own_part(names, lead, parties):
            yield from part
            return
        if body is None:
            yield Issue(
                "member_list_without_body",
                "A list of members could not be related to a body.",
                "info",
                "members",
                "organisation_id",
                text[:200],
            )
        else:
            yield from make_listed(names, body, role, parties)
        return
    heading = names.document.heading_of(run[0])
    if heading and not parties and any(has_person(names, line) for line in lines):
        yield from read_seat_heading(names, heading)
    seated = [(line, party) for line, party in parties if has_person(names, line)]
    if heading and seated and len(seated) > 1 and any(SEATS.search(h.text) for h in names.document.headings_above(run[0])):
        body = names.subject_of(run[0])
        if body and names.is_body(body):
            yield from make_listed(names, body, "member", seated, method="seat_list")


def read_seat_heading(names: Names, heading: Block) -> Iterator[Membership]:
    """A municipality as the heading of the people who sit for it."""
    named = names.at(heading.start, heading.end)
    body = names.subject_of(heading)
    is_alone = len(named) == 1 and not names.is_body(named[0].organisation_id) and named[0].end - named[0].start >= len(heading.text) - 2
    if is_alone and body and any(SEATS.search(above.text) for above in names.document.headings_above(heading)):
        evidence = Evidence(heading.text, heading.start, heading.end, "seat_heading", 0.75)
        yield Membership(body, named[0].organisation_id, "member", evidence)


# "ingår i följande nätverk:", "är delägare i följande bolag:": the items are bodies, and the owner has a part in them
PART_IN = re.compile(r"\b(?:ingår|medlem(?:mar)?|delägare|med|deltar|samverkar|samarbetar)\s(?:i|av)\b", re.I)


def read_own_part(names: Names, lead: tuple[str, str | None, str], parties: list[tuple[tuple[int, int], Party]]) -> list[Membership]:
    """The owner's part in the bodies of a list that says what it is a part of; [] for any other list."""
    owner = names.owner_id
    bodies = [(line, party) for line, party in parties if names.is_body(party.organisation_id)]
    if not owner or names.is_body(owner) or len(bodies) < len(parties) or not PART_IN.search(lead[2]):
        return []
    text = names.document.text
    return [
        Membership(party.organisation_id, owner, lead[0], Evidence(text[start:end], start, end, "list_of_bodies", 0.8), "implied")
        for (start, end), party in bodies
    ]


def find_inner_lead(names: Names, block: Block) -> tuple[tuple[str, str | None, str], list[tuple[int, int]]] | None:
    """A lead-in that is a line of the list's own block, and the lines after it: "I förbundet ingår kommunerna:" over line breaks."""
    lines = block.lines()
    for number, (start, end) in enumerate(lines[:-1]):
        text = names.document.text[start:end]
        if text.endswith(":") and (lead := read_lead(names, Sentence(text, start, block))):
            return lead, lines[number + 1 :]
    return None


def has_person(names: Names, line: tuple[int, int]) -> bool:
    """Whether the block of a line, the line before it or the table row that it is a cell of names a person."""
    text, block = names.document.text, names.document.block_at(line[0])
    first = text.rfind("\n", 0, block.start if block else line[0]) + 1
    last = text.find("\n", line[1])
    return PERSON_BEFORE.search(text, first, last if last >= 0 else len(text)) is not None


def find_lead(names: Names, first: Block, before: Block | None) -> tuple[str, str | None, str] | None:
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
        return read_lead(names, sentence)
    return None


def read_outer_item(names: Names, item: Block) -> tuple[str, str | None, str] | None:
    """A body that is an item whose inner list names its members."""
    bodies = [m for m in names.at(item.start, item.end) if names.is_body(m.organisation_id)]
    return ("member", bodies[0].organisation_id, item.text) if len(bodies) == 1 and bodies[0].start == item.start else None


def is_first_under(names: Names, block: Block, heading: Block) -> bool:
    """Whether a list is what its heading announces: nothing but a sentence or two stands between them."""
    blocks = names.document.blocks
    between = blocks[heading.index + 1 : block.index]
    return len(between) <= 2 and not any(b.group >= 0 for b in between)


def read_lead(names: Names, sentence: Sentence) -> tuple[str, str | None, str] | None:
    """Role and body that a lead-in states."""
    if NOT_NOW.search(sentence.text) or (sentence.block.kind == "heading" and FORMER_HEADING.search(sentence.text)):
        return None
    role = next((role for role, pattern in LIST_ROLES if pattern.search(sentence.text)), None)
    if role is None:
        return None
    block = sentence.block
    body = find_body(names, sentence.start, sentence.end, block)
    if body is None and role == "partner":
        body = names.owner_id
    if body is None and not WE.search(sentence.text):
        body = names.subject_of(block)
    return role, body or names.subject_of(block), sentence.text


def first_parties(names: Names, start: int, end: int) -> list[Party]:
    """The parties of a line: all that a short line enumerates, the first of a longer one."""
    parties = find_parties(names, start, end)
    if len(parties) in (2, 3) and end - start > 120:
        return parties[:1]  # an item that tells about its member names others on the way
    return parties


def make_listed(
    names: Names, body: str, role: str, parties: list[tuple[tuple[int, int], Party]], method: str = "member_list"
) -> Iterator[Membership]:
    """Memberships of a list, each with its own line as evidence."""
    if role == "owner" and names.kind_of(body) in ("municipal_association", "coordination_association", "association"):
        role = "member"
    text = names.document.text
    for (start, end), party in parties:
        if party.organisation_id == body:
            continue
        evidence = Evidence(text[start:end], start, end, method, 0.85 if party.basis == "named" else 0.75)
        share = SHARE.search(text, start, end)
        own_role = "adjunct" if ADJUNCT.search(text, party.end, end) else role
        is_host = True if HOST.search(text, start, end) else None
        yield Membership(
            body, party.organisation_id, own_role, evidence, party.basis, is_host, float(share[1].replace(",", ".")) if share else None
        )
