"""Real crawls of the sample web out of its archive, through spider, parsers and pipelines, each in a process of its own."""

import os
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.extract import extract_archives
from pipelines.lock import OutputLock
from pipelines.run import Run
from registry.sites import load_sites
from schemas.datasets import KNOWN
from schemas.errors import LockHeld, NothingReadable, OutputUnwritable
from schemas.manifest import read_manifest
from spiders.replay import replay_settings
from spiders.runner import run_crawl
from tests.spiders.crawling import CLEAN

SAMPLE = Path(__file__).parents[2] / "samverkan" / "sample_web"
SITES = SAMPLE / "sites.toml"


def crawl(output: Path, run_id: str, **overrides: Any) -> str:
    """The reason for which the crawl ended; raises what it raised."""
    own = {"SAMVERKAN_OUTPUT": str(output), "SAMVERKAN_SITES": str(SITES), "SAMVERKAN_RUN_ID": run_id, "SAMVERKAN_KIND": "demo"}
    settings = {**replay_settings(next(SAMPLE.glob("*.warc.gz"))), **own, **overrides}
    with CLEAN.Pool(1) as pool:
        return pool.apply(_crawl, (settings,))


def _crawl(settings: Mapping[str, Any]) -> str:
    return run_crawl(settings).reason


class Stopper:
    """An item pipeline that stops the program at the third page, as an operator would."""

    pages = 0

    def process_item(self, item: Any) -> Any:
        """Passes it on."""
        self.pages += 1
        if self.pages == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return item


class DiskFiller:
    """An item pipeline before the run's: the disk is full when the run takes its third page, and not a moment longer."""

    pages, allowed = 0, 0

    def process_item(self, item: Any) -> Any:
        """Passes it on."""
        type(self).pages += 1
        if self.pages == 3:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.allowed, resource.RLIM_INFINITY))
        return item


class DiskClearer:
    """One after it."""

    def process_item(self, item: Any) -> Any:
        """Passes it on."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        return item


class EarlyStopper:
    """Stops the program while the spider is opened: Scrapy's engine does not run yet."""

    def open_spider(self) -> None:
        """Sends the signal."""
        os.kill(os.getpid(), signal.SIGTERM)


