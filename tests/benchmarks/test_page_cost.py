"""The benchmark runs, and watching a page being read changes nothing. Times are not looked at."""

import json
from pathlib import Path

import pytest

from benchmarks.page_cost import main
from benchmarks.pages import load_pages
from benchmarks.stages import REST, STAGES, StageClock
from parsers import reading
from registry import load_registry, load_sites
from schemas.errors import UsageError

PAGE = Path(__file__).parent.parent / "pages" / "lillaedet-natverk-och-samverkan"


def test_one_page_gives_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(PAGE), "--repeats", "1", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert summary["pages"] == 1
    assert list(summary["stages"]) == [*STAGES, REST]
    assert all(summary[figure] > 0 for figure in ("parse_ms", "facts_ms", "ratio", "median_ratio", "mean_size_kb"))


def test_a_folder_without_pages_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path)])
    assert ended.value.code == UsageError.exit_code
    assert "no HTML page" in capsys.readouterr().err


def test_watched_reading_finds_the_same() -> None:
    [page] = load_pages([PAGE])
    site, registry = load_sites().site_of(page.url), load_registry()
    alone = reading.read_page(page, site, registry)
    with StageClock() as clock:
        watched = reading.read_page(page, site, registry)
        assert set(clock.measure_stages(reading.read_page, page, site, registry)) == {*STAGES, REST}
    assert watched == alone


def test_nothing_is_watched_afterwards() -> None:
    before = dict(vars(reading))
    with StageClock():
        assert vars(reading) != before
    assert vars(reading) == before
