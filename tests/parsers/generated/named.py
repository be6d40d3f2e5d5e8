"""Organisations as a slot's value: one, or several in an enumeration, and the forms in which they are written."""

import random
from dataclasses import dataclass

from registry.organisations import Organisation, genitive
from tests.parsers.generated.swedish import ENUMERATIONS, attributive, enumerate_municipalities, join_names

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

    @property
    def value(self) -> str:
        """Its id."""
        return self.id

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


def municipality_value(municipality: Organisation) -> Named:
    """A municipality as a slot's value: "kommunen" is its definite form."""
    return Named(municipality.name, municipality.name, municipality.id, "kommunen", str(municipality.place), attributive(municipality))


def registered_value(organisation: Organisation, definite: str) -> Named:
    """A region, county board or agency as a slot's value."""
    return Named(organisation.name, organisation.name, organisation.id, definite)
