"""From the pages of a run to its datasets: carried over, resolved, checked, deduplicated, counted, consolidated; a pure function.

What a page states is checked, deduplicated and counted page by page, what pages state of a body is consolidated body by body: only
organisations, and what is known of pages by their ids, are in memory as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from pipelines.collect import Collector
from pipelines.correct import correct_facts, link_pages
from pipelines.coverage import Findings, build_coverage_rows
from pipelines.deduplicate import deduplicate_dataset
from pipelines.fetches import build_fetch_row, carry_fetches
from pipelines.gather import PAGE_DATASETS, Gathered, Gatherer
from pipelines.issue_list import IssueList
from pipelines.keys import Row, Rows
from pipelines.ledger import Ledger
from pipelines.member_counts import measure_member_counts
from pipelines.relations import consolidate_members
from pipelines.resolve import find_renames, merge_organisations, rename, rename_row
from pipelines.rows import FACTS
from pipelines.spill import Sorted, Spill, Spilled
from pipelines.validate import Known, check_rows, validate_records
from registry.aliases import Alias
from registry.registry import Registry
from registry.sites import Site
from schemas.datasets import DATASETS, KNOWN
from schemas.visit import Fetch, SiteVisit

Datasets = dict[str, Sequence[Row] | Spilled[Row] | Sorted[Row]]
"""Records by dataset, sorted by its key; to be gone through as often as wanted."""

Statement = tuple[str, Row, list[Row], list[Row]]
"""What one page states of a body: its organisation_id, the page, rows of `members`, rows of `member_counts`."""


def assemble_datasets(
    collector: Collector,
    sites: Iterable[Site],
    visits: Mapping[str, SiteVisit],
    registry: Registry,
    aliases: Sequence[Alias] = (),
    fetches: Mapping[str, Fetch] = MappingProxyType({}),
    *,
    is_carrying: bool = True,
    spill: Spill | None = None,
) -> tuple[Datasets, Ledger]:
    """All datasets of a run, each sorted by its key, and the books; `run_id` is not among the columns yet.

    `aliases`: what reviewers corrected. `fetches`: what the spider asked for, by address; an extract asks for nothing.
    `is_carrying`: whether pages not fetched keep their rows of the run before, as in every run that is published.
    `spill`: where rows are put aside, the collector's unless told otherwise. Raises OutputUnwritable where that is full.
    """
    assembly = Assembly(collector, registry, aliases, spill or collector.spill)
    assembly.gather(is_carrying=is_carrying)
    assembly.resolve_organisations()
    assembly.add_pages()
    assembly.add_relations()
    assembly.add_coverage(sites, visits)
    assembly.add_fetches(fetches, is_carrying=is_carrying)
    return assembly.close()


class Assembly:
    """The datasets of a run as they come to be, step by step in the order of the methods."""

    def __init__(self, collector: Collector, registry: Registry, aliases: Sequence[Alias], spill: Spill) -> None:
        self._collector = collector
        self._registry = registry
        self._aliases = aliases
        self._parting = [alias for alias in aliases if alias.site_id is not None]
        self._spill = spill
        self._ledger = Ledger()
        self._issues = IssueList(spill, self._ledger)
        self._datasets: Datasets = {}
        self._renames: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._findings = Findings()
        self._statements: Sorted[Statement] = Sorted(spill, itemgetter(0))

    def gather(self, *, is_carrying: bool) -> None:
        """All rows of this run's pages and of those carried over."""
        self._collector.settle_moves()
        gatherer = Gatherer(self._collector, self._spill, self._parting, self._registry, self._issues, self._ledger)
        gatherer.add_read()
        if is_carrying:
            gatherer.add_carried()
        self._gathered: Gathered = gatherer.gathered

    def resolve_organisations(self) -> None:
        """One id and one name per organisation, rows of one organisation merged; pages kept out are not among its pages."""
        everywhere = {alias.id: alias.organisation_id for alias in self._aliases if alias.id and alias.site_id is None}
        self._renames = find_renames(describe_each(self._gathered.organisations), self._registry, everywhere)
        ranked: Sorted[tuple[Row, int]] = Sorted(self._spill, lambda ranked: rename(ranked[0]["organisation_id"], self._renames))
        ranked.extend(self._gathered.organisations)
        organisations = []
        for row, contradictions in merge_organisations(ranked, self._registry, self._renames):
            self._issues.add_found("organisations", contradictions)
            there = self._gathered.page_ids
            organisations.append(row | {"page_ids": [page_id for page_id in row["page_ids"] if page_id in there]})
        self._ledger.book("merged", "organisations", len(ranked) - len(organisations))
        self._names = {row["organisation_id"]: row["name"] for row in organisations}
        self._kinds = {row["organisation_id"]: row["kind"] for row in organisations}
        self._datasets["organisations"] = organisations

    def add_pages(self) -> None:
        """Page by page what it states: with the final ids, checked, one row per key, the members counted."""
        datasets = {dataset: self._open(dataset) for dataset in PAGE_DATASETS if dataset != "organisations"}
        for page in self._gathered.list_pages():
            rows = self._settle(page.rows)
            for dataset, there in datasets.items():
                there.extend(rows[dataset])
            self._findings.note(rows)
            self._statements.extend(list_statements(rows))
        self._datasets |= datasets

    def add_relations(self) -> None:
        """Folds the rows of `members` into relations; in the books each is one extracted, and merged but for a relation's first."""
        relations = Spilled[Row](self._spill)
        for _, statements in groupby(self._statements, itemgetter(0)):
            _, pages, members, counts = zip(*statements, strict=True)
            stated = [row for there in members for row in there]
            built, contradictions = consolidate_members(stated, pages, [row for there in counts for row in there], self._kinds)
            self._ledger.book("extracted", "relations", len(stated))
            self._ledger.book("merged", "relations", len(stated) - len(built))
            kept, refused = validate_records("relations", DATASETS["relations"], built)
            self._issues.add_refused("relations", refused)
            self._issues.add_found("relations", contradictions)
            relations.extend(kept)
        self._datasets["relations"] = relations

    def add_coverage(self, sites: Iterable[Site], visits: Mapping[str, SiteVisit]) -> None:
        """A row per site."""
        collector = self._collector
        built = build_coverage_rows(sites, collector.tallies, visits, self._findings, collector.previous.last_success)
        self._datasets["coverage"] = [rename_row(row, self._renames, {}) for row in built]
        self._ledger.book("extracted", "coverage", len(built))

    def add_fetches(self, fetches: Mapping[str, Fetch], *, is_carrying: bool) -> None:
        """What was asked for, and of what was not the earlier answers that still lie in an archive."""
        carried = carry_fetches(self._collector.previous.rows.get("fetches", ()), fetches) if is_carrying else ()
        stored: Sorted[Row] = Sorted(self._spill, itemgetter("url"))
        for entry, rows in (("extracted", map(build_fetch_row, fetches.values())), ("carried_over", carried)):
            for row in rows:
                kept, refused = validate_records("fetches", DATASETS["fetches"], [row])
                self._ledger.book(entry, "fetches")
                self._issues.add_refused("fetches", refused)
                stored.extend(kept)
        self._datasets["fetches"] = stored

    def close(self) -> tuple[Datasets, Ledger]:
        """All datasets, and the books."""
        self._datasets["issues"] = self._issues.close()
        datasets = {dataset: self._datasets[dataset] for dataset in KNOWN}
        for dataset, rows in datasets.items():
            self._ledger.book("stored", dataset, len(rows))
        return datasets, self._ledger

    def _open(self, dataset: str) -> Spilled[Row] | Sorted[Row]:
        """A place for rows that come page by page; the keys of contacts and dates follow another order."""
        key = {"contacts": "contact_id", "dates": "date_id"}.get(dataset)
        return Sorted(self._spill, itemgetter(key)) if key else Spilled(self._spill)

    def _settle(self, rows: Rows) -> Rows:
        """The rows of one page as they are stored."""
        sites = {page["page_id"]: page["site_id"] for page in rows["pages"]}
        rows = correct_facts(rows, link_pages(rows["pages"], self._parting))
        rows = {dataset: [rename_row(row, self._renames, self._names) for row in there] for dataset, there in rows.items()}
        rows = self._check(rows, sites)
        for dataset, there in rows.items():
            rows[dataset], dropped = deduplicate_dataset(dataset, there)
            self._ledger.book("merged", dataset, len(there) - len(rows[dataset]))
            self._issues.add_found(dataset, dropped, sites)
        owners = {page["page_id"]: page["owner_id"] for page in rows["pages"]}
        gaps = measure_member_counts(rows["member_counts"], rows["members"], rows["mentions"], self._kinds, owners)
        self._issues.add_found("member_counts", gaps, sites)
        return rows

    def _check(self, rows: Rows, sites: Mapping[str, str | None]) -> Rows:
        """The rows that no rule refuses."""
        known = Known({page["page_id"]: page["text"] for page in rows["pages"]}, self._names.keys())
        checked: Rows = {"pages": rows["pages"]}
        for dataset in FACTS[1:]:
            checked[dataset], refused = check_rows(dataset, rows[dataset], known)
            self._issues.add_refused(dataset, refused, sites)
        return checked


def describe_each(organisations: Iterable[tuple[Row, int]]) -> list[Row]:
    """By what an organisation may be renamed, each different description once, in the order in which they came."""
    columns = ("organisation_id", "organisation_number", "kind", "name")
    described = dict.fromkeys(tuple(row[column] for column in columns) for row, _ in organisations)
    return [dict(zip(columns, values, strict=True)) for values in described]


def list_statements(rows: Rows) -> Iterator[Statement]:
    """What a page states of each body whose members it names; of the page what relations are judged by."""
    for page in rows["pages"]:
        known = {column: page[column] for column in ("page_id", "url", "owner_id", "checked_at")}
        for body in dict.fromkeys(row["organisation_id"] for row in rows["members"]):
            members, counts = ([row for row in rows[name] if row["organisation_id"] == body] for name in ("members", "member_counts"))
            yield body, known, members, counts
