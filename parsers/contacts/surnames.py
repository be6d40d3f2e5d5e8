"""Names with the surname first: "Ekdal, Eva (M)"."""

import re

from parsers.contacts.persons import GIVEN, INITIAL, SMALL, WORD, has_given_name, is_name

_INITIAL_ALONE = re.compile(INITIAL)
# "Ahlfors, Birgitta", "von Essen, Carl-Johan (M)": the surname first.
_REVERSED = re.compile(
    rf"(?P<surname>(?:(?:{SMALL})[  ])?{WORD}(?:[  ](?:{WORD}|{SMALL})){{0,2}}),[  ]{{0,2}}"
    rf"(?P<given>{WORD}(?:[  ](?:{WORD}|{INITIAL})){{0,2}})"
    rf"(?=[  ]?[(,;]|\s*\Z)"
)


def read_reversed_person(text: str, *, is_surely_name: bool = False) -> tuple[int, str] | None:
    """Where the name that a text begins with ends, and the name ("Ahlfors, Birgitta (M)" is "Birgitta Ahlfors"); None where it is no such.

    A given name has to be a common one, unless the column's head says that it is a name.
    """
    match = _REVERSED.match(text) if "," in text else None
    if match is None:
        return None
    surname, given = match["surname"], match["given"]
    if not is_surely_name and not (all(_is_given(word) for word in given.split()) and surname.casefold() not in GIVEN):
        return None
    words = [*given.split(), *surname.split()]
    return (match.end(), " ".join(words)) if is_name(words) else None


def _is_given(word: str) -> bool:
    return has_given_name(word) or _INITIAL_ALONE.fullmatch(word) is not None
