"""Persons of whom nothing is to be read: their names, phones, e-mails and addresses, found in any spelling and masked at equal length."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from schemas.masking import MASK, Span, mask_spans, merge_spans
from schemas.values.email import find_emails
from schemas.values.phone import read_phone
from schemas.values.whitespace import drop_invisible

Phrase = tuple[str, ...]
"""Words in lower case: ("anna", "svensson")."""
Word = tuple[int, int, str]

_INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff]*"  # "Svens\u00adson" is one word
_LETTER = rf"(?:[^\W_]|{MASK})"  # a word that is masked still parts those around it
_WORD = rf"{_LETTER}(?:{_INVISIBLE}{_LETTER})*"
WORD = re.compile(f"({_WORD})")
# In HTML what stands between two words of a name may be a tag or a space by its name: "<b>Anna</b>&nbsp;Svensson".
WORD_BETWEEN_TAGS = re.compile(rf"<[^<>]*>|&(?:nbsp|#160|#[xX][aA]0);|({_WORD})")
# Within a line of text, beside the words of which it is marked what changed: "0303-33 01 <del>16</del>".
MARK = re.compile(r"</?(?:a|b|del|em|i|ins|mark|span|strong|u)(?:\s[^<>]*)?>")
# "0303-33 01 16", "+46 (0)303/330116"; in Markdown a line may end where a blank was
DIGITS = re.compile(r"[0-9](?:(?:[^\w<>,;:]{0,3}|\s{0,4}\\?[-–/]?\s{0,4})[0-9])*")
PREFIXES = ("00460", "0046", "460", "46", "0")  # what may stand before the number of the area, the longest first
LEAST_DIGITS = 7
"""Of a number in a person's evidence that is taken for a phone; a postal code has five."""


@dataclass(frozen=True)
class Persons:
    """What persons are known by."""

    names: frozenset[Phrase] = frozenset()
    """Two words at least: a first name alone says nothing of whom it means."""
    addresses: frozenset[Phrase] = frozenset()
    phones: frozenset[str] = frozenset()
    """E.164."""
    emails: frozenset[str] = frozenset()
    """In lower case."""

    def __bool__(self) -> bool:
        return bool(self.names or self.addresses or self.phones or self.emails)

    def __or__(self, other: "Persons") -> "Persons":
        return Persons(self.names | other.names, self.addresses | other.addresses, self.phones | other.phones, self.emails | other.emails)

    def __sub__(self, other: "Persons") -> "Persons":
        return Persons(self.names - other.names, self.addresses - other.addresses, self.phones - other.phones, self.emails - other.emails)

    def find(self, text: str) -> list[Span]:
        """Where a text says any of it, in order; spans do not overlap."""
        if not self:
            return []
        words = list_words(text, WORD)
        spans = {*self._find_phrases(words), *self._find_phones(text), *self._find_emails(text)}
        if "<" in text or "&" in text:
            spans.update(self._find_phrases(list_words(text, WORD_BETWEEN_TAGS)))
        if self.phones or self.emails or self._locals:
            spans.update(self._find_between_marks(text))
        return merge_spans(spans)

    def is_in(self, text: str | None) -> bool:
        """Whether a text says any of it."""
        return bool(text and self.find(text))

    def mask(self, text: str) -> str:
        """The text with all of it masked, as long as before."""
        return mask_spans(text, self.find(text))

    def _find_phrases(self, words: list[Word]) -> Iterator[Span]:
        """Word by word, so that a tag between two of them stays. Each may have the s of the genitive: "Anna Svenssons"."""
        for place, (_, _, word) in enumerate(words):
            known = self._phrases.get(word, ())
            if word.endswith("s"):
                known += self._phrases.get(word[:-1], ())
            for phrase in known:
                there = words[place : place + len(phrase)]
                if len(there) == len(phrase) and all(map(is_form_of, there, phrase)):
                    yield from ((start, end) for start, end, _ in there)

    def _find_phones(self, text: str) -> Iterator[Span]:
        """By their digits alone, whatever stands between them."""
        for run in DIGITS.finditer(text) if self._numbers else ():
            places = [place for place in range(run.start(), run.end()) if text[place].isdecimal()]
            digits = "".join(text[place] for place in places)
            for length in self._lengths:
                for first in range(len(digits) - length + 1):
                    if digits[first : first + length] in self._numbers:
                        prefix = next((prefix for prefix in PREFIXES if digits[:first].endswith(prefix)), "")
                        yield places[first - len(prefix)], places[first + length - 1] + 1

    def _find_emails(self, text: str) -> Iterator[Span]:
        """The addresses, and those that are made of a name: "anna.svensson@ale.se"."""
        for start, end, address in find_emails(text) if self.emails or self._locals else ():
            if address in self.emails or "".join(re.findall(r"[^\W\d_]+", fold_letters(address.partition("@")[0]))) in self._locals:
                yield start, end

    def _find_between_marks(self, text: str) -> Iterator[Span]:
        """The pieces of phones and e-mails that have tags within."""
        marks = [match.span() for match in MARK.finditer(text)]
        if not marks:
            return
        pieces = list(zip([0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)], strict=True))
        begins = list(accumulate((end - start for start, end in pieces), initial=0))
        bare = "".join(text[start:end] for start, end in pieces)
        for start, end in [*self._find_phones(bare), *self._find_emails(bare)]:
            for place in range(bisect_right(begins, start) - 1, len(pieces)):
                if begins[place] >= end:
                    break
                moved = pieces[place][0] - begins[place]
                yield max(start, begins[place]) + moved, min(end, begins[place + 1]) + moved

    @cached_property
    def _phrases(self) -> dict[str, tuple[Phrase, ...]]:
        """By their first word; a name also as registers have it: "Svensson, Anna"."""
        found: dict[str, set[Phrase]] = {}
        for phrase in {*self.addresses, *(turned for name in self.names for turned in turn_name(name))}:
            found.setdefault(phrase[0], set()).add(phrase)
        return {word: tuple(sorted(phrases)) for word, phrases in found.items()}

    @cached_property
    def _locals(self) -> frozenset[str]:
        """What stands before the @ in addresses made of a name, but for its dots and digits."""
        made = {(name[0], name[-1]) for name in self.names} | set(self.names)
        return frozenset(fold_letters("".join(turned)) for name in made for turned in turn_name(name))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(phone.removeprefix("+46") for phone in self.phones)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(number) for number in self._numbers})


