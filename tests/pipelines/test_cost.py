"""What a crawl cost, as its manifest tells."""

from pathlib import Path

import pytest

from pipelines.cost import count_found, tell_cost
from pipelines.run import Run
from schemas.manifest import Manifest, read_manifest
from schemas.visit import SiteVisit
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines, run_pages

VISITS = {"ale": SiteVisit("ale", requests=30, bytes_received=4000, pages_unchanged=2), "lerum": SiteVisit("lerum", "denied", requests=1)}


@pytest.mark.parametrize(("found", "each"), [(4, 7.75), (0, None)])
def test_the_requests_are_shared_among_the_pages_found(found: int, each: float | None) -> None:
    manifest = Manifest("a", "crawl", "running", "2026-11-21T04:00:00Z")
    tell_cost(manifest, VISITS, found)
    figures = (manifest.requests, manifest.bytes_received, manifest.pages_unchanged, manifest.requests_per_found_page)
    assert figures == (31, 4000, 2, each)


def test_only_pages_about_collaboration_that_this_run_saw_count_as_found() -> None:
    rows = [{"page_id": name, "is_collaboration": is_about} for name, is_about in (("a", True), ("b", False), ("c", True))]
    assert count_found(rows, {"a", "b"}) == 1


def test_an_extract_asked_nobody(tmp_path: Path) -> None:
    run = run_pages(tmp_path, make_page(GR, GR_TEXT), kind="extract")
    assert read_manifest(run.folder).requests is None


def test_a_run_that_was_stopped_tells_what_it_had_cost(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines) as run:
        run.abandon("interrupted", "stopped by a signal", visits=VISITS)
    assert read_manifest(run.folder).requests == 31


def test_facts_are_counted_once_for_each_page(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", sites=SITES, read=read_lines) as run:
        for hours, text in ((1, GR_TEXT), (0, "Göteborgsregionen: Ale kommun"), (2, f"{GR_TEXT}\nAntal: 13 kommuner")):
            run.add_page(make_page(GR, text, hours=hours))
        assert run.facts_so_far == 3
