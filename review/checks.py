"""Whether a run may be published: its measures against the expectations."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from review.change_measures import (
    measure_facts_changed,
    measure_facts_lost,
    measure_readings_changed,
    measure_sites_emptied,
    measure_sites_lost,
)
from review.expectations import Expectation, load_expectations
from review.integrity import measure_known_codes, measure_personal_names, measure_references, measure_unique_keys
from review.measures import (
    Aim,
    Measure,
    Measurement,
    measure_filled,
    measure_kept_out,
    measure_pages_broken,
    measure_pages_kept,
    measure_rows,
    measure_rows_kept,
)
from review.run_pair import RunPair, opening_pair
from schemas.manifest import Manifest
from schemas.review import Candidate, Finding

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "rows": measure_rows,
        "rows_kept": measure_rows_kept,
        "filled": measure_filled,
        "pages_kept": measure_pages_kept,
        "facts_lost": measure_facts_lost,
        "facts_changed": measure_facts_changed,
        "readings_changed": measure_readings_changed,
        "sites_emptied": measure_sites_emptied,
        "sites_lost": measure_sites_lost,
        "kept_out": measure_kept_out,
        "pages_broken": measure_pages_broken,
        "unique_keys": measure_unique_keys,
        "references": measure_references,
        "known_codes": measure_known_codes,
        "personal_names": measure_personal_names,
    }
)
"""What an expectation may measure."""
COUNTED = ("rows",)
"""The measures that are numbers; all others are shares."""
OF_A_TASK = ("names", "sites", "max_pages", "max_time")
"""The options of a crawl that make it one of less than all that is known."""


def check_run(candidate: Candidate, expectations: tuple[Expectation, ...] | None = None) -> tuple[Finding, ...]:
    """What of a run is not as expected, the reasons to hold it first. Its datasets of changes must be written already."""
    wanted = [one for one in expectations or load_expectations() if applies(one, candidate.manifest)]
    with opening_pair(candidate) as pair:
        findings = [finding for expectation in wanted for finding in check_expectation(expectation, pair)]
    return tuple(sorted(findings, key=lambda finding: finding.severity != "hold"))


def applies(expectation: Expectation, manifest: Manifest) -> bool:
    """Whether a run of this kind and task has to be so."""
    return manifest.kind in expectation.kinds and (is_full_crawl(manifest) or not expectation.full_crawl_only)


def is_full_crawl(manifest: Manifest) -> bool:
    """Whether a crawl was to fetch all sites of the bundled list, as far as it takes."""
    return manifest.kind == "crawl" and not any(manifest.options.get(name) for name in OF_A_TASK)


def check_expectation(expectation: Expectation, pair: RunPair) -> Iterator[Finding]:
    """A finding for each measured value that is beyond a limit."""
    for measured in MEASURES[expectation.measure](pair, Aim(expectation.datasets, expectation.columns)):
        if measured.base >= expectation.at_least and (beyond := expectation.judge(measured.value)):
            severity, limit = beyond
            message = describe_finding(expectation, measured, limit)
            yield Finding(expectation.name, severity, message, measured.subject, round(measured.value, 4), limit)


def describe_finding(expectation: Expectation, measured: Measurement, limit: float) -> str:
    """ "contacts: 30 of the 60 of 20261121T040000Z are stated no more: 50% (expected: at most 20%)" """
    if expectation.measure not in COUNTED and limit in (0, 1):
        return f"{measured.words} (expected: {'all' if limit else 'none'})"
    bound = "at least" if measured.value < limit else "at most"
    if expectation.measure in COUNTED:
        return f"{measured.words} (expected: {bound} {limit:,.0f})"
    return f"{measured.words}: {measured.value:.0%} (expected: {bound} {limit:.0%})"
