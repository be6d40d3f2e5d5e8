"""The benchmark runs. Times are not looked at."""

from pathlib import Path

import pytest

from benchmarks.diff_cost import compare, compare_bare, main
from benchmarks.diff_runs import count_rows, write_runs


def test_each_way_of_comparing_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--facts", "2000", "--pages", "100", "--repeats", "1"]) == 0
    _, ours, bare, review = (line.split() for line in capsys.readouterr().out.splitlines())
    assert ours[:3] == ["2,000", "facts,", "ours"]
    assert bare[:3] == ["2,000", "facts,", "bare"]
    assert review[:4] == ["review", "of", "100", "pages"]


def test_of_a_thousand_rows_eight_have_another_value_one_went_and_one_came(tmp_path: Path) -> None:
    runs = write_runs(tmp_path, facts=10_000)
    expected = {dataset: 10 * (rows // 1000) + min(10, rows % 1000) for dataset, rows in count_rows(10_000, 500).items()}
    assert compare_bare(*runs) == sum(expected.values())
    assert compare(*runs) == sum(expected.values()) - 2  # a page that came and one that went are no changes of facts
    assert compare(runs[0], runs[0]) == compare_bare(runs[0], runs[0]) == 0
