"""From the pages of a run to its datasets: carried over, resolved, checked, deduplicated, counted, consolidated; a pure function."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from pipelines.carry_over import carry_over
from pipelines.collect import Collector
from pipelines.correct import correct_sites
from pipelines.coverage import build_coverage_rows
from pipelines.deduplicate import deduplicate_dataset
from pipelines.fetches import build_fetch_rows, carry_fetches
from pipelines.issues import build_issue_row, sort_issue_rows
from pipelines.keys import Row, Rows
from pipelines.ledger import Ledger
from pipelines.member_counts import measure_member_counts
from pipelines.relations import consolidate_members
from pipelines.resolve import find_renames, rename_row, resolve_identities
from pipelines.rows import FACTS
from pipelines.validate import Known, check_rows, count_kept_out, validate_records
from registry.aliases import Alias
from registry.registry import Registry
from registry.sites import Site
from schemas.datasets import DATASETS
from schemas.facts import Issue
from schemas.visit import Fetch, SiteVisit

PAGE_DATASETS = ("pages", *FACTS)


def assemble_datasets(
    collector: Collector,
    sites: Iterable[Site],
    visits: Mapping[str, SiteVisit],
    registry: Registry,
    aliases: Sequence[Alias] = (),
    fetches: Mapping[str, Fetch] = MappingProxyType({}),
    *,
    is_carrying: bool = True,
) -> tuple[Rows, Ledger]:
    """All datasets of a run, each sorted by its key, and the books; `run_id` is not among the columns yet.

    `aliases`: what reviewers corrected. `fetches`: what the spider asked for, by address; an extract asks for nothing.
    `is_carrying`: whether pages not fetched keep their rows of the run before, as in every run that is published.
    """
    ledger = Ledger()
    rows = gather_rows(collector, ledger, is_carrying=is_carrying)
    rows, renames = resolve_rows(rows, collector, registry, aliases, ledger)
    rows = check_datasets(rows, ledger)
    rows = deduplicate_datasets(rows, ledger)
    count_members(rows, ledger)
    add_relations(rows, ledger)
    coverage = build_coverage_rows(sites, collector.tallies, visits, rows, collector.previous.last_success)
    rows["coverage"] = [rename_row(row, renames, {}) for row in coverage]
    ledger.book("extracted", "coverage", len(rows["coverage"]))
    add_fetches(rows, collector, fetches, ledger, is_carrying=is_carrying)
    issues = sort_issue_rows(rows["issues"])
    ledger.book("merged", "issues", len(rows["issues"]) - len(issues))
    rows["issues"] = issues
    for dataset, there in rows.items():
        ledger.book("stored", dataset, len(there))
    return rows, ledger


def gather_rows(collector: Collector, ledger: Ledger, *, is_carrying: bool) -> Rows:
    """The rows of this run's pages and of those carried over, in an order that does not depend on how they came."""
    pages = [facts for _, facts in sorted(collector.pages.items())]
    rows: Rows = {dataset: [row for facts in pages for row in facts.rows[dataset]] for dataset in PAGE_DATASETS}
    rows["issues"] = [row for facts in pages for row in facts.issues]
    for facts in pages:
        for dataset in facts.extracted:
            ledger.book("extracted", dataset, facts.extracted[dataset])
            ledger.book("kept_out", dataset, facts.kept_out[dataset])
    for dataset, count in collector.superseded.items():
        ledger.book("extracted", dataset, count)
        ledger.book("merged", dataset, count)
    add_issues(rows, collector.issues, ledger)
    if is_carrying:
        add_carried(rows, carry_over(collector.previous, collector.observed), ledger)
    return rows


def add_carried(rows: Rows, carried: Rows, ledger: Ledger) -> None:
    """Adds the rows of pages not fetched this time; those that today's records refuse are kept out as new ones would be."""
    for dataset, candidates in carried.items():
        kept, issues = validate_records(dataset, DATASETS[dataset], candidates)
        rows[dataset] += kept
        ledger.book("carried_over", dataset, len(candidates))
        book_refused(rows, dataset, issues, ledger)


def resolve_rows(
    rows: Rows, collector: Collector, registry: Registry, aliases: Sequence[Alias], ledger: Ledger
) -> tuple[Rows, dict[str, str]]:
    """One id and one name per organisation, rows of one organisation merged; and which ids became which."""
    ranks = {(page_id, identity): rank for page_id, facts in collector.pages.items() for identity, rank in facts.ranks.items()}
    facts = correct_sites({dataset: rows[dataset] for dataset in PAGE_DATASETS}, aliases, registry)
    everywhere = {alias.id: alias.organisation_id for alias in aliases if alias.id and alias.site_id is None}
    renames = find_renames(facts["organisations"], registry, everywhere)
    resolved, issues = resolve_identities(facts, ranks, registry, renames)
    ledger.book("extracted", "organisations", len(facts["organisations"]) - len(rows["organisations"]))  # those parted
    ledger.book("merged", "organisations", len(facts["organisations"]) - len(resolved["organisations"]))
    resolved["issues"] = rows["issues"]
    add_issues(resolved, [build_issue_row(issue) for _, issue in issues], ledger)
    return resolved, renames


