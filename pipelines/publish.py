"""The folders of an output: a run is written out of sight, becomes visible whole, and only then is `latest` turned to it.

runs/.<run_id>.partial   being written; what a killed run leaves is cleared by the next one (`clear_leftovers`)
runs/.<run_id>.removed   being removed
runs/<run_id>            complete, or kept with its manifest, coverage and issues where it was not published
latest                   points to the newest published run, replaced in one step; its two forms stand in `schemas.output`
"""

import re
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.ending import PUBLISHED
from pipelines.manifest import format_instant, write_manifest
from pipelines.metrics import FILE_NAME as METRICS
from pipelines.metrics import MEASURED, write_run_metrics
from pipelines.store import hash_file
from schemas.disk import sync, writing
from schemas.errors import UsageError
from schemas.manifest import Manifest, read_manifest
from schemas.output import LATEST, MANIFEST, archive_file, failures_file, partial_folder, removed_folder, run_folder, warc_file
from schemas.tables import scan_rows

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
PUBLISHING = ".publishing"
"""In a complete run's folder until `latest` points to it: a run killed in between is published by the next one."""


def prepare_output(output: Path) -> Path:
    """The output folder as an absolute path, made with its `runs` where missing. Raises OutputUnwritable."""
    output = output.expanduser().absolute()
    with writing(output):
        (output / "runs").mkdir(parents=True, exist_ok=True)
        (output / "archive").mkdir(exist_ok=True)
    return output


def choose_run_id(output: Path, wanted: str | None, now: datetime) -> str:
    """The wanted id, else the time ("20261121T040000Z"), a second later where a run has that already.

    Raises UsageError where the wanted one is taken or cannot be a file name.
    """
    run_id = wanted or now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    if not wanted and run_folder(output, run_id).exists():
        return choose_run_id(output, None, now + timedelta(seconds=1))
    if not RUN_ID.fullmatch(run_id) or run_id == LATEST:
        raise UsageError(f"a run id is made of letters, digits, dots, hyphens and underscores and is not 'latest': {run_id!r}")
    if run_folder(output, run_id).exists():
        raise UsageError(f"the run {run_id} exists already in {output}")
    return run_id


def make_partial(output: Path, run_id: str) -> Path:
    """The hidden folder that a run is written into."""
    partial = partial_folder(output, run_id)
    with writing(partial):
        partial.mkdir()
    return partial


def publish_folder(partial: Path, output: Path, run_id: str) -> Path:
    """Makes a complete run visible and turns `latest` to it. Its files must be on the disk already."""
    folder = run_folder(output, run_id)
    with writing(folder):
        (partial / PUBLISHING).touch()
        sync(partial)
        partial.rename(folder)
        sync(folder.parent)
    turn_latest(folder, output)
    return folder


def publish_held(folder: Path, output: Path) -> Manifest:
    """Publishes a run that its checks held; gives its new manifest. What a kill leaves undone is done by `clear_leftovers`."""
    with writing(folder):
        (folder / PUBLISHING).touch()
        sync(folder)
    return finish_publication(folder, output)


def finish_publication(folder: Path, output: Path) -> Manifest:
    """Turns `latest` to a complete run that bears the mark of one that is being published; gives its manifest."""
    manifest = read_manifest(folder)
    if manifest.status == "held":
        now = format_instant(datetime.now(UTC))
        manifest = replace(manifest, status="published", reason=None, exit_code=PUBLISHED, accepted_at=now)
        if manifest.kind == "crawl":
            rows = {dataset: scan_rows(folder / f"{dataset}.parquet", columns) for dataset, columns in MEASURED.items()}
            manifest.files[METRICS] = hash_file(write_run_metrics(manifest, rows, folder, output))
        write_manifest(manifest, folder)
    turn_latest(folder, output)
    return manifest


def turn_latest(folder: Path, output: Path) -> None:
    """Points `latest` to a run, in one step: readers see the run before or this one."""
    temporary = output / ".latest.partial"
    with writing(output / LATEST):
        temporary.unlink(missing_ok=True)
        _point(temporary, f"runs/{folder.name}")
        temporary.replace(output / LATEST)
        sync(output)
        (folder / PUBLISHING).unlink(missing_ok=True)


def _point(pointer: Path, target: str) -> None:
    """Makes a symbolic link; a file that holds the path where there are none: FAT disks, some network shares, Windows."""
    try:
        pointer.symlink_to(target)
    except (OSError, NotImplementedError):  # the reasons have many numbers; what also hinders a file is told by the next lines
        pointer.write_text(f"{target}\n", encoding="utf-8")
        sync(pointer)


def keep_folder(partial: Path, output: Path, run_id: str) -> Path:
    """Makes a run visible that was not published; `latest` stays."""
    folder = run_folder(output, run_id)
    with writing(folder):
        partial.rename(folder)
        sync(folder.parent)
    return folder


def clear_folder(partial: Path) -> None:
    """Removes what was written of a run's datasets: half a dataset is worse than none, and a full disk needs the room."""
    with writing(partial):
        for path in partial.iterdir():
            if path.name != MANIFEST:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def clear_leftovers(output: Path, reason: str = "the process was killed, or the disk was full") -> None:
    """Ends what killed runs began, for that reason; the caller holds the lock, so none of them is alive.

    A run that had begun to be published is published. Any other is kept as `interrupted`, where it got as far as a
    manifest; its archive stays in `archive/` and can be extracted.
    """
    for partial in sorted((output / "runs").glob(".*.partial")):
        try:
            manifest = read_manifest(partial)
        except (OSError, ValueError):
            shutil.rmtree(partial, ignore_errors=True)
            continue
        clear_folder(partial)
        ended = replace(manifest, status="interrupted", reason=reason, exit_code=None, datasets={}, files={})
        write_manifest(ended, partial)
        keep_folder(partial, output, manifest.run_id)
        if warc_file(output, manifest.run_id).exists():  # packed, it would be twice there
            archive_file(output, manifest.run_id).unlink(missing_ok=True)
    for marker in sorted((output / "runs").glob(f"*/{PUBLISHING}")):
        finish_publication(marker.parent, output)
    for ending in (".warc.gz", ".failures.jsonl"):
        for file in (output / "archive").glob(f"*{ending}"):
            discard_if_complete(output, file.name.removesuffix(ending))
    for draft in (output / "archive").glob(".*.part"):
        shutil.rmtree(draft, ignore_errors=True) if draft.is_dir() else draft.unlink(missing_ok=True)
    clear_removed(output)


def clear_removed(output: Path) -> None:
    """Removes the folders of runs that `samverkan prune` took out of sight, also where it was killed."""
    for folder in sorted((output / "runs").glob(removed_folder(output, "*").name)):
        with writing(folder):
            shutil.rmtree(folder)


def discard_if_complete(output: Path, run_id: str) -> None:
    """Removes the WARC of a complete run, published or held, that was killed before its last step."""
    with suppress(OSError, ValueError):  # of such a manifest nobody can tell
        if read_manifest(run_folder(output, run_id)).status in ("published", "held") and archive_file(output, run_id).is_file():
            discard_warc(output, run_id)


def discard_warc(output: Path, run_id: str) -> None:
    """Removes the WARC of a complete run, whose bytes are in its WACZ, and the list of its failed requests, which are in its datasets."""
    warc_file(output, run_id).unlink(missing_ok=True)
    failures_file(output, run_id).unlink(missing_ok=True)
