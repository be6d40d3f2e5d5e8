"""A run from its first page to its publication: `with Run.open(...) as run: run.add_page(page) ...; run.finish()`."""

import logging
import signal
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.assemble import Datasets, assemble_datasets
from pipelines.collect import Collector, Reader
from pipelines.confidence import read_calibrated
from pipelines.cost import count_found, tell_cost
from pipelines.coverage import describe_silence
from pipelines.data_package import FILE_NAME as DATA_PACKAGE
from pipelines.data_package import write_data_package
from pipelines.ending import PUBLISHED, find_exit_code
from pipelines.issues import sort_issue_rows
from pipelines.keep_archive import discard_warcs, pack_archive, shift_places
from pipelines.keys import Row
from pipelines.lock import OutputLock
from pipelines.manifest import begin_manifest, format_instant, write_manifest
from pipelines.metrics import FILE_NAME as METRICS
from pipelines.metrics import show_metrics, write_run_metrics
from pipelines.publish import choose_run_id, clear_folder, clear_leftovers, keep_folder, make_partial, prepare_output, publish_folder
from pipelines.reading_version import name_reading
from pipelines.resuming import reopen_run
from pipelines.reviewing import note_published, review_run
from pipelines.spill import Spill
from pipelines.stopping import Stopped, handling_signals
from pipelines.store import describe_table, hash_file, load_snapshot, write_tables
from pipelines.suppress import heed_list, suppress_rows
from registry.aliases import load_aliases
from registry.registry import load_registry
from registry.sites import SiteList
from schemas.errors import NothingReadable, RunHeld, SamverkanError, UsageError
from schemas.facts import Issue
from schemas.manifest import Manifest, StoredTable
from schemas.output import archive_file, failures_file, partial_folder, run_folder
from schemas.page import Page
from schemas.persons import Persons
from schemas.review import Candidate, Reviewer
from schemas.runs import find_previous
from schemas.visit import Fetch, SiteVisit

logger = logging.getLogger(__name__)

KINDS = ("crawl", "extract", "demo")


