"""What the checks measure: each takes two runs and gives figures with the words that explain them. What is too little stands in
`expectations.toml`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.run_pair import RunPair
from schemas.datasets import FACTS

READ_FROM_PAGES = (*FACTS, "mentions")
"""The datasets whose rows belong to one page each."""
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


def quote(words: tuple[str, ...]) -> str:
    """Our own codes as SQL strings."""
    return ", ".join(f"'{word}'" for word in words)


Measure = Callable[[RunPair, Aim], Iterator[Measurement]]
