"""One random world for a case: municipalities, state bodies and invented bodies, none of them twice."""

import random
import re
from collections.abc import Callable, Sequence

from registry import load_registry
from registry.organisations import Organisation
from tests.parsers.generated.bodies import accepted_names, invent_name
from tests.parsers.generated.named import Named, Several, municipality_value, registered_value
from tests.parsers.generated.values import Value
from tests.parsers.generated.words import Picker, read_words


class Draw:
    """What a case is drawn from; `slots` are the values drawn so far."""

    def __init__(self, seed: str, plain_places: bool = False, counties: Sequence[str] = ()) -> None:
        """`plain_places`: without those places in whose names a word of the relations stands; `counties`: codes to draw the county from."""
        self.rng = random.Random(seed)
        self.pick = Picker(self.rng)
        self.slots: dict[str, Value] = {}
        registry = load_registry()
        # Left to fixed cases: Gotland, which is region, municipality and county in one, and Falun, which is "Falu" before "kommun".
        self.county = registry.counties[self.rng.choice(counties or [code for code in registry.counties if code != "09"])]
        apart = ("09", self.county.code)
        self.pool = [m for m in registry.organisations.values() if m.is_municipality and m.county_code not in apart and m.place != "Falun"]
        if plain_places:
            self.pool = [municipality for municipality in self.pool if not has_stem(municipality)]
        self.rng.shuffle(self.pool)

    def draw_body(self, sort: str) -> Named:
        """An invented body of a sort or of one of the sorts that it stands for."""
        words = read_words()
        kind = words["bodies"][self.rng.choice(words["sorts"].get(sort, [sort]))]
        name = invent_name(self.rng.choice(kind["names"]), self.pick, lambda: str(self.pool.pop().place))
        return Named(name, accepted_names(name), name, kind["definite"])

    def take(self, number: int) -> tuple[Organisation, ...]:
        """Municipalities that no other slot has."""
        return tuple(self.pool.pop() for _ in range(number))

    def take_such(self, fits: Callable[[Organisation], bool]) -> Named:
        """A municipality that fits and that no other slot has."""
        chosen = next(municipality for municipality in self.pool if fits(municipality))
        self.pool.remove(chosen)
        return municipality_value(chosen)

    def take_agency(self, group: str, definite: str = "myndigheten") -> Named:
        """A state body of a group of words.toml that no other slot has."""
        return self.registered(self.pick(read_words()["agencies"][group]), definite)

    def registered(self, name_or_id: str, definite: str) -> Named:
        """The registered organisation with an id or a name. Raises KeyError where there is none."""
        registry = load_registry()
        found = registry.organisations.get(name_or_id) or registry.by_name(name_or_id)
        if found is None:
            raise KeyError(name_or_id)
        return registered_value(found, definite)

    def region(self) -> Named:
        """The region of the case's county."""
        return self.registered(f"region:{self.county.code}", "regionen")


def has_stem(municipality: Organisation) -> bool:
    """Whether a word of the relations stands in the name of its place: "ingå" in "Vingåker"."""
    return bool(re.search(read_words()["places_with_stems"]["names"], str(municipality.place)))


def several(draw: Draw, least: int, most: int, *others: Named) -> Several:
    """Municipalities, and others after them."""
    return Several(draw.take(draw.rng.randint(least, most)), others)
