"""A crawl's figures in the Prometheus text format: beside its manifest, and those of the last crawl as `metrics.prom` of the output."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.keys import Row
from schemas.datasets import SCHEMA_VERSION
from schemas.disk import write_text
from schemas.errors import OutputUnwritable
from schemas.manifest import Manifest
from schemas.runs import list_runs
from schemas.vocabularies import VOCABULARIES

logger = logging.getLogger(__name__)

FILE_NAME = "metrics.prom"
STATUSES = ("published", "held", "failed", "interrupted")
COUNTS = {
    "requests": ("requests", "Requests sent, robots.txt, sitemaps, redirects and retries included."),
    "bytes_received": ("received_bytes", "Bytes of the bodies that came, as sent."),
    "pages_fetched": ("pages_fetched", "Pages that answered with a body."),
    "pages_unchanged": ("pages_unchanged", "Pages that their site confirmed to be unchanged."),
    "pages_failed": ("pages_failed", "Pages given up, or answered with an error status."),
}
"""Columns of `coverage` that are summed over all sites: what the metric is called, and what it tells."""

MEASURED = {"coverage": None, "pages": ("is_collaboration", "checked_at", "fetched_at")}
"""The datasets that the figures come from, and the columns of them; None: all."""

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One gauge: its name without the "samverkan_" in front, what it tells, its values by their labels."""

    name: str
    tells: str
    samples: Sequence[tuple[Labels, float]]


def write_run_metrics(manifest: Manifest, rows: Mapping[str, Iterable[Row]], folder: Path, output: Path) -> Path:
    """Writes `metrics.prom` into the folder of a run that ends, whose manifest is complete but for its files. Raises OutputUnwritable."""
    path = folder / FILE_NAME
    write_text(path, render_metrics(manifest, rows, find_last_success(manifest, output)))
    return path


def show_metrics(folder: Path, output: Path) -> None:
    """Makes a run's figures those of the output, in one step. A disk that refuses is warned of: the run has ended as it has."""
    try:
        write_text(output / FILE_NAME, (folder / FILE_NAME).read_text("utf-8"))
    except (OSError, OutputUnwritable) as error:
        logger.warning("the metrics are those of an earlier run: %s", error)


def find_last_success(manifest: Manifest, output: Path) -> str | None:
    """When the newest published crawl ended, this one included; None where none ever was."""
    runs = [manifest, *list_runs(output)]
    return max((run.finished_at for run in runs if run.kind == "crawl" and run.status == "published" and run.finished_at), default=None)


def render_metrics(manifest: Manifest, rows: Mapping[str, Iterable[Row]], last_success: str | None) -> str:
    """The text of all metrics. A dataset that the run did not store has no sample; an outcome that no site had is 0."""
    metrics = [*describe_run(manifest, last_success), *describe_harvest(manifest), *describe_fetching(manifest, rows)]
    return "".join(line + "\n" for metric in metrics for line in render_metric(metric))


def describe_run(manifest: Manifest, last_success: str | None) -> Iterator[Metric]:
    """What run it is, and how it ended."""
    code = {name: value or "" for name, value in manifest.code.items()}
    yield Metric(
        "run_info", "The last crawl and the code that made it.", [({"run_id": manifest.run_id, "schema": SCHEMA_VERSION, **code}, 1)]
    )
    yield Metric("run_start_timestamp_seconds", "When the last crawl began.", [({}, read_seconds(manifest.started_at))])
    if manifest.finished_at:
        yield Metric("run_end_timestamp_seconds", "When the last crawl ended.", [({}, read_seconds(manifest.finished_at))])
    yield Metric("run_duration_seconds", "How long the last crawl took.", [({}, manifest.duration or 0)])
    if manifest.exit_code is not None:
        yield Metric("run_exit_code", "With which code the last crawl ended; 0 is good.", [({}, manifest.exit_code)])
    statuses = [({"status": status}, int(manifest.status == status)) for status in STATUSES]
    yield Metric("run_status", "1 at the status of the last crawl.", statuses)
    if last_success:
        yield Metric("last_success_timestamp_seconds", "When the newest published crawl ended.", [({}, read_seconds(last_success))])


def describe_harvest(manifest: Manifest) -> Iterator[Metric]:
    """What the run stored."""
    yield Metric("run_rows", "Rows that the last crawl stored.", [({"dataset": name}, rows) for name, rows in manifest.rows.items()])
    issues = [({"severity": name}, sum(manifest.issues.get(name, {}).values())) for name in VOCABULARIES["severity"].labels]
    yield Metric("run_issues", "Issues of the last crawl.", issues)
    changes = [({"dataset": name, "change": change}, number) for name, of in manifest.changes.items() for change, number in of.items()]
    yield Metric("run_changes", "Facts and pages that changed since the run before.", changes)
    checks = [({"severity": name}, sum(found.severity == name for found in manifest.checks)) for name in ("hold", "warn")]
    yield Metric("run_checks", "What the checks before publishing found.", checks)
    outcomes = list(manifest.sites.values())
    sites = [({"outcome": name}, outcomes.count(name)) for name in VOCABULARIES["site_outcome"].labels]
    yield Metric("run_sites", "Known sites by how the last crawl fared there.", sites)


def describe_fetching(manifest: Manifest, rows: Mapping[str, Iterable[Row]]) -> Iterator[Metric]:
    """What the run asked for, and what a collaboration page cost."""
    coverage = list(rows.get("coverage", ()))
    for column, (name, tells) in COUNTS.items():
        yield Metric(f"run_{name}", tells, [({}, sum(row[column] for row in coverage))])
    found = count_found_pages(rows.get("pages", ()), manifest.started_at)
    yield Metric("run_found_pages", "Collaboration pages that came or were confirmed.", [({}, found)])
    if found:
        cost = round(sum(row["requests"] for row in coverage) / found, 3)
        yield Metric("run_requests_per_found_page", "Requests sent for each of them.", [({}, cost)])


def count_found_pages(pages: Iterable[Row], started_at: str) -> int:
    """The collaboration pages that the run saw itself; those carried over were found by an earlier one."""
    began = datetime.fromisoformat(started_at)
    return sum(1 for page in pages if page["is_collaboration"] and (page["checked_at"] or page["fetched_at"]) >= began)


def render_metric(metric: Metric) -> Iterator[str]:
    """Its lines; none where it has no sample."""
    if metric.samples:
        name = f"samverkan_{metric.name}"
        yield f"# HELP {name} {metric.tells}"
        yield f"# TYPE {name} gauge"
        yield from (f"{name}{render_labels(labels)} {value}" for labels, value in metric.samples)


def render_labels(labels: Labels) -> str:
    """{outcome="facts"}; "" where there are none. Backslash, quote and line feed are escaped, as the format asks for."""
    escaped = [(name, text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")) for name, text in labels.items()]
    return "{" + ",".join(f'{name}="{text}"' for name, text in escaped) + "}" if escaped else ""


def read_seconds(instant: str) -> float:
    """ "2026-11-21T04:00:00Z" as seconds since 1970."""
    return datetime.fromisoformat(instant).timestamp()
