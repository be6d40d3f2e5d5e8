"""Numbers in digits and words: "tretton", "ett fyrtiotal", "drygt 40", "seventy"."""

import re
from collections.abc import Iterable

UNITS = {
    "två": 2, "båda": 2, "bägge": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12, "tretton": 13,
    "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19,
}  # fmt: skip
TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90}
ROUND = {
    "tjog": 20,
    "dussin": 12,
    "hundratal": 100,
    "hundra": 100,
    "femtiotal": 50,
    "tiotal": 10,
    "tjugotal": 20,
    "trettiotal": 30,
    "fyrtiotal": 40,
    "sextiotal": 60,
    "sjuttiotal": 70,
    "åttiotal": 80,
    "nittiotal": 90,
}
# Of the English pages that some sites have.
ENGLISH = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
WORDS = {
    **ENGLISH,
    **UNITS,
    **TENS,
    **{
        ten + unit: number + UNITS[unit]
        for ten, number in TENS.items()
        for unit in ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
    },
    **{ten + "en": number + 1 for ten, number in TENS.items()},
    **{ten + "ett": number + 1 for ten, number in TENS.items()},
    **ROUND,
}


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; joined by their first letter, so that few are tried at a place."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


NUMBER = rf"(?:\d{{1,3}}|{any_of(WORDS)})"


# What the words of a text are parted by: "(13 kommuner)", "tjugo-tal".
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def holds_number(text: str) -> bool:
    """Whether a number stands in a text, in digits or as a word of its own."""
    return _DIGIT.search(text) is not None or not WORDS.keys().isdisjoint(_WORD.findall(text.casefold()))


def read_number(text: str) -> int | None:
    """The number that a word or digits say ("tretton", "13", "hundratal"); None where they say none."""
    word = text.strip().casefold()
    if re.fullmatch(r"[0-9]{1,9}", word):
        return int(word)
    return WORDS.get(word)
