"""The crawl that was begun and did not come to its end, if there is one with something to go on with."""

from pathlib import Path

from pipelines.manifest import Manifest
from pipelines.publish import list_runs
from schemas.errors import OutputUnwritable
from schemas.output import warc_file


def find_unfinished(output: Path) -> Manifest | None:
    """The newest crawl that was interrupted, killed, or ended by a full disk, and whose WARC is still there.

    None where a newer one was published: what it fetched is known. The caller sees to it that no run is under way.
    """
    for manifest in reversed(list_runs(output)):
        if manifest.kind == "crawl":
            if manifest.status == "published":
                return None
            if is_unfinished(manifest) and warc_file(output, manifest.run_id).is_file():
                return manifest
    return None


def is_unfinished(manifest: Manifest) -> bool:
    """Whether more time or more disk would have brought it further; a run that was killed is "running" until the next one clears up."""
    return manifest.status in ("running", "interrupted") or manifest.exit_code == OutputUnwritable.exit_code
