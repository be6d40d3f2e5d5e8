"""`samverkan sites`: the known sites."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samverkan.options import LIVE, AsJson, Output, Quiet, Sites, Verbose

KNOWN = ("site", "owner", "start")
FARED = ("site", "outcome", "pages", "unchanged", "failed", "requests", "took", "last seen")


def sites(sites: Sites = None, output: Output = LIVE, as_json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """List the known sites, and how each did in the latest published run; --json tells owners, addresses and errors too."""
    from registry.sites import load_sites
    from samverkan.display import print_json, print_table

    site_list = load_sites(sites)
    coverage = load_coverage(output.expanduser())
    if as_json:
        print_json([describe_site(site, coverage.get(site.id)) for site in site_list])
        return
    if coverage:
        print_table(FARED, [list_cells(site, coverage.get(site.id, {})) for site in site_list])
    else:
        print_table(KNOWN, [(site.id, site.owner, site.start_urls[0]) for site in site_list])


def load_coverage(output: Path) -> dict[str, dict[str, Any]]:
    """The coverage of the latest published run by site, {} where there is none."""
    from schemas.output import latest_run
    from schemas.tables import read_rows

    run = latest_run(output)
    return {row["site_id"]: row for row in read_rows(run / "coverage.parquet")} if run else {}


def describe_site(site: Any, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """A site as JSON; `latest` is null where no run looked."""
    from dataclasses import asdict

    return {**asdict(site), "owner_id": site.owner_id, "latest": row}


def list_cells(site: Any, row: Mapping[str, Any]) -> list[object]:
    """One row of the table; a run of before `requests` and `seconds` were counted lacks them."""
    seen, seconds = row.get("last_success_at"), row.get("seconds")
    pages = row["pages_fetched"] + row["pages_unchanged"] if row else None
    counts = [pages, row.get("pages_unchanged"), row.get("pages_failed"), row.get("requests")]
    return [site.id, row.get("outcome"), *counts, f"{seconds:.0f} s" if seconds else None, f"{seen:%Y-%m-%d}" if seen else None]
