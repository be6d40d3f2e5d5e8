"""The year of a date that is written without one, where its sentence, its entry or its heading gives it; nothing farther off does."""

import re
from itertools import pairwise

from parsers.dates.enumerations import Found
from parsers.dates.lists import LISTS, year_of_list
from parsers.dates.words import WORDS, any_of
from parsers.page.document import Block, Document

MEETING = any_of((*WORDS["lists"]["meeting"], *WORDS["frames"]["occasions"]))
# "Under 2018 sammanträder direktionen 19 mars", "För 2025 är de satta till 20 mars", "Datumen för 2025 är 24 januari"; not "Ansökan om
# medel för 2027 ska vara inne den 15 september": what is applied for lies in that year.
UNDER_YEAR = re.compile(
    rf"\b(?:under|år)\s+$|(?:^\W*|\b(?:{any_of(WORDS['frames']['days'])}|{MEETING})\s+)(?:för|for|in)\s+(?:år\s+)?$|^\W*in\s+$", re.I
)
# "Årsmötet 2026 hålls ...": the year names the occasion.
OCCASION = re.compile(rf"(?<!\w)(?:{MEETING})\s+(?:för\s+|under\s+|år\s+|in\s+)?$", re.I)
# "Sista dag att söka till läsåret 2026/2027 är ...".
LAST_DAY = re.compile(rf"(?<!\w)(?:{any_of(WORDS['lists']['deadline'])})(?!\w)[^.;:]*$", re.I)
IS_HELD = re.compile(rf"\s+(?:{any_of(WORDS['frames']['verbs'])})(?:\s+(?:på|till|on|for))?\s+$", re.I)


def find_frame(text: str, dates: list[Found]) -> Found | None:
    """The bare year that a sentence puts before days: "Under 2018 sammanträder direktionen 19 mars", "Mötesdagar 2024: 26 januari"."""
    years = [d for d in dates if d.is_year and (UNDER_YEAR.search(text[max(0, d.start - 60) : d.start]) or text[d.end : d.end + 1] == ":")]
    period = find_subject_period(text, dates)
    if not years and period is not None and period.is_year and OCCASION.search(text[max(0, period.start - 60) : period.start]):
        years = [period]
    has_days = any(d.edtf.startswith("XXXX-") for d in dates)
    return years[0] if has_days and len(years) == 1 else None


def find_subject_period(text: str, dates: list[Found]) -> Found | None:
    """The years in the name of what is on a day: "Årsmötet 2026 hålls den 28 maj", "Sista dag att söka till 2026/2027 är 16 maj"."""
    for period, day in pairwise(dates):
        is_period = period.is_year or re.fullmatch(r"\d{4}/\d{4}", period.edtf)
        if is_period and day.edtf.count("-") > 1 and IS_HELD.fullmatch(text, period.end, day.start):
            before = text[max(0, period.start - 90) : period.start]
            if OCCASION.search(before) or LAST_DAY.search(before):
                return period
    return None


def year_over(document: Document, block: Block, kind: str) -> str | None:
    """The year in the nearest heading that tells of dates of this kind: "Möten 2026" over "Vårens möte hölls den 21 april"."""
    words = LISTS.get(kind)
    for heading in document.headings_above(block):
        if words is not None and words.search(heading.text):
            return year_of_list([heading.text])
    return None


def year_of_entry(block: Block, kind: str, edtf: str, days: list[str]) -> str | None:
    """The year of a deadline within the entry of what it is for, and before it: "20 maj 2026 Frukostmöte. Anmäl dig senast 8 maj."

    `days`: the dates of the entry.
    """
    full = [day for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    if kind != "deadline" or block.kind not in ("item", "cell", "definition") or len(full) != 1 or not edtf.startswith("XXXX-"):
        return None
    year = full[0][:4]
    return year if edtf.replace("XXXX", year) <= full[0] else None
