"""Whether each host was asked only for what it allows, and when it allows it: by the logs of the hosts alone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from protego import Protego

from schemas.visit import SiteVisit
from tests.hostile.server import Asked, Host
from tests.politeness.cases import Case
from tests.politeness.web import PoliteWeb, make_file

DOWNLOAD_DELAY = 0.2
"""Seconds, of the crawl that is judged."""
BUSY_PAUSE = 0.3
NOTICE = 0.05
"""Seconds that a host may need to see that the other side has gone."""
TOKEN = "samverkan"


def judge_web(web: PoliteWeb, visits: dict[str, SiteVisit]) -> dict[str, list[str]]:
    """The complaints about each case, none for most; those about the watcher stand under "watcher"."""
    complaints = {
        case.name: [*judge_addresses(case, host), *judge_order(case, host), *judge_outcome(case, visits)]
        for case, host in zip(web.cases, web.hosts, strict=True)
    }
    for case in web.cases:
        if not case.shares:
            complaints[case.name] += judge_pace(*origins_of(web, case))
    return complaints | {"watcher": [f"was asked for {asked.path}" for asked in web.watcher.log]}


def origins_of(web: PoliteWeb, case: Case) -> tuple[list[Case], list[Host]]:
    """The cases that share the host of a case, itself among them, and their origins."""
    sharing = [(other, host) for other, host in zip(web.cases, web.hosts, strict=True) if case.name in (other.name, other.shares)]
    return [other for other, _ in sharing], [host for _, host in sharing]


def judge_addresses(case: Case, host: Host) -> Iterator[str]:
    """What was asked for and is forbidden, by the list and by Protego; what was not asked for and had to be."""
    asked = [path for path in paths_of(host) if path not in case.aside]
    rules = Protego.parse(make_file(case, host).decode("utf-8-sig", "replace"))
    is_ruled = case.answers[-1].get("status") == 200 and not case.hops
    for path in asked:
        if case.is_closed or path in case.forbidden or (is_ruled and not rules.can_fetch(host.root + path[1:], TOKEN)):
            yield f"was asked for {path}"
    yield from (f"was not asked for {path}" for path in case.allowed if path not in asked)


def judge_order(case: Case, host: Host) -> Iterator[str]:
    """What was asked for before robots.txt had its last answer."""
    robots = [asked for asked in host.log if asked.path == "/robots.txt"]
    settled = max((min(asked.answered, asked.ended) for asked in robots), default=float("inf"))
    for asked in host.log:
        if asked.path not in case.aside and asked.began < settled:
            yield f"was asked for {asked.path} before robots.txt was answered"


def judge_outcome(case: Case, visits: dict[str, SiteVisit]) -> Iterator[str]:
    """Whether the site was told as it should be."""
    visit = visits.get(case.name)
    if visit and (visit.outcome or "") != case.outcome:
        yield f"its site is {visit.outcome}, not {case.outcome or 'for its pages to tell'}"


def judge_pace(cases: Sequence[Case], origins: Sequence[Host]) -> Iterator[str]:
    """Requests to one host that came too early, or two at once."""
    for earlier, later in pairs_of(origins):
        gap = later.began - min(earlier.answered, earlier.ended - NOTICE)
        if gap < 0:
            yield f"was asked for {later.path} while it answered {earlier.path}"
        elif gap < (wanted := delay_after(earlier, cases, origins)):
            yield f"was asked for {later.path} {gap:.2f} s after {earlier.path}, not {wanted} s"


def pairs_of(origins: Sequence[Host]) -> Iterator[tuple[Asked, Asked]]:
    """Requests to one host, each with the next."""
    return pairwise(sorted((asked for host in origins for asked in host.log), key=lambda asked: asked.began))


def delay_after(earlier: Asked, cases: Sequence[Case], origins: Sequence[Host]) -> float:
    """Seconds for which nobody may ask after an answer: the crawl's own, what the robots.txt read so far ask for, Retry-After."""
    delays = [DOWNLOAD_DELAY]
    for case, host in zip(cases, origins, strict=True):
        if any(
            asked.path == "/robots.txt" and asked.reply and asked.reply.status == 200 and asked.began <= earlier.began for asked in host.log
        ):
            delays.append(case.delay)
    if earlier.reply and earlier.reply.status in (429, 503):
        asked_for = dict(earlier.reply.headers).get("Retry-After", "")
        delays.append(float(asked_for) if asked_for.isdigit() else BUSY_PAUSE)
    return max(delays)


def shortest_gap(origins: Sequence[Host]) -> float:
    """Seconds between an answer and the next request; infinite where there were fewer than two."""
    return min((later.began - min(earlier.answered, earlier.ended) for earlier, later in pairs_of(origins)), default=float("inf"))


def paths_of(host: Host) -> list[str]:
    """What was asked for, in order."""
    return [asked.path for asked in host.log]
