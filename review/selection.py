"""The queries of a comparison: where each page stands, which pages state what, and the whole rows of the keys that differ.

They need the tables `renamed` (`was`, `now`), `gone` (`page_id`) and `differing` (`id`, a key's hash).
"""

from review.database import quote
from review.stored import StoredRun, hash_key
from schemas.comparison import COMPARED
from schemas.datasets import DATASETS, KEYS
from schemas.issues import BROKEN_CODES

KNOWN = ("place", "is_now", "page_id", "url", "site_id", "is_observed", "says_same")
"""What stands before a fetched row's own columns; behind those dates have the name of their organisation.

`place`: the page, or the body by its id of now, by which rows are grouped."""
TOLD = frozenset({"page_id", "page_ids", "kind", "organisation_id", "organisation_name", "member_name", "evidence", "text_start"})
"""Columns that are fetched beside the key and those that are compared."""
PAGE_DATES = "('updated', 'published')"
"""Kinds of dates that a page's content, as it is compared, leaves out: only the same bytes say the same of them."""


def columns_to_fetch(dataset: str) -> list[str]:
    """The columns of a dataset that a fetched row has."""
    wanted = TOLD.union(KEYS[dataset], COMPARED[dataset])
    return [column for column in DATASETS[dataset].columns() if column in wanted]


def is_of_several_pages(dataset: str) -> bool:
    """Whether no single page states the dataset's rows."""
    return "page_id" not in DATASETS[dataset].columns()


def select_pages(before: StoredRun, after: StoredRun, *, is_complete: bool, has_cause: bool) -> str:
    """Makes the table `places`: every page of either run."""
    codes = ", ".join(map(quote, sorted(BROKEN_CODES)))
    columns = "url, site_id, content_sha256, body_sha256"
    return f"""
        CREATE TABLE broken AS SELECT DISTINCT page_id FROM ({after.scan("issues")}) WHERE code IN ({codes}) AND page_id IS NOT NULL;
        CREATE TABLE places AS
        WITH was AS (
            SELECT page_id, {columns} FROM ({before.scan("pages")})
        ), now AS (
            SELECT page_id, {columns} FROM ({after.scan("pages")})
        )
        SELECT
            page_id, now.url IS NOT NULL AS is_there,
            CASE WHEN is_there THEN now.url ELSE was.url END AS url,
            CASE WHEN is_there THEN now.site_id ELSE was.site_id END AS site_id,
            {is_complete} OR page_id IN (FROM gone) OR (is_there AND page_id NOT IN (FROM broken)) AS is_observed,
            {not has_cause} AND coalesce(now.body_sha256 = was.body_sha256, false) AS has_same_bytes,
            has_same_bytes OR {not has_cause} AND coalesce(now.content_sha256 = was.content_sha256, false) AS says_same,
            {is_complete} AS is_complete
        FROM now FULL JOIN was USING (page_id)"""


def select_stated(before: StoredRun, after: StoredRun, dataset: str) -> str:
    """Makes the table `stated`: for each differing key of a dataset whose rows no single page states, what holds of all its pages.

    Of the pages that state it one is told, rather one that is still there.
    """
    if not is_of_several_pages(dataset):
        return "CREATE OR REPLACE TABLE stated (id UBIGINT)"
    sides = " UNION ALL ".join(
        f"SELECT {is_now} AS is_now, id, page_id FROM ({_select_page_ids(run, dataset)}) SEMI JOIN differing USING (id)"
        for is_now, run in ((False, before), (True, after))
    )
    return f"""
        CREATE OR REPLACE TABLE stated AS
        SELECT is_now, id, bool_and(is_observed) AS is_observed, bool_and(says_same) AS says_same,
            unnest(arg_min({{page_id: page_id, url: url, site_id: site_id}}, (NOT is_there, page_id)))
        FROM ({sides}) JOIN places USING (page_id)
        GROUP BY is_now, id"""


def select_whole(before: StoredRun, after: StoredRun, dataset: str) -> str:
    """Makes the table `whole`: the rows of the differing keys of both runs, and the place of each."""
    place, joined = "page_id", ""
    if is_of_several_pages(dataset):
        place, joined = "coalesce(renamed.now, organisation_id)", "LEFT JOIN renamed ON NOT {is_now} AND renamed.was = organisation_id"
    sides = " UNION ALL BY NAME ".join(
        f"SELECT {is_now} AS is_now, {place} AS place, row.*"
        f" FROM (SELECT {hash_key(dataset)} AS id, {', '.join(columns_to_fetch(dataset))} FROM ({run.scan(dataset)})) row"
        f" SEMI JOIN differing USING (id) {joined.format(is_now=is_now)}"
        for is_now, run in ((False, before), (True, after))
    )
    return f"CREATE OR REPLACE TABLE whole AS {sides}"


def select_facts(before: StoredRun, after: StoredRun, dataset: str) -> str:
    """The rows of the table `whole` with what is known of their pages, by place, the earlier run's first, in the order of their keys."""
    says_same = {
        "pages": "has_same_bytes",
        "dates": f"CASE WHEN whole.kind IN {PAGE_DATES} THEN has_same_bytes ELSE says_same END",
    }.get(dataset, "says_same")
    columns = [f"whole.{column}" for column in columns_to_fetch(dataset)]
    source = "whole LEFT JOIN " + (
        "stated known USING (is_now, id)" if is_of_several_pages(dataset) else "places known ON known.page_id = place"
    )
    if dataset == "dates":
        names = " UNION ALL ".join(
            f"SELECT {is_now} AS is_now, organisation_id, name FROM ({run.scan('organisations')})"
            for is_now, run in ((False, before), (True, after))
        )
        source += f" LEFT JOIN ({names}) named USING (is_now, organisation_id)"
        columns.append("named.name")
    return f"""
        SELECT place, is_now, known.page_id, known.url, known.site_id,
            coalesce(is_observed, (SELECT bool_or(is_complete) FROM places), false), coalesce({says_same}, false), {", ".join(columns)}
        FROM {source}
        ORDER BY place, is_now, {", ".join(f"whole.{column}" for column in KEYS[dataset])}"""


def _select_page_ids(run: StoredRun, dataset: str) -> str:
    """The pages that state each row of a dataset, one to a row: an organisation has a list of them, a relation those of its memberships."""
    if dataset == "organisations":
        return f"SELECT {hash_key(dataset)} AS id, unnest(page_ids) AS page_id FROM ({run.scan(dataset)})"
    return f"SELECT {hash_key(dataset)} AS id, page_id FROM ({run.scan('members')})"
