"""Words before a number that are a department or function ("Lönesupport: 08-..."), not a label of what the number is."""

from parsers.contacts.parts import WORDS, read_label
from parsers.contacts.persons import SENTENCE_WORDS

ANAPHORS = frozenset(WORDS["units"]["anaphors"])
GENITIVES = frozenset(WORDS["units"]["anaphor_genitives"])
NO_UNITS = frozenset(WORDS["units"]["none"])
ENGLISH = frozenset(WORDS["units"]["english"])
DESKS = frozenset(WORDS["units"]["desks"])


def is_heading_name(text: str) -> bool:
    """Whether a text may head values: a few words with a capital first, no sentence."""
    words = text.casefold().split()
    return text[:1].isupper() and len(words) <= 7 and SENTENCE_WORDS.isdisjoint(words)


def is_unit_label(text: str) -> bool:
    """Whether a text before a number is a function ("Lönesupport"), not a label ("Telefon vardagar 9-12") or a remark ("Frågor")."""
    words = text.casefold().split()
    if not ENGLISH.isdisjoint(words) or (len(words) > 1 and words[-1] in ("at", "on", "by")):
        return False
    return not (NO_UNITS & {text.casefold(), words[0]} or any(map(str.isdigit, text))) and read_label(words[0]) is None


def is_function(text: str) -> bool:
    """Whether it is one noun in the definite form: "ring kassan"."""
    return " " not in text and text.islower() and len(text) > 4 and text.endswith(("en", "et", "an", "in"))


def ends_in_anaphor(text: str) -> bool:
    """Whether the last two words are those of a body's own office: "... ringer du förbundets växel"."""
    words = text.casefold().split()
    return len(words) > 1 and words[-2] in GENITIVES and (read_label(words[-1]) == "switchboard" or words[-1] in ("kansli", "kontor"))
