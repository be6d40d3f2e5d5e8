"""The collaboration pages that the last published crawl knew: they are asked for before anything else."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from registry.sites import SiteList
from schemas.tables import read_rows

_COLUMNS = ("url", "is_collaboration", "checked_at")


def read_known_pages(run: Path | None, sites: SiteList) -> Mapping[str, list[str]]:
    """Their addresses by the id of the site that they belong to today, those that were looked at longest ago first."""
    known: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for row in read_rows(run / "pages.parquet", _COLUMNS) if run else []:
        if row["is_collaboration"] and (site := sites.site_of(row["url"])):
            known[site.id].append((row["checked_at"], row["url"]))
    return {site_id: [url for _, url in sorted(pages)] for site_id, pages in known.items()}
