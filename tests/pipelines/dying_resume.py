"""A program for the tests: an interrupted crawl that is gone on with, killed at its steps that touch the output, and gone on with again.

`python -m tests.pipelines.dying_resume OUTPUT [EVERY]` (every third step, for instance) prints a JSON object per kill: what `latest`
pointed to, whether that run was whole, and how things stood in the end: how often the archive holds the page, what was left over.
"""

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.recovery import recover_warc
from archive.writer import WarcWriter
from pipelines.run import Run
from registry.registry import load_registry
from schemas.manifest import read_manifest
from schemas.output import archive_file, failures_file, run_folder, warc_file
from schemas.page import ArchivePlace
from tests.pipelines.dying_run import die_at, examine, finish_run
from tests.pipelines.small_pages import GR, GR_TEXT, NOON, SITES, make_page, read_lines

RUN_ID = "2"


def interrupt_crawl(output: Path) -> None:
    """A crawl that was answered once and then stopped."""
    with Run.open(output, kind="crawl", run_id=RUN_ID, sites=SITES, read=read_lines) as run:
        with WarcWriter(warc_file(output, RUN_ID), run_id=RUN_ID, software="test") as writer:
            writer.write_exchange(
                url=GR, method="GET", request_headers=(), status=200, response_headers=(), body=GR_TEXT.encode(), fetched_at=NOON
            )
        failures_file(output, RUN_ID).write_text("")
        run.abandon("interrupted", "stopped by a signal", 143)


def resume_crawl(output: Path) -> None:
    """Goes on with it to its end."""
    with Run.open(output, kind="crawl", run_id=RUN_ID, sites=SITES, read=read_lines, is_resumed=True) as run:
        (exchange,) = recover_warc(warc := warc_file(output, RUN_ID))
        place = ArchivePlace(warc.name, exchange.place.offset, exchange.place.length)
        run.add_page(replace(make_page(GR, GR_TEXT), archived=place))
        run.finish(warcs=[warc])


def run_apart(work: Callable[[], None]) -> bool:
    """Whether work in a process of its own was killed."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_at(step: int, output: Path) -> bool:
    """Whether the resumed crawl was killed; False where it ended before it came to the step."""

    def die() -> None:
        die_at(step, output)
        resume_crawl(output)

    return run_apart(die)


def end_crawl(output: Path) -> None:
    """What the operator does next: goes on with it, or where it is published runs something else."""
    folder = run_folder(output, RUN_ID)
    is_published = folder.exists() and read_manifest(folder).status == "published"
    run_apart(lambda: finish_run(output, "3", 0) if is_published else resume_crawl(output))


def count_archived(output: Path) -> int:
    """Exchanges in the WACZ of the crawl."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(archive_file(output, RUN_ID)) as wacz:
        return len(recover_warc(Path(wacz.extract(f"archive/{RUN_ID}.warc.gz", folder))))


def main() -> None:
    """Kills it at one step after the other, until it comes to its end."""
    load_registry()  # once, not in every child
    first, stride = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1
    finish_run(first, "1", 0)
    interrupt_crawl(first)
    step = 0
    is_killed = True
    while is_killed:
        step += stride
        shutil.copytree(first, output := first.with_name(f"step{step}"), symlinks=True)
        is_killed = kill_at(step, output)
        before = examine(output)
        if is_killed:
            end_crawl(output)
        left = [
            str(path.relative_to(output)) for path in output.rglob("*") if path.name.startswith(".") or path.suffix in (".gz", ".jsonl")
        ]
        told = {"step": step, "killed": is_killed, "before": before, "after": examine(output), "archived": count_archived(output)}
        print(json.dumps(told | {"status": read_manifest(run_folder(output, RUN_ID)).status, "leftovers": left}))  # noqa: T201
        shutil.rmtree(output)


if __name__ == "__main__":
    main()
