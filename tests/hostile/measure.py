"""Crawls the whole hostile web and prints how it fared: `python -m tests.hostile.measure [KIND...]`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.crawl import crawl_hostile_web
from tests.hostile.judging import judge_all
from tests.hostile.kinds import load_kinds

GOOD_SITES = 25


def main() -> int:
    """One line for each kind, and one for each complaint; 1 where there is any."""
    wanted = sys.argv[1:]
    kinds = [kind for kind in load_kinds() if not wanted or kind.name in wanted]
    with TemporaryDirectory() as folder:
        crawl = crawl_hostile_web(kinds, GOOD_SITES, Path(folder))
    complaints = judge_all(crawl, kinds)
    for kind, host in zip(kinds, crawl.web.hostile, strict=True):
        row, codes = crawl.coverage[host.name], ", ".join(sorted(crawl.codes[host.name]))
        verdict = ("hole" if kind.hole else "FAIL") if complaints[host.name] else "pass"
        print(f"{verdict}  {host.name:18} {row['outcome']:12} {len(host.log):4} requests  {codes}")  # noqa: T201
    for name, found in complaints.items():
        for complaint in found:
            print(f"{name or 'the crawl'}: {complaint}")  # noqa: T201
    good = sum(not complaints[host.name] for host in crawl.web.good)
    print(f"{good} of {GOOD_SITES} good sites, {sum(not complaints[kind.name] for kind in kinds)} of {len(kinds)} kinds as they should be")  # noqa: T201
    print(f"{crawl.peak_megabytes:.0f} MB at its largest, {crawl.seconds:.0f} s")  # noqa: T201
    return int(any(complaints.values()))


if __name__ == "__main__":
    sys.exit(main())
