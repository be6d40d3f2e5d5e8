"""What a slot of a pattern can hold, and the forms in which it is written."""

import random
from dataclasses import dataclass
from datetime import date

from registry.organisations import Organisation, genitive
from tests.parsers.generated.swedish import (
    ENUMERATIONS,
    attributive,
    enumerate_municipalities,
    join_names,
    number_word,
    round_number,
    write_date,
)

MENTIONLESS = ("def", "defgen", "id")
"""Forms that do not name the organisation."""


@dataclass(frozen=True)
class Named:
    """An organisation: a municipality, an agency, a body. `accepted` is what the cases call it."""

    name: str
    accepted: str
    id: str
    definite: str = ""
    place: str = ""
    stem: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The organisations that the slot stands for."""
        return (self.accepted,)

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: "" nominative, gen, def ("förbundet"), defgen, place, placegen, stem ("Ale" before "kommun"), id, any."""
        if form == "any":
            form = rng.choice(("", "place"))
        own = f"{self.name}:s" if self.name.endswith("AB") else genitive(self.name)
        forms = {"": self.name, "gen": own, "def": self.definite, "defgen": genitive(self.definite), "id": self.id}
        return (forms | {"place": self.place, "placegen": genitive(self.place), "stem": self.stem})[form]


@dataclass(frozen=True)
class Several:
    """Municipalities, then other organisations, in one enumeration."""

    municipalities: tuple[Organisation, ...]
    others: tuple[Named, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The organisations that the slot stands for."""
        return (*(m.name for m in self.municipalities), *(other.accepted for other in self.others))

    @property
    def value(self) -> int:
        """How many they are."""
        return len(self.names)

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: those of ENUMERATIONS, "" any of them; items, lines, cells, commas, slashes, dots with full or (…_place) short names."""
        layout, _, short = form.partition("_")
        if layout in LAYOUTS:
            before, between, after = LAYOUTS[layout]
            names = [str(m.place) if short == "place" else m.name for m in self.municipalities] + [other.name for other in self.others]
            return before + between.join(names) + after
        joint = rng.choice(("och", "och", "och", "samt"))
        if not self.others:
            return enumerate_municipalities(self.municipalities, form or rng.choice(ENUMERATIONS), joint)
        return join_names([*(m.name for m in self.municipalities), *(other.name for other in self.others)], joint)


LAYOUTS = {
    "items": ("<li>", "</li><li>", "</li>"),
    "links": ('<li><a href="https://www.exempel.se/">', '</a></li><li><a href="https://www.exempel.se/">', "</a></li>"),
    "lines": ("", "<br>", ""),
    "dashes": ("- ", "<br>- ", ""),
    "bullets": ("• ", "<br>• ", ""),
    "rows": ("<tr><td>", "</td></tr><tr><td>", "</td></tr>"),
    "paragraphs": ("<p>", "</p><p>", "</p>"),
    "headings": ("<h3>", "</h3><p>Läs mer.</p><h3>", "</h3><p>Läs mer.</p>"),
    "dd": ("<dd>", "</dd><dd>", "</dd>"),
    "commas": ("", ", ", ""),
    "slashes": ("", "/", ""),
    "dots": ("", " · ", ""),
    "semicolons": ("", "; ", ""),
}


@dataclass(frozen=True)
class Number:
    """A number; `value` is what it counts."""

    value: float
    names: tuple[str, ...] = ()

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: "" digits or word, digits, word, tens ("ett tjugotal"), comma ("12,5")."""
        if form == "tens":
            return round_number(int(self.value))
        if form == "comma":
            return f"{self.value:g}".replace(".", ",")
        whole = int(self.value)
        return number_word(whole) if form == "word" or (form == "" and whole < 13 and rng.random() < 0.7) else str(whole)


@dataclass(frozen=True)
class Day:
    """A day."""

    day: date
    usual: str = ""
    names: tuple[str, ...] = ()

    def write(self, form: str, rng: random.Random) -> str:
        """Forms of `write_date`; "" the usual one, else any whole date."""
        return write_date(self.day, form or self.usual or rng.choice(("full", "full", "short", "iso")))


@dataclass(frozen=True)
class Person:
    """An invented person."""

    given: str
    family: str
    phone: str
    email: str
    names: tuple[str, ...] = ()

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: "" the name, reversed ("Ekdal, Eva"), given, family, phone, e164, email."""
        e164 = "+46" + "".join(filter(str.isdigit, self.phone))[1:]
        forms = {"": f"{self.given} {self.family}", "reversed": f"{self.family}, {self.given}", "given": self.given, "family": self.family}
        return (forms | {"phone": self.phone, "e164": e164, "email": self.email})[form]


@dataclass(frozen=True)
class Word:
    """A word or year, written as it is; `value` is its code where it has one."""

    text: str
    value: str = ""
    names: tuple[str, ...] = ()

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: "" as it is; gen; `edtf` the same."""
        return genitive(self.text) if form == "gen" else self.text


Value = Named | Several | Number | Day | Person | Word


def municipality_value(municipality: Organisation) -> Named:
    """A municipality as a slot's value: "kommunen" is its definite form."""
    return Named(municipality.name, municipality.name, municipality.id, "kommunen", str(municipality.place), attributive(municipality))


def registered_value(organisation: Organisation, definite: str) -> Named:
    """A region, county board or agency as a slot's value."""
    return Named(organisation.name, organisation.name, organisation.id, definite)
