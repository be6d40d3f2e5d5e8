"""Gathers the pages of a run: each response is read at once, its rows and issues are put aside on the disk, its bytes are not kept."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from pipelines.carry_over import Observed, Snapshot, is_start_page, keep_identity
from pipelines.coverage import SiteTally
from pipelines.issues import build_issue_row, judge_response
from pipelines.keys import Row, Rows
from pipelines.moves import find_moves, rename_page, sketch_page
from pipelines.rows import build_page_rows, rank_organisations
from pipelines.spill import Place, Spill
from pipelines.suppress import suppress_page
from pipelines.validate import count_kept_out, validate_records
from registry.registry import Registry
from registry.sites import Site, SiteList
from schemas.datasets import DATASETS, FACTS
from schemas.facts import Issue, Reading
from schemas.issues import BROKEN_CODES
from schemas.page import Page
from schemas.persons import NOBODY, Persons
from schemas.values.url import bare_address
from schemas.visit import SiteVisit

logger = logging.getLogger(__name__)

MANY = 3
"""So many pages that lead to one address did not all become the page there: it asks to log in, or tells of maintenance."""

Reader = Callable[[Page, Site | None, Registry], Reading]
"""Makes a reading of a page; the site that it belongs to, where one of the list does, tells whose page it is."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """All that one capture of a page gave: valid rows, issues (those of refused rows among them), and the counts for the books."""

    page_id: str
    order: tuple[datetime, str, str]
    """The capture that the site showed or confirmed last counts; of those of one instant, one that does not depend on their order."""
    rows: Rows
    issues: list[Row]
    extracted: Counter[str]
    kept_out: Counter[str]
    ranks: Counter[str]


class Collector:
    """The pages and issues of a run as they come in, in any order."""

    def __init__(
        self,
        sites: SiteList,
        registry: Registry,
        previous: Snapshot,
        read: Reader,
        reading: str | None = None,
        spill: Spill | None = None,
        listed: Persons = NOBODY,
    ) -> None:
        """`reading`: which code and knowledge read the pages now. `spill`: where their rows are put, in memory where there is none.

        `listed`: the persons who asked not to be published.
        """
        self.previous = previous
        self._listed = listed
        self.spill = spill or Spill()
        self._is_same_reading = reading is not None and reading == previous.reading
        self.observed = Observed()
        self._pages: dict[str, Place] = {}
        self._broken: set[str] = set()
        self.superseded: Counter[str] = Counter()
        """Rows of earlier captures, by dataset."""
        self.issues: list[Row] = []
        """Issues of no page that was read."""
        self.facts = 0
        """How many facts the pages stated that were read."""
        self.tallies: dict[str, SiteTally] = {}
        self._sites = sites
        self._registry = registry
        self.read = read
        self._identities: dict[str, str] = {}
        self._led: dict[str, set[str]] = {}
        """page_id -> the pages that the run before knew whose addresses lead to it now, but for start pages."""
        self._entrances: dict[str, str | None] = {}
        """page_id of a page to which a start page leads -> the id of that, where the run before knew it"""

    @property
    def is_empty(self) -> bool:
        """Whether no page could be read or was confirmed; one that is broken was not read."""
        return not self.observed.confirmed and self._pages.keys() <= self._broken

    @property
    def seen(self) -> set[str]:
        """The ids of the pages that were read or confirmed."""
        return self._pages.keys() | self.observed.confirmed.keys()

    def read_pages(self) -> Iterator[PageFacts]:
        """The pages that were read, in the order of their ids, whatever the order in which they came."""
        return (self.spill.get(place) for _, place in sorted(self._pages.items()))

    def list_issues(self) -> list[Row]:
        """The issues that came up so far, of pages and of none."""
        return [*self.issues, *(row for facts in self.read_pages() for row in facts.issues)]

    def find_facts(self, page_id: str) -> PageFacts | None:
        """What was read of a page; None where it was not read."""
        place = self._pages.get(page_id)
        facts: PageFacts | None = self.spill.get(place) if place else None
        return facts

    def keep_facts(self, facts: PageFacts) -> None:
        """Takes what was read of a page elsewhere."""
        self._pages[facts.page_id] = self.spill.put(facts)
        self.observed.replaced.add(facts.page_id)

    def settle_moves(self) -> None:
        """Gives the pages that moved the ids that they had; to be called when all pages are there."""
        for page_id, sources in self._led.items():
            if page_id in self._entrances or len(sources) >= MANY:
                self._part(page_id, sources)
            else:
                self.observed.replaced |= sources
        left = (self.observed.left | self.previous.missing) - self.seen
        found = self._pages.keys() - self.previous.known - self._broken
        if not left or not found:
            return
        before = (sketch_page(row) for row in self.previous.rows["pages"] if row["page_id"] in left)
        now = (sketch_page(row) for page_id in sorted(found) for row in self.spill.get(self._pages[page_id]).rows["pages"])
        for new, old in find_moves(before, now).items():
            self._move(new, old)

    def _part(self, page_id: str, sources: set[str]) -> None:
        """Pages that lead where all do, or where the start page does, have not moved there: they were not looked at."""
        if page_id in sources:  # it came under the id of the first of them
            address = next((row["canonical_url"] for row in self.spill.get(self._pages[page_id]).rows["pages"]), page_id)
            self._move(page_id, self._entrances.get(page_id) or self.previous.free_id(address))
        self.observed.replaced -= sources
        self.observed.left |= sources
        for tally in self.tallies.values():
            tally.read -= sources

    def _move(self, new: str, old: str) -> None:
        facts: PageFacts = self.spill.get(self._pages.pop(new))
        issues = [row | {"page_id": old} for row in facts.issues]
        self._pages[old] = self.spill.put(replace(facts, page_id=old, rows=rename_page(facts.rows, old), issues=issues))
        self.observed.replaced.add(old)
        for tally in self.tallies.values():
            if new in tally.read:
                tally.read.add(old)
        # what is wrong with the old address is nothing of the page any more: a second 404 there would take it away
        self.issues = [row | {"page_id": None} if row["page_id"] == old else row for row in self.issues]

    def add_page(self, page: Page) -> None:
        """Takes any response: HTML that answered 200 is read, the others are told in issues and coverage."""
        site = self._sites.site_of(page.url)
        self._note_left(page)
        if (identity := self.previous.page_id_of(page.url)) and self._holds(page, identity):
            self._confirm(page, site, identity)
        elif issue := judge_response(page):
            self._note_unread(page, site, issue)
        else:
            self._read(page, site)

    def add_issue(self, issue: Issue, url: str | None, site_id: str | None) -> None:
        """Takes what went wrong outside of a page's reading."""
        site = self._sites.site_of(url) if url is not None else None
        site_id = site_id or (site.id if site else None)
        if issue.severity == "error" and issue.dataset == "pages" and (tally := self._tally(site, "pages_failed")):
            tally.note_failure(UNKNOWN_TIME, issue.message)
        self.issues.append(build_issue_row(issue, site_id=site_id, page_id=self._page_id_of(url) if url else None))

    def _read(self, page: Page, site: Site | None) -> None:
        try:
            facts = self._read_facts(page, site)
        except Exception as error:
            # one broken page must not take the others with it
            logger.debug("reading %s failed", page.url, exc_info=True)
            message = f"The page could not be read: {type(error).__name__}: {error}"
            self._note_unread(page, site, Issue("parser_failed", message, "error", "pages", "url", page.url))
            return
        if is_broken(facts):
            self._note_broken(page, site)
            if facts.page_id in self.previous.known:
                self.issues += facts.issues
                if any(row["code"] == "soft_404" for row in facts.issues):
                    self.observed.left.add(facts.page_id)
                return
        elif tally := self._tally(site, "pages_unchanged" if page.checked_at else "pages_fetched"):
            tally.note_success(facts.page_id, page.seen_at)
        self._keep(facts, page)

    def _note_left(self, page: Page) -> None:
        """A page is not where it was that is missing, or whose address leads to one that was known besides it."""
        asked_for, found = (self.previous.page_id_of(url) if url else None for url in (page.request_url or page.url, page.url))
        is_missing = page.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
        if asked_for and (is_missing or (asked_for != found and (found or is_start_page(page.url)))):
            self.observed.left.add(asked_for)

    def _holds(self, page: Page, identity: str) -> bool:
        """Whether the rows of the run before are what the page would be read as: the site confirmed its bytes, and we read as we did.

        Rows that the run before carried over may be of an older reading.
        """
        if not (self._is_same_reading and page.checked_at and page.archived) or identity in self.previous.index.carried:
            return False
        return self.previous.places.get(identity) == (page.archived.file, page.archived.offset)

    def _note_broken(self, page: Page, site: Site | None) -> None:
        if tally := self._tally(site, "pages_failed"):
            tally.note_failure(page.seen_at, f"{page.url}: nothing could be read of the page")

    def _keep(self, facts: PageFacts, page: Page) -> None:
        """Of several captures of a page the latest; the run before need not stand in for it, nor for the page that leads here now."""
        before = self.find_facts(facts.page_id)
        superseded: PageFacts | None = facts
        if before is None or facts.order >= before.order:
            superseded = before
            self._pages[facts.page_id] = self.spill.put(facts)
            (self._broken.add if is_broken(facts) else self._broken.discard)(facts.page_id)
            self.facts += count_facts(facts.rows) - (count_facts(before.rows) if before else 0)
        if superseded:
            self.superseded += superseded.extracted
        self.observed.replaced.add(facts.page_id)
        if page.request_url and not is_start_page(page.url):
            self._note_led(facts, page.url, page.request_url)

    def _note_led(self, facts: PageFacts, url: str, asked_for: str) -> None:
        """A page to which another address led."""
        source = self.previous.page_id_of(asked_for)
        if is_start_page(asked_for):
            self._entrances[facts.page_id] = source
        own = {self.previous.page_id_of(address) for address in (url, *(row["canonical_url"] for row in facts.rows["pages"]))}
        if source is None or source in own:
            return
        if is_start_page(asked_for) or bare_address(asked_for) == bare_address(url):
            self.observed.replaced.add(source)
        else:
            self._led.setdefault(facts.page_id, set()).add(source)

    def _read_facts(self, page: Page, site: Site | None) -> PageFacts:
        reading = self.read(page, site, self._registry)
        identity = self._identify(page, reading)
        return build_page_facts(page, replace(reading, page_id=identity), site.id if site else None, self._registry, self._listed)

    def _confirm(self, page: Page, site: Site | None, identity: str) -> None:
        self.observed.confirmed[identity] = confirmed_at = page.seen_at
        if tally := self._tally(site, "pages_unchanged"):
            tally.note_success(identity, confirmed_at)

    def _note_unread(self, page: Page, site: Site | None, issue: Issue) -> None:
        identity = self._page_id_of(page.url, page.request_url)
        self.issues.append(build_issue_row(issue, site_id=site.id if site else None, page_id=identity))
        if issue.code == "page_gone" or (issue.code == "page_missing" and identity in self.previous.missing):
            self.observed.gone.add(identity)
        is_failure = issue.severity != "info" or issue.code == "page_gone"
        tally = self._tally(site, "pages_failed" if is_failure else "pages_fetched" if page.status == HTTPStatus.OK else None)
        if tally and is_failure:
            tally.note_failure(page.seen_at, f"{page.url}: {issue.message}")

    def _tally(self, site: Site | None, count: str | None) -> SiteTally | None:
        if site is None:
            return None
        tally = self.tallies.setdefault(site.id, SiteTally(SiteVisit(site.id)))
        tally.visit.pages_seen += 1
        if count:
            setattr(tally.visit, count, getattr(tally.visit, count) + 1)
        return tally

    def _identify(self, page: Page, reading: Reading) -> str:
        """The page's id, kept where the run before knew it; within a run, one address has one id."""
        identity = keep_identity(reading.canonical_url, page.request_url, self.previous)
        return self._identities.setdefault(reading.page_id, identity)

    def _page_id_of(self, url: str, asked_for: str | None = None) -> str:
        known = self.previous.page_id_of(url) or (asked_for and self.previous.page_id_of(asked_for))
        return known or self.previous.free_id(url)


