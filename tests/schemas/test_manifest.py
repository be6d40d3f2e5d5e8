"""Manifests that another version wrote, or a hand changed: read as far as they are known, else no run."""

import json
from pathlib import Path

import pytest

from schemas.manifest import Manifest, read_manifest
from schemas.runs import list_runs

KNOWN = {"run_id": "a", "kind": "crawl", "status": "published", "started_at": "2026-11-21T04:00:00Z"}


def write(folder: Path, **values: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(KNOWN | values), encoding="utf-8")
    return folder


def test_what_a_later_version_added_is_passed_over(tmp_path: Path) -> None:
    assert read_manifest(write(tmp_path / "a", colour="red")) == Manifest("a", "crawl", "published", KNOWN["started_at"])


@pytest.mark.parametrize(
    "values", [{"checks": [{"colour": "red"}]}, {"checks": [1]}, {"datasets": {"pages": {"rows": 1}}}, {"datasets": []}]
)
def test_a_manifest_of_another_form_is_none_and_takes_no_other_run_with_it(tmp_path: Path, values: dict[str, object]) -> None:
    folder = write(tmp_path / "runs" / "a", **values)
    write(tmp_path / "runs" / "b", run_id="b")
    with pytest.raises(ValueError, match="is not the manifest of a run"):
        read_manifest(folder)
    assert [run.run_id for run in list_runs(tmp_path)] == ["b"]
