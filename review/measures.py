"""What the checks measure: each takes two runs and gives figures with the words that explain them. What is too little stands in
`expectations.toml`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.run_pair import RunPair
from schemas.datasets import FACTS

READ_FROM_PAGES = (*FACTS, "mentions")
"""The datasets whose rows belong to one page each."""
SOME_FACTS = 5
"""A site with fewer facts loses them all by one edit."""
NEARLY_ALL = 0.9
MOST_NAMES = 5
ON_SHARED_PAGES = "page_id IN (SELECT page_id FROM now_pages SEMI JOIN past_pages USING (page_id))"
"""Of `now_pages` and `past_pages`."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a measure looks at; nothing named: all that it can."""

    datasets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure. `base`: of how many things it is a share; `words`: what it tells, "contacts: 3 of 40 facts are gone"."""

    value: float
    base: int
    words: str
    subject: str | None = None


def measure_rows(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """How many rows each dataset has."""
    for dataset in aim.datasets:
        number = pair.size("now", dataset)
        yield Measurement(number, max(1, number), f"{dataset}: {number:,} rows", dataset)


def measure_rows_kept(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The rows of each dataset beside those of before, on the pages that both runs hold: an archive may hold others."""
    for dataset in aim.datasets or READ_FROM_PAGES:
        now, past = (pair.count(f"SELECT count(*) FROM {tense}_{dataset} WHERE {ON_SHARED_PAGES}") for tense in ("now", "past"))
        yield from share(now, past, f"{dataset}: {now:,} rows on the pages of both runs, {past:,} in {pair.before}", dataset)


def measure_filled(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of rows that have one of the columns, beside that of before, on the pages that both runs hold."""
    for dataset in aim.datasets:
        rows, filled = "count(*)", f"count(coalesce({', '.join(f'{column}::VARCHAR' for column in aim.columns)}))"
        counted = [pair.rows(f"SELECT {filled}, {rows} FROM {tense}_{dataset} WHERE {ON_SHARED_PAGES}")[0] for tense in ("now", "past")]
        (now, now_all), (past, past_all) = counted
        if now_all and past:
            value, before = now / now_all, past / past_all
            words = f"{dataset}: {value:.0%} of the rows have {' or '.join(aim.columns)}, {before:.0%} in {pair.before}"
            yield Measurement(value / before, min(now_all, past), words, dataset)


def measure_pages_kept(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of the pages of before that the run still holds."""
    past, kept = pair.size("past", "pages"), pair.count("SELECT count(*) FROM past_pages SEMI JOIN now_pages USING (page_id)")
    yield from share(kept, past, f"{kept:,} of {past:,} pages of {pair.before} are still there")


def measure_facts_lost(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of facts that their pages state no more, of each dataset that is named, else of all together."""
    for datasets, subject in split(aim):
        past, lost = pair.size("past", *datasets), count_changed(pair, datasets, "removed")
        yield from share(lost, past, f"{subject or 'all facts'}: {lost:,} of the {past:,} of {pair.before} are stated no more", subject)


def measure_facts_changed(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of facts that their pages state otherwise, of each dataset that is named, else of all together."""
    for datasets, subject in split(aim):
        past, changed = pair.size("past", *datasets), count_changed(pair, datasets, "changed", "renamed")
        yield from share(
            changed, past, f"{subject or 'all facts'}: {changed:,} of the {past:,} of {pair.before} are stated otherwise", subject
        )


def measure_readings_changed(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """How many facts our code reads otherwise from the same pages, beside all facts of before."""
    past, changed = pair.size("past", *FACTS), count_changed(pair, FACTS, "added", "removed", "changed", "renamed", cause="reading")
    yield from share(changed, past, f"{changed:,} facts are read otherwise from the pages of {pair.before}, which states {past:,}")


def measure_sites_emptied(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of sites that lost nearly all their facts."""
    emptied, past = find_emptied_sites(pair)
    yield from share(
        len(emptied),
        past,
        f"{len(emptied):,} of {past:,} sites have lost nearly all their facts of {pair.before}{name_some(emptied)}",
    )


def measure_sites_lost(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of the sites that gave facts before and were visited again, of which nothing useful came. Their facts stand."""
    outcomes = pair.rows(
        "SELECT site_id, now.outcome FROM now_coverage AS now JOIN past_coverage AS past USING (site_id) "
        "WHERE past.outcome = 'facts' AND now.outcome != 'not_visited' ORDER BY site_id"
    )
    lost = [site for site, outcome in outcomes if outcome in ("unreachable", "failed", "denied", "no_page_found")]
    yield from share(
        len(lost),
        len(outcomes),
        f"{len(lost):,} of {len(outcomes):,} sites with facts in {pair.before} gave nothing now{name_some(lost)}",
    )


def measure_kept_out(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of rows that were kept out because something was wrong with them."""
    datasets = aim.datasets or (*READ_FROM_PAGES, "organisations")
    out = pair.count(f"SELECT count(*) FROM now_issues WHERE severity = 'error' AND dataset IN ({quote(datasets)})")
    rows = pair.size("now", *datasets) + out
    yield from share(out, rows, f"{out:,} of {rows:,} rows were kept out")


def measure_pages_broken(pair: RunPair, aim: Aim) -> Iterator[Measurement]:
    """The share of pages that broke the parsers; those that the run before knew are still there as they were then."""
    broken = "SELECT page_id FROM now_issues WHERE code = 'parser_failed'"
    failed, pages = pair.count(f"SELECT count(DISTINCT page_id) FROM ({broken})"), f"SELECT page_id FROM now_pages UNION {broken}"
    number = pair.count(f"SELECT count(*) FROM ({pages})")
    yield from share(failed, number, f"{failed:,} of {number:,} pages broke the parsers")


def share(part: int, whole: int, words: str, subject: str | None = None) -> Iterator[Measurement]:
    """A part of a whole; nothing where there is none."""
    if whole:
        yield Measurement(part / whole, whole, words, subject)


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


def quote(words: tuple[str, ...]) -> str:
    """Our own codes as SQL strings."""
    return ", ".join(f"'{word}'" for word in words)


Measure = Callable[[RunPair, Aim], Iterator[Measurement]]
