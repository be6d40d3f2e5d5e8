"""One row per known site: how this run fared there, so that "no collaboration" and "not looked" are told apart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipelines.keys import Row, Rows
from registry.sites import Site
from schemas.visit import SiteVisit


@dataclass(slots=True)
class SiteTally:
    """What a run itself saw of a site: its responses counted as a spider would, and the pages that it could read."""

    visit: SiteVisit
    read: set[str] = field(default_factory=set)
    """page_ids read or confirmed in this run."""
    last_success_at: datetime | None = None

    first_failure: tuple[datetime, str] | None = None

    def note_failure(self, at: datetime, message: str) -> None:
        """Something went wrong at that time; the earliest is told, in whatever order they come to be known."""
        self.first_failure = min(self.first_failure or (at, message), (at, message))
        self.visit.first_error = self.first_failure[1]

    def note_success(self, page_id: str, at: datetime) -> None:
        """A page of the site came, or was confirmed, at that time."""
        self.read.add(page_id)
        self.last_success_at = max(self.last_success_at or at, at)


@dataclass(slots=True)
class Findings:
    """The pages of a run by what was found on them."""

    stating: set[str] = field(default_factory=set)
    """Those that state facts of a collaboration."""
    about: set[str] = field(default_factory=set)
    """Those that are about one."""

    def note(self, rows: Rows) -> None:
        """The rows of one page. Members and their numbers tell of collaboration anywhere, contacts and dates on a page about it."""
        is_stating = rows["members"] or rows["member_counts"]
        for page in rows["pages"]:
            if page["is_collaboration"]:
                self.about.add(page["page_id"])
            if is_stating or (page["is_collaboration"] and (rows["contacts"] or rows["dates"])):
                self.stating.add(page["page_id"])


def build_coverage_rows(
    sites: Iterable[Site],
    tallies: Mapping[str, SiteTally],
    visits: Mapping[str, SiteVisit],
    findings: Findings,
    last_success: Mapping[str, datetime],
) -> list[Row]:
    """The `coverage` rows in the order of their ids; `last_success` is what the run before knew."""
    return [
        build_coverage_row(
            site,
            tallies.get(site.id),
            visits.get(site.id),
            judge_pages(tallies[site.id].read if site.id in tallies else set(), findings.stating, findings.about),
            last_success.get(site.id),
        )
        for site in sorted(sites, key=lambda site: site.id)
    ]


def build_coverage_row(
    site: Site, tally: SiteTally | None, visit: SiteVisit | None, found: str | None, last_success: datetime | None
) -> Row:
    """One site's row. The spider's counts go before the run's own: it knows of pages that never answered."""
    counts = visit or (tally.visit if tally else SiteVisit(site.id))
    attempted = counts.pages_seen or counts.pages_fetched or counts.pages_failed or counts.pages_unchanged
    return {
        "site_id": site.id,
        "owner_id": site.owner_id,
        "outcome": counts.outcome or found or ("failed" if attempted else "not_visited"),
        "pages_seen": counts.pages_seen,
        "pages_fetched": counts.pages_fetched,
        "pages_unchanged": counts.pages_unchanged,
        "pages_failed": counts.pages_failed,
        "requests": counts.requests,
        "bytes_received": counts.bytes_received,
        "seconds": round(counts.seconds, 3),
        "first_error": counts.first_error or (tally.visit.first_error if tally else None),
        "last_success_at": (tally.last_success_at if tally else None) or last_success,
    }


def judge_pages(read: set[str], stating: set[str], about: set[str]) -> str | None:
    """`facts` where a page read states some, `no_facts` where one is about collaboration, else `no_page_found`; None: none was read."""
    if not read:
        return None
    if read & stating:
        return "facts"
    return "no_facts" if read & about else "no_page_found"


def describe_silence(visits: Mapping[str, SiteVisit]) -> str:
    """Why no page came: " (2 sites unreachable, 1 denied); lillaedet: https://lillaedet.se/: the connection was refused"."""
    told = [visit for visit in visits.values() if visit.first_error]
    if not told:
        return "; the issues of the run say why"
    outcomes = Counter(visit.outcome or "failed" for visit in visits.values())
    (outcome, number), *others = outcomes.most_common()
    counts = [f"{number} {'site' if number == 1 else 'sites'} {outcome}", *(f"{number} {outcome}" for outcome, number in others)]
    example = next((visit for visit in told if visit.outcome == outcome), told[0])
    return f" ({', '.join(counts)}); {example.site_id}: {example.first_error}"