def check_datasets(rows: Rows, ledger: Ledger) -> Rows:
    """The rows that no rule refuses; an organisation that only pages kept out name stays, without them."""
    texts = {row["page_id"]: row["text"] for row in rows["pages"]}
    organisations = [row | {"page_ids": [page_id for page_id in row["page_ids"] if page_id in texts]} for row in rows["organisations"]]
    known = Known(texts, frozenset(row["organisation_id"] for row in organisations))
    checked: Rows = {"pages": rows["pages"], "organisations": organisations, "issues": rows["issues"]}
    for dataset in FACTS[1:]:
        checked[dataset], refused = check_rows(dataset, rows[dataset], known)
        book_refused(checked, dataset, refused, ledger)
    return checked


def deduplicate_datasets(rows: Rows, ledger: Ledger) -> Rows:
    """One row per key in every dataset, sorted by it."""
    result: Rows = {"issues": rows["issues"]}
    for dataset in PAGE_DATASETS:
        result[dataset], dropped = deduplicate_dataset(dataset, rows[dataset])
        ledger.book("merged", dataset, len(rows[dataset]) - len(result[dataset]))
        add_fact_issues(result, dataset, dropped, ledger)
    return result


def count_members(rows: Rows, ledger: Ledger) -> None:
    """Fills `listed` and `gap` of the stated numbers of members."""
    kinds = {row["organisation_id"]: row["kind"] for row in rows["organisations"]}
    owners = {row["page_id"]: row["owner_id"] for row in rows["pages"]}
    gaps = measure_member_counts(rows["member_counts"], rows["members"], rows["mentions"], kinds, owners)
    add_fact_issues(rows, "member_counts", gaps, ledger)


def add_relations(rows: Rows, ledger: Ledger) -> None:
    """Folds the rows of `members` into relations; in the books each is one extracted, and merged but for a relation's first."""
    kinds = {row["organisation_id"]: row["kind"] for row in rows["organisations"]}
    built, contradictions = consolidate_members(rows["members"], rows["pages"], rows["member_counts"], kinds)
    ledger.book("extracted", "relations", len(rows["members"]))
    ledger.book("merged", "relations", len(rows["members"]) - len(built))
    rows["relations"], refused = validate_records("relations", DATASETS["relations"], built)
    book_refused(rows, "relations", refused, ledger)
    add_fact_issues(rows, "relations", contradictions, ledger)


def add_fetches(rows: Rows, collector: Collector, fetches: Mapping[str, Fetch], ledger: Ledger, *, is_carrying: bool) -> None:
    """What was asked for, and of what was not the earlier answers that still lie in an archive."""
    carried = carry_fetches(collector.previous.rows.get("fetches", ()), fetches) if is_carrying else []
    built = build_fetch_rows(fetches.values())
    ledger.book("extracted", "fetches", len(built))
    ledger.book("carried_over", "fetches", len(carried))
    kept, refused = validate_records("fetches", DATASETS["fetches"], [*built, *carried])
    rows["fetches"] = sorted(kept, key=lambda row: str(row["url"]))
    book_refused(rows, "fetches", refused, ledger)


def book_refused(rows: Rows, dataset: str, issues: list[tuple[Row, Issue]], ledger: Ledger) -> None:
    """Adds the issues of a check, and books the rows that stand whole in them as kept out."""
    ledger.book("kept_out", dataset, count_kept_out(issue for _, issue in issues))
    add_fact_issues(rows, dataset, issues, ledger)


def add_fact_issues(rows: Rows, dataset: str, issues: Iterable[tuple[Row, Issue]], ledger: Ledger) -> None:
    """Adds issues about rows of a dataset, with the page and site of each row."""
    sites = {row["page_id"]: row["site_id"] for row in rows.get("pages", [])}
    built = [build_issue_row(issue, site_id=sites.get(row.get("page_id")), page_id=row.get("page_id")) for row, issue in issues]
    add_issues(rows, [row | {"dataset": row["dataset"] or dataset} for row in built], ledger)


def add_issues(rows: Rows, issues: list[Row], ledger: Ledger) -> None:
    """Adds rows to `issues` and to the books."""
    rows["issues"] += issues
    ledger.book("extracted", "issues", len(issues))
