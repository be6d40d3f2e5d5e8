"""Dates in lists and tables, whose kind and year the heading, the sentence above or the head of the column tells."""

import re
from bisect import bisect_left

from parsers.dates.labels import leads_elsewhere
from parsers.dates.words import WORDS, whole_words
from parsers.page.document import Block, Document
from schemas.values.dates import find_dates

LISTS = {kind: whole_words(WORDS["lists"][kind]) for kind in ("deadline", "meeting", "event")}
HEADS = {kind: whole_words(WORDS["heads"][kind]) for kind in ("since", "valid", "founded", "event")}
NEWS = re.compile(rf"\W*{whole_words(WORDS['lists']['news']).pattern}", re.I)
CALENDAR = re.compile(rf"\W*{whole_words(WORDS['lists']['calendar']).pattern}", re.I)
TIME_LABEL = re.compile(rf"\s*{whole_words(WORDS['times']['labels']).pattern}\s*:?\s*", re.I)
TIMES = {kind: whole_words(WORDS["times"][kind]) for kind in ("meeting", "event")}
CLOCK = re.compile(r"\bkl(?:ockan|\.)?\s*\d|\d[.:]\d\d\s*[–-]\s*\d")
# The head of the column of dates in a time table: "Datum | Vad händer?".
DATE_HEAD = re.compile(r"\W*(?:datum|dag|dagar|tid|tidpunkt|när|år|period|date|dates|when|time|year|day)\b", re.I)
# What may stand between the words of an entry and the date that ends it: "Utbildning i samverkan, Skara, 4 maj 2025".
BEFORE_LAST = re.compile(r"\w[^.:;]*(?:,|\s[–-])\s+(?:den\s+)?$")
# A line that begins with a date, after a bullet, a number, a weekday, a word such as "Datum", or words and a colon ("Torsdagar kl. 13: ").
LINE_LEAD = re.compile(
    r"[\s•·*–-]*(?:\d{1,2}[.)]\s+)?(?:(?:datum|tid|när|vecka\s+\d+,?|möte\s+\d+)\s*:?\s*)?$|(?:[^\n:!?]|:\S){1,80}:\s+$", re.I
)
# "Sammanträdestider 2020", "under 2018:"; not "2020-2023", "2018:4".
YEAR = re.compile(r"(?<![\d/.:–-])(?:19|20)\d{2}(?!\d|\s?[:/–-]\s?\d)")
LONGEST_LABEL = 50  # characters of a label beside a date: "Projektperiod", "Datum för beslut"
DATE_ALONE = re.compile(
    r"\d{1,2}[ \xa0](?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:[ \xa0]\d{4})?|\d{1,2}/\d{1,2}|\d{4}-\d\d-\d\d", re.I
)
LONGEST_ENTRY = 100  # characters of an entry that ends in its date
FARTHEST = 40  # blocks: how far above a date in a run of paragraphs their introduction may stand


def is_news(document: Document, block: Block) -> bool:
    """Whether a block tells of other pages: it stands under "Nyheter", "Protokoll" or the like."""
    if is_teaser_beside(block):
        return True
    is_linked = block.zone != "content" or any(leads_elsewhere(inline) for inline in block.inlines)
    return any(
        heading.level > 1 and (NEWS.match(heading.text) or (is_linked and CALENDAR.match(heading.text)))
        for heading in document.headings_above(block)
    )


def is_teaser_beside(block: Block) -> bool:
    """Whether an item of the side column is a date and a link to what it is of: "14 okt [Styrelsemöte]"."""
    leads = sum(i.end - i.start for i in block.inlines if leads_elsewhere(i))
    return block.zone == "aside" and block.kind == "item" and leads * 2 > len(block.text)


def begins_line(text: str) -> bool:
    """Whether what stands before a date leaves it the first thing of its line."""
    return LINE_LEAD.fullmatch(text) is not None


def ends_entry(block: Block, text: str, start: int, end: int) -> bool:
    """Whether a date is the last thing of an entry of a list: "Kurs i samverkan, Skara, 4 maj 2025"."""
    return (
        block.kind == "item" and not text[end:].strip(" .") and len(text) <= LONGEST_ENTRY and bool(BEFORE_LAST.fullmatch(text, 0, start))
    )


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

    def words_beside(self, block: Block) -> str | None:
        """The text of a row after its first cell, the block, or of the definition after a term; None where it is no time table's."""
        if block.kind == "term" and block.index + 1 < len(self.document.blocks):
            beside = [self.document.blocks[block.index + 1]]
        elif block.cell is not None and block.cell[1] == 0 and len(self.row_of(block)) > 1:
            beside = self.row_of(block)[1:]
            heads = self.rows.get((block.group, 0), [])
            if heads and all(head.is_header for head in heads) and (block in heads or not DATE_HEAD.match(heads[0].text)):
                return None
        else:
            return None
        words = " ".join(cell.text for cell in beside if not cell.is_all_links)
        return words if re.search(r"[^\W\d_]{4}", words) else None

    def is_label_of_date(self, block: Block) -> bool:
        """Whether the value beside a label is the date, and the label's own none: "Budget 2027 beslutas | 20 november 2026"."""
        row = self.row_of(block)
        if len(row) != 2 or row[0] is not block or len(block.text) > LONGEST_LABEL or DATE_ALONE.fullmatch(block.text.strip()):
            return False
        return next(iter(find_dates(row[1].text)), (1,))[0] == 0 and not self.is_head_of_column(block)

    def kind_of_time(self, block: Block, text: str, start: int) -> str | None:
        """What the day behind "Tid:" is of, by the page's title, else an event where it has a clock time; None without such a label."""
        line = text[:start].rsplit("\n", 1)[-1]
        above = self.document.blocks[block.index - 1].text if block.index > 0 and not line.strip() else line
        label = self.label_of(block)
        if not (TIME_LABEL.fullmatch(above) or (label and TIME_LABEL.fullmatch(label.text))):
            return None
        title = self.document.title() or ""
        return next((kind for kind, words in TIMES.items() if words.search(title)), "event" if CLOCK.search(text, start) else None)

    def is_head_of_column(self, block: Block) -> bool:
        """Whether a cell heads a column, and does not begin the first row of a table without heads: "2004 | Förbundet bildas"."""
        return block.cell is not None and self.is_head(block) and (block.cell[1] > 0 or all(cell.is_header for cell in self.row_of(block)))

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
