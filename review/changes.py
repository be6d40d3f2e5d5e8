"""What became another in the facts between the run before and this one."""

from collections.abc import Iterator
from pathlib import Path

from review.fact import Row
from review.facts import compare_facts
from schemas.manifest import read_manifest
from schemas.review import Candidate
from schemas.tables import scan_rows


def find_changes(candidate: Candidate) -> Iterator[Row]:
    """The rows of `changes`, without their `run_id`; none of a first run.

    Where other code read the run before, first what that code reads otherwise on its pages, then what the pages say otherwise. Where
    its archive is lost, what is another on a page that says the same is our reading.
    """
    if candidate.previous is None:
        return
    manifest, earlier = candidate.manifest, read_manifest(candidate.previous)
    gone = find_gone(candidate.previous, candidate.folder)
    is_complete = manifest.kind == "crawl"
    previous_run_id = {"previous_run_id": earlier.run_id}
    base = candidate.previous
    if candidate.reread is not None:
        base = candidate.reread
        for row in compare_facts(candidate.previous, base, cause="reading", is_complete=False):
            yield row | previous_run_id
    is_same_reading = candidate.reread is not None or manifest.code.get("reading") == earlier.code.get("reading")
    for row in compare_facts(base, candidate.folder, cause="page" if is_same_reading else None, is_complete=is_complete, gone=gone):
        yield row | previous_run_id


def find_gone(before: Path, after: Path) -> set[str]:
    """The pages that the later run found gone: 410 at once, 404 in both runs."""
    missing_before = _list_pages(before, {"page_missing"})
    return _list_pages(after, {"page_gone"}) | (_list_pages(after, {"page_missing"}) & missing_before)


def _list_pages(run: Path, codes: set[str]) -> set[str]:
    path = run / "issues.parquet"
    rows = scan_rows(path, ["page_id", "code"]) if path.exists() else ()
    return {row["page_id"] for row in rows if row["code"] in codes and row["page_id"]}
