"""Dates in lists and tables, whose kind and year the heading, the sentence above or the head of the column tells."""

import re
from bisect import bisect_left

from parsers.dates.words import WORDS, whole_words
from parsers.page.document import Block, Document

LISTS = {kind: whole_words(WORDS["lists"][kind]) for kind in ("deadline", "meeting", "event")}
HEADS = {kind: whole_words(WORDS["heads"][kind]) for kind in ("since", "valid", "founded", "event")}
NEWS = re.compile(rf"\W*{whole_words(WORDS['lists']['news']).pattern}", re.I)
# A line that begins with a date, after a bullet, a number, a weekday or a word such as "Datum:".
LINE_LEAD = re.compile(r"[\s•·*–-]*(?:\d{1,2}[.)]\s+)?(?:(?:datum|tid|när|vecka\s+\d+,?|möte\s+\d+)\s*:?\s*)?$", re.I)
# "Sammanträdestider 2020", "under 2018:"; not "2020-2023", "2018:4".
YEAR = re.compile(r"(?<![\d/.:–-])(?:19|20)\d{2}(?!\d|\s?[:/–-]\s?\d)")
LONGEST_LABEL = 50  # characters of a label beside a date: "Projektperiod", "Datum för beslut"
DATE_ALONE = re.compile(
    r"\d{1,2}[ \xa0](?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:[ \xa0]\d{4})?|\d{1,2}/\d{1,2}|\d{4}-\d\d-\d\d", re.I
)
FARTHEST = 40  # blocks: how far above a date in a run of paragraphs their introduction may stand


def is_news(document: Document, block: Block) -> bool:
    """Whether a block tells of other pages: it stands under "Nyheter", "Protokoll" or the like."""
    return is_teaser_beside(block) or any(heading.level > 1 and NEWS.match(heading.text) for heading in document.headings_above(block))


def is_teaser_beside(block: Block) -> bool:
    """Whether an item of the side column is a date and a link to what it is of: "14 okt [Styrelsemöte]"."""
    leads = sum(i.end - i.start for i in block.inlines if i.tag == "a" and not i.href.startswith(("mailto:", "tel:", "#")))
    return block.zone == "aside" and block.kind == "item" and leads * 2 > len(block.text)


def begins_line(text: str) -> bool:
    """Whether what stands before a date leaves it the first thing of its line."""
    return LINE_LEAD.fullmatch(text) is not None


class ListContexts:
    """What stands over the lists and tables of a page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.heads: dict[tuple[int, int], Block] = {}
        self.first: dict[int, int] = {}
        self.rows: dict[tuple[int, int], list[Block]] = {}
        for index, block in enumerate(document.blocks):
            self.first.setdefault(block.group, index)
            if block.cell is not None:
                self.rows.setdefault((block.group, block.cell[0]), []).append(block)
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

    def row_of(self, block: Block) -> list[Block]:
        """The cells of a block's row, itself among them; the block alone outside tables."""
        return self.rows[block.group, block.cell[0]] if block.cell else [block]

    def label_of(self, block: Block) -> Block | None:
        """What stands beside a value: the term before a definition, the first of a row's two cells ("Gäller | t.o.m. 2027")."""
        row = self.row_of(block)
        if block.kind == "definition" and block.index > 0:
            label = self.document.blocks[block.index - 1]
            return label if label.kind == "term" and len(label.text) <= LONGEST_LABEL else None
        is_value = len(row) == 2 and row[1] is block and not row[1].is_header and (row[0].is_header or len(row[0].text) <= LONGEST_LABEL)
        return row[0] if is_value and "\n" not in row[0].text else None

    def kind_of_column(self, block: Block) -> str | None:
        """What the dates of a column are by its head ("Sedan", "Avtalstid"); a head that is a date, like others in its row, is an event."""
        if block.cell is None:
            return None
        head = self.heads.get((block.group, block.cell[1]))
        if self.is_head(block):
            dated = sum(bool(DATE_ALONE.fullmatch(cell.text.strip())) for cell in self.row_of(block))
            return "event" if dated > 1 and DATE_ALONE.fullmatch(block.text.strip()) else None
        return next((kind for kind, words in HEADS.items() if head and words.match(head.text.strip())), None)

    def kind_of_label(self, block: Block) -> str | None:
        """What the date beside a label is by the label ("Startdatum | 1 oktober 2023")."""
        label = self.label_of(block)
        return next((kind for kind, words in HEADS.items() if label and words.match(label.text.strip())), None)

    def is_head(self, block: Block) -> bool:
        """Whether a cell stands in the first of several rows and is no value beside a label."""
        has_rows = block.cell is not None and block.cell[0] == 0 and (block.group, 1) in self.rows
        return has_rows and self.label_of(block) is None

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
