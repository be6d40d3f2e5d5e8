"""Invented names: parts of the country that there are not, and the bodies that are named after them."""

import re
from collections.abc import Callable
from functools import cache

from registry import load_registry
from registry.organisations import genitive
from tests.parsers.generated.words import Pick, read_words

LABELS = ("nätverket", "projektet", "föreningen", "samarbetet")
"""What a name can be filed with or without: "Nätverket Grön Skog", "Grön Skog"."""


@cache
def invent_places() -> dict[str, str]:
    """Places and how they stand within a compound: "Kvarnbygden": "Kvarnbygds"; no registered name, no "Talllandet"."""
    places = read_words()["places"]
    pairs = [(first, last) for first in places["first"] for last in places["last"]]
    fitting = [(first, last) for first, last in pairs if first[-1] != last[0] and first[:4].casefold() not in last]
    return {first + last: first + places["last"][last] for first, last in fitting if not load_registry().by_name(first + last)}


def invent_name(template: str, pick: Pick, take_place: Callable[[], str]) -> str:
    """ "{d} {g} miljönämnd" -> "Norra Kvarnbygdens miljönämnd"; `take_place` gives municipalities for {x} and {y}."""
    words, place = read_words()["places"], pick(list(invent_places()))
    makers: dict[str, Callable[[], str]] = {
        "p": lambda: place,
        "g": lambda: genitive(place),
        "c": lambda: invent_places()[place],
        "q": lambda: pick(list(invent_places())),
        "d": lambda: pick(words["directions"]),
        "t": lambda: pick(words["themes"]),
        "x": take_place,
        "y": take_place,
    }
    return re.sub(r"\{(\w)\}", lambda slot: makers[slot[1]](), template)


def accepted_names(name: str) -> str:
    """What a case calls the body: "Nätverket X | X", "kommunalförbundet X | X", else the name."""
    label, _, bare = name.partition(" ")
    return f"{name} | {bare}" if label.casefold() in LABELS or label.islower() else name
