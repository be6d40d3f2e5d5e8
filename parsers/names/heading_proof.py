"""Whether the text under a heading speaks of it as of a body; a capital alone proves nothing: "Sök Feriejobb", "Välkommen till Nödinge"."""

import re
from collections.abc import Iterator

from parsers.names.body_patterns import UP
from parsers.names.body_words import LABELS, guess_kind

# What only a body has round its name. The first stand before it: "är medlem i", "bildade"; "I ... ingår" goes on after it.
JOINS = re.compile(
    r"(?:\b(?:medlem\w*|ingår|anslut\w+|delägare|representera\w+|företräd\w+|members?|belongs?|membership)\b[^.!?\n]{0,60}"
    r"\b(?:i|av|till|in|of|to)"
    r"|\b(?:bildade|bildat|grundade|grundat|under namnet|under beteckningen|går med i|gick med i|gått med i|är med i|varit med i"
    r"|set up|founded|joined|formed))(?: the)? [”\"]?$",
    re.I,
)
# People take part in a week or a summer job; where municipalities or the like do, it is one of their bodies.
TAKES_PART = re.compile(
    r"\b(?:deltar|delta|deltagit|medverkar|engagera\w+|parter?|partner|ägare|part|participat\w+|partners?)\b[^.!?\n]{0,60}"
    r"\b(?:i|av|till|in|of|to)(?: the)? [”\"]?$",
    re.I,
)
PARTIES = re.compile(
    r"kommun|region|landsting|län\b|myndighet|organisation|städer|parter\b|medlem|municipalit|cities|countries|members?\b|partners\b|universit",
    re.I,
)
NAMES = re.compile(rf"{UP}\w+(?:,| och| samt| and) {UP}")
INVERTED = re.compile(r"(?:^|[.!?:\n] ?)(?:I|In|Inom) (?:the )?$")
GOES_ON = re.compile(
    r"(?: \([^)]*\))? (?:ingår|deltar|medverkar)\b|(?: \([^)]*\))?,? (?:\w+ )?(?:partners|members|kommuner)\b"
    r"|,? (?:som|där) (?:har|det finns) [\w-]+ medlem"
)
# "I X samverkar", "Vi samarbetar i X": people do so at a place too, so that the name must look like more than one.
WORKS_THERE = re.compile(r"(?: \([^)]*\))? (?:samverkar|samarbetar|samlas|möts|träffas)\b")
# What a body does or undergoes: "bildades 1996", "består av", "har tio medlemmar", "är tänkt att stärka samverkan".
IS_BODY = re.compile(
    r"(?: \([^)]*\))?s? (?:bildades|grundades|består av|utgörs av|ägs|samlar|företräder|verkar för"
    r"|har [\w-]+ (?:medlem|parter\b|ägare\b|delägare\b|kommuner\b)"
    r"|(?:är tänkt att|syftar till att|har till uppgift att|ska) [^.\n]{0,30}(?:samverkan|samarbetet)\b"
    r"|was (?:founded|formed|set up)|consists of|brings together|represents|has [\w-]+ (?:members?|partners?)\b)"
)
IS_A = re.compile(r"(?: \([^)]*\))? (?:är|is) (?:också )?(?:ett|en|an?|the) ([^.\n]{0,60})")
IS_A_NOUN = re.compile(
    r"\b[\wåäö]*(?:nätverk|samarbete|samverkan|förbund|bolag|förening|projekt|organisation|stiftelse|nämnd|network|cooperation|association|project|body"
    r"|partnership|alliance)\b"
)
# What the English text of a project says of it, whose name has several words: "Care Without Miles tests how".
DOES = re.compile(r" (?:is about|aims to|tests|supports|works for)\b")
DISTINCT = re.compile(rf"[\w-]+ .*{UP}|{UP}{UP}|\w+{UP}")
BESIDE = re.compile(rf" {UP}")


def stands_as_body(name: str, text: str) -> bool:
    """Whether a text speaks of a name as of a body: others are members of it or set it up, it has parties, it is a network ..."""
    is_distinct = DISTINCT.match(name) is not None
    return any(is_body_there(text, start, start + len(name), is_distinct=is_distinct) for start in find_word(name, text))


def is_body_there(text: str, start: int, end: int, *, is_distinct: bool) -> bool:
    """Whether the words round a name tell a body; not where it is a part of a longer name, as "Avfall" of "Avfall Sverige"."""
    before = text[max(0, start - 110) : start]
    if BESIDE.match(text, end):
        return False
    if JOINS.search(before) or is_labelled(before) or IS_BODY.match(text, end):
        return True
    after = re.split(r"[.!?\n]", text[end : end + 160])[0]
    if TAKES_PART.search(before) and has_parties(re.split(r"[.!?\n]", before)[-1] + after):
        return True
    if INVERTED.search(before) and has_parties(after) and (GOES_ON.match(after) or (is_distinct and WORKS_THERE.match(after))):
        return True
    described = IS_A.match(text, end)
    return bool(described and IS_A_NOUN.search(described[1])) or (is_distinct and DOES.match(text, end) is not None)


def has_parties(sentence: str) -> bool:
    """Whether a sentence speaks of municipalities or the like, or lists names."""
    return PARTIES.search(sentence) is not None or NAMES.search(sentence) is not None


def is_labelled(before: str) -> bool:
    """Whether the word right before a name says what it is: "samarbetet Bibliotek i Väst"."""
    words = before.split()
    return bool(words) and before.endswith(" ") and words[-1].casefold() in LABELS


def guess_described_kind(name: str, text: str) -> str | None:
    """The kind that the word right before a name says, or that it is said to be: "samarbetet Bibliotek i Väst", "X är ett nätverk"."""
    for start in find_word(name, text):
        words = text[max(0, start - 30) : start].split()
        if words and (kind := LABELS.get(words[-1].casefold())):
            return kind
        described = IS_A.match(text, start + len(name))
        if described and (noun := IS_A_NOUN.search(described[1])) and (kind := guess_kind(noun[0])):
            return kind
    return None


def find_word(name: str, text: str) -> Iterator[int]:
    """Where a name stands in a text as whole words, in the nominative or genitive."""
    start = text.find(name)
    while start >= 0:
        after = text[start + len(name) : start + len(name) + 2]
        is_whole = not after[:1].isalnum() or (after[:1] == "s" and not after[1:].isalnum())
        if is_whole and not text[start - 1 : start].isalnum():
            yield start
        start = text.find(name, start + 1)
