"""What the checks measure of changes: facts that went or are stated otherwise, sites that gave nothing more."""

from collections.abc import Iterator

from review.measures import Aim, Measurement, quote, share
from review.run_pair import RunPair
from schemas.datasets import FACTS

SOME_FACTS = 5
"""A site with fewer facts loses them all by one edit."""
NEARLY_ALL = 0.9
MOST_NAMES = 5


def measure_facts_lost(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of facts that their pages state no more, of each dataset that is named, else of all together."""
    for datasets, subject in split(aim):
        past, lost = pair.size("past", *datasets), count_changed(pair, datasets, "removed")
        words = f"{subject or 'all facts'}: {lost:,} of the {past:,} of {pair.before} are stated no more"
        yield from share(lost, past, words, subject)


def measure_facts_changed(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of facts that their pages state otherwise, of each dataset that is named, else of all together."""
    for datasets, subject in split(aim):
        past, changed = pair.size("past", *datasets), count_changed(pair, datasets, "changed", "renamed")
        words = f"{subject or 'all facts'}: {changed:,} of the {past:,} of {pair.before} are stated otherwise"
        yield from share(changed, past, words, subject)


def measure_readings_changed(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """How many facts our code reads otherwise from the same pages, beside all facts of before."""
    past, changed = pair.size("past", *FACTS), count_changed(pair, FACTS, "added", "removed", "changed", "renamed", cause="reading")
    yield from share(changed, past, f"{changed:,} facts are read otherwise from the pages of {pair.before}, which states {past:,}")


def measure_sites_emptied(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of sites that lost nearly all their facts."""
    emptied, past = find_emptied_sites(pair)
    words = f"{len(emptied):,} of {past:,} sites have lost nearly all their facts of {pair.before}{name_some(emptied)}"
    yield from share(len(emptied), past, words)


def measure_sites_lost(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of the sites that gave facts before and were visited again, of which nothing useful came. Their facts stand."""
    outcomes = pair.rows(
        "SELECT site_id, now.outcome FROM now_coverage AS now JOIN past_coverage AS past USING (site_id) "
        "WHERE past.outcome = 'facts' AND now.outcome != 'not_visited' ORDER BY site_id"
    )
    lost = [site for site, outcome in outcomes if outcome in ("unreachable", "failed", "denied", "no_page_found")]
    words = f"{len(lost):,} of {len(outcomes):,} sites with facts in {pair.before} gave nothing now{name_some(lost)}"
    yield from share(len(lost), len(outcomes), words)


def split(aim: Aim) -> list[tuple[tuple[str, ...], str | None]]:
    """Each dataset that is named with itself as the subject; all facts together where none is."""
    return [((dataset,), dataset) for dataset in aim.datasets] or [(FACTS, None)]


def count_changed(pair: RunPair, datasets: tuple[str, ...], *changes: str, cause: str = "page") -> int:
    """How many facts were added, removed, changed or renamed; one of which several columns changed counts once."""
    where = f"cause = '{cause}' AND dataset IN ({quote(datasets)}) AND change IN ({quote(changes)})"
    return pair.count(f"SELECT count(*) FROM (SELECT DISTINCT dataset, key FROM now_changes WHERE {where})")


def find_emptied_sites(pair: RunPair) -> tuple[list[str], int]:
    """The sites that lost nearly all their facts, and of how many sites, those that had some."""
    facts = " UNION ALL ".join(f"SELECT page_id FROM past_{dataset}" for dataset in FACTS)
    lost = f"change = 'removed' AND cause = 'page' AND dataset IN ({quote(FACTS)})"
    rows = pair.rows(f"""
        WITH past AS (SELECT site_id, count(*) AS had FROM ({facts}) JOIN past_pages USING (page_id) GROUP BY site_id),
        removed AS (SELECT site_id, count(DISTINCT (dataset, key)) AS lost FROM now_changes WHERE {lost} GROUP BY site_id)
        SELECT site_id, coalesce(lost, 0) / had FROM past LEFT JOIN removed USING (site_id)
        WHERE site_id IS NOT NULL AND had >= {SOME_FACTS} ORDER BY site_id
    """)
    return [site for site, lost in rows if lost >= NEARLY_ALL], len(rows)


def name_some(names: list[str]) -> str:
    """ " (ale, lerum and 3 more)"; "" where there is none."""
    others = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f" ({', '.join(names[:MOST_NAMES])}{others})" if names else ""
