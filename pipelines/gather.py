"""What a run's datasets are made of: the pages read this time and those carried over, booked, what they say of organisations apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter

from pipelines.carry_over import carry_over
from pipelines.collect import Collector, PageFacts
from pipelines.correct import PageLinks, link_pages, part_organisation
from pipelines.issue_list import IssueList
from pipelines.keys import Row, Rows
from pipelines.ledger import Ledger
from pipelines.resolve import RankedRow
from pipelines.rows import FACTS
from pipelines.spill import Sorted, Spill, Spilled
from pipelines.validate import validate_records
from registry.aliases import Alias
from registry.registry import Registry
from schemas.datasets import DATASETS

PAGE_DATASETS = ("pages", *FACTS)
"""The datasets whose rows come from pages."""


@dataclass(frozen=True, slots=True)
class PageRows:
    """The valid rows that one page states."""

    page_id: str
    rows: Rows


@dataclass(slots=True)
class Gathered:
    """Everything that was read or is carried over."""

    collector: Collector
    carried: Sorted[tuple[str, str, Row]]
    """page_id, dataset, row"""
    organisations: Spilled[RankedRow]
    """What each page says of each organisation, or what the run before made of that."""
    page_ids: set[str] = field(default_factory=set)

    def list_pages(self) -> Iterator[PageRows]:
        """All pages, in the order of their ids; may be called again."""
        read = (PageRows(facts.page_id, facts.rows) for facts in self.collector.read_pages())
        return merge(read, self._list_carried(), key=attrgetter("page_id"))

    def _list_carried(self) -> Iterator[PageRows]:
        for page_id, stated in groupby(self.carried, itemgetter(0)):
            rows: Rows = {dataset: [] for dataset in PAGE_DATASETS}
            for _, dataset, row in stated:
                rows[dataset].append(row)
            yield PageRows(page_id, rows)


class Gatherer:
    """Goes once through all that was read and all that is carried over."""

    def __init__(
        self, collector: Collector, spill: Spill, aliases: Collection[Alias], registry: Registry, issues: IssueList, ledger: Ledger
    ) -> None:
        """`aliases`: those of single sites, where one organisation may be parted."""
        self.gathered = Gathered(collector, Sorted(spill, itemgetter(0)), Spilled(spill))
        self._aliases = aliases
        self._registry = registry
        self._issues = issues
        self._ledger = ledger

    def add_read(self) -> None:
        """The pages of this run, and its issues of no page."""
        collector = self.gathered.collector
        self._issues.add(collector.issues)
        for facts in collector.read_pages():
            self._add_page(facts)
        for dataset, count in collector.superseded.items():
            self._ledger.book("extracted", dataset, count)
            self._ledger.book("merged", dataset, count)

    def add_carried(self) -> None:
        """The rows of pages not fetched this time; those that today's records refuse are kept out as new ones would be."""
        collector = self.gathered.collector
        carried = carry_over(collector.previous, collector.observed)
        sites: dict[str, str | None] = {}
        links: dict[str, Mapping[str, str]] = {}
        for page in self._validate("pages", carried.pop("pages", ()), sites):
            sites[page["page_id"]] = page["site_id"]
            links.update(link_pages([page], self._aliases))
            self._carry("pages", page)
        self.gathered.page_ids.update(sites)
        ranks = rank_carried(collector.previous.rows.get("mentions", ()), sites)
        for row in self._validate("organisations", carried.pop("organisations", ()), sites):
            self._add_organisation(row, links, ranks)
        self._issues.add_booked(self._validate("issues", carried.pop("issues", ()), sites))
        for dataset, rows in carried.items():
            for row in self._validate(dataset, rows, sites):
                self._carry(dataset, row)

    def _add_page(self, facts: PageFacts) -> None:
        for dataset in facts.extracted:
            self._ledger.book("extracted", dataset, facts.extracted[dataset])
            self._ledger.book("kept_out", dataset, facts.kept_out[dataset])
        self._issues.add_booked(facts.issues)
        self.gathered.page_ids.update(row["page_id"] for row in facts.rows["pages"])
        links = link_pages(facts.rows["pages"], self._aliases)
        for row in facts.rows["organisations"]:
            self._add_organisation(row, links, facts.ranks)

    def _add_organisation(self, row: Row, links: PageLinks, ranks: Mapping[str, int]) -> None:
        parts = part_organisation(row, links, self._registry)
        self._ledger.book("extracted", "organisations", len(parts) - 1)
        self.gathered.organisations.extend((part, ranks.get(part["organisation_id"], 0)) for part in parts)

    def _validate(self, dataset: str, candidates: Iterable[Row], sites: Mapping[str, str | None]) -> Iterator[Row]:
        for row in candidates:
            kept, refused = validate_records(dataset, DATASETS[dataset], [row])
            self._ledger.book("carried_over", dataset)
            self._issues.add_refused(dataset, refused, sites)
            yield from kept

    def _carry(self, dataset: str, row: Row) -> None:
        self.gathered.carried.extend([(row["page_id"], dataset, row)])


def rank_carried(mentions: Iterable[Row], page_ids: Collection[str]) -> Counter[str]:
    """How well the pages that are carried over found each organisation, as if they had been read: an outage makes none less sure."""
    ranks: Counter[str] = Counter()
    for row in mentions if page_ids else ():
        if row["page_id"] in page_ids:
            ranks[row["organisation_id"]] = max(ranks[row["organisation_id"]], round(row["confidence"] * 1000))
    return ranks