class LateStopper:
    """Stops the program while the run is finished."""

    event, file = "open", ".manifest.json.partial"

    def close_spider(self) -> None:
        """Sees to it that the signal comes the next time that a file is touched."""
        sys.addaudithook(self._stop)
        self._is_waiting = True

    def _stop(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == self.event and self._is_waiting and str(arguments[0]).endswith(self.file):
            self._is_waiting = False
            os.kill(os.getpid(), signal.SIGTERM)


class TooLateStopper(LateStopper):
    """Stops the program while the run is published."""

    event, file = "os.rename", ".1.partial"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    assert crawl(folder, "1") == "finished"
    return folder


def test_a_crawl_ends_in_a_published_run(output: Path) -> None:
    manifest = read_manifest(output / "latest")
    assert (manifest.run_id, manifest.kind, manifest.status) == ("1", "demo", "published")
    assert manifest.rows["pages"] > 5
    assert manifest.rows["members"] > 5
    assert {site.id for site in load_sites(SITES)} == set(manifest.sites)
    assert "facts" in manifest.sites.values()
    assert "not_visited" not in manifest.sites.values()


def test_the_archive_is_one_wacz_that_the_pages_lie_in(output: Path) -> None:
    assert [path.name for path in (output / "archive").iterdir()] == ["1.wacz"]
    assert "archive/1.wacz" in read_manifest(output / "latest").files
    pages = pd.read_parquet(output / "latest/pages.parquet")
    assert set(pages.archive_file) == {"1.wacz"}
    data = (output / "archive/1.wacz").read_bytes()
    assert all(data[offset:].startswith(b"\x1f\x8b") for offset in pages.archive_offset)  # each response is a gzip member


def test_a_crawl_and_its_archive_extracted_give_the_same_facts(output: Path, tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="extract", sites=load_sites(SITES)) as run:
        assert extract_archives([output / "archive/1.wacz"], run) > 5
        extracted = run.finish()
    crawled = read_manifest(output / "latest")
    for dataset in set(KNOWN) - {"issues", "coverage", "fetches"}:  # the spider sees more than the archive holds
        assert extracted.datasets[dataset].content_sha256 == crawled.datasets[dataset].content_sha256, dataset


def test_an_archive_extracted_twice_gives_the_same_rows(output: Path, tmp_path: Path) -> None:
    manifests = []
    for run_id in ("1", "2"):
        with Run.open(tmp_path, kind="extract", run_id=run_id, sites=load_sites(SITES)) as run:
            extract_archives([output / "archive/1.wacz"], run)
            manifests.append(run.finish())
    first, second = ({name: table.content_sha256 for name, table in manifest.datasets.items()} for manifest in manifests)
    assert first == second


def test_a_run_that_cannot_be_opened_ends_the_crawl(tmp_path: Path) -> None:
    lock = OutputLock(tmp_path)
    lock.acquire("crawl 0")
    with pytest.raises(LockHeld, match="crawl 0"):
        crawl(tmp_path, "1")
    lock.release()
    assert not (tmp_path / "runs").exists() or not list((tmp_path / "runs").iterdir())
    assert not list(tmp_path.rglob("*.warc.gz"))


def test_a_crawl_stopped_by_a_signal_is_not_published(tmp_path: Path) -> None:
    assert crawl(tmp_path, "1", ITEM_PIPELINES=with_pipeline("Stopper")) == "shutdown"
    assert not (tmp_path / "latest").exists()
    assert read_manifest(tmp_path / "runs/1").status == "interrupted"
    assert not list((tmp_path / "archive").glob("*.wacz"))


def test_a_crawl_stopped_before_its_engine_runs_asks_for_nothing(tmp_path: Path) -> None:
    assert crawl(tmp_path, "1", ITEM_PIPELINES=with_pipeline("EarlyStopper")) == "shutdown"
    assert read_manifest(tmp_path / "runs/1").status == "interrupted"
    assert not list((tmp_path / "archive").iterdir())


def test_a_crawl_stopped_while_its_run_is_finished_is_not_published(tmp_path: Path) -> None:
    assert crawl(tmp_path, "1", ITEM_PIPELINES=with_pipeline("LateStopper")) == "finished"
    assert not (tmp_path / "latest").exists()
    manifest = read_manifest(tmp_path / "runs/1")
    assert (manifest.status, manifest.reason) == ("interrupted", "stopped by SIGTERM")
    assert (tmp_path / "archive" / "1.warc.gz").is_file()
    assert not list((tmp_path / "archive").glob("*.wacz"))


def test_a_disk_that_refuses_a_pages_rows_ends_the_crawl(tmp_path: Path) -> None:
    fuller = {f"tests.pipelines.test_facts.{name}": place for name, place in (("DiskFiller", 200), ("DiskClearer", 400))}
    with pytest.raises(OutputUnwritable):
        crawl(tmp_path, "1", ITEM_PIPELINES={"pipelines.facts.FactsPipeline": 300, **fuller})
    manifest = read_manifest(tmp_path / "runs/1")
    assert (manifest.status, manifest.exit_code, set(manifest.datasets)) == ("failed", 74, {"coverage", "issues"})


def test_a_signal_while_a_run_is_published_comes_too_late(tmp_path: Path) -> None:
    assert crawl(tmp_path, "1", ITEM_PIPELINES=with_pipeline("TooLateStopper")) == "finished"
    assert read_manifest(tmp_path / "latest").status == "published"
    assert not list((tmp_path / "runs/1").glob(".*"))


def with_pipeline(name: str) -> dict[str, int]:
    """The item pipelines of a crawl, and one of this file."""
    return {"pipelines.facts.FactsPipeline": 300, f"tests.pipelines.test_facts.{name}": 400}


def test_a_crawl_that_reads_nothing_is_not_published(tmp_path: Path) -> None:
    empty = tmp_path / "sites.toml"
    empty.write_text('[[site]]\nid = "fjarran"\nowner = "Fjärran"\nstart_urls = ["https://fjarran.se/"]\n', encoding="utf-8")
    with pytest.raises(NothingReadable):
        crawl(tmp_path / "output", "1", SAMVERKAN_SITES=str(empty))
    manifest = read_manifest(tmp_path / "output/runs/1")
    assert (manifest.status, manifest.sites) == ("failed", {"fjarran": "unreachable"})
