"""Calibration: verdicts counted by hand, laws of the fit, and the committed figures beside what the repository's pages say."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.reading import read_page
from pipelines.confidence import LEAST, MOST, load_calibration, read_calibration
from samverkan.evaluation.calibrate import FOLDERS, count_folders, render_calibration
from samverkan.evaluation.fitting import PRIOR, Counts, Weight, fit_calibration, rule_of, shrink, weigh
from samverkan.evaluation.reliability import EDGES, judge_left_out, measure_reliability, select_between
from samverkan.evaluation.trial import score_pages
from samverkan.evaluation.verdicts import Count, count_folder, count_verdicts, is_between, load_first_readings
from tests.samverkan.program import GOOD_PAGE, ROOT
from tests.samverkan.test_evaluation import annotate

REFIT = "rules have changed: run `make calibration`"


@pytest.fixture(scope="module")
def counted() -> Counts:
    """What the repository's annotated pages say of today's rules."""
    return count_folders([ROOT / folder for folder in FOLDERS])


def annotated_page(folder: Path) -> Path:
    """GOOD_PAGE, annotated so that of four owners one holds, one has another role, one counts neither way and one is not annotated."""
    gold = annotate()
    optional = {"members": [gold["members"].pop()]}
    gold["members"].pop()
    gold["members"][0]["role"] = "partner"
    page = folder / "300-soltak"
    page.mkdir(parents=True)
    (page / "page.html").write_text(GOOD_PAGE, "utf-8")
    (page / "source.json").write_text(json.dumps({"url": "https://lillaedet.se/samverkan"}))
    (page / "gold.json").write_text(json.dumps(gold))
    (page / "gold-accept.json").write_text(json.dumps({"optional": optional}))
    return folder


def count(right: int, seen: int, method: str = "line", confidence: float = 0.85, page: str = "1", set_name: str = "a") -> Count:
    return Count(set_name, page, "members", method, confidence, right, seen)


def test_a_fact_holds_with_its_role_and_an_optional_one_has_no_verdict(tmp_path: Path) -> None:
    verdicts = [verdict for verdict in count_folder(annotated_page(tmp_path)) if verdict.dataset == "members"]
    assert sorted(verdict.holds for verdict in verdicts) == [False, False, True]
    (counted,) = count_verdicts(verdicts, "new")
    assert (counted.set, counted.page, counted.right, counted.seen) == ("new", "300-soltak", 1, 3)


def test_every_mention_of_an_annotated_organisation_holds(tmp_path: Path) -> None:
    score = score_pages(annotated_page(tmp_path), None, read_page)
    assert [verdict.holds for verdict in score.verdicts if verdict.dataset == "mentions"].count(False) == 0


@pytest.mark.parametrize(("page", "is_there"), [("300-a", True), ("319-b", True), ("299-c", False), ("hoglandet-direktionen", False)])
def test_pages_of_a_set_are_told_by_their_numbers(page: str, is_there: bool) -> None:
    assert is_between(page, "300", "319") is is_there


def test_a_rule_seen_three_times_is_not_sure() -> None:
    others = [count(80, 100, "other", page=str(number)) for number in range(9)]
    assert 0.78 < fit_calibration(Counts([*others, count(3, 3)], [])).rules["members", "line", 0.85] < 0.86


def test_a_long_list_weighs_less_than_as_many_pages() -> None:
    (one_page,) = weigh([count(0, 25)], rule_of).values()
    (many_pages,) = weigh([count(0, 1, page=str(number)) for number in range(25)], rule_of).values()
    assert (one_page.seen, many_pages.seen) == (5, 25)


def test_pages_in_sight_alone_make_no_rule_surer_than_first_readings_do() -> None:
    unseen = [count(75, 100, "other", page=str(number)) for number in range(9)]
    calibration = fit_calibration(Counts(unseen, [count(100, 100, page=str(number)) for number in range(50)]))
    assert calibration.rules["members", "line", 0.85] <= 0.8


counts = st.lists(
    st.builds(
        lambda right, wrong, method, raw, page, name: count(right, right + wrong, method, raw, page, name),
        st.integers(0, 30),
        st.integers(1, 30),
        st.sampled_from("xy"),
        st.sampled_from([0.6, 0.85]),
        st.sampled_from("123"),
        st.sampled_from("ab"),
    ),
    min_size=1,
    max_size=8,
)


@given(counts, counts, st.booleans(), st.data())
def test_another_right_fact_makes_its_rule_no_less_sure(first: list[Count], now: list[Count], is_first: bool, data: st.DataObject) -> None:
    before = fit_calibration(Counts(first, now))
    changed = first if is_first else now
    at = data.draw(st.integers(0, len(changed) - 1))
    better = [*changed[:at], replace(changed[at], right=changed[at].right + 1), *changed[at + 1 :]]
    after = fit_calibration(Counts(better, now) if is_first else Counts(first, better))
    assert after.rules[rule_of(changed[at])] >= before.rules[rule_of(changed[at])]


@given(counts, counts)
def test_confidences_are_bounded_and_the_file_keeps_them(first: list[Count], now: list[Count]) -> None:
    counted = Counts(first, now)
    calibration = fit_calibration(counted)
    assert all(LEAST <= figure <= MOST for there in (calibration.rules, calibration.levels) for figure in there.values())
    assert read_calibration(render_calibration(calibration, counted)) == calibration


@given(counts, st.randoms())
def test_the_order_of_what_was_counted_does_not_matter(first: list[Count], chance: Random) -> None:
    shuffled = chance.sample(first, len(first))
    assert fit_calibration(Counts(first, [])) == fit_calibration(Counts(shuffled, []))


def test_little_seen_stays_at_what_was_believed() -> None:
    assert shrink(0.8, Weight()) == 0.8
    assert shrink(0.8, Weight(PRIOR, PRIOR)) == pytest.approx(0.9)


def test_every_rule_that_finds_something_on_the_annotated_pages_has_its_line(counted: Counts) -> None:
    assert {rule_of(count) for count in counted.now} - load_calibration().rules.keys() == set(), REFIT


def test_the_committed_figures_are_those_of_the_annotated_pages(counted: Counts) -> None:
    fitted, committed = fit_calibration(counted).rules, load_calibration().rules
    far = {rule: (committed[rule], figure) for rule, figure in fitted.items() if rule in committed and abs(committed[rule] - figure) > 0.05}
    assert far == {}, REFIT


def test_first_readings_are_of_pages_that_stand_here() -> None:
    folder = ROOT / "tests" / "independent"
    assert {count.page for count in load_first_readings(folder)} <= {path.parent.name for path in folder.glob("*/gold.json")}


def test_what_is_given_holds_on_pages_that_were_left_out(counted: Counts) -> None:
    judged = judge_left_out(counted)
    every = measure_reliability(judged)
    assert abs(every.given - every.held) < 0.03
    for least, most in pairwise(EDGES):
        measured = measure_reliability(select_between(judged, least, most))
        assert measured.seen > 50
        assert abs(measured.given - measured.held) < 0.07
