"""Finds registered names in a text: one pass over it, the leftmost and longest name at whole words."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick

from registry.forms import ABBREVIATION, COUNTY, FORMER, FULL, PLACE, PLACE_GENITIVE, NameForm

# Where one spelling has several readings, the first of these that fits is taken.
_RANK = {form: rank for rank, form in enumerate((FULL, ABBREVIATION, FORMER, PLACE, PLACE_GENITIVE, COUNTY))}
# No-break spaces and hyphens count as plain ones: "Lilla\xa0Edets kommun". A line break does not: it parts list items.
_PLAIN = {"\xa0": " ", "\u202f": " ", "\u2007": " ", "\u2010": "-", "\u2011": "-"}


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name at `text[start:end]`. Several ids: the name is shared, and only its surroundings can tell.

    `form`: full | place | place_genitive | abbreviation | former | county (`county_code` is set; the id is the region's, where the
    bare county name might mean it).
    """

    start: int
    end: int
    organisation_ids: tuple[str, ...]
    form: str
    county_code: str | None = None


class NameIndex:
    """The forms of all names, ready to be found."""

    def __init__(self, forms: Iterable[NameForm]) -> None:
        entries: dict[str, list[NameForm]] = {}
        for form in forms:
            entries.setdefault(fold(form.text), []).append(form)
        self._automaton = ahocorasick.Automaton()
        for key, same in entries.items():
            self._automaton.add_word(key, (len(key), sorted(same, key=lambda form: _RANK[form.form])))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[NameHit]:
        """The hits in the order of the text, none overlapping another."""
        plain = make_plain(text)
        hits = []
        for last, (length, forms) in self._automaton.iter(fold(plain)):
            start, end = last + 1 - length, last + 1
            if stands_alone(plain, start, end) and (hit := read_hit(forms, plain[start:end], start)) is not None:
                hits.append(hit)
        return leftmost_longest(hits)

    def readings(self, name: str) -> list[NameForm]:
        """What `name` can stand for as a whole, without regard to case, the likeliest first."""
        _, forms = self._automaton.get(fold(make_plain(name)), (0, []))
        return list(forms)


def make_plain(text: str) -> str:
    """The text with plain blanks and hyphens, of the same length."""
    for character, plain in _PLAIN.items():  # many times faster than str.translate
        text = text.replace(character, plain)
    return text


def read_hit(forms: list[NameForm], words: str, start: int) -> NameHit | None:
    """The best reading of `words` among forms that are spelt alike but for their capitals; None where the capitals fit none."""
    fitting = [form for form in forms if fits_case(form, words)]
    if not fitting:
        return None
    best = [form for form in fitting if form.form == fitting[0].form]
    ids = tuple(dict.fromkeys(form.organisation_id for form in best if form.organisation_id is not None))
    return NameHit(start, start + len(words), ids, best[0].form, best[0].county_code)


def fits_case(form: NameForm, words: str) -> bool:
    """Whether the capitals of `words` are those that the form demands. "SKÖVDE" is Skövde, "mark" is not Mark, "Gr" is not GR."""
    if form.case == "exact":
        return words == form.text
    return form.case == "any" or all(found.isupper() for wanted, found in zip(form.text, words, strict=True) if wanted.isupper())


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether whole words stand at `text[start:end]`, and not a part of a compound or of an address.

    Not "Skövde-modellen", "Ale- och Kungälvsborna", "mellan-Sverige", "info@boverket.se"; but both of "Göteborg-Borås".
    """
    before, after = text[max(start - 2, 0) : start], text[end : end + 4]
    if is_word(before[-1:]) or is_word(after[:1]) or before[-1:] == "@" or after[:1] == "@":
        return False
    if after[:1] == "." and after[1:2].islower():
        return False
    if before[-1:] == "." and is_word(before[:1]) and text[start].islower():
        return False
    if before[-1:] == "-" and before[:1].islower() and not word_before(text, start - 1)[:1].isupper():
        return False
    return not (after[:1] == "-" and (after[1:2].islower() or after[1:3] in (" o", " e", " s")))


def is_word(character: str) -> bool:
    """Whether a character makes its neighbour part of a longer word; "" at an end of the text does not."""
    return character.isalnum() or character in ("_", "\xad") or unicodedata.combining(character or " ") > 0


def word_before(text: str, end: int) -> str:
    """The letters that end at `end`."""
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def leftmost_longest(hits: list[NameHit]) -> list[NameHit]:
    """Of hits that overlap, the one that begins first, and of those the longest: "Kalmar" goes, "Region Kalmar län" stays."""
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def fold(text: str) -> str:
    """The text without case, of the same length: offsets in it are offsets in the text."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    # "ß" folds to "ss", "İ" lowers to two characters: such characters stay as they are.
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
