"""What changed on a page over all published runs, in words for a person."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from review.log import read_log
from review.telling import describe_change
from samverkan.display import count, print_heading, print_line
from schemas.values.timestamps import stockholm_date

Row = Mapping[str, Any]


def list_page_past(output: Path, page_id: str) -> list[dict[str, Any]]:
    """The changes of a page and of its facts, oldest first: when the run began that found them, in which dataset they stand, and what
    they are. What our code reads differently is no change of the page and is left out."""
    past = [
        {"run_started_at": row["run_started_at"], "run_id": row["run_id"], "dataset": dataset, "what": describe(row)}
        for dataset, describe in (("page_changes", describe_page_change), ("changes", describe_change))
        for row in read_log(output, dataset)
        if row["page_id"] == page_id and row.get("cause") != "reading"
    ]
    return sorted(past, key=itemgetter("run_started_at"))


def print_page_past(past: Sequence[Row]) -> None:
    """A line each, with its day."""
    print_heading(count(len(past), "change") if past else "No change since it is known.")
    for change in past:
        print_line(f"  {stockholm_date(change['run_started_at'])}  {change['what']}")


def describe_page_change(row: Row) -> str:
    """ "the page moved here from https://ale.se/gr", "the page says something else: 2 sentences added, 1 sentence removed"."""
    match row["change"]:
        case "new":
            return "the page was found"
        case "gone":
            return "the page was gone"
        case "moved":
            return f"the page moved here from {row['previous_url']}{tell_sentences(row)}"
        case _:
            return f"the page says something else{tell_sentences(row)}"


def tell_sentences(row: Row) -> str:
    """ ": 2 sentences added, 1 sentence removed"; "" where none is."""
    sides = [(row[side], side) for side in ("added", "removed") if row[side]]
    told = ", ".join(f"{count(len(text.splitlines()), 'sentence')} {side}" for text, side in sides)
    return f": {told}" if told else ""
