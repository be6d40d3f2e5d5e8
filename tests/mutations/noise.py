"""All noise that a page may get, and how much of it at once."""

from collections.abc import Callable, Mapping

from tests.mutations.dice import Dice
from tests.mutations.noise_platform import PLATFORM
from tests.mutations.noise_surroundings import SURROUNDINGS
from tests.mutations.noise_technical import TECHNICAL
from tests.mutations.noise_widgets import WIDGETS

Mutation = Callable[[str, Dice], str]
NOISE: Mapping[str, Mutation] = {mutation.__name__: mutation for mutation in (*PLATFORM, *TECHNICAL, *WIDGETS, *SURROUNDINGS)}
"""Every noise by name; a change of system first, since the others happen to the page that comes of it."""
DATED: Mapping[str, tuple[str, ...]] = {"change_updated": ("updated",), "change_platform": ("updated", "published")}
"""Noise that may change which dates a page gives for itself, and nothing else: a new system has its own."""


def add_noise(html: str, dice: Dice, count: int | None = None) -> tuple[str, str, tuple[str, ...]]:
    """A page before and after one to five mutations, and their names.

    A thing may be on both sides with other values, come, or go: each mutation touches both versions, the later or the earlier.
    """
    chosen = set(dice.sample(list(NOISE), count or dice.randrange(1, 6)))
    names = tuple(name for name in NOISE if name in chosen)
    before = after = html
    for name in names:
        sides = dice.choice(("both", "later", "earlier"))
        if sides != "later":
            before = NOISE[name](before, dice.branch(f"{name} before"))
        if sides != "earlier":
            after = NOISE[name](after, dice.branch(f"{name} after"))
    return before, after, names
