"""Dates in lists and tables, whose kind and year the heading, the sentence above or the head of the column tells."""

import re
from bisect import bisect_left

from parsers.dates.words import WORDS, whole_words
from parsers.page.document import Block, Document

LISTS = {kind: whole_words(WORDS["lists"][kind]) for kind in ("deadline", "meeting", "event")}
NEWS = re.compile(rf"\W*{whole_words(WORDS['lists']['news']).pattern}", re.I)
# A line that begins with a date, after a bullet, a number, a weekday or a word such as "Datum:".
LINE_LEAD = re.compile(r"[\s•·*–-]*(?:\d{1,2}[.)]\s+)?(?:(?:datum|tid|när|vecka\s+\d+,?|möte\s+\d+)\s*:?\s*)?$", re.I)
# "Sammanträdestider 2020", "under 2018:"; not "2020-2023", "2018:4".
YEAR = re.compile(r"(?<![\d/.:–-])(?:19|20)\d{2}(?!\d|\s?[:/–-]\s?\d)")
FARTHEST = 40  # blocks: how far above a date in a run of paragraphs their introduction may stand


def is_news(document: Document, block: Block) -> bool:
    """Whether a block tells of other pages: it stands under "Nyheter", "Protokoll" or the like."""
    return any(heading.level > 1 and NEWS.match(heading.text) for heading in document.headings_above(block))


def begins_line(text: str) -> bool:
    """Whether what stands before a date leaves it the first thing of its line."""
    return LINE_LEAD.fullmatch(text) is not None


class ListContexts:
    """What stands over the lists and tables of a page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.heads: dict[tuple[int, int], Block] = {}
        self.first: dict[int, int] = {}
        for index, block in enumerate(document.blocks):
            self.first.setdefault(block.group, index)
            if block.cell is not None and block.cell[0] == 0:
                self.heads.setdefault((block.group, block.cell[1]), block)

    def over(self, block: Block) -> list[str]:
        """The texts that may say what dates are, the nearest first: its first line, its column's head, the introduction, headings."""
        contexts = [line for line in block.text.split("\n")[:1] if line.rstrip().endswith(":")]
        head = self.heads.get((block.group, block.cell[1])) if block.cell else None
        if head is not None and head is not block:
            contexts.append(head.text)
        contexts += self.introduction(block)
        return contexts + [heading.text for heading in self.document.headings_above(block)]

    def introduction(self, block: Block) -> list[str]:
        """The last sentence of the paragraph above a list, where it ends in a colon; above a date in a paragraph other dates may stand."""
        index = self.first[block.group] if block.group != -1 else bisect_left(self.document.starts, block.start)
        for above in reversed(self.document.blocks[max(0, index - FARTHEST) : index]):
            line = above.text.rsplit("\n", 1)[-1].rstrip()
            if above.kind != "heading" and line.endswith(":"):
                return [re.split(r"(?<=[.!?])\s", line)[-1]]
            if above.kind == "heading" or block.group != -1 or not re.search(r"\d", line):
                return []
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
