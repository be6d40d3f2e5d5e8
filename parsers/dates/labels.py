"""A page's own dates where it shows them: after a label ("Senast uppdaterad: 4 januari 2024"), or alone beside the heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.dates.words import WORDS, any_of
from parsers.page.content import is_noise
from parsers.page.document import Block, Document, Element, Inline, once_per_page
from parsers.page.stems import holds_stem
from schemas.values.dates import find_dates, read_date

OTHERS = frozenset(WORDS["labels"]["others"])
_LABELS = WORDS["labels"]
# "Senast uppdaterad: ", "Sidan uppdaterades senast den ", "Publicerad 09 april 2026 Uppdaterad ...". It must not match inside prose
# ("avtalet, publicerat 2018, ..."): `find_labels` looks at the beginnings of lines, and after one label for the next.
LABEL = re.compile(
    rf"(?:(?:{any_of(_LABELS['subjects'])})\s+)?(?:(?:{any_of(_LABELS['adverbs'])})\s+){{0,2}}?"
    rf"(?:(?P<updated>{any_of(_LABELS['updated'])})|(?P<published>{any_of(_LABELS['published'])}))(?![\w-])"
    rf"(?:\s+(?:och|and)\s+(?:{any_of(_LABELS['updated'])}))?(?:\s+(?:senast|datum|den|on))*",
    re.I,
)
# Of which every label of an update holds one, its first letter left out since it may be a capital.
UPDATE_STEMS = ("pdatera", "ndrad", "ndrat", "ranska", "ontroller", "edigera", "eviderad", "pdated", "odified", "eviewed", "edited")
# Of which every label holds one, in lower case.
STEMS = (
    "datera", "publ", "ändra", "ranska", "ontrollera", "edigera", "eviderad", "updated", "modified", "reviewed", "edited", "posted",
    "inlag", "upplag", "skapa",
)  # fmt: skip
LEAD = re.compile(r"[\s•·|–—-]*")
# "Inlagt av anna.berg den 12 maj 2025", "Publicerad av: Anna Berg, 12 maj 2025": who did it may stand between.
BETWEEN = re.compile(r"[\s:]*(?:(?:av|by)\s*:?\s+(?:[^\s\d,|]+,?\s+){1,4}?(?=den\s|on\s|\d))?(?:den\s+|dag\s+|on\s+)?", re.I)
NEXT_LABEL = re.compile(r"(?:\s*(?:kl\.?\s*)?\d{1,2}[:.]\d{2}(?::\d{2})?)?(?:\s*[|·•,.;/()–—-]\s*|\s+)(?:och\s+|and\s+)?", re.I)
# What else a line may say before its label: "Nyhet | Publicerad ...", "Ansvarig: Anna Berg Senast uppdaterad: ...". It has a capital there.
INNER_LABEL = re.compile(r"(?:(?<=[|·•–—]\s)|(?<=[\w.)]\s))(?=[A-ZÅÄÖ])")
NEAR = 6  # blocks: as far from a label another item of its list may tell that the list is one of links
LONGEST_LINE = 200  # a line that bears a label is no paragraph
# What may stand beside a lone date: "2022-10-14 Nyhet", "Nyhet | 14 oktober 2022 kl. 13.05"; not "12 maj 2024 kl. 9-12": an event.
LONE_REST = re.compile(
    r"[\s|·•,–—-]*(?:(?:nyhet(?:er)?|pressmeddelande|artikel|aktuellt|news|press release)\b[\s|·•,:–—-]*)?"
    r"(?:(?:kl\.?\s*)?\d{1,2}[:.]\d{2})?\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date of the page itself, as one source states it."""

    field: str
    """published | updated"""
    day: str | None
    """ISO date; None where the label has none."""
    text: str
    start: int | None
    end: int | None
    method: str
    confidence: float
    source: str = "text"


@once_per_page
def find_labelled_dates(document: Document) -> list[PageDate]:
    """The dates behind labels in the order of the text; `day` is None where a label has no full date."""
    found: list[PageDate] = []
    for index, block in enumerate(document.blocks):
        if holds_stem(block.text, STEMS) and not is_teaser(document, index):
            for start, end in block.lines():
                if end - start <= LONGEST_LINE:
                    found += read_labelled_line(document, index, start, end)
    return found


def read_labelled_line(document: Document, index: int, start: int, end: int) -> Iterator[PageDate]:
    """The labels of one line, each with its date."""
    position = LEAD.match(document.text, start, end).end()  # type: ignore[union-attr]  # matches always
    label = match_label(document.text, position, end) or find_inner_label(document.text, position, end)
    while label is not None:
        found = read_date_after(document, index, label, end)
        if found is None:
            return
        yield found
        position = found.end if found.end is not None else label.end()
        separator = NEXT_LABEL.match(document.text, position, end)
        label = match_label(document.text, separator.end(), end) if separator else None


def find_hidden_label(document: Document) -> Iterator[PageDate]:
    """When the page was updated, where the text leaves the label out with the chrome around it (a tool bar)."""
    bearers = [element for element in document.tree.iter("p", "span", "small", "div", "dt", "li") if element.text]
    everything = "\n".join(element.text for element in bearers)
    for element in bearers if holds_stem(everything, STEMS) else ():
        if not holds_stem(element.text, STEMS):
            continue
        text = " ".join("".join(element.itertext()).split()[:20])
        label = match_label(text, 0, len(text))
        if label and label.lastgroup == "updated" and (found := day_at(text, BETWEEN.match(text, label.end()).end(), len(text))):  # type: ignore[union-attr]
            if any(stem in document.source for stem in UPDATE_STEMS):
                yield PageDate("updated", found[1], text[: found[0]], None, None, "hidden_label", 0.85, "markup")
            return


