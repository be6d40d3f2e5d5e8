"""The role that stands right before a name in running text: "via förbundssekreterare Eva Ekdal"."""

import re

from parsers.contacts.persons import MODIFIERS, SENTENCE_WORDS, is_role_word, read_role


def read_role_before(text: str, start: int) -> tuple[int, int, str] | None:
    """The role whose last word stands right before a name on its line: "Södertäljes stadsdirektör", "regionstyrelsens ordförande"."""
    offset = max(0, start - 90, text.rfind("\n", 0, start) + 1)
    words = list(re.finditer(r"[^\s,.;:()–]+(?:\.(?=\s[a-zåäö]))?", text[offset:start]))
    if not words or text[offset + words[-1].end() : start].strip() or not is_role_word(words[-1][0]):
        return None
    first = len(words) - 1
    while (
        first > 0
        and text[offset + words[first - 1].end() : offset + words[first].start()].strip() == ""
        and belongs(words[first - 1][0], words, first)
    ):
        first -= 1
    begin = offset + words[first].start()
    end = offset + words[-1].end()
    role = read_role(text[begin:end])
    return (begin, end, role) if role else None


def belongs(word: str, words: list[re.Match[str]], index: int) -> bool:
    """Whether a word before a role belongs to it: a modifier, a small genitive, or the first half of "hälso- och sjukvårdsdirektör"."""
    folded = word.casefold()
    if folded == "och":
        return index > 1 and words[index - 2][0].endswith("-")
    return folded in MODIFIERS or word.endswith("-") or (folded.endswith("s") and folded not in SENTENCE_WORDS and len(word) > 4)
