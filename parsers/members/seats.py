"""People who sit for a municipality: where a line or heading names them, it names a member."""

import re
from collections.abc import Iterator

from parsers.members.triggers import WORDS
from parsers.names.page_names import Names
from parsers.page.document import Block
from schemas.facts import Evidence, Membership

SEATS = re.compile(WORDS["seats"]["pattern"], re.I)
# "Beata Allen (C), Aneby" and "Camilla Blomqvist, socialchef Stenungsund": a person before the municipality.
PERSON_BEFORE = re.compile(r"[A-ZÅÄÖÉ][\wåäöé-]+ (?:[A-ZÅÄÖÉ][\wåäöé-]+)")


def has_person(names: Names, line: tuple[int, int]) -> bool:
    """Whether the block of a line, the line before it or the table row that it is a cell of names a person."""
    text, block = names.document.text, names.document.block_at(line[0])
    first = text.rfind("\n", 0, block.start if block else line[0]) + 1
    last = text.find("\n", line[1])
    return PERSON_BEFORE.search(text, first, last if last >= 0 else len(text)) is not None


def read_seat_heading(names: Names, heading: Block) -> Iterator[Membership]:
    """A municipality as the heading of the people who sit for it."""
    named = names.at(heading.start, heading.end)
    body = names.subject_of(heading)
    is_alone = len(named) == 1 and not names.is_body(named[0].organisation_id) and named[0].end - named[0].start >= len(heading.text) - 2
    if is_alone and body and any(SEATS.search(above.text) for above in names.document.headings_above(heading)):
        evidence = Evidence(heading.text, heading.start, heading.end, "seat_heading", 0.75)
        yield Membership(body, named[0].organisation_id, "member", evidence)
