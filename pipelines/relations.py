"""The consolidated view of `members`: one row per organisation, member and role over all pages of the run."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from pipelines.contradictions import find_contradictions, refines
from pipelines.deduplicate import group_rows
from pipelines.keys import Row
from registry.addresses import split_address
from schemas.facts import Issue
from schemas.relations import MOST_CONFIDENCE
from schemas.vocabularies import VOCABULARIES

KEY = ("organisation_id", "member_id", "role")
SIDES = tuple(VOCABULARIES["relation_side"].labels)


def consolidate_members(
    members: Sequence[Row], pages: Sequence[Row], counts: Sequence[Row], kinds: Mapping[str, str]
) -> tuple[list[Row], list[tuple[Row, Issue]]]:
    """The relations that the rows of `members` state, sorted by their key, and an issue for each that is contradicted.

    `counts`: the rows of `member_counts`. `kinds`: organisation_id -> kind.
    """
    by_id = {page["page_id"]: page for page in pages}
    groups = group_rows(members, lambda row: tuple(row[column] for column in KEY))
    reasons = find_contradictions(members, by_id, counts, kinds)
    relations = [build_relation(groups[key], by_id, is_contradicted=key in reasons) for key in sorted(groups)]
    issues = [(row, tell_contradiction(row, reasons[key])) for row in relations if (key := tuple(row[name] for name in KEY)) in reasons]
    return relations, issues


def build_relation(statements: Sequence[Row], pages: Mapping[str, Row], *, is_contradicted: bool) -> Row:
    """One relation of all rows of `members` that state it."""
    first = statements[0]
    hosts = group_rows(statements, lambda row: read_host(pages[row["page_id"]]))
    sides = {find_side(row, pages) for row in statements}
    return {
        "organisation_id": first["organisation_id"],
        "organisation_name": first["organisation_name"],
        "member_id": first["member_id"],
        "member_name": first["member_name"],
        "role": first["role"],
        "pages": len({row["page_id"] for row in statements}),
        "hosts": len(hosts),
        "sides": [side for side in SIDES if side in sides],
        "since": choose_date("since", statements, pages),
        "until": choose_date("until", statements, pages),
        "contradicted": is_contradicted,
        "confidence": combine_confidences(max(row["confidence"] for row in there) for there in hosts.values()),
    }


def combine_confidences(independent: Iterable[float]) -> float:
    """How sure independent statements make a fact: 0.8 and 0.9 make 0.98, nothing makes more than 0.99. Four decimals."""
    doubt = prod(sorted(1 - confidence for confidence in independent))  # sorted: the same figure whatever the order
    return round(min(1 - doubt, MOST_CONFIDENCE), 4)


def choose_date(column: str, statements: Sequence[Row], pages: Mapping[str, Row]) -> str | None:
    """The date that the body's own pages support, else the most hosts, then the most pages; None where none is stated.

    A date is supported by whoever states it, or states it less precisely, so the most precise of those that agree wins.
    """
    stated = [row for row in statements if row[column] is not None]

    def rank(date: str) -> tuple[bool, int, int, int, str]:
        support = [row for row in stated if refines(date, row[column])]
        is_body = any(find_side(row, pages) == "body" for row in support)
        hosts = {read_host(pages[row["page_id"]]) for row in support}
        return not is_body, -len(hosts), -len(support), -len(date), date

    return min((row[column] for row in stated), key=rank, default=None)


def find_side(statement: Row, pages: Mapping[str, Row]) -> str:
    """Whose page states it: the body's, the member's, or a third party's (also where nobody is known to own the page)."""
    owner = pages[statement["page_id"]]["owner_id"]
    if owner == statement["organisation_id"]:
        return "body"
    return "member" if owner == statement["member_id"] else "third_party"


def read_host(page: Row) -> str:
    """The host of a page, without "www."; a page whose address has none is a host of its own."""
    address = split_address(page["url"])
    return address[0] if address else str(page["url"])


def tell_contradiction(relation: Row, reasons: Sequence[str]) -> Issue:
    """What the pages disagree in."""
    pair = f"{relation['organisation_name']} ← {relation['member_name']} ({relation['role']})"
    message = f"{pair}: {'; '.join(reasons)}"
    return Issue("relation_contradicted", message, "info", "relations", "contradicted", relation["member_id"])
