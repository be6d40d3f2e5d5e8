"""Calibrated confidences: which figure a fact gets, and that a reading is otherwise left as it is."""

from datetime import UTC, datetime

import pytest

from parsers.reading import read_page
from pipelines.confidence import Calibration, calibrate_reading, load_calibration, read_calibrated
from registry.registry import load_registry
from schemas.page import Page

CALIBRATION = Calibration(
    rates={"members": 0.8, "mentions": 0.97},
    levels={("members", 0.85): 0.83, ("mentions", 0.97): 0.99},
    rules={("members", "member_list", 0.85): 0.9},
)
HTML = "<html><body><main><h1>Samverkan</h1><p>SOLTAK AB ägs av Ale kommun och Kungälvs kommun sedan 2012.</p></main></body></html>"
PAGE = Page("https://lillaedet.se/x", 200, (("Content-Type", "text/html"),), HTML.encode(), datetime(2026, 11, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    ("method", "raw", "confidence"),
    [
        ("member_list", 0.85, 0.9),
        ("member_list", 0.8500001, 0.9),
        ("never_seen", 0.85, 0.83),
        ("member_list", 0.6, 0.7),  # a number never seen: halfway between it and the dataset's rate
    ],
)
def test_a_fact_gets_its_rules_figure_or_what_comes_nearest(method: str, raw: float, confidence: float) -> None:
    assert CALIBRATION.calibrate("members", method, raw) == confidence


def test_a_figure_is_never_beyond_the_bounds() -> None:
    sure = Calibration({"dates": 1.0}, {}, {})
    assert (sure.calibrate("dates", "x", 1.0), Calibration({"dates": 0.0}, {}, {}).calibrate("dates", "x", 0.0)) == (0.99, 0.05)


def test_a_reading_is_calibrated_throughout_and_nothing_else_changes() -> None:
    raw, calibrated = read_page(PAGE, None, load_registry()), read_calibrated(PAGE, None, load_registry())
    assert calibrated.members
    assert calibrated.mentions
    known = load_calibration()
    assert [fact.evidence.confidence for fact in calibrated.members] == [
        known.calibrate("members", fact.evidence.method, fact.evidence.confidence) for fact in raw.members
    ]
    assert [mention.confidence for mention in calibrated.mentions] == [
        known.calibrate("mentions", mention.method, mention.confidence) for mention in raw.mentions
    ]
    assert (calibrated.text, calibrated.organisations, len(calibrated.dates)) == (raw.text, raw.organisations, len(raw.dates))


def test_calibrating_leaves_the_raw_reading_alone() -> None:
    raw = read_page(PAGE, None, load_registry())
    calibrate_reading(raw, load_calibration())
    assert raw == read_page(PAGE, None, load_registry())
