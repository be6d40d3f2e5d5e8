"""One random world: each slot of a pattern gets its value when it is first asked for, and no organisation is drawn twice."""

import random
import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from registry import load_registry
from registry.organisations import Organisation, genitive
from tests.parsers.generated.swedish import pick_day
from tests.parsers.generated.values import Day, Named, Number, Person, Several, Value, Word, municipality_value, registered_value

PAST, FUTURE = range(1986, 2025), range(2027, 2036)


@cache
def read_words() -> dict[str, Any]:
    """words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def invent_places() -> list[str]:
    """First and last parts put together, without "Talllandet" and "Skogsskogen"."""
    places = read_words()["places"]
    pairs = [(first, last) for first in places["first"] for last in places["last"]]
    return [first + last for first, last in pairs if first[-1] != last[0] and first[:4].casefold() not in last]


class Draw:
    """The values of one case's slots. A slot's sort is its name without the number at its end: "municipality2"."""

    def __init__(self, seed: str, plain_places: bool = False) -> None:
        """`plain_places`: without those places in whose names a word of the relations stands."""
        self.rng = random.Random(seed)
        registry = load_registry()
        # Left to fixed cases: Gotland, which is region, municipality and county in one, and Falun, which is "Falu" before "kommun".
        self.county = registry.counties[self.rng.choice([code for code in registry.counties if code != "09"])]
        apart = ("09", self.county.code)
        self.pool = [m for m in registry.organisations.values() if m.is_municipality and m.county_code not in apart and m.place != "Falun"]
        if plain_places:
            self.pool = [m for m in self.pool if not re.search(read_words()["places_with_stems"]["names"], str(m.place))]
        self.rng.shuffle(self.pool)
        self.taken: set[str] = set()
        self.slots: dict[str, Value] = {}

    def slot(self, name: str) -> Value:
        """The value of a slot, drawn on first use."""
        if name not in self.slots:
            self.slots[name] = self.draw(name, name.rstrip("0123456789"))
        return self.slots[name]

    def draw(self, name: str, sort: str) -> Value:
        """A new value of a sort. Raises KeyError for a sort that there is not."""
        words = read_words()
        if sort in words["sorts"] or sort in words["bodies"]:
            return self.draw_body(sort)
        if sort in words["plain"]:
            return Word(self.rng.choice(words["plain"][sort]))
        if sort in words["persons"]:
            return Word(self.pick(words["persons"][sort]))
        return getattr(self, f"draw_{sort}")(name) if hasattr(self, f"draw_{sort}") else self.unknown(sort)

    def unknown(self, sort: str) -> Value:
        """No such sort."""
        raise KeyError(sort)

    def pick(self, choices: Sequence[str]) -> str:
        """One of the choices that this case has not yet."""
        chosen = self.rng.choice([choice for choice in choices if choice not in self.taken])
        self.taken.add(chosen)
        return chosen

    def draw_body(self, sort: str) -> Named:
        """An invented body. What a label stands before may be filed with or without it: "Nätverket X | X"."""
        words = read_words()
        kind = words["bodies"][self.rng.choice(words["sorts"].get(sort, [sort]))]
        name = self.fill_name(self.rng.choice(kind["names"]))
        label, _, bare = name.partition(" ")
        accepted = f"{name} | {bare}" if label.casefold() in ("nätverket", "projektet", "föreningen", "samarbetet") else name
        return Named(name, accepted, name, kind["definite"])

    def fill_name(self, template: str) -> str:
        """ "{d} {g} miljönämnd" -> "Norra Kvarnbygdens miljönämnd"."""
        words, place = read_words()["places"], self.draw_place()
        forms = {"p": lambda: place, "g": lambda: genitive(place), "c": lambda: compound(place), "q": self.draw_place}
        others = {"d": lambda: self.rng.choice(words["directions"]), "t": lambda: self.pick(words["themes"])}
        makers = forms | others | dict.fromkeys("xy", lambda: str(self.pool.pop().place))
        return re.sub(r"\{(\w)\}", lambda slot: makers[slot[1]](), template)

    def draw_place(self) -> str:
        """An invented part of the country that is no registered name."""
        return self.pick([place for place in invent_places() if not load_registry().by_name(place)])

    def draw_municipality(self, name: str) -> Named:
        return municipality_value(self.pool.pop())

    def draw_sibilant(self, name: str) -> Named:
        """A municipality whose name is its own genitive: "Höganäs", "Kalix"."""
        return self.draw_such(lambda m: str(m.place)[-1] in "sxz")

    def draw_stemmed(self, name: str) -> Named:
        """A municipality in whose name a word of the relations stands: "Vingåker"."""
        return self.draw_such(lambda m: bool(re.search(read_words()["places_with_stems"]["names"], str(m.place))))

    def draw_twowords(self, name: str) -> Named:
        """A municipality of two words: "Östra Göinge"."""
        return self.draw_such(lambda m: " " in str(m.place))

    def draw_such(self, fits: Callable[[Organisation], bool]) -> Named:
        """A municipality that fits and that no other slot has."""
        chosen = next(m for m in self.pool if fits(m))
        self.pool.remove(chosen)
        return municipality_value(chosen)

    def draw_members(self, name: str) -> Several:
        return Several(self.take(self.rng.randint(2, 6)))

    def draw_three(self, name: str) -> Several:
        return Several(self.take(3))

    def take(self, number: int) -> tuple[Organisation, ...]:
        """Municipalities that no other slot has."""
        return tuple(self.pool.pop() for _ in range(number))

    def draw_actors(self, name: str) -> Several:
        """Municipalities, a region and an agency."""
        region = registered_value(self.registered(f"region:{self.pool[-1].county_code}"), "regionen")
        return Several(self.take(self.rng.randint(1, 3)), (region, self.draw_agency(name)))

    def draw_finsam(self, name: str) -> Several:
        """The parties of a coordination association."""
        offices = [registered_value(self.named(office), "") for office in read_words()["agencies"]["finsam"]]
        return Several(self.take(self.rng.randint(1, 4)), (self.draw_region(name), *offices))

    def draw_agencies(self, name: str) -> Several:
        return Several((), tuple(self.draw_agency(name) for _ in range(self.rng.randint(2, 4))))

    def draw_agency(self, name: str) -> Named:
        return registered_value(self.named(self.pick(read_words()["agencies"]["names"])), "myndigheten")

    def draw_university(self, name: str) -> Named:
        return registered_value(self.named(self.pick(read_words()["agencies"]["universities"])), "universitetet")

    def draw_region(self, name: str) -> Named:
        """The region of the case's county."""
        return registered_value(self.registered(f"region:{self.county.code}"), "regionen")

    def draw_board(self, name: str) -> Named:
        """The county board of the case's county."""
        return registered_value(self.registered(f"lansstyrelse:{self.county.code}"), "länsstyrelsen")

    def draw_county(self, name: str) -> Word:
        return Word(self.county.name, self.county.code)

    def draw_countyshort(self, name: str) -> Word:
        return Word(self.county.short_name, self.county.code)

    def draw_countysize(self, name: str) -> Number:
        return Number(len(load_registry().municipalities_of(self.county.code)))

    def draw_n(self, name: str) -> Number:
        return Number(self.rng.randint(3, 40))

    def draw_few(self, name: str) -> Number:
        return Number(self.rng.randint(3, 12))

    def draw_tens(self, name: str) -> Number:
        return Number(self.rng.choice((20, 30, 40, 50, 100)))

    def draw_hightens(self, name: str) -> Number:
        return Number(self.rng.choice((60, 70, 80, 90)))

    def draw_share(self, name: str) -> Number:
        return Number(self.rng.randint(10, 45))

    def draw_decimal(self, name: str) -> Number:
        return Number(self.rng.randint(100, 450) / 10)

    def draw_rest(self, name: str) -> Number:
        """What the share leaves: 100 - {share}."""
        return Number(100 - self.slot("share").value)  # type: ignore[union-attr,operator]

    def draw_year(self, name: str) -> Word:
        """A past year; {year2} is one to come, for periods."""
        years = FUTURE if name == "year2" else PAST
        return Word(self.pick([str(year) for year in years]))

    def draw_future(self, name: str) -> Word:
        return Word(str(self.rng.choice(FUTURE)))

    def draw_turn(self, name: str) -> Word:
        """The turn of a year: "2016/2017", which is "2017-01-01"."""
        year = self.rng.choice(PAST)
        return Word(f"{year}/{year + 1}", f"{year + 1}-01-01")

    def draw_newturn(self, name: str) -> Word:
        """The day that {turn} is."""
        return Word(f"{str(self.slot('turn').write('', self.rng)).rpartition('/')[2]}-01-01")

    def draw_day(self, name: str) -> Day:
        """A day whose year stands elsewhere."""
        return Day(pick_day(self.rng, PAST), "day")

    def draw_date(self, name: str) -> Day:
        return Day(pick_day(self.rng, FUTURE if name == "date2" else PAST))

    def draw_futuredate(self, name: str) -> Day:
        return Day(pick_day(self.rng, FUTURE))

    def draw_person(self, name: str) -> Person:
        """An invented person with number and address from what is reserved for fiction and examples."""
        words = read_words()["persons"]
        given, family = self.pick(words["given"]), self.pick(words["family"])
        phone = self.rng.choice(words["phones"]).format(self.rng.randint(0, 99))
        return Person(given, family, phone, f"{plain(given)}.{plain(family)}@{self.rng.choice(words['hosts'])}")

    def registered(self, organisation_id: str) -> Organisation:
        """The registered organisation with an id."""
        return load_registry().organisations[organisation_id]

    def named(self, name: str) -> Organisation:
        """The registered organisation with a name. Raises KeyError where there is none."""
        return load_registry().by_name(name) or self.unknown(name)  # type: ignore[return-value]


def compound(place: str) -> str:
    """ "Kvarnbygden" -> "Kvarnbygds", as it stands before "rådet"."""
    last = next(last for last in read_words()["places"]["last"] if place.endswith(last))
    return place.removesuffix(last) + str(read_words()["places"]["last"][last])


def plain(name: str) -> str:
    """ "Åsa" -> "asa", as it stands in an address."""
    return re.sub(r"[^a-z-]", "", unicodedata.normalize("NFD", name.casefold()))
