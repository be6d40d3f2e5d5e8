"""Dates that the text states: when bodies were formed, what holds how long, meetings, deadlines and what happened when.

Left out, because they date no fact of the page: dates in titles of documents, in links, in news of other pages, in captions without a verb,
copyright years; and the page's own dates, which `parsers.page.metadata` reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.dates.about import Names as Names
from parsers.dates.about import describe_date, find_organisation
from parsers.dates.empty_labels import find_empty_labels
from parsers.dates.labels import find_labelled_dates, find_lone_date
from parsers.dates.lists import ListContexts, begins_line, is_news, kind_of_list, year_of_list
from parsers.dates.rules import VERB, Classified, classify_date
from parsers.page.document import Block, Document
from parsers.page.sentences import Sentence, split_block
from schemas.facts import DatedFact, Evidence, Issue
from schemas.values import dates as values

# Between dates of one enumeration: "26 januari, 22 mars och 24 maj", "24 jan kl 9-15, 3 mars"; not "bildades 1998, och 2012 ...".
GLUE = re.compile(r"(?!,\s+(?:och|samt)\b)(?:\s*(?:,|;|&|/|och|samt|kl\.?\s*[\d.:–-]+|\([^)]{0,60}\)))*\s*", re.I)
# Days that do not exist: "31 april 2024", "30 februari".
IMPOSSIBLE = re.compile(r"(?<!\d)(?:31 (?:april|juni|september|november)|3[01] februari)\b(?: \d{4})?", re.I)
CANCELLED = re.compile(r"\binställ[td]", re.I)
COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\)", re.I)
# A line that is a document's title, unless it has a verb: "Protokoll från sammanträde 12 maj 2023".
DOCUMENT = re.compile(
    r"\W*(?:protokoll|minnesanteckningar|kallelse|dagordning|handlingar|föredragningslista|rapport|beslut|remissvar|pdf)\b", re.I
)
# "Under 2018 sammanträder direktionen 19 mars ...": the year is that of the days in the sentence.
UNDER_YEAR = re.compile(r"\b(?:under|för|år)\s+$", re.I)
# "För 2025 är de satta till 20 mars": what the sentence before names.
ANAPHOR = re.compile(
    r"\b(?:(?:är|hålls|blir|infaller)\s+(?:de|dessa)|(?:de|dessa)\s+(?:är|hålls|blir|infaller|äger)|datumen|dagarna|tiderna|tillfällena|they)\b(?!\s+två)",
    re.I,
)
# The year of a vision or agenda is part of its name: "visionen Göteborg 2035".
VISION = re.compile(r"\b(?:vision\w*|agenda|målbild\w*|färdplan\w*)\b[^,.;]{0,40}$", re.I)
PICTURE = re.compile(r"\W*(?:foto\w*|bild(?:en)?|illustration)\b(?!\w)", re.I)
FROM = re.compile(r"\b(?:från|from)\s+(?:år\s+|den\s+)?$", re.I)
UNTIL = re.compile(
    r"\b(?:till|löper\s+ut|upphör|slutar|until|slutdatum|(?:till\s+och\s+med|t\.?\s?o\.?\s?m)\.?)\s*:?\s+(?:år\s+|den\s+)?$", re.I
)
SHORTEST_ENTRY = 8  # characters that tell what a date of a chronicle is of: "2004 Ny ordning"
# A quick look: digits, or a month ("vid mötet i oktober").
MAY_HOLD_DATE = re.compile(r"[0-9]|\bi (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)")
MOST_DATES = 60  # of a sentence; what has more is data, not a sentence
LONGEST_LINE = 100  # of a line in a list that is quoted whole

Span = tuple[int, int, str]
"""A date: start, end, EDTF."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date at offsets in its sentence, and the span of the enumeration that it stands in."""

    start: int
    end: int
    edtf: str
    group: tuple[int, int]


def find_dates(document: Document, names: Names) -> Iterator[DatedFact | Issue]:
    """The dated facts of a page in the order of the text, each once, and an issue for each day that does not exist.

    A date in a heading counts only where the text does not repeat it.
    """
    for hit in IMPOSSIBLE.finditer(document.text):
        yield Issue("date_impossible", f'There is no such day: "{hit[0]}".', dataset="dates", field="edtf", value=hit[0])
    yield from find_empty_labels(document)
    lists = ListContexts(document)
    stated = [(block, fact) for block, dates in dates_by_block(document) for fact in read_block(lists, block, dates, names)]
    in_text = {(fact.kind, fact.edtf) for block, fact in stated if block.kind != "heading"}
    seen = set()
    for block, fact in stated:
        key = (fact.kind, fact.edtf, fact.about)
        if key not in seen and not (block.kind == "heading" and key[:2] in in_text):
            seen.add(key)
            yield fact


