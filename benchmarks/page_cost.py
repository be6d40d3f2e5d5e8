"""What one page's facts cost, as a multiple of lxml's parse of the same page: `python -m benchmarks.page_cost [PATH...]`.

Both are measured in CPU time, side by side and interleaved in one process; of several repeats the quickest counts, page by page.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from lxml import etree

from benchmarks.pages import load_pages, load_site_list
from benchmarks.stages import REST, STAGES, StageClock, measure
from parsers.reading import read_page
from registry.registry import load_registry
from registry.sites import SiteList
from samverkan.display import print_json, print_line, print_table
from schemas.errors import UsageError
from schemas.page import Page

REPEATS = 5
MOST_PAGES = 5
"""How many of the dearest pages are named."""


@dataclass(slots=True)
class PageCost:
    """Seconds of CPU time that one page takes, at its quickest."""

    url: str
    size: int
    """Bytes of the body."""
    parse: float = float("inf")
    """lxml alone."""
    facts: float = float("inf")
    """From the bytes to all facts."""
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Facts over parse."""
        return self.facts / self.parse


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints; ends with exit code 2 where there is nothing to measure."""
    options = read_arguments(arguments)
    try:
        pages = load_pages(options.paths)
        sites = load_site_list(options.sites, of_sample_web=not options.paths)
    except UsageError as error:
        sys.stderr.write(f"benchmarks.page_cost: {error}\n")
        sys.exit(error.exit_code)
    costs = measure_pages(pages, sites, options.repeats)
    summary = summarise(costs)
    if options.json:
        print_json(summary)
    else:
        print_summary(summary)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_cost", description=(__doc__ or "").split(":")[0] + ".")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="archives or folders of HTML; the bundled sample web if none")
    parser.add_argument("--sites", type=Path, metavar="FILE", help="a site list that goes before the bundled one")
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N", help="of which the quickest counts (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args(arguments)


def measure_pages(pages: Sequence[Page], sites: SiteList, repeats: int) -> list[PageCost]:
    """The cost of every page: in each repeat every page is parsed, read, and read once more stage by stage."""
    registry = load_registry()
    costs = [PageCost(page.url, len(page.body)) for page in pages]
    read_page(pages[0], sites.site_of(pages[0].url), registry)  # word lists and automata are built once per process
    with StageClock() as clock:
        for _ in range(max(repeats, 1)):
            for page, cost in zip(pages, costs, strict=True):
                site = sites.site_of(page.url)
                cost.parse = min(cost.parse, measure(parse_page, page))
                with clock.stopped():
                    cost.facts = min(cost.facts, measure(read_page, page, site, registry))
                keep_quickest(cost.stages, clock.measure_stages(read_page, page, site, registry))
    return costs


def parse_page(page: Page) -> Any:
    """lxml's tree of a page's bytes: what anybody who reads HTML pays."""
    return etree.fromstring(page.body, etree.HTMLParser(huge_tree=True))


def keep_quickest(quickest: dict[str, float], measured: Mapping[str, float]) -> None:
    """Lowers each stage's time to the one measured, where that is less."""
    for stage, seconds in measured.items():
        quickest[stage] = min(seconds, quickest.get(stage, float("inf")))


def summarise(costs: Sequence[PageCost]) -> dict[str, Any]:
    """The figures over all pages: milliseconds per page, ratios, and what each stage takes."""
    count, parse, facts = len(costs), sum(cost.parse for cost in costs), sum(cost.facts for cost in costs)
    dearest = sorted(costs, key=lambda cost: -cost.ratio)[:MOST_PAGES]
    return {
        "pages": count,
        "mean_size_kb": round(sum(cost.size for cost in costs) / count / 1000, 1),
        "parse_ms": round(1000 * parse / count, 3),
        "facts_ms": round(1000 * facts / count, 3),
        "ratio": round(facts / parse, 2),
        "median_ratio": round(median(cost.ratio for cost in costs), 2),
        "stages": dict(summarise_stages(costs, parse)),
        "dearest": [{"url": cost.url, "size_kb": round(cost.size / 1000, 1), "ratio": round(cost.ratio, 1)} for cost in dearest],
    }


def summarise_stages(costs: Sequence[PageCost], parse: float) -> Iterator[tuple[str, dict[str, float]]]:
    """Each stage with its milliseconds per page, its multiple of the parse and its share of all stages."""
    totals = {stage: sum(cost.stages[stage] for cost in costs) for stage in (*STAGES, REST)}
    whole = sum(totals.values())
    for stage, seconds in totals.items():
        yield stage, {"ms": round(1000 * seconds / len(costs), 3), "ratio": round(seconds / parse, 2), "share": round(seconds / whole, 3)}


def print_summary(summary: Mapping[str, Any]) -> None:
    """The figures as tables; the ratio that counts stands last."""
    rows = [(stage, row["ms"], row["ratio"], f"{row['share']:.0%}") for stage, row in summary["stages"].items()]
    print_table(("stage", "ms per page", "times the parse", "share"), rows)
    print_line()
    print_table(("dearest pages", "KB", "ratio"), [(page["url"], page["size_kb"], page["ratio"]) for page in summary["dearest"]])
    print_line()
    print_line(f"{summary['pages']} pages of {summary['mean_size_kb']} KB on average")
    print_line(f"lxml's parse  {summary['parse_ms']} ms per page")
    print_line(f"all facts     {summary['facts_ms']} ms per page")
    print_line(f"ratio         {summary['ratio']} in total, {summary['median_ratio']} at the median page")


if __name__ == "__main__":
    main()
