"""Dates that the text states: when bodies were formed, what holds how long, meetings, deadlines and what happened when.

Left out, because they date no fact of the page: dates in titles of documents, in links, in news of other pages, in captions without a verb,
copyright years; and the page's own dates, which `parsers.page.metadata` reads.
"""

import re
from collections.abc import Iterator

from parsers.dates.about import Names as Names
from parsers.dates.about import describe_date, find_organisation
from parsers.dates.empty_labels import find_empty_labels
from parsers.dates.enumerations import Found, Span, group_dates, with_year
from parsers.dates.judging import judge_coordinated, judge_date
from parsers.dates.labels import find_labelled_dates, find_lone_date
from parsers.dates.left_out import is_left_out
from parsers.dates.lists import ListContexts, is_news, kind_of_list
from parsers.dates.rules import Classified
from parsers.dates.years import find_frame, find_subject_period, year_of_entry, year_over
from parsers.page.content import is_noise
from parsers.page.document import Block, Document
from parsers.page.sentences import Sentence, split_block
from schemas.facts import DatedFact, Evidence, Issue
from schemas.values import dates as values

# Days that do not exist: "31 april 2024", "30 februari". It begins with a digit, which is quickly found.
IMPOSSIBLE = re.compile(r"3(?<!\d3)(?:1 (?:april|juni|september|november)|[01] februari)\b(?: \d{4})?", re.I)
CANCELLED = re.compile(r"\binställ[td]", re.I)
COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\)", re.I)
# "För 2025 är de satta till 20 mars": what the sentence before names.
ANAPHOR = re.compile(
    r"\b(?:(?:är|hålls|blir|infaller)\s+(?:de|dessa)|(?:de|dessa)\s+(?:är|hålls|blir|infaller|äger)|datumen|dagarna|tiderna|tillfällena|they)\b(?!\s+två)",
    re.I,
)
# "Förslaget till plan för 2027 skickas ut": the year names the plan.
NAMED_BY_YEAR = re.compile(r"\w\s+för\s+(?:år\s+)?$", re.I)
FROM = re.compile(r"\b(?:från|from)\s*:?\s+(?:år\s+|den\s+)?$", re.I)
UNTIL = re.compile(
    r"\b(?:till|löper\s+ut|upphör|slutar|until|slutdatum|(?:till\s+och\s+med|t\.?\s?o\.?\s?m)\.?)\s*:?\s+(?:år\s+|den\s+)?$", re.I
)
# After a date: what follows up to the next date is that one's ("Förbundet bildades 2016 och bolaget 1996").
CONJOINED = re.compile(r",?\s+(?:och|samt|men|medan|and)\s|[,;]\s", re.I)
# A quick look: digits, or a month ("vid mötet i oktober").
DIGIT = re.compile("[0-9]")
IN_MONTH = re.compile(r"\b(?:i|av|sist[ae]|första) (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)")
MOST_DATES = 60  # of a sentence; what has more is data, not a sentence


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
        if not (DIGIT.search(block.text) or IN_MONTH.search(block.text)):
            continue
        lines = [(start, end) for start, end in block.lines() if not is_noise(document.text[start:end])]  # "Sidan ändrades senast: ..."
        dates = [date for start, end in lines for date in dates_of_line(document.text, start, end) if date[1] not in own]
        if dates and not is_news(document, block) and not (block.zone == "footer" and COPYRIGHT.search(block.text)):
            yield block, dates


def dates_of_line(text: str, start: int, end: int) -> list[Span]:
    """The dates between two offsets of the text, at offsets in it: no date runs over a line's end."""
    return [(start + first, start + last, edtf) for first, last, edtf in values.find_dates(text[start:end])]


def read_block(lists: ListContexts, block: Block, dates: list[Span], names: Names) -> Iterator[DatedFact]:
    """The facts of one block."""
    previous, days = "", [edtf for _, _, edtf in dates]
    for sentence in join_row_label(lists, block, join_labels(lists.document, split_block(block))):
        inside = [(s - sentence.start, e - sentence.start, edtf) for s, e, edtf in dates if sentence.start <= s and e <= sentence.end]
        if 0 < len(inside) <= MOST_DATES:
            yield from read_sentence(lists, sentence, group_dates(sentence.text, inside), names, previous, days)
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


def read_sentence(
    lists: ListContexts, sentence: Sentence, dates: list[Found], names: Names, previous: str, days: list[str]
) -> Iterator[DatedFact]:
    """The facts of one sentence or line; the one before it tells what "de" are ("Rådet har två möten. För 2025 är de satta till ...").

    `days`: all dates of its block.
    """
    text, block = sentence.text, sentence.block
    facts: list[tuple[Found, Classified, str]] = []
    frame, period = find_frame(text, dates), find_subject_period(text, dates)
    stated = [date for date in dates if date is not frame and date is not period]
    for date in stated:
        if is_left_out(lists, sentence, date):
            continue
        told, year = judge_date(lists, sentence, date, stated)
        if told is None or told.method == "sentence_with_verb":
            told = refine_kind(text, previous, facts, date, told)
        if told is not None and not is_introduction(text, date, told):
            year = (
                frame.edtf
                if frame
                else year or year_over(lists.document, block, told.kind) or year_of_entry(block, told.kind, date.edtf, days)
            )
            facts.append((date, told, close_edtf(told, with_year(date.edtf, year), text[max(0, date.start - 40) : date.start])))
    spans = [(date.start, date.end) for date in dates]
    for date, told, edtf in facts:
        if not is_repeated(told.kind, edtf, [other for _, _, other in facts]):
            yield make_fact(lists, sentence, date, told, edtf, spans, names)


def refine_kind(
    text: str, previous: str, facts: list[tuple[Found, Classified, str]], date: Found, told: Classified | None
) -> Classified | None:
    """The kind of a date that has no words of its own: that of the date before it, of the sentence before, none, else as told."""
    if facts and (coordinated := judge_coordinated(text, facts[-1][:2], date)):
        return coordinated
    if told and date.is_year and NAMED_BY_YEAR.search(text[max(0, date.start - 40) : date.start]):
        return None
    if told and ANAPHOR.search(text) and kind_of_list([previous]) == "meeting":
        return Classified("meeting", "meetings_before", 0.8, told.start, told.end)
    return told


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
    following = min((s for s, _ in spans if s >= date.end), default=len(sentence.text))
    is_followed = following < len(sentence.text) and CONJOINED.match(sentence.text, date.end)
    clause_end = sentence.start + date.end if is_followed else right
    body = find_organisation(names, sentence.block, left, right, (sentence.start + date.start, sentence.start + date.end), clause_end)
    about = describe_date(document, names, sentence.block, told.kind, sentence.text, spans, body)
    if CANCELLED.search(sentence.text, date.end, following):
        about = f"{about} (inställt)" if about else "inställt"
    evidence = Evidence(document.text[start:end], start, end, told.method, told.confidence)
    return DatedFact(body, told.kind, edtf, about, evidence)
