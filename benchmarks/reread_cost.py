"""What reading a run again costs, when our code has changed: `python -m benchmarks.reread_cost [ARCHIVE...] [--repeats N]`."""

import argparse
import shlex
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pipelines.collect import Collector
from pipelines.extract import extract_archives
from pipelines.read_again import find_pages_seen_again, list_archives, read_again
from pipelines.run import Run
from registry.sites import SiteList, load_sites
from samverkan.display import print_table
from schemas.manifest import Manifest

SAMPLE_WEB = Path("samverkan/sample_web/sample-web.warc.gz")


def extract(output: Path, archives: Sequence[Path], sites: SiteList) -> Run:
    """A published run of all pages."""
    with Run.open(output, kind="extract", sites=sites, options={"archives": shlex.join(map(str, archives))}) as run:
        extract_archives(archives, run)
        run.finish()
    return run


def measure(run: Run, sites: SiteList, already: Collector | None, repeats: int) -> tuple[float, int, Collector]:
    """Seconds of CPU at the quickest, pages, and what was read. `already`: where the readings of the same bytes are taken from."""
    page_ids = find_pages_seen_again(run.folder, run.folder, run.manifest.kind)
    manifests: list[Manifest] = [run.manifest]
    quickest = float("inf")
    for number in range(repeats):
        folder = run.output / f"reread-{already is None}-{number}"
        started = time.process_time()
        collector = read_again(run.folder, page_ids, folder, list_archives(run.output, manifests), sites, already=already)
        quickest = min(quickest, time.process_time() - started)
    return quickest, len(page_ids), collector


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", nargs="*", type=Path, default=[SAMPLE_WEB])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    sites = load_sites()
    with tempfile.TemporaryDirectory() as place:
        run = extract(Path(place), [path.absolute() for path in options.archives], sites)
        from_archive, pages, collector = measure(run, sites, None, options.repeats)
        same_bytes, _, _ = measure(run, sites, collector, options.repeats)
    rows = [("from the archive", from_archive), ("of the same bytes as now", same_bytes)]
    print_table(("pages", "read again", "ms per page"), [(pages, name, f"{seconds / pages * 1000:.1f}") for name, seconds in rows])
    return 0


if __name__ == "__main__":
    sys.exit(main())
