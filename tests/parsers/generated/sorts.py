"""What a slot of each sort holds, bodies and plain words left out: those stand in words.toml."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from registry import load_registry
from tests.parsers.generated.draw import Draw, has_stem, several
from tests.parsers.generated.named import Several, municipality_value
from tests.parsers.generated.swedish import pick_day
from tests.parsers.generated.values import Day, Number, Person, Value, Word
from tests.parsers.generated.words import read_words

DAYS = [date(2001, month, day).isoformat() for month in range(1, 13) for day in range(1, 29)]
PAST, FUTURE = range(1986, 2025), range(2027, 2036)


def value_of(draw: Draw, slot: str) -> Value:
    """The value of a slot, drawn when it is first asked for. Its sort is its name without the number at its end: "municipality2"."""
    if slot not in draw.slots:
        draw.slots[slot] = draw_value(draw, slot, slot.rstrip("0123456789"))
    return draw.slots[slot]


def draw_value(draw: Draw, slot: str, sort: str) -> Value:
    """A new value: a body, a word of words.toml, or what SORTS makes. Raises KeyError for a sort that there is not."""
    words = read_words()
    if sort in words["sorts"] or sort in words["bodies"]:
        return draw.draw_body(sort)
    if sort in words["plain"]:
        return Word(draw.rng.choice(words["plain"][sort]))
    if sort in words["persons"]:
        return Word(draw.pick(words["persons"][sort]))
    return SORTS[sort](draw, slot)


def draw_actors(draw: Draw, name: str) -> Several:
    """Municipalities, a region and an agency."""
    region = draw.registered(f"region:{draw.pool[-1].county_code}", "regionen")
    return several(draw, 1, 3, region, draw.take_agency("names"))


def draw_finsam(draw: Draw, name: str) -> Several:
    """The parties of a coordination association."""
    return several(draw, 1, 4, draw.region(), *(draw.registered(office, "") for office in read_words()["agencies"]["finsam"]))


def draw_year(draw: Draw, name: str) -> Word:
    """A past year; {year2} is one to come, for periods."""
    return Word(draw.pick([str(year) for year in (FUTURE if name == "year2" else PAST)]))


def draw_turn(draw: Draw, name: str) -> Word:
    """The turn of a year: "2016/2017"; {newturn} is its day, "2017-01-01"."""
    year = draw.rng.choice(PAST)
    return Word(f"{year}/{year + 1}", f"{year + 1}-01-01")


def draw_person(draw: Draw, name: str) -> Person:
    """An invented person with number and address from what is reserved for fiction and examples."""
    words = read_words()["persons"]
    given, family = draw.pick(words["given"]), draw.pick(words["family"])
    phone = draw.pick([template.format(number) for template in words["phones"] for number in range(100)])
    return Person(given, family, phone, f"{write_ascii(given)}.{write_ascii(family)}@{draw.rng.choice(words['hosts'])}")


def write_ascii(name: str) -> str:
    """ "Åsa" -> "asa", as it stands in an address."""
    return re.sub(r"[^a-z-]", "", unicodedata.normalize("NFD", name.casefold()))


SORTS: dict[str, Callable[[Draw, str], Value]] = {
    "municipality": lambda draw, name: municipality_value(draw.pool.pop()),
    "sibilant": lambda draw, name: draw.take_such(lambda m: str(m.place)[-1] in "sxz"),  # its own genitive: "Höganäs", "Kalix"
    "stemmed": lambda draw, name: draw.take_such(has_stem),  # "Vingåker"
    "twowords": lambda draw, name: draw.take_such(lambda m: " " in str(m.place)),  # "Östra Göinge"
    "members": lambda draw, name: several(draw, 2, 6),
    "pair": lambda draw, name: several(draw, 2, 2),
    "three": lambda draw, name: several(draw, 3, 3),
    "actors": draw_actors,
    "finsam": draw_finsam,
    "agency": lambda draw, name: draw.take_agency("names"),
    "agencies": lambda draw, name: several(draw, 0, 0, *(draw.take_agency("names") for _ in range(draw.rng.randint(2, 4)))),
    "university": lambda draw, name: draw.take_agency("universities", "universitetet"),
    "region": lambda draw, name: draw.region(),
    "board": lambda draw, name: draw.registered(f"lansstyrelse:{draw.county.code}", "länsstyrelsen"),
    "county": lambda draw, name: Word(draw.county.name, draw.county.code),
    "countyshort": lambda draw, name: Word(draw.county.short_name, draw.county.code),
    "countysize": lambda draw, name: Number(len(load_registry().municipalities_of(draw.county.code))),
    "n": lambda draw, name: Number(draw.rng.randint(3, 40)),
    "few": lambda draw, name: Number(draw.rng.randint(3, 12)),
    "tens": lambda draw, name: Number(draw.rng.choice((20, 30, 40, 50, 100))),
    "hightens": lambda draw, name: Number(draw.rng.choice((60, 70, 80, 90))),
    "share": lambda draw, name: Number(draw.rng.randint(10, 45)),
    "rest": lambda draw, name: Number(100 - float(value_of(draw, "share").value)),  # what {share} leaves
    "decimal": lambda draw, name: Number(draw.rng.randint(100, 450) / 10),
    "year": draw_year,
    "future": lambda draw, name: Word(str(draw.rng.choice(FUTURE))),
    "turn": draw_turn,
    "newturn": lambda draw, name: Word(str(value_of(draw, "turn").value)),
    "day": lambda draw, name: Day(date.fromisoformat(draw.pick(DAYS)), "day"),  # its year stands elsewhere
    "date": lambda draw, name: Day(pick_day(draw.rng, FUTURE if name == "date2" else PAST)),  # {date2}: one to come, for periods
    "futuredate": lambda draw, name: Day(pick_day(draw.rng, FUTURE)),
    "person": draw_person,
}
