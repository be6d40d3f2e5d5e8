"""What kind of fact a date is, and its year: by the words of its sentence, else by what stands beside or over it."""

import re

from parsers.dates.about import AGREEMENT
from parsers.dates.enumerations import Found
from parsers.dates.lists import ListContexts, begins_line, ends_entry, kind_of_list, year_of_list
from parsers.dates.rules import VERB, Classified, classify_date
from parsers.page.sentences import Sentence

SHORTEST_ENTRY = 8  # characters that tell what a date of a chronicle is of: "2004 Ny ordning"
LONGEST_LINE = 100  # of a line in a list that is quoted whole
# "Ale gick med 2010, Lerum 2012 och Lilla Edets kommun 2015": the verb is that of the date before.
ELLIPSIS = re.compile(r"(?:,?\s+(?:och|samt|and)|,)\s+(?=[A-ZÅÄÖ])(?:[^\s,.;:()]+\s+){1,6}")
# What ends an agreement: "Borås den 3 december 2019".
SIGNATURE = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ][a-zåäöé]+)?,?\s+")


def judge_date(lists: ListContexts, sentence: Sentence, date: Found, dates: list[Found]) -> tuple[Classified | None, str | None]:
    """The kind of a date, and the year that the list around it gives; None for what tells no fact. `dates`: all of the sentence."""
    text, (start, end) = sentence.text, date.group
    bounds = (max((d.end for d in dates if d.end <= start), default=0), min((d.start for d in dates if d.start >= end), default=len(text)))
    told = classify_date(text, start, end, date.edtf, bounds)
    is_told = told is not None and told.method != "sentence_with_verb"
    begins = begins_line(text[max(0, sentence.block.start - sentence.start) : start])
    if is_told and begins:
        contexts = lists.over(sentence.block)
        return told, year_of_list(contexts) if kind_of_list(contexts) else None
    if is_told or not (begins or ends_entry(sentence.block, text, start, end)):
        return told or judge_signature(lists, sentence, date), None
    return judge_entry(lists, sentence, date, told)


def judge_entry(lists: ListContexts, sentence: Sentence, date: Found, told: Classified | None) -> tuple[Classified | None, str | None]:
    """The kind and year of a date that begins its line or ends the entry of a list, by its column, label, list, row or page."""
    text, block, end = sentence.text, sentence.block, date.group[1]
    contexts = lists.over(block)
    if column := lists.kind_of_column(block) or lists.kind_of_label(block):
        return Classified(column, "column_head", 0.88, date.start, date.end), year_of_list(contexts)
    kind = kind_of_list(contexts)
    if block.kind == "heading":
        is_stretch = told is None and not re.search(r"\w", text[end:])
        return (Classified(kind or "event", "days_heading", 0.75, 0, len(text)), None) if is_stretch else (told, None)
    has_words = len(text) - (end - date.start) > SHORTEST_ENTRY
    if kind in ("meeting", "deadline") or (kind == "event" and told is None and has_words):
        return Classified(kind, f"{kind}_list", 0.88, date.start, line_end(text, date)), year_of_list(contexts)
    if row := judge_row(lists, sentence, date):
        return row, year_of_list(contexts)
    if told is None and (kind := lists.kind_of_time(block, text, date.start)):
        return Classified(kind, "time_label", 0.85, date.start, date.end), None
    return told, None


def judge_row(lists: ListContexts, sentence: Sentence, date: Found) -> Classified | None:
    """The kind of a date alone in the first cell of its row, by the words beside it, of a bare year by these only: "4 maj 2025 | Möte"."""
    beside = lists.words_beside(sentence.block)
    if beside is None or sentence.block.text.strip() != sentence.text[date.start : date.end]:
        return None
    words = f"{sentence.block.text} {beside}"
    length = len(sentence.block.text)
    told = classify_date(words, 0, length, date.edtf, (0, len(words)))
    if told is not None and told.method != "sentence_with_verb":
        return Classified(told.kind, told.method, told.confidence * 0.95, date.start, date.end)
    is_telling = told is not None or not sentence.text[date.start : date.end].isdecimal()
    return Classified("event", "dated_row", 0.8, date.start, date.end) if is_telling else None


def judge_coordinated(text: str, before: tuple[Found, Classified], date: Found) -> Classified | None:
    """The kind of a date whose verb stands with the date before: "Ale gick med 2010 och Lerum 2012"; None where it has its own."""
    other, told = before
    between = text[other.end : date.start]
    if told.method == "sentence_with_verb" or not ELLIPSIS.fullmatch(between) or VERB.search(between):
        return None
    if "/" in other.edtf or "/" in date.edtf:
        return None
    start = other.end + len(between) - len(between.lstrip(" ,"))
    return Classified(told.kind, "coordinated", told.confidence * 0.95, start, date.end)


def judge_signature(lists: ListContexts, sentence: Sentence, date: Found) -> Classified | None:
    """The day on which an agreement was signed, where a line of its text is but place and day."""
    is_line = sentence.text.strip() == sentence.block.text.strip() and date.end >= len(sentence.text.rstrip(" ."))
    if not is_line or len(date.edtf) != len("2019-12-03") or not SIGNATURE.fullmatch(sentence.text, 0, date.start):
        return None
    title = lists.document.title() or ""
    return Classified("event", "signature_line", 0.8, 0, date.end) if AGREEMENT.search(title) else None


def line_end(text: str, date: Found) -> int:
    """Where the quotation of a date in a list ends: at the end of a short line, else with the date."""
    return len(text) if len(text) <= LONGEST_LINE and date.end == date.group[1] else date.end
