"""The kinds of hostile server and what a crawl must say of each, from `kinds.toml`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table."""

    name: str
    does: str
    outcome: str
    codes: Sequence[str]
    members: int | None = None
    is_small: bool = False
    hole: str = ""
    """Why the crawl does not say so yet."""


def load_kinds() -> list[Kind]:
    """All kinds in the order of the table."""
    return [Kind(**row) for row in tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))["kind"]]
