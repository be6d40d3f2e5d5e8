"""Dates that are no facts of the page: in links, titles of documents, credits of pictures, names of visions, habits and labels."""

import re

from parsers.dates.enumerations import Found
from parsers.dates.lists import ListContexts
from parsers.dates.rules import VERB
from parsers.dates.words import WORDS, any_of, whole_words
from parsers.page.sentences import Sentence
from schemas.values.date_forms import MONTH

# A line that is a document's title, unless it has a verb: "Protokoll från sammanträde 12 maj 2023".
DOCUMENT = re.compile(
    r"\W*(?:protokoll|minnesanteckningar|kallelse|dagordning|handlingar|föredragningslista|rapport|beslut|remissvar|pdf)\b", re.I
)
# The year of a vision or agenda is part of its name: "visionen Göteborg 2035".
VISION = re.compile(r"\b(?:vision\w*|agenda|målbild\w*|färdplan\w*)\b[^,.;]{0,40}$", re.I)
# So is that of a budget: "Budgeten för 2026 är 13 miljoner".
BUDGET = re.compile(rf"(?<!\w)(?:{any_of(WORDS['budgets']['words'])})\s+(?:för|in|under)\s+(?:år\s+)?$", re.I)
PICTURE = re.compile(r"\W*(?:foto\w*|bild(?:en)?|illustration)\b(?!\w)", re.I)
# When a person was born: "född 1961", "Ebba Ek (f. 1999)".
BIRTH = re.compile(r"(?:\b(?:född|föddes|born)|(?<!\w)f\.)\s(?:år\s|den\s|i\s(?:\w+\s){1,2})?$", re.I)
# What is done every year: "Rådet sammanträder i maj och november"; not "på mötet i oktober".
HABIT = whole_words(WORDS["habits"]["words"])
MONTH_AFTER = re.compile(rf"\s*(?:,|och|samt|eller|and)\s+(?:i\s+)?{MONTH}(?!\s+(?:19|20)\d\d)", re.I)
MONTH_BEFORE = re.compile(rf"{MONTH}\s*(?:,|och|samt|eller|and)\s+i\s+$", re.I)


def is_left_out(lists: ListContexts, sentence: Sentence, date: Found) -> bool:
    """Whether a date is none of the page's facts."""
    block, start, end = sentence.block, sentence.start + date.start, sentence.start + date.end
    text, before = sentence.text, sentence.text[max(0, date.start - 80) : date.start]
    if any(i.tag == "a" and i.start <= start and end <= i.end for i in block.inlines) and "senast" not in text.casefold():
        return True
    if PICTURE.match(text) or (DOCUMENT.match(text) and not VERB.search(text)) or VISION.search(before) or BIRTH.search(before):
        return True
    if date.is_year and (BUDGET.search(before) or lists.is_head_of_column(block)):  # "Möte | 2025" over days without a year
        return True
    return (block.kind == "heading" and "/" not in date.edtf) or is_habit(text, date) or lists.is_label_of_date(block)


def is_habit(text: str, date: Found) -> bool:
    """Whether a month without a year is told as one of every year."""
    if date.edtf[:4] != "XXXX" or date.edtf.count("-") != 1:
        return False
    return bool(HABIT.search(text) or MONTH_AFTER.match(text, date.end) or MONTH_BEFORE.search(text[: date.start]))
