"""The runs of an output folder, published or not, by their manifests."""

from dataclasses import replace
from pathlib import Path

from schemas.manifest import Manifest, read_manifest
from schemas.output import latest_run, partial_folder, removed_folder, run_folder


def list_runs(output: Path) -> list[Manifest]:
    """The manifests of all runs, published or not, oldest first; a folder without a readable one is no run,
    nor is one that is being removed.

    A run that is out of sight is running, or was killed, even where its manifest says already that it is published.
    """
    manifests = []
    for folder in sorted((output / "runs").glob("*")):
        if folder.match(removed_folder(output, "*").name):
            continue
        try:
            manifest = read_manifest(folder)
        except (OSError, ValueError):
            continue
        is_out_of_sight = folder == partial_folder(output, manifest.run_id)
        manifests.append(replace(manifest, status="running", exit_code=None) if is_out_of_sight else manifest)
    return sorted(manifests, key=lambda manifest: (manifest.started_at, manifest.run_id))


def find_previous(output: Path, kind: str) -> Path | None:
    """The folder of the published run that one of this kind follows: `latest`, or where that is of another kind the newest of its own."""
    newest = latest_run(output)
    if newest and read_manifest(newest).kind == kind:
        return newest
    published = [run.run_id for run in list_runs(output) if run.kind == kind and run.status == "published"]
    return run_folder(output, published[-1]) if published else None
