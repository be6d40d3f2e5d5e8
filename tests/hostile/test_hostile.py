"""A web of hostile servers costs the good ones nothing, and each is told by its right name."""

import pytest

from tests.hostile.answers import ANSWERS
from tests.hostile.crawl import crawl_hostile_web
from tests.hostile.judging import judge_all
from tests.hostile.kinds import Kind, load_kinds
from tests.hostile.server import Asked, Host

KINDS = load_kinds()
SMALL = [kind for kind in KINDS if kind.is_small]
Complaints = dict[str, list[str]]


def check_kind(complaints: Complaints, kind: Kind, request: pytest.FixtureRequest) -> None:
    """Nothing to complain of; of a kind with a hole there must be something."""
    if kind.hole:
        request.applymarker(pytest.mark.xfail(strict=True, reason=kind.hole))
    assert complaints[kind.name] == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Complaints:
    """What is not as the table says after a crawl of a few kinds among five good sites."""
    return judge_all(crawl_hostile_web(SMALL, 5, tmp_path_factory.mktemp("small")), SMALL)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Complaints:
    """The same of all kinds among 25 good sites."""
    return judge_all(crawl_hostile_web(KINDS, 25, tmp_path_factory.mktemp("full")), KINDS)


def without(complaints: Complaints, *names: str) -> Complaints:
    """The complaints there are about others than these."""
    return {name: told for name, told in complaints.items() if told and name not in names}


def test_every_kind_of_the_table_has_its_answer() -> None:
    assert {kind.name for kind in KINDS} | {"good", "watcher"} == set(ANSWERS)


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.name)
def test_a_hostile_server_is_told_by_its_name(small: Complaints, kind: Kind, request: pytest.FixtureRequest) -> None:
    check_kind(small, kind, request)


def test_hostile_servers_cost_the_good_ones_nothing(small: Complaints) -> None:
    assert without(small, *(kind.name for kind in SMALL)) == {}


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_hostile_server_is_told_by_its_name(full: Complaints, kind: Kind, request: pytest.FixtureRequest) -> None:
    check_kind(full, kind, request)


@pytest.mark.soak
def test_all_hostile_servers_together_cost_the_good_ones_nothing(full: Complaints) -> None:
    assert without(full, "watcher", *(kind.name for kind in KINDS)) == {}


@pytest.mark.soak
def test_no_host_is_asked_on_the_word_of_a_hostile_one(full: Complaints) -> None:
    assert full["watcher"] == []


@pytest.mark.parametrize(("spans", "overlaps"), [([(0, 1), (1, 2)], 0), ([(0, 1), (0.5, 2)], 1), ([(0, 9), (1, 2), (3, 4)], 2)])
def test_a_host_counts_requests_at_the_same_time(spans: list[tuple[float, float]], overlaps: int) -> None:
    log = [Asked("/", began, ended) for began, ended in spans]
    assert Host("x", "127.0.0.1", ANSWERS["good"], log=log).count_overlaps() == overlaps