NOBODY = Persons()


def describe_persons(
    names: Iterable[str | None] = (),
    phones: Iterable[str | None] = (),
    emails: Iterable[str | None] = (),
    addresses: Iterable[str | None] = (),
) -> Persons:
    """What is said of persons, in the forms in which it is looked for; names of one word and missing values are left out."""
    split = {split_words(name) for name in names if name}
    return Persons(
        frozenset(name for name in split if len(name) > 1),
        frozenset(words for address in addresses if address and (words := split_words(address))),
        frozenset(phone for phone in map(read_phone, filter(None, phones)) if phone),
        frozenset(email.lower() for email in emails if email),
    )


def find_parts(text: str, name: Collection[str]) -> list[Span]:
    """Where evidence of a person says a part of the name ("Svensson (s)"), a phone or an e-mail of anybody."""
    words = ((start, end) for start, end, word in list_words(text, WORD) if word in name or word.removesuffix("s") in name)
    phones = ((run.start(), run.end()) for run in DIGITS.finditer(text) if sum(map(str.isdecimal, run[0])) >= LEAST_DIGITS)
    return merge_spans({*words, *phones, *((start, end) for start, end, _ in find_emails(text))})


def is_form_of(word: Word, wanted: str) -> bool:
    """Whether a word of a text is the wanted one, or its genitive."""
    return word[2] in (wanted, wanted + "s")


def list_words(text: str, expression: re.Pattern[str]) -> list[Word]:
    """Start, end and form in lower case of each word."""
    return [(*match.span(1), fold_word(match[1])) for match in expression.finditer(text) if match[1]]


def split_words(text: str) -> Phrase:
    """The words of a name or an address."""
    return tuple(word for *_, word in list_words(unicodedata.normalize("NFC", text), WORD) if MASK not in word)


def fold_word(word: str) -> str:
    """In lower case, as composed as can be, without what nobody sees."""
    return unicodedata.normalize("NFC", drop_invisible(word)).casefold()


def fold_letters(text: str) -> str:
    """As an e-mail address spells a name: "asa" of "Åsa"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter))


def turn_name(name: Phrase) -> Iterator[Phrase]:
    """The name, and each form of it that begins with a later word."""
    return (name[place:] + name[:place] for place in range(len(name)))
