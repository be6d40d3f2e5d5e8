"""The patterns of patterns/*.toml: constructions with slots, and what they state."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ASPECTS = ("members", "counts", "organisations", "dates", "contacts")


@dataclass(frozen=True)
class Pattern:
    """A construction with slots, and the facts that it states in terms of its slots."""

    id: str
    html: str
    topic: str
    title: str = "Samverkan"
    owner: str | None = None
    members: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    dates: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    plain_places: bool = False
    counties: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    hole: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """ "membership/in-body-take-part"."""
        return f"{self.topic}/{self.id}"

    @property
    def aspects(self) -> list[str]:
        """What is compared in its cases."""
        return [aspect for aspect in ASPECTS if aspect not in self.ignore]


@cache
def all_patterns() -> dict[str, Pattern]:
    """The patterns by their keys. Raises ValueError where two have one."""
    folder = Path(__file__).parent / "patterns"
    tables = {path.stem: tomllib.loads(path.read_text("utf-8"))["pattern"] for path in sorted(folder.glob("*.toml"))}
    patterns = [Pattern(topic=topic, **row) for topic, rows in tables.items() for row in rows]
    if twice := [key for key, number in Counter(pattern.key for pattern in patterns).items() if number > 1]:
        raise ValueError(f"two patterns of one name: {twice}")
    return {pattern.key: pattern for pattern in patterns}
