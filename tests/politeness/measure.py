"""Crawls the polite web and prints how its hosts were asked: `python -m tests.politeness.measure [CASE...]`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schemas.visit import SiteVisit
from tests.politeness.cases import Case, load_cases
from tests.politeness.judging import BUSY_PAUSE, DOWNLOAD_DELAY, judge_web, origins_of, shortest_gap
from tests.politeness.web import PoliteWeb, serve_polite_web
from tests.spiders.crawling import crawl

SETTINGS: dict[str, Any] = {
    "DOWNLOAD_DELAY": DOWNLOAD_DELAY,
    "SAMVERKAN_BUSY_PAUSE": BUSY_PAUSE,
    "SAMVERKAN_ROBOTS_PATIENCE": 4,
    "DOWNLOAD_TIMEOUT": 2,
    "DOWNLOAD_VERIFY_CERTIFICATES": False,  # here it is not about certificates
}


def crawl_polite_web(cases: Sequence[Case], folder: Path, *, is_ruled: bool = True) -> tuple[PoliteWeb, dict[str, SiteVisit]]:
    """The web with its logs after a crawl of all its sites, and how they fared."""
    with serve_polite_web(cases, folder, is_ruled=is_ruled) as web:
        return web, crawl(folder, web.list_sites(), **SETTINGS).visits


def choose_cases(names: Sequence[str]) -> list[Case]:
    """The cases of these names with those that they lead to; all where there are none."""
    cases = load_cases()
    return [
        case for case in cases if not names or case.name in names or any(f"{{{case.name}}}" in str(c) for c in cases if c.name in names)
    ]


def main() -> int:
    """One line for each case, and one for each complaint; 1 where there is any."""
    with TemporaryDirectory() as folder:
        web, visits = crawl_polite_web(choose_cases(sys.argv[1:]), Path(folder))
    complaints = judge_web(web, visits)
    print("       case                  site         requests  shortest gap  robots.txt")  # noqa: T201
    for case, host in zip(web.cases, web.hosts, strict=True):
        verdict = "FAIL" if complaints[case.name] else "pass"
        outcome = visits[case.name].outcome or "read" if case.name in visits else "-"
        gap = f"{shortest_gap(origins_of(web, case)[1]):.2f} s"
        print(f"{verdict}  {case.name:22}  {outcome:11}  {len(host.log):8}  {gap:>12}  {case.says}")  # noqa: T201
    for name, found in complaints.items():
        for complaint in found:
            print(f"{name}: {complaint}")  # noqa: T201
    print(f"{sum(not complaints[case.name] for case in web.cases)} of {len(web.cases)} hosts asked as they wish")  # noqa: T201
    return int(any(complaints.values()))


if __name__ == "__main__":
    sys.exit(main())
