"""A run's manifest as it is begun and written: which code and libraries make the run, and with which options."""

import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from schemas.disk import write_text
from schemas.manifest import Manifest
from schemas.output import MANIFEST

LIBRARIES = ("scrapy", "beautifulsoup4", "lxml", "pyarrow", "pydantic", "warcio")


def begin_manifest(run_id: str, kind: str, started_at: datetime, options: Mapping[str, object]) -> Manifest:
    """The manifest of a run that begins; options that JSON does not know are written as text."""
    plain = {name: value if isinstance(value, bool | int | float | None) else str(value) for name, value in options.items()}
    return Manifest(
        run_id, kind, "running", format_instant(started_at), options=plain, code=describe_code(), libraries=describe_libraries()
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Writes `manifest.json` into a run's folder, whole or not at all."""
    write_text(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2, default=str) + "\n")


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


def _find_commit(folder: Path) -> str | None:
    command = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout.strip() or None
    except (OSError, subprocess.SubprocessError):
        return None
