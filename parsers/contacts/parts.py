"""The pieces that lines of contacts are made of, and the labels before them."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from parsers.contacts.persons import SENTENCE_WORDS
from parsers.page.document import Block
from schemas.facts import Mention
from schemas.values.address import Address

WORDS = tomllib.loads(files("parsers.contacts").joinpath("words.toml").read_text("utf-8"))
LABELS: dict[str, str] = {label: kind for kind, labels in WORDS["labels"].items() for label in labels}
TRIM = " \t\n\r ,.;:–—-()[]*•|·\"”'"


class Names(Protocol):
    """The page's organisations, as found before the contacts."""

    @property
    def owner_id(self) -> str | None:
        """The organisation that runs the site."""

    @property
    def organisation_ids(self) -> list[str]:
        """The organisations that the page names, each once."""

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions inside a span of the page's text, in order."""

    def kind_of(self, organisation_id: str) -> str:
        """Kind as in the vocabulary: municipality, region, council ..."""

    def name_of(self, organisation_id: str) -> str:
        """The name it is filed under."""

    def subject_of(self, block: Block, *, by: int | None = None) -> str | None:
        """The body that a block's section is about, or the only one that the page names before `by`; None where it leaves doubt."""


@dataclass(slots=True)
class Part:
    """A piece of a line and what it is."""

    kind: str
    """phone | email | address | label | person | role | list_role | organisation | role_organisation (named within a role) | unit | text"""
    start: int
    end: int
    value: str
    """Number, e-mail, name, role or text; of a label what follows it (`words.toml`); of an organisation its id."""
    address: Address | None = None
    is_markup: bool = False
    """Whether the value stands in a link's target only."""


@dataclass(slots=True)
class Line:
    """One line of a block."""

    start: int
    end: int
    text: str
    block: Block
    parts: list[Part] = field(default_factory=list)
    is_sentence: bool = False
    """Whether it is a long line with words of a sentence and no value."""

    @property
    def has_value(self) -> bool:
        """Whether it states a number, an e-mail or an address."""
        return any(part.kind in ("phone", "email", "address") for part in self.parts)

    @property
    def is_prose(self) -> bool:
        """Whether it is running text rather than a line of a card or list."""
        return self.is_sentence or sum(part.value.count(" ") + 1 for part in self.parts if part.kind == "text") > 7


def is_sentence(line: Line) -> bool:
    """Whether a line is long, has words of a sentence and no value."""
    words = line.text.casefold().split()
    return len(words) > 8 and not line.has_value and not SENTENCE_WORDS.isdisjoint(words)


@lru_cache(maxsize=2048)
def read_label(text: str) -> str | None:
    """What the value after a label is ("Tfn" phone, "Besöksadress" address, "Sidansvarig" editor); None where the text is no label."""
    return LABELS.get(" ".join(text.split()).strip(" :*").casefold()) if len(text) < 40 else None
