"""Every construction holds for any municipalities, bodies, numbers and dates: the cases of patterns/*.toml, drawn from fixed seeds."""

from typing import Any

import pytest

from tests.parsers.generated.cases import find_differences, make_case
from tests.parsers.generated.patterns import Pattern, all_patterns

PATTERNS = all_patterns()
SEEDS = (1, 2, 3)
SHORT = range(8)
SOAK = range(-(-5000 // len(PATTERNS)))  # 5,000 cases and a few of each seed


def find_failures(pattern: Pattern, seed: int, numbers: range) -> list[tuple[str, str, list[str]]]:
    """Aspect, page and differences of the cases that are read otherwise than they state."""
    cases = [make_case(pattern, seed, number) for number in numbers]
    return [(aspect, case.html, found) for case in cases for aspect, found in find_differences(pattern, case).items()]


def unmarked(pattern: Pattern, seed: int, numbers: range) -> list[tuple[str, str, list[str]]]:
    """The failures that no hole explains."""
    return [failure for failure in find_failures(pattern, seed, numbers) if failure[0] not in pattern.hole]


def holes() -> list[Any]:
    """Pattern and aspect of each hole: at least one of its cases must fail."""
    return [
        pytest.param(pattern, aspect, id=f"{pattern.key}-{aspect}", marks=pytest.mark.xfail(reason=why, strict=True))
        for pattern in PATTERNS.values()
        for aspect, why in pattern.hole.items()
    ]


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_pattern_is_read(pattern: Pattern) -> None:
    assert unmarked(pattern, SEEDS[0], SHORT) == []


@pytest.mark.parametrize(("pattern", "aspect"), holes())
def test_hole_is_still_there(pattern: Pattern, aspect: str) -> None:
    assert [failure for failure in find_failures(pattern, SEEDS[0], SHORT) if failure[0] == aspect] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_pattern_is_read_in_the_long_run(pattern: Pattern, seed: int) -> None:
    assert unmarked(pattern, seed, SOAK) == []


def test_a_case_is_the_same_whenever_it_is_made() -> None:
    pattern = next(iter(PATTERNS.values()))
    assert make_case(pattern, 7, 3) == make_case(pattern, 7, 3)
    assert make_case(pattern, 7, 3) != make_case(pattern, 8, 3)
