"""`samverkan show`: one page of the latest run."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

import typer

from samverkan.options import LIVE, AsJson, Output, Quiet, Verbose
from schemas.errors import UsageError

FACTS = ("members", "member_counts", "contacts", "dates", "mentions", "issues")


def show(
    url: Annotated[str, typer.Argument(metavar="URL", help="The page's address; scheme, www. and a slash at the end do not matter.")],
    output: Output = LIVE,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show one page of the latest published run: its row, its facts, the words that state each, and what changed on it when."""
    from samverkan.display import print_json
    from samverkan.page_past import list_page_past, print_page_past
    from samverkan.page_view import print_facts, print_page

    output = output.expanduser()
    run = find_run(output)
    page = find_page(read(run, "pages"), url)
    facts = {dataset: [row for row in read(run, dataset) if row["page_id"] == page["page_id"]] for dataset in FACTS}
    facts["relations"] = find_relations(read(run, "relations"), facts["members"])
    past = list_page_past(output, page["page_id"])
    if as_json:
        print_json({"page": page, **facts, "history": past})
    else:
        print_page(page)
        print_facts(facts, {row["organisation_id"]: row["name"] for row in read(run, "organisations")})
        print_page_past(past)


def find_run(output: Path) -> Path:
    """The folder of the latest published run. Raises UsageError where there is none."""
    from schemas.output import latest_run

    run = latest_run(output)
    if run is None:
        raise UsageError(f"No run was published in {output}. Another folder: --output DIR.")
    return run


def read(run: Path, dataset: str) -> list[dict[str, Any]]:
    """The rows of a dataset; none where the run is older than the dataset."""
    from schemas.tables import read_rows

    path = run / f"{dataset}.parquet"
    return read_rows(path) if path.exists() else []


def find_relations(relations: Sequence[dict[str, Any]], members: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What all pages together say of the memberships that this page states."""
    stated = {(row["organisation_id"], row["member_id"], row["role"]) for row in members}
    return [row for row in relations if (row["organisation_id"], row["member_id"], row["role"]) in stated]


def find_page(pages: Sequence[dict[str, Any]], url: str) -> dict[str, Any]:
    """The page at an address, or that calls it its own. Raises UsageError that names the nearest ones."""
    by_address = {simplify_url(page[column]): page for column in ("canonical_url", "url") for page in pages}
    if page := by_address.get(simplify_url(url)):
        return page
    near = get_close_matches(simplify_url(url), by_address, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"It holds {len(pages)} pages."
    raise UsageError(f"The latest run has no page {url}. {hint}")


def simplify_url(url: str) -> str:
    """ "https://www.Ale.se/Samverkan/" -> "ale.se/samverkan": what a person compares."""
    text = unquote(url.strip()).casefold()
    return text.partition("://")[2].removeprefix("www.").rstrip("/") if "://" in text else text.removeprefix("www.").rstrip("/")
