"""The figures for Prometheus: valid, those of the run, carried on through failures."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.manifest import format_instant
from pipelines.metrics import render_labels, render_metrics
from pipelines.run import Run
from schemas.errors import NothingReadable
from schemas.manifest import Manifest, read_manifest
from schemas.review import Finding
from schemas.visit import SiteVisit
from tests.pipelines.prometheus_text import Samples, read_labels, read_metrics
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines, run_pages

VISITS = {
    "ale": SiteVisit("ale", pages_fetched=1, requests=7, bytes_received=900),
    "partille": SiteVisit("partille", "unreachable", requests=3),
}


def crawl_ale(output: Path, run_id: str) -> Manifest:
    """The manifest of a crawl in which one page came just now, with ten requests."""
    with Run.open(output, kind="crawl", run_id=run_id, sites=SITES, read=read_lines) as run:
        run.add_page(replace(make_page(GR, GR_TEXT), fetched_at=datetime.now(UTC)))
        return run.finish(visits=VISITS)


def read(path: Path) -> dict[str, Samples]:
    return read_metrics(path.read_text("utf-8"))


def value(metrics: dict[str, Samples], name: str, **labels: str) -> float:
    return metrics[f"samverkan_{name}"][tuple(sorted(labels.items()))]


def test_a_published_crawl_tells_its_figures(tmp_path: Path) -> None:
    manifest = crawl_ale(tmp_path, "a")
    metrics = read(tmp_path / "metrics.prom")
    assert value(metrics, "run_exit_code") == 0
    assert value(metrics, "run_status", status="published") == 1
    assert sum(metrics["samverkan_run_status"].values()) == 1
    assert {labels[0][1]: rows for labels, rows in metrics["samverkan_run_rows"].items()} == manifest.rows
    assert value(metrics, "run_sites", outcome="facts") == 1
    assert value(metrics, "run_sites", outcome="unreachable") == 1
    assert value(metrics, "run_sites", outcome="denied") == 0
    assert (value(metrics, "run_requests"), value(metrics, "run_received_bytes")) == (10, 900)
    assert value(metrics, "run_requests_per_found_page") == 10
    ended = datetime.fromtimestamp(value(metrics, "last_success_timestamp_seconds"), UTC)
    assert format_instant(ended) == manifest.finished_at


def test_the_same_figures_stand_beside_the_manifest_with_their_hash(tmp_path: Path) -> None:
    manifest = crawl_ale(tmp_path, "a")
    text = (tmp_path / "runs/a/metrics.prom").read_bytes()
    assert text == (tmp_path / "metrics.prom").read_bytes()
    assert manifest.files["metrics.prom"] == hashlib.sha256(text).hexdigest()


def test_a_failure_tells_its_own_figures_and_the_last_success(tmp_path: Path) -> None:
    crawl_ale(tmp_path, "a")
    success = value(read(tmp_path / "metrics.prom"), "last_success_timestamp_seconds")
    for run_id in ("b", "c"):
        with Run.open(tmp_path, kind="crawl", run_id=run_id, sites=SITES, read=read_lines) as run, pytest.raises(NothingReadable):
            run.finish(visits={"ale": SiteVisit("ale", "unreachable", requests=4)})
    metrics = read(tmp_path / "metrics.prom")
    assert ("run_id", "c") in next(iter(metrics["samverkan_run_info"]))
    assert value(metrics, "run_exit_code") == 4
    assert value(metrics, "run_status", status="failed") == 1
    assert value(metrics, "run_requests") == 4
    assert value(metrics, "last_success_timestamp_seconds") == success
    assert "samverkan_run_requests_per_found_page" not in metrics


def test_a_crawl_that_is_stopped_tells_what_it_asked_for(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines) as run:
        run.abandon("interrupted", "stopped by a signal", 143, visits=VISITS)
    metrics = read(tmp_path / "metrics.prom")
    assert (value(metrics, "run_exit_code"), value(metrics, "run_requests")) == (143, 10)
    assert "samverkan_last_success_timestamp_seconds" not in metrics


def test_changes_and_checks_are_counted() -> None:
    findings = [Finding("facts_lost", severity, "x") for severity in ("hold", "warn", "warn")]
    changes = {"contacts": {"added": 2, "changed": 1}, "page_changes": {"moved": 3}}
    manifest = Manifest("b", "crawl", "held", "2026-11-21T04:00:00Z", changes=changes, checks=findings)
    metrics = read_metrics(render_metrics(manifest, {}, None))
    assert {tuple(dict(labels).values()): number for labels, number in metrics["samverkan_run_changes"].items()} == {
        ("added", "contacts"): 2,
        ("changed", "contacts"): 1,
        ("moved", "page_changes"): 3,
    }
    assert (value(metrics, "run_checks", severity="hold"), value(metrics, "run_checks", severity="warn")) == (1, 2)
    assert value(metrics, "run_status", status="held") == 1


@pytest.mark.parametrize("kind", ["extract", "demo"])
def test_only_live_crawls_have_metrics(tmp_path: Path, kind: str) -> None:
    run_pages(tmp_path, make_page(GR, GR_TEXT), kind=kind)
    assert not list(tmp_path.rglob("metrics.prom"))


def test_a_page_that_was_carried_over_is_not_found_again(tmp_path: Path) -> None:
    run_pages(tmp_path, make_page("https://partille.se/", "Tolkförmedling Väst: Partille kommun"), run_id="a")  # days ago
    with Run.open(tmp_path, kind="crawl", run_id="b", sites=SITES, read=read_lines) as run:
        run.add_page(replace(make_page(GR, GR_TEXT), fetched_at=datetime.now(UTC)))
        run.finish()
    metrics = read(tmp_path / "metrics.prom")
    assert (value(metrics, "run_rows", dataset="pages"), value(metrics, "run_found_pages")) == (2, 1)


def test_where_the_metrics_cannot_be_shown_the_run_stands(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "metrics.prom").mkdir()
    crawl_ale(tmp_path, "a")
    assert read_manifest(tmp_path / "latest").exit_code == 0
    assert "the metrics are those of an earlier run" in caplog.text


@given(st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), st.text(st.characters(codec="utf-8"))))
def test_labels_read_back_as_they_were(labels: dict[str, str]) -> None:
    assert read_labels(render_labels(labels)[1:-1]) == labels


@given(st.text(), st.floats(0, 1e9), st.sampled_from([None, 0, 4, 70, 143]))
def test_any_manifest_gives_valid_text(version: str, duration: float, code: int | None) -> None:
    manifest = Manifest("a", "crawl", "failed", "2026-11-21T04:00:00Z", duration=duration, exit_code=code, code={"version": version})
    assert "samverkan_run_info" in read_metrics(render_metrics(manifest, {}, None))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a 1",
        "a 1\n",
        "# HELP a x\na 1\n",
        "# HELP a x\n# TYPE a gauge\nb 1\n",
        "# HELP a x\n# TYPE a gauge\na 1\na 2\n",
        '# HELP a x\n# TYPE a gauge\na{b="1"} one\n',
    ],
)
def test_the_reader_of_these_tests_is_strict(text: str) -> None:
    with pytest.raises(ValueError):
        read_metrics(text)
