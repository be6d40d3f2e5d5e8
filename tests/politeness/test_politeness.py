"""No host is asked for what its robots.txt forbids, before that is read, at the same time as for something else, or too early."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.hostile.answers import ANSWERS
from tests.hostile.server import Asked, Host
from tests.politeness.cases import Case, load_cases
from tests.politeness.judging import judge_addresses, judge_order, judge_pace, judge_web
from tests.politeness.measure import crawl_polite_web
from tests.spiders.small_web import Reply

CASES = load_cases()
SMALL = [case for case in CASES if case.is_small]
RULED = Case("prov", "", "User-agent: *\nDisallow: /a\n", allowed=(), forbidden=("/b",), delay=1.0)


def complain(cases: Sequence[Case], folder: Path) -> dict[str, list[str]]:
    """What is to be complained of after a crawl of these cases."""
    return {name: found for name, found in judge_web(*crawl_polite_web(cases, folder)).items() if found}


def test_hosts_are_asked_as_they_wish(tmp_path: Path) -> None:
    assert complain(SMALL, tmp_path) == {}


@pytest.mark.soak
def test_all_hosts_are_asked_as_they_wish(tmp_path: Path) -> None:
    assert complain(CASES, tmp_path) == {}


@pytest.mark.soak
def test_what_is_forbidden_would_be_asked_for_otherwise(tmp_path: Path) -> None:
    web, _ = crawl_polite_web(CASES, tmp_path, is_ruled=False)
    asked = {case.name: {request.path for request in host.log} for case, host in zip(web.cases, web.hosts, strict=True)}
    assert [case.name for case in CASES if case.forbidden and not asked[case.name] & set(case.forbidden)] == []


def answered(path: str, began: float, ended: float, status: int = 200, *headers: tuple[str, str]) -> Asked:
    """A request and its answer."""
    return Asked(path, began, ended, answered=ended, reply=Reply("", status, headers))


def host_with(*log: Asked) -> Host:
    """A host that was asked so."""
    return Host("prov", "127.0.0.1", ANSWERS["good"], log=list(log))


ROBOTS = answered("/robots.txt", 0, 1)


@pytest.mark.parametrize(("path", "is_told"), [("/a", True), ("/b", True), ("/c", False), ("/robots.txt", False)])
def test_the_judge_tells_what_is_forbidden(path: str, is_told: bool) -> None:
    assert bool(list(judge_addresses(RULED, host_with(ROBOTS, answered(path, 3, 4))))) == is_told


@pytest.mark.parametrize(("began", "is_told"), [(0.5, True), (3, False)])
def test_the_judge_tells_who_did_not_wait_for_robots_txt(began: float, is_told: bool) -> None:
    assert bool(list(judge_order(RULED, host_with(ROBOTS, answered("/c", began, began + 1))))) == is_told


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ([ROBOTS, answered("/c", 2.1, 3)], 0),
        ([ROBOTS, answered("/c", 1.5, 3)], 1),
        ([answered("/c", 0, 5), answered("/d", 2, 3)], 1),
        ([answered("/c", 0, 1, 503, ("Retry-After", "9")), answered("/c", 5, 6)], 1),
        ([answered("/c", 0, 1, 503, ("Retry-After", "9")), answered("/c", 11, 12)], 0),
    ],
)
def test_the_judge_tells_who_was_too_early(log: list[Asked], told: int) -> None:
    assert len(list(judge_pace([RULED], [host_with(*log)]))) == told
