"""Members listed: items, cells and lines under a heading or lead-in, and people who sit for a municipality."""

import re
from collections.abc import Iterator

from parsers.members.list_leads import SORTS, Lead, find_inner_lead, find_lead, read_lead
from parsers.members.parties import Party, find_parties
from parsers.members.seats import SEATS, has_person, read_seat_heading
from parsers.names.page_names import Names
from parsers.page.document import Block
from parsers.page.sentences import Sentence
from parsers.page.tables import MEMBER_COLUMN, ROLE_COLUMN, find_tables
from schemas.facts import Evidence, Issue, Membership
from schemas.values import read_date

ADJUNCT = re.compile(r"\badjungera", re.I)  # "Länsstyrelsen (adjungerad)" in a list of members
HOST = re.compile(r"\bvärd(?:kommun|\b)", re.I)
# "Ale (sedan 2014)", "Ale kommun, sedan 1 januari 2014"
SINCE_BESIDE = re.compile(r"(?:,| \(|,? medlem) ?(?:sedan|från(?: och med)?) ([^(),;\n]{4,30})")
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
    yield from find_shared_lines(names)


# "BODY – vi äger 34 procent, A 33 procent och B 33 procent"
HOLDS = re.compile(r"\s?[–:,-]\s[^.]*?\b(?:äger|ägs|har|aktier)\b")


def find_shared_lines(names: Names) -> Iterator[Membership]:
    """The owners of a company that begins a line, each beside its share."""
    text = names.document.text
    for block in names.document.blocks:
        for start, end in block.lines() if "procent" in block.text or "%" in block.text else ():
            named = names.at(start, end)
            is_company = named and named[0].start == start and names.kind_of(named[0].organisation_id) == "company"
            if len(named) < 2 or not is_company or not HOLDS.match(text, named[0].end, end):
                continue
            evidence = Evidence(text[start:end], start, end, "share_line", 0.85)
            for owner in named[1:]:
                if share := SHARE_BESIDE.match(text, owner.end):
                    yield Membership(
                        named[0].organisation_id, owner.organisation_id, "owner", evidence, share=float(share[1].replace(",", "."))
                    )
            if names.owner_id and (own := OWN_SHARE.search(text, start, end)):
                share_held = float(own[1].replace(",", ".")) if own[1] else None
                yield Membership(named[0].organisation_id, names.owner_id, "owner", evidence, share=share_held)


SHARE_BESIDE = re.compile(r" (?:äger |har |med |till )?\(?(\d{1,3}(?:[,.]\d{1,2})?) ?(?:procent|%)")
OWN_SHARE = re.compile(r"\b(?:vi|kommunen) äger (?:(\d{1,3}(?:[,.]\d{1,2})?) ?(?:procent|%))?")


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
    heading = names.document.heading_of(block)
    if len(named) == 1 and heading is not None and heading.level > 2 and SORTS.match(heading.text):
        return named[0].end - named[0].start >= len(block.text) - 1  # "Region Östergötland" alone under "Regionen"
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
    is_seated = any(SEATS.search(heading.text) for heading in names.document.headings_above(run[0]))
    if lead is None and not is_seated and not run[0].cell:
        return  # nothing announces members here
    parties = [(line, party) for line in lines for party in first_parties(names, *line)]
    if lead and parties:
        role, body, text = lead
        if OWNED.search(text) or (PART_IN.search(text) and names.owner_id and not names.is_body(names.owner_id)):
            part = read_own_part(names, lead, parties)
            yield from part
            if part:
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
            told = [(line, p) for line, p in parties if role != "partner" or line[1] - line[0] < LONGEST_NAMING or p.start == line[0]]
            yield from make_listed(names, body, role, told)
        return
    heading = names.document.heading_of(run[0])
    if heading and not parties and any(has_person(names, line) for line in lines):
        yield from read_seat_heading(names, heading)
    seated = [(line, party) for line, party in parties if has_person(names, line)]
    if heads := find_seat_rows(names, run, parties):
        body = names.subject_of(run[0])
        yield from make_listed(names, body, "member", heads, method="seat_rows") if body and names.is_body(body) else ()
        return
    if heading and seated and len(seated) > 1 and is_seated:
        body = names.subject_of(run[0])
        if body and names.is_body(body):
            yield from make_listed(names, body, "member", seated, method="seat_list")


LONGEST_NAMING = 60  # characters of an item that names a partner; a longer one tells about the one that it begins with
SEAT_HEADS = re.compile(r"^(?:ordinarie|ledamot|ledamöter|ersättare|suppleant(?:er)?|namn)\b", re.I)
LONGEST_REMARK = 25  # characters after a municipality that is a row of its own: "Ale kommun (från 2025-01-01)"


def find_seat_rows(names: Names, run: list[Block], parties: list[tuple[tuple[int, int], Party]]) -> list[tuple[tuple[int, int], Party]]:
    """The municipalities that are rows of their own in a table of seats, each over the people who sit for it; [] of another table."""
    if not run[0].cell or not any(SEAT_HEADS.search(block.text) for block in run if block.cell and block.cell[0] == 0):
        return []
    rows = [(line, p) for line, p in parties if p.start == line[0] and line[1] - p.end <= LONGEST_REMARK and not has_person(names, line)]
    return rows if len(rows) > 1 and len(rows) == len(parties) else []


# "ingår i följande nätverk:", "är delägare i följande bolag:": the items are bodies, and the owner has a part in them
PART_IN = re.compile(
    r"\b(?:ingår|medlem(?:mar)?|delägare|med|deltar|samverkar|samarbetar)\s(?:i|av)\b"
    r"|\bwe\s(?:belong to|are (?:a )?(?:members?|part) of)\b",
    re.I,
)


# "har fyra helägda dotterbolag:": the items are what is owned
OWNED = re.compile(r"\b(?:hel|del|sam)ägda (?:dotter)?bolag\b|\bdotterbolag\b|\bintressebolag\b", re.I)


def read_own_part(names: Names, lead: Lead, parties: list[tuple[tuple[int, int], Party]]) -> list[Membership]:
    """The part of the page's owner, or of the body that the lead names, in the bodies of a list; [] where others stand in it."""
    role, body, words = lead
    is_named = body is not None and any(form in words for form in names.organisations[body].other_names)
    owner = body if is_named and OWNED.search(words) else names.owner_id
    leading = dict(reversed(parties))  # the first of each line; others stand in what is told about it
    bodies = [(line, p) for line, p in leading.items() if names.is_body(p.organisation_id) and p.organisation_id != owner]
    if not owner or len(bodies) < len(leading):
        return []
    text = names.document.text
    return [
        Membership(party.organisation_id, owner, role, Evidence(text[start:end], start, end, "list_of_bodies", 0.8), "implied")
        for (start, end), party in bodies
    ]


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
        since = SINCE_BESIDE.match(text, party.end, end)
        yield Membership(
            body, party.organisation_id, own_role, evidence, party.basis, is_host,
            float(share[1].replace(",", ".")) if share else None, read_date(since[1]) if since else None,
        )  # fmt: skip
