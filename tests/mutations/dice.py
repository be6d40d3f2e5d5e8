"""Seeded chance for mutations, with the wordings that they take: a third of those is held back for odd seeds."""

import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FIELD = re.compile(r"\$([a-z_]+)")
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@cache
def load_pieces() -> dict[str, dict[str, list[str]]]:
    """kind -> shown | held -> pieces of HTML; and plain words for the fields in them."""
    pieces: dict[str, Any] = {}
    for file in sorted((Path(__file__).parent / "pieces").glob("*.toml")):
        pieces |= tomllib.loads(file.read_text("utf-8"))
    return pieces


class Dice(random.Random):
    """Chance from a seed. `is_held`: takes the wordings that are held back instead of those on show."""

    def __init__(self, seed: str, *, is_held: bool = False) -> None:
        super().__init__(seed)
        self.name = seed
        self.is_held = is_held

    def branch(self, word: str) -> "Dice":
        """Dice of their own, the same for the same word."""
        return Dice(f"{self.name}/{word}", is_held=self.is_held)

    def piece(self, kind: str) -> str:
        """A piece of HTML of a kind, its "$fields" filled in, each by itself."""
        pieces = load_pieces()[kind]
        return self.fill(self.choice(pieces["held" if self.is_held else "shown"]))

    def fill(self, piece: str) -> str:
        """The piece with every "$field" replaced: by a method of that name, or a piece of that kind."""
        return FIELD.sub(lambda found: getattr(self, found[1])() if hasattr(self, found[1]) else self.piece(found[1]), piece)

    def hex(self) -> str:
        """ "a3f08c1be27d": as a CMS names things."""
        return f"{self.getrandbits(48):012x}"

    def number(self) -> str:
        """ "7", "532", "1 204": a count as a page shows it."""
        return f"{self.choice((self.randrange(1, 10), self.randrange(10, 999), self.randrange(1000, 99999))):,}".replace(",", " ")

    def small(self) -> str:
        """ "2" to "28"."""
        return str(self.randrange(2, 29))

    def iso(self) -> str:
        """ "2026-11-03": a day of this autumn."""
        return f"2026-{self.randrange(8, 13):02}-{self.randrange(1, 29):02}"

    def day(self) -> str:
        """ "3 november 2026"."""
        return f"{self.randrange(1, 29)} {self.choice(MONTHS[7:])} 2026"

    def weekday(self) -> str:
        """ "onsdag"."""
        return self.choice(WEEKDAYS)

    def clock(self) -> str:
        """ "14.05" or "08:12"."""
        return f"{self.randrange(24):02}{self.choice('.:')}{self.randrange(60):02}"

    def epoch(self) -> str:
        """ "1763712345678": milliseconds."""
        return str(self.randrange(1_750_000_000_000, 1_770_000_000_000))
