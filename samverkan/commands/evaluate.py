"""`samverkan evaluate`: the extraction beside annotated pages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from samverkan.options import AsJson, EarlierSites, Quiet, Verbose

if TYPE_CHECKING:
    from samverkan.evaluation.score import Miss


def evaluate(
    gold_dir: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder with a folder per annotated page.")],
    sites: EarlierSites = None,
    as_json: AsJson = False,
    errors: Annotated[bool, typer.Option("--errors", help="Show each single error with the words on the page.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Score the extraction against annotated pages: precision, recall and F1 for each kind of fact."""
    from samverkan.display import print_json
    from samverkan.evaluation.trial import score_pages

    score = score_pages(gold_dir, sites)
    if as_json:
        misses = {"errors": [describe_miss(miss) for miss in score.misses]} if errors else {}
        print_json(score.measure() | misses)
        return
    print_score(score.measure())
    for miss in score.misses if errors else ():
        print_miss(miss)


def print_score(measured: dict[str, Any]) -> None:
    """The figures as a table."""
    from samverkan.display import print_line
    from samverkan.evaluation.score import TALLIES

    for name in TALLIES:
        row = measured[name]
        counts = f"({row['tp']} right, {row['fp']} extra, {row['fn']} missed)"
        print_line(f"{name:15} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}   {counts}")
    for name, value in measured["accuracy"].items():
        print_line(f"{name:28} {value}")
    print_line(f"mean F1 {measured['mean_f1']}")


def print_miss(miss: "Miss") -> None:
    """One error, and below it the words on the page."""
    from samverkan.display import print_line

    print_line()
    print_line(" | ".join((miss.page, miss.what, *miss.detail)))
    if miss.words:
        print_line(f"    “{' '.join(miss.words.split())}”", style="dim")


def describe_miss(miss: "Miss") -> dict[str, object]:
    """One error as JSON."""
    return {"page": miss.page, "what": miss.what, "detail": list(miss.detail), "words": miss.words}
