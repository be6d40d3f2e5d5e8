"""How much disk a crawl will take, and that one without room is not begun."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disk_need import WAITING, check_room, estimate_need, scale_need, show_size
from pipelines.manifest import write_manifest
from schemas.errors import OutputUnwritable
from schemas.manifest import Manifest, read_manifest
from schemas.output import archive_file, run_folder
from schemas.tables import write_rows
from tests.samverkan.program import GOOD_PAGE, run
from tests.spiders.crawling import site_row
from tests.spiders.small_web import serve_small_web

HUGE = 2**43
"""Bytes: 8 TB, more than is free where tests run; such a file with nothing in it takes no room."""


def keep_run(output: Path, run_id: str, *, archive: int, kind: str = "crawl", status: str = "published", sites: int = 10) -> Manifest:
    """A run of some sites with an archive of so many bytes, and one dataset, which is empty."""
    outcomes = {f"site{number}": "facts" for number in range(sites)} | {"left": "not_visited"}
    manifest = Manifest(run_id, kind, status, f"2026-11-21T04:00:0{len(list(output.glob('runs/*')))}Z", sites=outcomes)
    run_folder(output, run_id).mkdir(parents=True)
    archive_file(output, run_id).parent.mkdir(exist_ok=True)
    write_manifest(manifest, run_folder(output, run_id))
    write_rows("pages", (), run_folder(output, run_id) / "pages.parquet")
    archive_file(output, run_id).touch()
    os.truncate(archive_file(output, run_id), archive)
    return manifest


def test_the_archive_counts_twice_and_by_the_number_of_sites(tmp_path: Path) -> None:
    manifest = keep_run(tmp_path, "a", archive=50_000)
    datasets = (1 + WAITING) * sum(path.stat().st_size for path in run_folder(tmp_path, "a").iterdir())
    assert scale_need(tmp_path, manifest, 10) == 100_000 + datasets
    assert scale_need(tmp_path, manifest, 20) == 2 * (100_000 + datasets)
    assert scale_need(tmp_path, manifest, 1) == 10_000 + datasets  # what is carried over is stored anew


@given(sites=st.integers(0, 1000), visited=st.integers(0, 50))
def test_more_sites_never_need_less(tmp_path_factory: pytest.TempPathFactory, sites: int, visited: int) -> None:
    output = tmp_path_factory.mktemp("need")
    manifest = keep_run(output, "a", archive=5_000, sites=visited)
    assert 0 < scale_need(output, manifest, sites) <= scale_need(output, manifest, sites + 1)


def test_the_dearest_of_the_last_three_published_crawls_counts(tmp_path: Path) -> None:
    assert estimate_need(tmp_path, "crawl", 10) is None
    for run_id, archive in (("a", 900_000), ("b", 300_000), ("c", 500_000), ("d", 100)):
        keep_run(tmp_path, run_id, archive=archive)
    keep_run(tmp_path, "e", archive=HUGE, status="failed")
    keep_run(tmp_path, "f", archive=HUGE, kind="extract")
    need = estimate_need(tmp_path, "crawl", 10)
    assert need is not None
    assert need.run_id == "c"
    assert need.needed > 1_000_000


def test_where_there_is_room_nothing_happens(tmp_path: Path) -> None:
    check_room(tmp_path, "crawl", 400)
    keep_run(tmp_path, "a", archive=1000)
    check_room(tmp_path, "crawl", 10)


def test_too_little_room_is_told_with_both_figures(tmp_path: Path) -> None:
    keep_run(tmp_path, "a", archive=HUGE)
    with pytest.raises(OutputUnwritable, match=rf"{tmp_path} has .* free, and crawling 10 sites needs about 17592 GB \(as the run a did\)"):
        check_room(tmp_path, "crawl", 10)


def test_a_crawl_without_room_asks_for_nothing(tmp_path: Path) -> None:
    with serve_small_web({"/": GOOD_PAGE}) as web:
        (tmp_path / "sites.toml").write_text(site_row("bra", web.root), encoding="utf-8")
        keep_run(tmp_path, "a", archive=HUGE)
        command = ["crawl", "--sites", tmp_path / "sites.toml", "--output", tmp_path, "--run-id", "b", "-q"]
        done = run(*command, env={"SAMVERKAN_CONTACT": "drift@example.org"})
    assert (done.returncode, done.stdout) == (74, "")
    assert done.stderr.startswith(f"samverkan: {tmp_path} has ")
    assert done.stderr.count("\n") == 1
    assert web.log == []
    kept = read_manifest(tmp_path / "runs" / "b")
    assert (kept.status, kept.exit_code) == ("failed", 74)
    assert "samverkan_run_exit_code 74\n" in (tmp_path / "metrics.prom").read_text()
    assert "exit code 74" in (tmp_path / "logs" / "crawl.log").read_text()


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0.0 MB"), (420_000, "0.4 MB"), (83_000_000, "83 MB"), (1_234_000_000, "1.2 GB"), (83e9, "83 GB")]
)
def test_a_size_in_words(size: float, shown: str) -> None:
    assert show_size(size) == shown
