"""The pages that the last published crawl knew: those about collaboration come first, others that nobody saw for long last of all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from registry.sites import SiteList
from schemas.tables import scan_rows

_COLUMNS = ("url", "is_collaboration", "checked_at")


@dataclass(frozen=True, slots=True)
class KnownPages:
    """Addresses of one site, those that were looked at longest ago first."""

    collaboration: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    """Other pages that nobody looked at for long: nothing may lead to them any more, and their facts, persons among them, still stand."""


NOTHING_KNOWN = KnownPages()


def read_known_pages(run: Path | None, sites: SiteList, longest: timedelta) -> Mapping[str, KnownPages]:
    """By the id of the site that they belong to today; `longest`: after that time a page is forgotten."""
    oldest = datetime.now(UTC) - longest
    found: defaultdict[str, list[tuple[datetime, str, bool]]] = defaultdict(list)
    for row in scan_rows(run / "pages.parquet", _COLUMNS) if run else ():
        if site := sites.site_of(row["url"]):
            found[site.id].append((row["checked_at"], row["url"], row["is_collaboration"]))
    return {
        site_id: KnownPages(
            tuple(url for _, url, is_about in sorted(pages) if is_about),
            tuple(url for checked_at, url, is_about in sorted(pages) if not is_about and checked_at < oldest),
        )
        for site_id, pages in found.items()
    }
