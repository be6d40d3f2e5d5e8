"""The words of words.toml, and a choice that is never made twice."""

import random
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Pick = Callable[[Sequence[str]], str]


@cache
def read_words() -> dict[str, Any]:
    """words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


class Picker:
    """Picks random strings, none of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.taken: set[str] = set()

    def __call__(self, choices: Sequence[str]) -> str:
        """One of the choices that was not picked before. Raises IndexError where none is left."""
        chosen = self.rng.choice([choice for choice in choices if choice not in self.taken])
        self.taken.add(chosen)
        return chosen