def dates_by_block(document: Document) -> Iterator[tuple[Block, list[Span]]]:
    """The blocks with dates that may be facts, each with its dates at offsets in the page's text."""
    own = {date.end for date in (*find_labelled_dates(document), find_lone_date(document)) if date and date.end is not None}
    for block in document.blocks:
        if not MAY_HOLD_DATE.search(block.text):
            continue
        dates = [date for start, end in block.lines() for date in dates_of_line(document.text, start, end) if date[1] not in own]
        if dates and not is_news(document, block) and not (block.zone == "footer" and COPYRIGHT.search(block.text)):
            yield block, dates


def dates_of_line(text: str, start: int, end: int) -> list[Span]:
    """The dates between two offsets of the text, at offsets in it: no date runs over a line's end."""
    return [(start + first, start + last, edtf) for first, last, edtf in values.find_dates(text[start:end])]


def read_block(lists: ListContexts, block: Block, dates: list[Span], names: Names) -> Iterator[DatedFact]:
    """The facts of one block."""
    previous = ""
    for sentence in join_row_label(lists, block, join_labels(lists.document, split_block(block))):
        inside = [(s - sentence.start, e - sentence.start, edtf) for s, e, edtf in dates if sentence.start <= s and e <= sentence.end]
        if 0 < len(inside) <= MOST_DATES:
            yield from read_sentence(lists, sentence, group_dates(sentence.text, inside), names, previous)
        previous = sentence.text


def join_row_label(lists: ListContexts, block: Block, sentences: Iterator[Sentence]) -> Iterator[Sentence]:
    """The sentences of a block, the first joined with the label beside it: "Undertecknat | 2023-12-14"."""
    label = lists.label_of(block) if block.kind in ("cell", "definition") else None
    for sentence in sentences:
        if label is not None:
            sentence, label = Sentence(lists.document.text[label.start : sentence.end], label.start, block), None
        yield sentence


def join_labels(document: Document, sentences: Iterator[Sentence]) -> Iterator[Sentence]:
    """The sentences, each label ("Projektperiod:") joined with what follows it in its line."""
    label: Sentence | None = None
    for sentence in sentences:
        if label is not None and "\n" not in document.text[label.end : sentence.start]:
            sentence = Sentence(document.text[label.start : sentence.end], label.start, sentence.block)
        elif label is not None:
            yield label
        label = sentence if sentence.text.endswith(":") else None
        if label is None:
            yield sentence
    if label is not None:
        yield label


def group_dates(sentence: str, dates: list[Span]) -> list[Found]:
    """The dates of a sentence with their enumerations; a year that only one of an enumeration tells is that of all."""
    groups: list[list[Span]] = []
    for date in dates:
        if groups and GLUE.fullmatch(sentence, groups[-1][-1][1], date[0]):
            groups[-1].append(date)
        else:
            groups.append([date])
    found = []
    for group in groups:
        years = {edtf[:4] for _, _, edtf in group if edtf[:4].isdigit()}
        year = years.pop() if len(years) == 1 and len(group) > 1 else None
        found += [Found(s, e, with_year(edtf, year), (group[0][0], group[-1][1])) for s, e, edtf in group]
    return found


def with_year(edtf: str, year: str | None) -> str:
    """A date without a year in a year, where it is told."""
    dated = edtf.replace("XXXX", year) if year else edtf
    return dated if dated == edtf or values.read_date(dated) else edtf  # 29 February


def read_sentence(lists: ListContexts, sentence: Sentence, dates: list[Found], names: Names, previous: str) -> Iterator[DatedFact]:
    """The facts of one sentence or line; the one before it tells what "de" are ("Rådet har två möten. För 2025 är de satta till ...")."""
    text, facts = sentence.text, []
    frame = year_of_sentence(text, dates)
    for date in dates:
        if date is frame or is_ignored(lists, sentence, date):
            continue
        told, year = judge_date(lists, sentence, date, [d for d in dates if d is not frame])
        if told and told.method == "sentence_with_verb" and ANAPHOR.search(text) and kind_of_list([previous]) == "meeting":
            told = Classified("meeting", "meetings_before", 0.8, told.start, told.end)
        if told is not None and not is_introduction(text, date, told):
            year = frame.edtf if frame else year
            facts.append((date, told, close_edtf(told, with_year(date.edtf, year), text[max(0, date.start - 40) : date.start])))
    spans = [(date.start, date.end) for date in dates]
    for date, told, edtf in facts:
        if not is_repeated(told.kind, edtf, [other for _, _, other in facts]):
            yield make_fact(lists, sentence, date, told, edtf, spans, names)


