"""Bodies to write collaboration pages about: real names and made ones, with municipalities of the owner's county as members."""

import re
from random import Random

from registry.organisations import Organisation
from registry.registry import load_registry
from tests.country.model import Body, load_words

# What a page by name alone leaves out: "SOLTAK" of "SOLTAK AB"
LEGAL_FORM = re.compile(r"^Kommunalförbundet | AB$")


def draw_body(random: Random, owner: Organisation, kind: str, taken: set[str]) -> Body:
    """A body of that kind whose name is not in `taken`; the owner is among the members where it is a municipality."""
    members = draw_members(random, owner)
    names = [name for name, county in load_words("bodies")[kind]["real"] if county in ("", owner.county_code)]
    fresh = [name for name in names if name not in taken]
    name = random.choice(fresh) if fresh and random.random() < 0.6 else make_name(random, kind, members, taken)
    return Body(name, kind, members, random.choice(members))


def draw_members(random: Random, owner: Organisation) -> tuple[Organisation, ...]:
    """Two to eight municipalities in alphabetical order: of the owner's own members or its county, else of the country."""
    registry = load_registry()
    near = [registry.organisations[member] for member in owner.members if member.startswith("kommun:")]
    near = near or [o for o in registry.municipalities_of(owner.county_code or "") if o.id != owner.id]
    if len(near) < 3:
        near = [o for o in registry.organisations.values() if o.is_municipality]
    count = random.randint(2, min(7, len(near)))
    members = [*random.sample(near, count), *([owner] if owner.is_municipality else [])]
    return tuple(sorted(members, key=place_of))


def make_name(random: Random, kind: str, members: tuple[Organisation, ...], taken: set[str]) -> str:
    """A made name of that kind; the district changes until the name is a new one."""
    districts = random.sample(load_words("prose")["districts"], k=len(load_words("prose")["districts"]))
    forms = load_words("bodies")[kind]["made"]
    a, b = (place_of(member) for member in random.sample(members, 2))
    names = [form.format(bygd=district, a=a, b=b) for district in districts for form in random.sample(forms, len(forms))]
    return next((name for name in names if name not in taken), f"{names[0]} {districts[0]}")


def short_name(name: str) -> str:
    """The name without its legal form: "SOLTAK" for "SOLTAK AB"."""
    return LEGAL_FORM.sub("", name)


def place_of(municipality: Organisation) -> str:
    """ "Lilla Edet" of Lilla Edets kommun."""
    return municipality.place or municipality.name
