"""What is to be said against a crawl that was killed and gone on with, beside one that nothing disturbed."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from archive.recovery import recover_warc
from pipelines.keys import Row
from schemas.datasets import KEYS
from schemas.manifest import read_manifest
from schemas.output import archive_file, run_folder
from schemas.tables import read_rows

PLACES = ("archive_file", "archive_offset", "archive_length")
LEFTOVERS = ("runs/.*", "archive/*.warc.gz", "archive/*.jsonl", "archive/.*", "runs/*/.*")
"""What must not be there once a run is published."""


def compare_datasets(output: Path, run_id: str, other: Path, other_id: str) -> Iterator[str]:
    """Each dataset whose rows differ, and in what: but for run id, times and places; each key that is there twice."""
    run, undisturbed = run_folder(output, run_id), run_folder(other, other_id)
    for name in read_manifest(undisturbed).datasets:
        rows, expected = (list(map(strip_row, read_rows(folder / f"{name}.parquet"))) for folder in (run, undisturbed))
        if rows != expected:
            first = next((pair for pair in zip(rows, expected, strict=False) if pair[0] != pair[1]), ({}, {}))
            told = {column: (value, first[1].get(column)) for column, value in first[0].items() if value != first[1].get(column)}
            yield f"{name}: {len(rows)} rows, not {len(expected)}" if len(rows) != len(expected) else f"{name} differs: {told}"
        keys = Counter(tuple(str(row[column]) for column in KEYS[name]) for row in rows if KEYS[name])
        yield from (f"{name}: the key {key} is there {count} times" for key, count in keys.items() if count > 1)


def strip_row(row: Row) -> dict[str, Any]:
    """What two crawls of the same web have in common: not when it came, how long it took, or where it lies."""
    return {name: value for name, value in row.items() if name not in (*PLACES, "run_id", "seconds") and not isinstance(value, datetime)}


def compare_archives(output: Path, run_id: str, other: Path, other_id: str) -> Iterator[str]:
    """Each address of which the archive holds more or fewer exchanges."""
    archived, expected = count_exchanges(output, run_id), count_exchanges(other, other_id)
    yield from (
        f"archived {archived[url]} times, not {expected[url]}: {url}" for url in archived | expected if archived[url] != expected[url]
    )


def count_exchanges(output: Path, run_id: str) -> Counter[str]:
    """How often each address stands in the WACZ of a run."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(archive_file(output, run_id)) as wacz:
        warc = wacz.extract(f"archive/{run_id}.warc.gz", folder)
        return Counter(exchange.url for exchange in recover_warc(Path(warc)))


def compare_requests(sent: Counter[str], expected: Counter[str], in_flight: Counter[str], kills: int) -> Iterator[str]:
    """Each address asked for once too often, although its answer was known, or never; each host with two requests in flight at one kill."""
    for url in sent | expected:
        if not expected[url] <= sent[url] <= expected[url] + in_flight[url]:
            yield f"sent {sent[url]} times, not {expected[url]} (in flight {in_flight[url]}): {url}"
    hosts: Counter[str] = Counter()
    for url, count in in_flight.items():
        hosts[urlsplit(url).netloc] += count
    yield from (f"{host}: {count} requests were in flight at {kills} kills" for host, count in hosts.items() if count > kills)


def find_leftovers(output: Path) -> Iterator[str]:
    """What a published run should have cleared away."""
    yield from (f"left over: {path.relative_to(output)}" for pattern in LEFTOVERS for path in output.glob(pattern))
