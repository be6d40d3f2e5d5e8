import pytest

from benchmarks.reread_cost import main
from tests.samverkan.program import SAMPLE_WEB


def test_the_cost_of_reading_again_is_told_for_changed_and_unchanged_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLE_WEB / "sample-web.warc.gz"), "--repeats", "1"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["pages", "read", "again", "ms", "per", "page"]
    assert [float(row.split()[-1]) > 0 for row in rows] == [True, True]
