"""What an operator wants to know of an output folder at one look."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.accept import explain_refusal
from pipelines.disk_need import measure_files
from pipelines.lock import find_holder
from pipelines.resuming import find_unfinished
from samverkan.site_history import SiteTrouble, UnseenSite, find_troubles, find_unseen
from schemas.manifest import Manifest
from schemas.runs import list_runs

RUNS_LOOKED_AT = 60
"""How far back troubles are followed: a year of weekly crawls."""


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: what the output takes, its archives among that, and what is free beside it."""

    used: int
    archives: int
    free: int


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand."""

    output: Path
    runs: list[Manifest]
    """All of them, oldest first."""
    under_way: str | None
    """What the run says of itself that holds the lock."""
    unfinished: Manifest | None
    """The crawl with which `crawl --resume` would go on."""
    held: list[Manifest]
    """The runs that wait for `accept`."""
    troubles: list[SiteTrouble]
    unseen: list[UnseenSite]
    days: int
    """From how many days on a site counts as unseen."""
    disk: Disk


def look_at(output: Path, now: datetime, days: int) -> Status:
    """The status of an output folder, which need not exist."""
    runs = list_runs(output)
    crawls = [run for run in runs if run.kind != "extract"][-RUNS_LOOKED_AT:]
    holder = find_holder(output)
    return Status(
        output=output,
        runs=runs,
        under_way=holder,
        unfinished=None if holder else find_unfinished(output),
        held=[run for run in runs if explain_refusal(output, run) is None],
        troubles=find_troubles(output, crawls),
        unseen=find_unseen(output, crawls, now, days),
        days=days,
        disk=measure_disk(output),
    )


def measure_disk(output: Path) -> Disk:
    """What lies there, and what is free on the disk where it lies or is to lie."""
    place = next(folder for folder in (output, *output.absolute().parents) if folder.exists())
    return Disk(measure_files(output.rglob("*")), measure_files((output / "archive").rglob("*")), shutil.disk_usage(place).free)
