"""What a run says of itself in `manifest.json`: what it is, how it went, and what its files hold."""

import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipelines.disk import write_text
from pipelines.ledger import Balance
from schemas.datasets import FACTS
from schemas.output import MANIFEST

LIBRARIES = ("scrapy", "beautifulsoup4", "lxml", "pyarrow", "pydantic", "warcio")


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One dataset of a run as it was stored. `content_sha256` covers its rows without `run_id` and instants: equal for equal facts."""

    file: str
    rows: int
    sha256: str
    content_sha256: str
    balance: Balance | None = None
    """Of a published run."""


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
    """The run whose pages were carried over."""
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
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file of the run's folder but this one, and of its archive ("archive/<run_id>.wacz")."""

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each dataset holds."""
        return {name: entry.rows for name, entry in self.datasets.items()}

    @property
    def facts(self) -> int | None:
        """How many facts the run holds; None of one that was not published."""
        return sum(self.rows.get(dataset, 0) for dataset in FACTS) if "pages" in self.rows else None


def begin_manifest(run_id: str, kind: str, started_at: datetime, options: Mapping[str, object]) -> Manifest:
    """The manifest of a run that begins; options that JSON does not know are written as text."""
    plain = {name: value if isinstance(value, bool | int | float | None) else str(value) for name, value in options.items()}
    return Manifest(
        run_id, kind, "running", format_instant(started_at), options=plain, code=describe_code(), libraries=describe_libraries()
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Writes `manifest.json` into a run's folder, whole or not at all."""
    write_text(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2, default=str) + "\n")


def read_manifest(path: Path) -> Manifest:
    """The manifest of a run, by its folder or its file. Raises OSError or ValueError where there is none that can be read."""
    file = path / MANIFEST if path.is_dir() else path
    values = json.loads(file.read_text("utf-8"))
    if not isinstance(values, dict) or not {"run_id", "kind", "status", "started_at"} <= values.keys():
        raise ValueError(f"{file} is not the manifest of a run")
    known = {name: value for name, value in values.items() if name in Manifest.__dataclass_fields__}
    return Manifest(**(known | {"datasets": {name: _read_table(entry) for name, entry in values.get("datasets", {}).items()}}))


def describe_code() -> dict[str, str | None]:
    """The version that is installed, and the commit of the checkout that the code runs from; null where there is none."""
    try:
        release = version("samverkan")
    except PackageNotFoundError:
        release = None
    root = Path(__file__).parent.parent
    return {"version": release, "commit": _find_commit(root) if (root / "pyproject.toml").is_file() else None}


def describe_libraries() -> dict[str, str]:
    """The versions of Python and of the libraries that what is read depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def format_instant(moment: datetime) -> str:
    """2026-11-21T04:00:00Z"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_table(entry: dict[str, Any]) -> StoredTable:
    return StoredTable(**(entry | {"balance": Balance(**entry["balance"]) if entry.get("balance") else None}))


def _find_commit(folder: Path) -> str | None:
    command = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout.strip() or None
    except (OSError, subprocess.SubprocessError):
        return None
