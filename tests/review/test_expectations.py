"""The documents tell of every expectation, with its limits."""

from collections.abc import Iterator

import pytest

from review.checks import COUNTED
from review.expectations import Expectation, load_expectations
from tests.doc_examples import ROOT

OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")


def show_limits(expectation: Expectation, below: float | None, above: float | None) -> str:
    """ "below 50%, above 200%"; "" where there is no limit."""
    return ", ".join(show_limit(expectation, words, limit) for words, limit in (("below", below), ("above", above)) if limit is not None)


def show_limit(expectation: Expectation, words: str, limit: float) -> str:
    """ "below 3,000"."""
    return f"{words} {limit:,.0f}" if expectation.measure in COUNTED else f"{words} {limit:.0%}"


def list_rows() -> Iterator[tuple[str, str, str]]:
    """Of each expectation the name, what holds and what is warned of, as the table tells them."""
    for expectation in load_expectations():
        holds = show_limits(expectation, expectation.minimum, expectation.hold_above)
        yield expectation.name, holds, show_limits(expectation, expectation.warn_below, expectation.maximum)


@pytest.mark.parametrize(("name", "holds", "warns"), list(list_rows()))
def test_operators_read_of_every_expectation(name: str, holds: str, warns: str) -> None:
    [row] = [line for line in OPERATORS.splitlines() if line.startswith(f"| `{name}` |")]
    assert [cell.strip() for cell in row.split("|")[3:5]] == [holds, warns]


@pytest.mark.parametrize(
    ("below", "above", "words"),
    [(None, None, ""), (1, None, "below 100%"), (None, 0, "above 0%"), (0.5, 2, "below 50%, above 200%")],
)
def test_limits_in_words(below: float | None, above: float | None, words: str) -> None:
    assert show_limits(load_expectations()[0], below, above) == words
