"""What went wrong at a site, in few words."""

import pytest

from samverkan.reasons import LONGEST, shorten_reason


@pytest.mark.parametrize(
    ("reason", "short"),
    [
        ("https://ale.se/a: no answer in time", "no answer in time"),
        ("https://ale.se/: robots.txt: HTTP 503", "robots.txt: HTTP 503"),
        ("HTTP 503 for https://ale.se/a", "HTTP 503"),
        ("robots.txt forbids https://ale.se/", "robots.txt forbids"),
        ("robots.txt asks for 7200 s between two requests", "robots.txt asks for 7200 s between two requests"),
        ("https://ale.se/a leads off the site, to https://x.se/", "leads off the site"),
        ("https://ale.se/: Error ([('SSL routines', '', 'certificate verify failed')])", "the certificate cannot be verified"),
    ],
)
def test_a_reason_leaves_out_the_address(reason: str, short: str) -> None:
    assert shorten_reason(reason) == short


def test_a_long_reason_is_cut() -> None:
    assert len(shorten_reason("it broke " * 20)) <= LONGEST