def year_of_sentence(text: str, dates: list[Found]) -> Found | None:
    """The bare year that a sentence puts before days: "Under 2018 sammanträder direktionen 19 mars", "Mötesdagar 2024: 26 januari"."""
    years = [
        d
        for d in dates
        if len(d.edtf) == len("2018") and (UNDER_YEAR.search(text[max(0, d.start - 20) : d.start]) or text[d.end : d.end + 1] == ":")
    ]
    has_days = any(d.edtf.startswith("XXXX-") for d in dates)
    return years[0] if has_days and len(years) == 1 else None


def judge_date(lists: ListContexts, sentence: Sentence, date: Found, dates: list[Found]) -> tuple[Classified | None, str | None]:
    """The kind of a date, and the year that its surroundings give it: by words of its sentence, else by what stands over its list."""
    text, (start, end) = sentence.text, date.group
    bounds = (max((d.end for d in dates if d.end <= start), default=0), min((d.start for d in dates if d.start >= end), default=len(text)))
    told = classify_date(text, start, end, date.edtf, bounds)
    is_told = told is not None and told.method != "sentence_with_verb"
    if is_told or not begins_line(text[max(0, sentence.block.start - sentence.start) : start]):
        return told, None
    contexts = lists.over(sentence.block)
    if column := lists.kind_of_column(sentence.block) or lists.kind_of_label(sentence.block):
        return Classified(column, "column_head", 0.88, date.start, date.end), year_of_list(contexts)
    kind = kind_of_list(contexts)
    if sentence.block.kind == "heading":
        is_stretch = told is None and not re.search(r"\w", text[end:])
        return (Classified(kind or "event", "days_heading", 0.75, 0, len(text)), None) if is_stretch else (told, None)
    if kind in ("meeting", "deadline") or (kind == "event" and told is None and len(text) - end > SHORTEST_ENTRY):
        return Classified(kind, f"{kind}_list", 0.88, date.start, line_end(text, date)), year_of_list(contexts)
    return told, None


def line_end(text: str, date: Found) -> int:
    """Where the quotation of a date in a list ends: at the end of a short line, else with the date."""
    return len(text) if len(text) <= LONGEST_LINE and date.end == date.group[1] else date.end


def is_ignored(lists: ListContexts, sentence: Sentence, date: Found) -> bool:
    """Whether a date stands in a link, a document's title, a picture's credit, a vision's name or a heading that is no stretch of days."""
    block, start, end = sentence.block, sentence.start + date.start, sentence.start + date.end
    text = sentence.text
    if any(i.tag == "a" and i.start <= start and end <= i.end for i in block.inlines) and "senast" not in text.casefold():
        return True
    if PICTURE.match(text) or (DOCUMENT.match(text) and not VERB.search(text)) or VISION.search(text[max(0, date.start - 80) : date.start]):
        return True
    if lists.is_head(block) and len(date.edtf) == len("2018"):  # "Möte | 2025" over days without a year
        return True
    return block.kind == "heading" and "/" not in date.edtf


def is_introduction(text: str, date: Found, told: Classified) -> bool:
    """Whether a sentence gives but the year of a list below: "Direktionen sammanträder så här under 2018:"."""
    return len(date.edtf) == len("2018") and text.endswith(":") and told.kind in ("meeting", "deadline")


def close_edtf(told: Classified, edtf: str, before: str) -> str:
    """What holds may have an open side ("löper ut 2024"); of all else it is the day itself: "från och med den 15 januari"."""
    if told.kind != "valid":
        return edtf.removesuffix("/..").removeprefix("../")
    if "/" in edtf:
        return edtf
    return f"../{edtf}" if told.method == "runs_out" or UNTIL.search(before) else f"{edtf}/.." if FROM.search(before) else edtf


def is_repeated(kind: str, edtf: str, others: list[str]) -> bool:
    """Whether another date of the sentence says it too: "mandatperioden 2022-2026, alltså till och med 2026"."""
    return kind == "valid" and edtf.startswith("../") and any(other.endswith(edtf[2:]) for other in others if other != edtf)


def make_fact(
    lists: ListContexts, sentence: Sentence, date: Found, told: Classified, edtf: str, spans: list[tuple[int, int]], names: Names
) -> DatedFact:
    """The fact, with the words from the trigger to the date as its evidence."""
    start, end = sentence.start + min(told.start, date.start), sentence.start + max(told.end, date.end)
    document, row = lists.document, lists.row_of(sentence.block)
    left, right = min(row[0].start, sentence.start), max(row[-1].end, sentence.end)
    body = find_organisation(names, sentence.block, left, right, sentence.start + date.start)
    about = describe_date(document, names, sentence.block, told.kind, sentence.text, spans, body)
    following = min((s for s, _ in spans if s >= date.end), default=len(sentence.text))
    if CANCELLED.search(sentence.text, date.end, following):
        about = f"{about} (inställt)" if about else "inställt"
    evidence = Evidence(document.text[start:end], start, end, told.method, told.confidence)
    return DatedFact(body, told.kind, edtf, about, evidence)
