"""Where things lie in an output folder, and which run `latest` means. Reads only; `pipelines.publish` writes.

latest   a symbolic link to the newest published run, or, where the file system has no such links, a small text file
         that holds the same path: "runs/20261121T040000Z"
"""

from pathlib import Path

MANIFEST = "manifest.json"
"""In the folder of every run."""
LATEST = "latest"
LONGEST_POINTER = 200
"""Bytes that are read of a pointer file: "runs/", and a run id of at most 100 characters."""


def run_folder(output: Path, run_id: str) -> Path:
    """Where a run lies, published or kept."""
    return output / "runs" / run_id


def archive_file(output: Path, run_id: str) -> Path:
    """Where the WACZ of a published crawl lies."""
    return output / "archive" / f"{run_id}.wacz"


def warc_file(output: Path, run_id: str) -> Path:
    """Where the WARC of a crawl lies that was not published, or not yet."""
    return output / "archive" / f"{run_id}.warc.gz"


def failures_file(output: Path, run_id: str) -> Path:
    """Where an unfinished crawl lists its requests that got no answer."""
    return output / "archive" / f"{run_id}.failures.jsonl"


def crawl_log_file(output: Path) -> Path:
    """The log of live crawls; older parts of it lie beside it as `crawl.log.1` and so on."""
    return output / "logs" / "crawl.log"


def history_file(output: Path, dataset: str) -> Path:
    """The versions of a dataset's facts over all runs; of `changes` and `page_changes` the rows of all runs."""
    return output / "history" / f"{dataset}.parquet"


def feed_file(output: Path) -> Path:
    """The Atom feed of what changed over all runs."""
    return output / "feed.atom"


def feeds_folder(output: Path) -> Path:
    """Where the Atom feeds of the organisations on the watch list lie."""
    return output / "feeds"


def watch_list_file(output: Path) -> Path:
    """The organisations that have a feed of their own, an id or name on each line; written by the operator."""
    return output / "watch-list.txt"


def latest_run(output: Path) -> Path | None:
    """The folder of the newest published run, whichever form `latest` has; None where nothing was published yet."""
    latest = output / LATEST
    folder = output / _read_pointer(latest) if latest.is_file() else latest
    return folder.resolve() if (folder / MANIFEST).is_file() else None


def _read_pointer(file: Path) -> str:
    with file.open("rb") as pointer:
        return pointer.read(LONGEST_POINTER).decode("utf-8", "replace").replace("\0", "").strip()


def partial_folder(output: Path, run_id: str) -> Path:
    """Where a run lies while it is being written."""
    return output / "runs" / f".{run_id}.partial"


def removed_folder(output: Path, run_id: str) -> Path:
    """Where a run lies while its files are removed."""
    return output / "runs" / f".{run_id}.removed"
