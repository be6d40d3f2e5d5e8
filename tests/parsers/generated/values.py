"""Numbers, days, persons and words as a slot's value, and the forms in which they are written."""

import random
from dataclasses import dataclass
from datetime import date

from registry.organisations import genitive
from tests.parsers.generated.named import Named, Several
from tests.parsers.generated.swedish import number_word, round_number, write_date


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

    @property
    def value(self) -> str:
        """The day in ISO form."""
        return self.day.isoformat()

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

    @property
    def value(self) -> str:
        """The name."""
        return f"{self.given} {self.family}"

    def write(self, form: str, rng: random.Random) -> str:
        """Forms: "" the name, reversed ("Ekdal, Eva"), given, family, phone, international, e164, email, spelled ("x (at) exempel.se")."""
        e164 = "+46" + "".join(filter(str.isdigit, self.phone))[1:]
        forms = {"": self.value, "reversed": f"{self.family}, {self.given}", "given": self.given, "family": self.family}
        area, rest = self.phone.split("-")
        forms |= {"phone": self.phone, "e164": e164, "international": f"+46 (0){area[1:]}-{rest}"}
        return (forms | {"email": self.email, "spelled": self.email.replace("@", " (at) ")})[form]


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
