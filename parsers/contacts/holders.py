"""Holders of one office named in a row, each with the place: "kommuncheferna: Eva Ekdal (Granvik), Bo Berg (Lillsele) och ..."."""

import re
from collections.abc import Iterator

from parsers.contacts.drafts import Draft
from parsers.contacts.parts import WORDS
from parsers.contacts.persons import PARTY, find_persons
from parsers.page.document import Block

PLURALS: dict[str, str] = WORDS["plural_roles"]
_PLURAL = re.compile(rf"\b(?P<stem>[\wåäö-]*)(?P<ending>{'|'.join(sorted(PLURALS, key=len, reverse=True))})\b", re.IGNORECASE)
_PLACE = re.compile(r"\s*\((?P<place>[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖa-zåäö][\w-]+){0,2})\)")
_LINK = re.compile(r"\s*(?:,|;|och|samt|,\s*och)\s*")
LONGEST_LEAD = 160  # characters between the office and the first name


def find_holders(block: Block) -> Iterator[Draft]:
    """A draft for every person of such a row; nothing where a name lacks its place or no office stands before in the sentence."""
    if block.text.count("(") < 2 or not _PLURAL.search(block.text):
        return
    run: list[tuple[int, int, str, str]] = []
    for start, end, name in find_persons(block.text):
        place = _PLACE.match(block.text, end)
        if place is None or PARTY.fullmatch(place[0]):
            continue
        if run and not _LINK.fullmatch(block.text[run[-1][1] : start]):
            yield from describe_run(block, run)
            run = []
        run.append((start, place.end(), name, place["place"]))
    yield from describe_run(block, run)


def describe_run(block: Block, run: list[tuple[int, int, str, str]]) -> Iterator[Draft]:
    """The drafts of a row of two names or more."""
    role = read_shared_role(block.text, run[0][0]) if len(run) > 1 else None
    for start, end, name, place in run if role else ():
        draft = Draft(block, name, role, place=place, context="office", method="office_line", confidence=0.85)
        draft.spans = [(block.start + start, block.start + end)]
        yield draft


def read_shared_role(text: str, before: int) -> str | None:
    """The office in the plural nearest before a position in its sentence, in the singular: "bibliotekscheferna" is "bibliotekschef"."""
    sentence = max(text.rfind(mark, 0, before) for mark in (". ", "! ", "? ", "\n")) + 1
    found = list(_PLURAL.finditer(text, max(sentence, before - LONGEST_LEAD), before))
    return found[-1]["stem"] + PLURALS[found[-1]["ending"].casefold()] if found else None
