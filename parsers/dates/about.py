"""Whom a date concerns and what it dates, in words that stay the same when the date moves."""

import re
from typing import Protocol

from parsers.dates.words import WORDS, whole_words
from parsers.page.document import Block, Document
from schemas.facts import Mention

# Kinds that are parties to a body rather than the body that is formed or meets.
PARTIES = frozenset(("municipality", "region", "county_board", "agency", "ministry", "university", "eu"))
AGREEMENT = whole_words(WORDS["about"]["agreements"])
# "ägs av Peab AB sedan 2012", "öppnades 2015 av Balder AB": who did it is not what is dated.
DOER = re.compile(r"\b[a-zåäö]{2,}s (?:\d{4} )?(?:gemensamt )?av $")
# Words that lead up to a date and mean nothing without it: "sedan", "från och med den", "redan år".
LEADS = re.compile(
    r"(?:\s*\b(?:den|år|åren|under|hela|sedan|redan|vid|från|till|och med|fr\.o\.m\.|t\.o\.m\.|i|på|för|perioden|senast|kl|klockan))+\s*$",
    re.I,
)
YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:\s?[–-]\s?(?:20)?\d{2})?(?!\d)")
CLOCK = re.compile(r"\bkl(?:ockan|\.)?\s*\d{1,2}(?:[.:]\d{2})?(?:\s*[–-]\s*\d{1,2}(?:[.:]\d{2})?)?", re.I)
# What is left at the ends when dates are taken out: "26 januari, 22 mars och 24 maj".
ENDS = re.compile(r"^(?:\W|\b(?:och|samt)\b)+|(?:\W|\b(?:och|samt)\b)+$", re.I)
LONGEST = 80  # characters
MOST_READ = 1000  # characters of a sentence, of which 80 are kept


class Names(Protocol):
    """What is known of the organisations that a page names."""

    owner_id: str | None

    document: Document

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions in a span of the text, in order."""

    def kind_of(self, organisation_id: str) -> str:
        """A code of `organisations.kind`."""

    def name_of(self, organisation_id: str) -> str:
        """The canonical name."""

    def subject_of(self, block: Block, *, may_be_lone: bool = True) -> str | None:
        """The body that the block's section is about; None in doubt."""


def find_organisation(names: Names, block: Block, start: int, end: int, date: tuple[int, int], clause_end: int) -> str | None:
    """The body that a date concerns: the one named in `text[start:end]` nearest to the date, else the section's; None in doubt.

    `clause_end`: where the words of the next date may begin; a body beyond counts only where there is no other.
    """
    text = names.document.text
    bodies = [
        mention
        for mention in names.at(start, end)
        if names.kind_of(mention.organisation_id) not in PARTIES and not DOER.search(text[max(start, mention.start - 40) : mention.start])
    ]
    bodies = [body for body in bodies if body.end <= clause_end] or bodies
    if bodies:
        return min(bodies, key=lambda mention: min(abs(mention.start - date[1]), abs(mention.end - date[0]))).organisation_id
    return names.subject_of(block, may_be_lone=False)


def describe_date(
    document: Document, names: Names, block: Block, kind: str, sentence: str, spans: list[tuple[int, int]], body: str | None
) -> str | None:
    """What is dated: an agreement's name, the body, the heading, or the core of the sentence; the dates at `spans` are left out.

    None where none of these has words.
    """
    core = core_of(sentence, spans)
    if kind == "valid" and (named := AGREEMENT.search(core) or AGREEMENT.search(heading_text(document, block) or "")):
        return named[0].casefold()
    if kind in ("founded", "since", "meeting") and body:
        return names.name_of(body)
    if kind in ("meeting", "valid") and (heading := heading_text(document, block)):
        return heading
    return (core if len(core) > 2 else None) or heading_text(document, block)


def heading_text(document: Document, block: Block) -> str | None:
    """The heading above a block, else the page's title."""
    heading = document.heading_of(block)
    text = heading.text if heading else document.title() or ""
    return " ".join(YEARS.sub("", text).split()).strip(" :,–-") or None


def core_of(sentence: str, spans: list[tuple[int, int]]) -> str:
    """A sentence without its dates and what leads up to them, cut at a word's end."""
    parts, position = [], 0
    sentence = sentence[:MOST_READ]
    for start, end in spans:
        parts.append(LEADS.sub("", sentence[position:start]))
        position = end
    parts.append(sentence[position:])
    core = ENDS.sub("", re.sub(r"\s+([.,;:!?])", r"\1", " ".join(CLOCK.sub("", " ".join(parts)).split())))
    return core if len(core) <= LONGEST else core[: core.rindex(" ", 0, LONGEST) if " " in core[:LONGEST] else LONGEST].rstrip(" ,;:–-")
