"""`samverkan sites`: the known sites."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samverkan.options import LIVE, AsJson, Output, Quiet, Sites, Verbose

HEAD = ("site", "owner", "start", "outcome", "fetched", "failed", "last success")


def sites(sites: Sites = None, output: Output = LIVE, as_json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """List the known sites, and how each did in the latest published run."""
    from registry.sites import load_sites
    from samverkan.display import print_json, print_table

    site_list = load_sites(sites)
    coverage = load_coverage(output.expanduser())
    if as_json:
        print_json([describe_site(site, coverage.get(site.id)) for site in site_list])
        return
    print_table(HEAD, [list_cells(site, coverage.get(site.id, {})) for site in site_list])


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
    """One row of the table."""
    success = row.get("last_success_at")
    counts = [row.get("outcome"), row.get("pages_fetched"), row.get("pages_failed")]
    return [site.id, site.owner, site.start_urls[0], *counts, f"{success:%Y-%m-%d %H:%M}" if success else None]