class Run:
    """One run of an output folder, whose lock it holds. Leaving the `with` block unfinished keeps it as interrupted or failed."""

    def __init__(
        self,
        output: Path,
        manifest: Manifest,
        partial: Path,
        sites: SiteList,
        lock: OutputLock,
        read: Reader | None,
        reviewer: Reviewer | None,
        listed: Persons,
    ) -> None:
        """Use `Run.open`."""
        self._listed = listed
        self.output = output
        self.manifest = manifest
        self._sites = sites
        self._lock = lock
        self._started = time.monotonic()
        self._is_open = True
        self._visits: Mapping[str, SiteVisit] = {}
        self._fetches: Mapping[str, Fetch] = {}
        self._warcs: list[Path] = []
        self._reviewer = reviewer
        self._previous = previous = find_previous(output, manifest.kind)
        manifest.previous_run_id = previous.name if previous else None
        manifest.code["reading"] = reading = name_reading(sites)
        spill = Spill(partial)
        snapshot = load_snapshot(previous if manifest.kind == "crawl" else None)
        self._collector = Collector(sites, load_registry(), snapshot, read or read_calibrated, reading, spill, listed)
        self._partial = partial
        try:
            write_manifest(manifest, self._partial)
        except Stopped as stopped:  # while it waits for the disk; the `with` block has not begun
            self._fail(stopped)
            raise

    @classmethod
    def open(
        cls,
        output: Path,
        *,
        kind: str,
        run_id: str | None = None,
        sites: SiteList,
        options: Mapping[str, object] | None = None,
        read: Reader | None = None,
        reviewer: Reviewer | None = None,
        is_resumed: bool = False,
    ) -> Self:
        """Takes the lock and begins a run in `output`, which is made where missing; `run_id` defaults to the time.

        `read`: what reads a page, `pipelines.confidence.read_calibrated` unless told otherwise. `reviewer`: who compares the run with
        the one before and may hold it; without one it is published as it is, without datasets of changes. `is_resumed`: `run_id`
        names an unfinished crawl, which is opened again.
        Who stands in the output's do-not-publish list is masked in all that it holds, before the run begins.
        Raises LockHeld, OutputUnwritable, or UsageError (the run id exists, or cannot be a file name; the list cannot be read).
        """
        if kind not in KINDS:
            raise UsageError(f"a run is one of {', '.join(KINDS)}, not {kind!r}")
        output = prepare_output(output)
        lock = OutputLock(output)
        lock.acquire(f"{kind} {run_id or ''}".strip())
        try:
            clear_leftovers(output)
            listed = heed_list(output)
            if is_resumed and run_id:
                partial = partial_folder(output, run_id)
                return cls(output, reopen_run(output, run_id, partial), partial, sites, lock, read, reviewer, listed)
            now = datetime.now(UTC)
            manifest = begin_manifest(choose_run_id(output, run_id, now), kind, now, options or {})
            return cls(output, manifest, make_partial(output, manifest.run_id), sites, lock, read, reviewer, listed)
        except BaseException as error:
            with suppress(SamverkanError, OSError):
                clear_leftovers(output, str(error) or type(error).__name__)  # a signal may come when the run has a folder already
            lock.release()
            raise

    @property
    def run_id(self) -> str:
        """The id, also the name of the folder under `runs`."""
        return self.manifest.run_id

    @property
    def folder(self) -> Path:
        """Where the run lies once it is published or kept."""
        return run_folder(self.output, self.run_id)

    @property
    def archive(self) -> Path:
        """Where the WACZ of a crawl lies once it is published."""
        return archive_file(self.output, self.run_id)

    def add_page(self, page: Page) -> None:
        """Takes any response, in any order. HTML that answered 200 is read; a page that breaks its parser becomes an issue."""
        self._collector.add_page(page)

    def add_issue(self, issue: Issue, *, url: str | None = None, site_id: str | None = None) -> None:
        """Takes what went wrong outside of a page's reading: in the archive, on the way to a page."""
        self._collector.add_issue(issue, url, site_id)

    @property
    def facts_so_far(self) -> int:
        """How many facts the pages stated that have been read."""
        return self._collector.facts

    def finish(
        self,
        *,
        visits: Mapping[str, SiteVisit] | None = None,
        fetches: Mapping[str, Fetch] | None = None,
        warcs: Sequence[Path] = (),
    ) -> Manifest:
        """Resolves, checks, deduplicates, stores and publishes what came; gives the manifest of the published run.

        `visits`: how the spider fared, by site. `fetches`: what it asked for, by address. `warcs`: the crawl's archive, packed as
        `archive/<run_id>.wacz` and then removed.
        Raises NothingReadable or OutputUnwritable; then the run is kept unpublished. Raises RunHeld where the review forbids to publish
        it; then it is kept with its datasets and its archive.
        """
        self._visits = visits or {}
        self._fetches = fetches or {}
        try:
            if self._collector.is_empty:
                raise NothingReadable(f"no readable page was found{describe_silence(self._visits)}")
            self._store([warc for warc in warcs if warc.exists()])
            with handling_signals(signal.SIG_IGN):  # too late to stop it
                self._show()
                self._is_open = False
        except BaseException as error:
            self._fail(error)
            raise
        self._collector.spill.close()
        self._show_metrics()
        discard_warcs(warcs)
        failures_file(self.output, self.run_id).unlink(missing_ok=True)
        try:
            if self.manifest.status == "published":
                note_published(self._reviewer, self.output, self.run_id)
        finally:
            self._lock.release()
        if self.manifest.status == "held":
            raise RunHeld(self.run_id, str(self.manifest.reason))
        return self.manifest

    def _show(self) -> None:
        """Makes the complete run visible, and unless it is held also the newest."""
        show = publish_folder if self.manifest.status == "published" else keep_folder
        show(self._partial, self.output, self.run_id)

    def abandon(
        self, status: str, reason: str, exit_code: int = SamverkanError.exit_code, *, visits: Mapping[str, SiteVisit] | None = None
    ) -> None:
        """Ends the run unpublished (`interrupted` or `failed`): its manifest, coverage and issues are kept, `latest` stays.

        `exit_code`: with which the program is about to end. `visits`: how the spider fared, by site.
        The WARCs of a crawl stay where they are and can be extracted. Where the disk refuses even that, the next run clears up.
        Does nothing where the run has ended already.
        """
        if not self._is_open:
            return
        self._is_open = False
        self._visits = visits or self._visits
        self.manifest.reason = self._listed.mask(reason)
        self.manifest.exit_code = exit_code
        try:
            clear_folder(self._partial)
            self._drop_archive()
            rows = self._tell()
            self._close(status, rows, write_tables({**rows, **self._suppress(rows)}, self._partial, self.run_id))
            keep_folder(self._partial, self.output, self.run_id)
            self._show_metrics()
        except (SamverkanError, OSError) as error:
            logger.warning("what is known of the run %s could not be kept: %s", self.run_id, error)
        finally:
            self._collector.spill.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if error is not None:
            self._fail(error)
        self.abandon("failed", "the run was left before it was finished")

    def _store(self, warcs: list[Path]) -> None:
        """Everything that is published with the run, but out of sight."""
        collected = self._collector, self._sites, self._visits, load_registry(), load_aliases()
        rows, ledger = assemble_datasets(*collected, self._fetches)
        balances = ledger.close(rows)
        self._warcs = warcs
        offsets = pack_archive(warcs, self.archive, run_id=self.run_id, created=self.manifest.started_at)
        shifted = {dataset: shift_places(rows[dataset], self.archive.name, offsets) for dataset in ("pages", "fetches")}
        written = write_tables({**rows, **shifted, **self._suppress(rows)}, self._partial, self.run_id)
        tables = {dataset: replace(table, balance=balances[dataset]) for dataset, table in written.items()}
        candidate = Candidate(self.output, self._partial, self.manifest, self._previous)
        verdict = review_run(self._reviewer, candidate, self._collector, self._sites, self._listed)
        tables |= {dataset: describe_table(self._partial / f"{dataset}.parquet") for dataset in verdict.tables}
        write_data_package(self._partial, self.run_id, tables)
        self.manifest.files = {DATA_PACKAGE: hash_file(self._partial / DATA_PACKAGE)}
        if offsets:
            self.manifest.files[f"archive/{self.archive.name}"] = hash_file(self.archive)
        self.manifest.files |= {name: hash_file(self._partial / name) for name in verdict.files}
        self.manifest.changes = {dataset: dict(counts) for dataset, counts in verdict.changes.items()}
        self.manifest.checks = list(verdict.findings)
        self.manifest.reason = "; ".join(verdict.reasons) or None
        self.manifest.exit_code = RunHeld.exit_code if verdict.reasons else PUBLISHED
        self._close("held" if verdict.reasons else "published", rows, tables)

    def _suppress(self, rows: Datasets) -> dict[str, Iterable[Row]]:
        """What is told of pages that were not read, without those who asked not to be published."""
        return {dataset: suppress_rows(dataset, rows[dataset], self._listed) for dataset in ("coverage", "issues") if dataset in rows}

    def _tell(self) -> Datasets:
        """Coverage and issues of a run that is not published; only the issues where it is the assembling that failed.

        Nothing is put aside on the disk, which may be full.
        """
        try:
            collected = self._collector, self._sites, self._visits, load_registry(), load_aliases()
            rows, _ = assemble_datasets(*collected, is_carrying=False, spill=Spill())
        except Exception:
            logger.exception("the run %s could not be assembled", self.run_id)
            return {"issues": sort_issue_rows(self._collector.list_issues())}
        return {dataset: rows[dataset] for dataset in ("coverage", "issues")}

    def _close(self, status: str, rows: Datasets, tables: Mapping[str, StoredTable]) -> None:
        """Completes the manifest and writes it."""
        manifest = self.manifest
        manifest.status = status
        manifest.finished_at = format_instant(datetime.now(UTC))
        manifest.duration = round(time.monotonic() - self._started, 3)
        manifest.datasets = dict(tables)
        manifest.files |= {table.file: table.sha256 for table in tables.values()}
        manifest.sites = {row["site_id"]: row["outcome"] for row in rows.get("coverage", [])}
        manifest.issues = count_issues(rows["issues"])
        tell_cost(manifest, self._visits, count_found(rows.get("pages", []), self._collector.seen))
        if manifest.kind == "crawl":
            manifest.files[METRICS] = hash_file(write_run_metrics(manifest, rows, self._partial, self.output))
        write_manifest(manifest, self._partial)

    def _show_metrics(self) -> None:
        if self.manifest.kind == "crawl":
            show_metrics(self.folder, self.output)

    def _drop_archive(self) -> None:
        """Of a run that is not published the WARCs stay; packed they would be twice there."""
        if self._warcs:
            self.archive.unlink(missing_ok=True)

    def _fail(self, error: BaseException) -> None:
        is_stopped = isinstance(error, KeyboardInterrupt | SystemExit)
        self.abandon("interrupted" if is_stopped else "failed", str(error) or type(error).__name__, find_exit_code(error))


def count_issues(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """severity -> code -> how many"""
    counts = Counter((row["severity"], row["code"]) for row in rows)
    severities = sorted({severity for severity, _ in counts})
    return {severity: {code: count for (there, code), count in sorted(counts.items()) if there == severity} for severity in severities}