# When a page was fetched whose record in the archive could not be read: told after all that have a time.
UNKNOWN_TIME = datetime.max.replace(tzinfo=UTC)


def is_broken(facts: PageFacts) -> bool:
    """Whether a page answered 200 without being there: nothing could be read of it, or it is a soft 404 or a wall."""
    return any(row["code"] in BROKEN_CODES for row in facts.issues)


def count_facts(rows: Rows) -> int:
    """How many of a page's rows are facts."""
    return sum(len(rows.get(dataset, ())) for dataset in FACTS)


def build_page_facts(page: Page, reading: Reading, site_id: str | None, registry: Registry, listed: Persons) -> PageFacts:
    """A page's valid rows without the listed persons; what its records refuse, and what the parsers could not read, as issues."""
    built = build_page_rows(page, reading, site_id, registry)
    told = [build_issue_row(issue, site_id=site_id, page_id=reading.page_id) for issue in reading.issues]
    public, issues, kept_out = suppress_page(built, told, listed)
    rows: Rows = {}
    for dataset, candidates in public.items():
        rows[dataset], found = validate_records(dataset, DATASETS[dataset], candidates)
        kept_out[dataset] += count_kept_out(issue for _, issue in found)
        issues += [build_issue_row(issue, site_id=site_id, page_id=reading.page_id) for _, issue in found]
    extracted = Counter({dataset: len(candidates) for dataset, candidates in built.items()})
    order = (page.seen_at, page.body_sha256, page.url)
    return PageFacts(reading.page_id, order, rows, issues, extracted + Counter(issues=len(issues)), kept_out, rank_organisations(reading))