def match_label(text: str, position: int, end: int) -> re.Match[str] | None:
    """The label at a position of the text."""
    label = LABEL.match(text, position, end)
    return label if label and label[label.lastgroup or 0].casefold() not in OTHERS else None


def find_inner_label(text: str, position: int, end: int) -> re.Match[str] | None:
    """The first label with a capital further on in a line."""
    return next((label for gap in INNER_LABEL.finditer(text, position, end) if (label := match_label(text, gap.end(), end))), None)


def read_date_after(document: Document, index: int, label: re.Match[str], end: int) -> PageDate | None:
    """The date behind a label: in its line, in a <time> beside it, or alone in the block below. None where the label is none after all."""
    field = label.lastgroup or "updated"
    gap = BETWEEN.match(document.text, label.end(), end)
    rest = gap.end() if gap else label.end()
    if found := day_at(document.text, rest, end):
        stop, day = found
        return PageDate(field, day, document.text[label.start() : stop], label.start(), stop, "labelled_date", 0.97)
    if markup := read_time_beside(document.blocks[index].element, field):
        return markup
    if rest < end:
        return None  # "Uppdaterad information om ...", "Publicerad av: Webmaster"
    following = document.blocks[index + 1] if end == document.blocks[index].end and index + 1 < len(document.blocks) else None
    if following and following.kind != "heading" and (found := day_at(document.text, following.start, following.end)):
        return PageDate(field, found[1], document.text[label.start() : found[0]], label.start(), found[0], "labelled_date", 0.95)
    return PageDate(field, None, document.text[label.start() : label.end()], label.start(), label.end(), "date_label", 0.9)


def day_at(text: str, position: int, end: int) -> tuple[int, str] | None:
    """Where the full date that begins at a position ends, and the date; None where none begins there."""
    window = text[position : min(end, position + 40)]
    start, stop, edtf = next(iter(find_dates(window)), (-1, -1, ""))
    return (position + stop, edtf) if start == 0 and is_day(edtf) else None


def is_day(edtf: str) -> bool:
    """Whether an EDTF date is one full day."""
    return len(edtf) == len("2024-01-04") and edtf[0] != "X" and "/" not in edtf


def read_time_beside(element: Element, field: str) -> PageDate | None:
    """The date in the attribute of a <time> in the label's element or the one after it, for labels whose <time> shows no full date."""
    for place in (element, element.getnext() if element is not None else None):
        if place is None or not isinstance(place.tag, str):
            continue
        for time in place.iter("time"):
            stated = time.get("datetime") or ""
            day = read_date(stated)
            if day and is_day(day):
                return PageDate(field, day, stated, None, None, "labelled_time", 0.95, "markup")
    return None


def is_teaser(document: Document, index: int) -> bool:
    """Whether a block presents another page: within a link, in a list of links, or beside a heading that is a link."""
    block = document.blocks[index]
    if block.is_all_links:
        return True
    if block.kind == "item":
        beside = document.blocks[max(0, index - NEAR) : index + NEAR + 1]
        return any(leads_elsewhere(inline) for other in beside if other.group == block.group for inline in other.inlines)
    heading = document.heading_of(block)
    if heading is None or heading.level == 1 or not heading.is_all_links:
        return False
    return card_of(heading.element) in block.element.iterancestors()


def leads_elsewhere(inline: Inline) -> bool:
    """Whether it is a link to another page."""
    return inline.tag == "a" and not inline.href.startswith(("mailto:", "tel:", "#"))


def card_of(element: Element) -> Element:
    """The outermost element around another that does not hold the page's h1."""
    card = element
    for outer in element.iterancestors():
        if next(outer.iter("h1"), None) is not None:
            break
        card = outer
    return card


@once_per_page
def find_lone_date(document: Document) -> PageDate | None:
    """The date that stands alone directly above or below the h1: when the news was published, by its position only."""
    index = next((i for i, b in enumerate(document.blocks) if b.kind == "heading" and b.level == 1 and b.zone == "content"), None)
    if index is None:
        return None
    for beside in (reversed(document.blocks[:index]), document.blocks[index + 1 :]):
        near = next((block for block in beside if not is_noise(block.text)), None)  # "Lyssna", "Uppdaterad 4 januari 2024" may lie between
        if near and (found := read_lone_date(near)):
            return found
    return None


def read_lone_date(block: Block) -> PageDate | None:
    """The full date of a block that holds nothing else but a word such as "Nyhet" or a clock time."""
    if len(block.text) > 60 or block.kind not in ("paragraph", "item") or block.zone != "content":
        return None
    dates = find_dates(block.text)
    if len(dates) != 1 or not is_day(dates[0][2]):
        return None
    start, end, day = dates[0]
    if not (LONE_REST.fullmatch(block.text[:start]) and LONE_REST.fullmatch(block.text[end:])):
        return None
    return PageDate("published", day, block.text[start:end], block.start + start, block.start + end, "lone_date", 0.85)
