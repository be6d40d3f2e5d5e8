"""What changed of one site, or of what one organisation takes part in."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from review.between import Difference
from schemas.errors import UsageError
from schemas.tables import read_rows, scan_rows

Row = dict[str, Any]


def keep_site(difference: Difference, site_id: str) -> Difference:
    """The changes of one site's pages."""
    changes, page_changes = ([row for row in rows if row["site_id"] == site_id] for rows in (difference.changes, difference.page_changes))
    return replace(difference, changes=changes, page_changes=page_changes)


def keep_organisation(difference: Difference, organisation_id: str, page_ids: Collection[str]) -> Difference:
    """The changes of what is stated of it, and of the pages that name it: `page_ids`, and those of these changes."""
    changes = [row for row in difference.changes if organisation_id in list_organisations(row)]
    pages = {*page_ids, *(row["page_id"] for row in changes)}
    return replace(difference, changes=changes, page_changes=[row for row in difference.page_changes if row["page_id"] in pages])


def list_organisations(change: Row) -> set[str | None]:
    """Whom a fact is about: the body, the member, and an id that it had before."""
    key = json.loads(change["key"])
    ids = {change["organisation_id"], key.get("organisation_id"), key.get("member_id")}
    return ids | ({change["before"], change["after"]} if change["column"] in ("organisation_id", "member_id") else set())


def check_names(run: Path, differences: Sequence[Difference], site_id: str | None, organisation_id: str | None) -> list[str]:
    """The pages of the run in that folder that name the organisation.

    Raises UsageError, with those that may have been meant, where neither the run nor the changes know the site or the organisation.
    """
    changes = [row for difference in differences for row in difference.changes]
    pages = [row for difference in differences for row in difference.page_changes]
    if site_id:
        sites = read_rows(run / "coverage.parquet", ("site_id",))
        check_name("site", site_id, {row["site_id"] for row in (*sites, *changes, *pages)})
    if not organisation_id:
        return []
    naming = {row["organisation_id"]: row["page_ids"] for row in scan_rows(run / "organisations.parquet", ("organisation_id", "page_ids"))}
    check_name("organisation", organisation_id, naming.keys() | {name for row in changes for name in list_organisations(row)})
    return list(naming.get(organisation_id, ()))


def check_name(noun: str, name: str, known: Collection[str | None]) -> None:
    """Raises UsageError where it is not among those known."""
    if name not in known:
        ids = sorted(identity for identity in known if identity)
        near = get_close_matches(name, ids, n=3) or [identity for identity in ids if name.casefold() in identity][:3]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"The runs know no {noun} {name}.{hint}")
