"""What a run says of itself in `manifest.json`: what it is, how it went, and what its files hold; read here, written by `pipelines`."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.datasets import FACTS
from schemas.output import MANIFEST
from schemas.review import Finding


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the rows of one dataset came from (the first two) and what became of them (the other three)."""

    carried_over: int
    extracted: int
    stored: int
    merged: int
    kept_out: int

    @property
    def holds(self) -> bool:
        """Whether every row is accounted for."""
        return self.carried_over + self.extracted == self.stored + self.merged + self.kept_out


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One dataset of a run as it was stored. `content_sha256` covers its rows without `run_id` and instants: equal for equal facts."""

    file: str
    rows: int
    sha256: str
    content_sha256: str
    balance: Balance | None = None
    """Of a published run; null for the datasets of changes, which are made of two runs."""


@dataclass(slots=True)
class Manifest:
    """A run. Times are UTC in ISO 8601, `duration` seconds."""

    run_id: str
    kind: str
    """crawl | extract | demo"""
    status: str
    """running | published | held | failed | interrupted"""
    started_at: str
    finished_at: str | None = None
    duration: float | None = None
    reason: str | None = None
    """Why it was not published."""
    resumed_at: list[str] = field(default_factory=list)
    """When it was gone on with after an interruption; `duration` is that of the last part."""
    exit_code: int | None = None
    """With which the program ends that made it: 0 of a published run, null while it is running and of one that was killed."""
    previous_run_id: str | None = None
    """The published run of its kind that it was compared with, and whose pages a crawl carried over."""
    options: dict[str, Any] = field(default_factory=dict)
    code: dict[str, str | None] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    """site_id -> outcome"""
    requests: int | None = None
    """Of a crawl: all that it sent, robots.txt, sitemaps, redirects and retries too."""
    bytes_received: int | None = None
    """Of a crawl: bytes of the bodies that came, as sent."""
    pages_unchanged: int | None = None
    """Of a crawl: pages that their sites confirmed to be unchanged."""
    requests_per_found_page: float | None = None
    """Of a published crawl: requests for each page about collaboration that was fetched or confirmed; null where there was none."""
    datasets: dict[str, StoredTable] = field(default_factory=dict)
    issues: dict[str, dict[str, int]] = field(default_factory=dict)
    """severity -> code -> how many"""
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    """dataset (or `page_changes`) -> change -> how many, those of cause `reading` not among them"""
    checks: list[Finding] = field(default_factory=list)
    """What the checks before publishing found."""
    accepted_at: str | None = None
    """When somebody published it although its checks had held it."""
    forgotten_at: str | None = None
    """When what it says of persons was last masked, because it was old or they asked for it; files and their hashes are those of then."""
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file of the run's folder but this one, and of its archive ("archive/<run_id>.wacz")."""

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each dataset holds."""
        return {name: entry.rows for name, entry in self.datasets.items()}

    @property
    def facts(self) -> int | None:
        """How many facts the run holds; None of one that has no datasets."""
        return sum(self.rows.get(dataset, 0) for dataset in FACTS) if "pages" in self.rows else None


def read_manifest(path: Path) -> Manifest:
    """The manifest of a run, by its folder or its file. Raises OSError or ValueError where there is none that can be read."""
    file = path / MANIFEST if path.is_dir() else path
    values = json.loads(file.read_text("utf-8"))
    if not isinstance(values, dict) or not {"run_id", "kind", "status", "started_at"} <= values.keys():
        raise ValueError(f"{file} is not the manifest of a run")
    known = {name: value for name, value in values.items() if name in Manifest.__dataclass_fields__}
    try:
        known["datasets"] = {name: _read_table(entry) for name, entry in values.get("datasets", {}).items()}
        known["checks"] = [Finding(**entry) for entry in values.get("checks", [])]
    except (TypeError, AttributeError) as error:  # of a later version, or edited by hand
        raise ValueError(f"{file} is not the manifest of a run: {error}") from error
    return Manifest(**known)


def _read_table(entry: dict[str, Any]) -> StoredTable:
    return StoredTable(**(entry | {"balance": Balance(**entry["balance"]) if entry.get("balance") else None}))
