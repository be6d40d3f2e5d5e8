"""The queries of a comparison: where each page stands, which pages state what, and the whole rows of the keys that differ.

They need the tables `moved` and `renamed` (`was`, `now`), `gone` (`page_id`) and `differing` (`id`, a key's hash).
"""

from review.database import quote
from review.stored import StoredRun, hash_key
from schemas.comparison import COMPARED
from schemas.datasets import DATASETS, KEYS
from schemas.issues import BROKEN_CODES

KNOWN = ("place", "is_now", "page_id", "url", "site_id", "is_observed", "says_same")
"""What stands before a fetched row's own columns. `place`: the page, or the body, by which rows are grouped, by its id of now."""
TOLD = frozenset({"page_id", "page_ids", "kind", "organisation_id", "organisation_name", "member_name", "evidence", "text_start"})
"""Columns that are fetched beside the key and those that are compared: what a row is about, who is meant, and the words that state it."""
PAGE_DATES = "('updated', 'published')"
"""Kinds of dates that a page's content, as it is compared, leaves out: only the same bytes say the same of them."""


def columns_to_fetch(dataset: str) -> list[str]:
    """The columns that a fetched row has after those of KNOWN; dates have the name of their organisation, too."""
    wanted = TOLD.union(KEYS[dataset], COMPARED[dataset])
    columns = [column for column in DATASETS[dataset].columns() if column in wanted]
    return [*columns, "organisation_name"] if dataset == "dates" else columns


def is_of_several_pages(dataset: str) -> bool:
    """Whether no single page states the dataset's rows."""
    return "page_id" not in DATASETS[dataset].columns()


def select_pages(before: StoredRun, after: StoredRun, *, is_complete: bool) -> str:
    """Makes the table `places`: every page of either run under its id of now."""
    codes = ", ".join(map(quote, sorted(BROKEN_CODES)))
    columns = "url, site_id, content_sha256, body_sha256"
    return f"""
        CREATE TABLE broken AS SELECT DISTINCT page_id FROM ({after.scan("issues")}) WHERE code IN ({codes}) AND page_id IS NOT NULL;
        CREATE TABLE places AS
        WITH was AS (
            SELECT DISTINCT ON (page_id) coalesce(moved.now, page.page_id) AS page_id, {columns}
            FROM ({before.scan("pages")}) page LEFT JOIN moved ON moved.was = page.page_id
            ORDER BY moved.was IS NOT NULL
        ), now AS (
            SELECT page_id, {columns} FROM ({after.scan("pages")})
        )
        SELECT
            page_id, now.url IS NOT NULL AS is_there,
            CASE WHEN is_there THEN now.url ELSE was.url END AS url,
            CASE WHEN is_there THEN now.site_id ELSE was.site_id END AS site_id,
            {is_complete} OR page_id IN (FROM gone) OR (is_there AND page_id NOT IN (FROM broken)) AS is_observed,
            coalesce(now.body_sha256 = was.body_sha256, false) AS has_same_bytes,
            has_same_bytes OR coalesce(now.content_sha256 = was.content_sha256, false) AS says_same,
            {is_complete} AS is_complete
        FROM now FULL JOIN was USING (page_id)"""


def select_stated(before: StoredRun, after: StoredRun, dataset: str) -> str:
    """Makes the table `stated`: for each differing key of a dataset whose rows no single page states, what holds of all its pages.

    Of the pages that state it one is told, rather one that is still there.
    """
    if not is_of_several_pages(dataset):
        return "CREATE OR REPLACE TABLE stated (id UBIGINT)"
    sides = " UNION ALL ".join(
        f"SELECT {is_now} AS is_now, id, coalesce(moved.now, row.page_id) AS page_id"
        f" FROM ({_select_page_ids(run, dataset)}) row SEMI JOIN differing USING (id)"
        f" LEFT JOIN moved ON moved.was = row.page_id AND NOT {is_now}"
        for is_now, run in ((False, before), (True, after))
    )
    return f"""
        CREATE OR REPLACE TABLE stated AS
        SELECT is_now, id, bool_and(is_observed) AS is_observed, bool_and(says_same) AS says_same,
            unnest(arg_min({{page_id: page_id, url: url, site_id: site_id}}, (NOT is_there, page_id)))
        FROM ({sides}) JOIN places USING (page_id)
        GROUP BY is_now, id"""


def select_rows(before: StoredRun, after: StoredRun, dataset: str) -> str:
    """The whole rows of the differing keys of both runs, grouped by their place, in the order of their keys."""
    several = is_of_several_pages(dataset)
    sides = " UNION ALL BY NAME ".join(_select_side(run, dataset, is_now=is_now) for is_now, run in ((False, before), (True, after)))
    same = {
        "pages": "known.has_same_bytes",
        "dates": f"CASE WHEN row.kind IN {PAGE_DATES} THEN known.has_same_bytes ELSE known.says_same END",
    }.get(dataset, "known.says_same")
    fetched = [f"row.{column}" for column in columns_to_fetch(dataset)]
    joined = "LEFT JOIN stated known USING (is_now, id)" if several else "LEFT JOIN places known ON known.page_id = row.place"
    return f"""
        SELECT row.place, row.is_now, known.page_id, known.url, known.site_id,
            coalesce(known.is_observed, (SELECT bool_or(is_complete) FROM places), false), coalesce({same}, false), {", ".join(fetched)}
        FROM ({sides}) row {joined}
        ORDER BY row.place, row.is_now, {", ".join(f"row.{column}" for column in KEYS[dataset])}"""


def _select_side(run: StoredRun, dataset: str, *, is_now: bool) -> str:
    column, mapping = ("organisation_id", "renamed") if is_of_several_pages(dataset) else ("page_id", "moved")
    rows = f"(SELECT {hash_key(dataset)} AS id, * FROM ({run.scan(dataset)})) row SEMI JOIN differing USING (id)"
    named, name = "", ""
    if dataset == "dates":
        named = f"LEFT JOIN (SELECT organisation_id, name FROM ({run.scan('organisations')})) named USING (organisation_id)"
        name = ", named.name AS organisation_name"
    if is_now:
        return f"SELECT true AS is_now, row.{column} AS place, row.*{name} FROM {rows} {named}"
    mapped = f"LEFT JOIN {mapping} mapped ON mapped.was = row.{column}"
    return f"SELECT false AS is_now, coalesce(mapped.now, row.{column}) AS place, row.*{name} FROM {rows} {mapped} {named}"


def _select_page_ids(run: StoredRun, dataset: str) -> str:
    """The pages that state each row of a dataset, one to a row: an organisation has a list of them, a relation those of its memberships."""
    if dataset == "organisations":
        return f"SELECT {hash_key(dataset)} AS id, unnest(page_ids) AS page_id FROM ({run.scan(dataset)})"
    return f"SELECT {hash_key(dataset)} AS id, page_id FROM ({run.scan('members')})"
