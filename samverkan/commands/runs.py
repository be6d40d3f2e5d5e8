"""`samverkan runs`: the runs of an output folder."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from samverkan.options import LIVE, AsJson, Output, Quiet, Verbose

if TYPE_CHECKING:
    from schemas.manifest import Manifest

HEAD = ("run", "kind", "status", "pages", "facts", "changes", "issues", "requests", "unchanged", "took")


def runs(output: Output = LIVE, as_json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """List the runs, oldest first: pages, facts (members, counts, contacts, dates), changes, issues, requests, unchanged, duration."""
    from samverkan.display import print_json, print_line, print_table
    from schemas.runs import list_runs

    manifests = list_runs(output.expanduser())
    if as_json:
        print_json([describe_run(manifest) for manifest in manifests])
    elif manifests:
        print_table(HEAD, [list_cells(manifest) for manifest in manifests])
        for manifest in manifests:
            if manifest.reason:
                print_line(f"{manifest.run_id} {manifest.status}: {manifest.reason}")
    else:
        print_line(f"No run in {output} yet.")


def describe_run(manifest: "Manifest") -> dict[str, object]:
    """The manifest, and its sums."""
    issues = sum(sum(codes.values()) for codes in manifest.issues.values())
    sums = {"pages": manifest.rows.get("pages"), "facts": manifest.facts, "change_count": count_changes(manifest), "issue_count": issues}
    return {**sums, **asdict(manifest)}


def count_changes(manifest: "Manifest") -> int | None:
    """How many facts and pages changed since the run before; None where there was none, or where the run was not compared."""
    is_compared = manifest.previous_run_id and "changes" in manifest.rows
    return sum(sum(changes.values()) for changes in manifest.changes.values()) if is_compared else None


def list_cells(manifest: "Manifest") -> list[object]:
    """One row of the table."""
    from samverkan.display import show_duration

    run = describe_run(manifest)
    counts = [run["pages"], run["facts"], run["change_count"], run["issue_count"], manifest.requests, manifest.pages_unchanged]
    return [manifest.run_id, manifest.kind, manifest.status, *counts, show_duration(manifest.duration)]
