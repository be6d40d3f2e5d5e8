"""Whether a crawl said of each site what it must, asked nobody whom it may not ask, and nobody twice at once."""

from collections.abc import Iterator

from tests.hostile.crawl import HostileCrawl
from tests.hostile.kinds import Kind
from tests.hostile.server import Host

GOOD = Kind("good", "answers as it should", "facts", [], members=4)
MOST_MEGABYTES = 400
MOST_REQUESTS = 100
"""Of one host: its budget of 60 pages, robots.txt, sitemaps, what is asked for again."""
LARGEST_ANSWER = 30_000_000
"""Bytes. The crawl reads bodies of up to 20 MB; the rest is what may lie in buffers on the way."""


def judge_kind(crawl: HostileCrawl, kind: Kind, host: Host) -> Iterator[str]:
    """What is not as the table says, in words."""
    row = crawl.coverage[host.name]
    if row["outcome"] != kind.outcome:
        yield f"outcome {row['outcome']}, not {kind.outcome}"
    if kind.codes and not crawl.codes[host.name] & set(kind.codes):
        yield f"no issue {' or '.join(kind.codes)}, but {', '.join(sorted(crawl.codes[host.name])) or 'none'}"
    if kind.members is not None and crawl.members[host.name] != kind.members:
        yield f"{crawl.members[host.name]} members, not {kind.members}"
    yield from judge_manners(host)


def judge_manners(host: Host) -> Iterator[str]:
    """How the host was asked."""
    if overlaps := host.count_overlaps():
        yield f"asked while another request was under way: {overlaps} times"
    if len(host.log) > MOST_REQUESTS:
        yield f"{len(host.log)} requests"
    if (largest := max((asked.taken for asked in host.log), default=0)) > LARGEST_ANSWER:
        yield f"{largest / 1e6:.0f} MB of one answer taken"


def judge_all(crawl: HostileCrawl, kinds: list[Kind]) -> dict[str, list[str]]:
    """The complaints about each host, none for most; those about the whole crawl stand under ""."""
    complaints = {host.name: list(judge_kind(crawl, GOOD, host)) for host in crawl.web.good}
    complaints |= {kind.name: list(judge_kind(crawl, kind, host)) for kind, host in zip(kinds, crawl.web.hostile, strict=True)}
    complaints["watcher"] = [f"was asked for {asked.path}" for asked in crawl.web.watcher.log]
    too_large = crawl.peak_megabytes >= MOST_MEGABYTES
    complaints[""] = [f"{crawl.peak_megabytes:.0f} MB at its largest, not below {MOST_MEGABYTES}"] if too_large else []
    return complaints
