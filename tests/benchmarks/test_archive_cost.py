"""The benchmark runs. Times are not looked at."""

import pytest

from benchmarks.archive_cost import main


def test_each_way_of_writing_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--size", "2000", "--repeats", "1"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["exchange", "ms", "of", "CPU", "bytes"]
    ours, theirs, unchanged = (int(line.split()[-1]) for line in lines)
    assert unchanged < ours < theirs * 1.5
