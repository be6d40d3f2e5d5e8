"""Finding values takes time in proportion to the text, whatever the text."""

import time
from collections.abc import Callable

import pytest

from schemas.values import find_addresses, find_dates, find_emails, find_phones

LENGTH = 100_000
FRAGMENTS = ["0", "1 ", "08-", "+46 ", "@", "a.a@a.", "a (at) ", "Aa ", "A.", "2023 ", "2023-", "1/1 ", "i maj ", "\n"]
FRAGMENTS += ["från och med den ", "Box 1 ", "Storgatan 1, ", "111 11 Aa "]


@pytest.mark.parametrize("find", [find_addresses, find_dates, find_emails, find_phones], ids=lambda find: find.__name__)
@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_repetition_is_no_trap(find: Callable[[str], object], fragment: str) -> None:
    started = time.process_time()
    find(fragment * (LENGTH // len(fragment)))
    assert time.process_time() - started < 3  # a quadratic pass took five seconds and more
