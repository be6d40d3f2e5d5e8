"""Dates in lists and tables, whose kind and year the heading, the sentence above or the head of the column tells."""

import re

from parsers.date_words import WORDS, whole_words
from parsers.document import Block, Document

LISTS = {kind: whole_words(WORDS["lists"][kind]) for kind in ("deadline", "meeting", "event")}
NEWS = re.compile(rf"\W*{whole_words(WORDS['lists']['news']).pattern}", re.I)
# A line that begins with a date, after a bullet, a number, a weekday or a word such as "Datum:".
LINE_LEAD = re.compile(r"[\s•·*–-]*(?:\d{1,2}[.)]\s+)?(?:(?:datum|tid|när|vecka\s+\d+,?|möte\s+\d+)\s*:?\s*)?$", re.I)
# "Sammanträdestider 2020", "under 2018:"; not "2020-2023", "2018:4".
YEAR = re.compile(r"(?<![\d/.:–-])(?:19|20)\d{2}(?!\d|\s?[:/–-]\s?\d)")
NEAR = 6  # blocks: how far above a list its introduction may stand


def is_news(document: Document, block: Block) -> bool:
    """Whether a block tells of other pages: it stands under "Nyheter", "Protokoll" or the like."""
    return any(heading.level > 1 and NEWS.match(heading.text) for heading in document.headings_above(block))


def begins_line(text: str) -> bool:
    """Whether what stands before a date leaves it the first thing of its line."""
    return LINE_LEAD.fullmatch(text) is not None


def contexts_of(document: Document, block: Block) -> list[str]:
    """The texts that may say what a list's dates are, the nearest first: the column's head, the introduction, headings."""
    contexts = [line for line in block.text.split("\n")[:1] if line.rstrip().endswith(":")]
    if block.cell is not None:
        contexts += [b.text for b in document.blocks if b.group == block.group and b.cell == (0, block.cell[1]) and b is not block]
    contexts += introduction_of(document, block)
    return contexts + [heading.text for heading in document.headings_above(block)]


def introduction_of(document: Document, block: Block) -> list[str]:
    """The last line of the paragraph above a list or table, where it ends in a colon."""
    index = next((i for i, b in enumerate(document.blocks) if b is block), 0)
    for above in reversed(document.blocks[max(0, index - NEAR * 10) : index]):
        if above.kind == "heading":
            break
        if above.group != block.group or block.group == -1:
            line = above.text.rsplit("\n", 1)[-1].rstrip()
            if line.endswith(":"):
                return [re.split(r"(?<=[.!?])\s", line)[-1]]
            if block.group != -1 or not re.search(r"\d", line):
                break
    return []


def kind_of_list(contexts: list[str]) -> str | None:
    """What the dates of a list are by the nearest context that tells; None where none does."""
    for context in contexts:
        for kind, words in LISTS.items():
            if words.search(context):
                return kind
    return None


def year_of_list(contexts: list[str]) -> str | None:
    """The year that the nearest context with years gives, where it is one year only: "Sammanträdestider 2020"."""
    for context in contexts:
        years = set(YEAR.findall(context))
        if years:
            return years.pop() if len(years) == 1 else None
    return None
