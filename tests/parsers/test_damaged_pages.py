"""Laws of pages as broken programs serve them: cut, spliced, their tags and words out of order."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.facts import Reading
from tests.parsers.test_reading import OWNERS, impossible, misplaced, read_bytes, unknown_ids

HERE = Path(__file__).parent.parent
PAGES = [path.read_text("utf-8", "replace") for folder in ("pages", "independent") for path in sorted(HERE.glob(f"{folder}/*/page.html"))]
TOKEN = re.compile(r"<[^>]*>|[^<]+")


def splice(one: str, other: str, chance: random.Random) -> str:
    """The beginning of one page and the end of another."""
    return one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]


def shuffle_tags(one: str, _: str, chance: random.Random) -> str:
    """The tags and texts of a page in any order."""
    tokens = TOKEN.findall(one)
    chance.shuffle(tokens)
    return "".join(tokens)


def strew(one: str, _: str, chance: random.Random) -> str:
    """A page some of whose characters became others."""
    characters = list(one)
    for _number in range(chance.randrange(1, 200)):
        characters[chance.randrange(len(characters))] = chance.choice("<>/&;\"'() ,.:–\n\t\xa0\u200b\u0301\x00åÅ09@%|")
    return "".join(characters)


def find_faults(reading: Reading) -> tuple[list[object], set[str], list[object]]:
    """What no reading may hold."""
    return misplaced(reading), unknown_ids(reading), impossible(reading)


@given(
    st.sampled_from(PAGES),
    st.sampled_from(PAGES),
    st.sampled_from((splice, shuffle_tags, strew)),
    st.randoms(use_true_random=False),
    st.sampled_from(OWNERS),
)
@settings(max_examples=150, deadline=None)
def test_damaged_pages_are_read(
    one: str, other: str, damage: Callable[[str, str, random.Random], str], chance: random.Random, owner: str | None
) -> None:
    assert find_faults(read_bytes(damage(one, other, chance).encode(), owner, "text/html; charset=utf-8")) == ([], set(), [])


@pytest.mark.parametrize(
    "html",
    [
        '<h2><a href="/b">Kontakt</a></h2></body>Sidan uppdaterades den 9 september 2025.',
        '<table><td><a href="/x"><tr><td>Senast uppdaterad: 2012-10-08</td>\nOmsorg',
    ],
    ids=["text behind the body", "a row within a row"],
)
def test_text_in_odd_places_is_read(html: str) -> None:
    assert find_faults(read_bytes(html.encode(), None, "text/html; charset=utf-8")) == ([], set(), [])
