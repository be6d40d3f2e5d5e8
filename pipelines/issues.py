"""What did not go as it should, as rows of `issues`; and what a response that cannot be read is called."""

import unicodedata
from collections.abc import Iterable
from http import HTTPStatus
from operator import itemgetter

from pipelines.keys import Row, canonical_json
from schemas.facts import Issue
from schemas.page import Page

HTML = frozenset({"text/html", "application/xhtml+xml"})

FETCH_CODES = frozenset(
    {
        *("page_missing", "page_gone", "http_error", "redirected", "redirect_loop", "off_site", "fetch_failed", "soft_404", "page_walled"),
        *("robots_denied", "robots_unreachable", "budget_spent", "not_html", "page_too_large", "parser_failed"),
        *("private_address", "document_not_fetched"),
    }
)
"""Codes that tell of one fetch in one run. They are not carried over with a page: the next run makes its own."""


def judge_response(page: Page) -> Issue | None:
    """Why a response is no page that can be read, or None where it is one: HTML that answered 200."""
    status = page.status
    if status == HTTPStatus.OK:
        return (
            None if is_html(page) else Issue("not_html", f"Not a web page: {page.content_type}", "info", "pages", "content_type", page.url)
        )
    if status == HTTPStatus.NOT_MODIFIED:
        return Issue("http_error", "The page answered 304 to a request for the whole page", "warning", "pages", "http_status", page.url)
    if status == HTTPStatus.NOT_FOUND:
        return Issue(
            "page_missing",
            "The page was not found (404); in a second run in a row it counts as gone",
            "warning",
            "pages",
            "http_status",
            page.url,
        )
    if status == HTTPStatus.GONE:
        return Issue("page_gone", "The site says that the page is gone for good (410)", "info", "pages", "http_status", page.url)
    if 300 <= status < 400:
        target = page.header("location") or "nowhere"
        return Issue("redirected", f"The page answered {status} and leads to {target}", "info", "pages", "http_status", page.url)
    return Issue("http_error", f"The page answered {status}", "warning", "pages", "http_status", page.url)


def is_html(page: Page) -> bool:
    """By its Content-Type; where none was sent, by a body that begins like markup."""
    if page.content_type is None:
        return page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return page.content_type in HTML


def build_issue_row(issue: Issue, *, site_id: str | None = None, page_id: str | None = None) -> Row:
    """An issue as a row; `run_id` is not among its columns yet."""
    return {
        "severity": issue.severity,
        "dataset": issue.dataset,
        "site_id": site_id,
        "page_id": page_id,
        "code": issue.code,
        "field": issue.field,
        "value": clean_text(issue.value),
        "message": clean_text(issue.message) or issue.code,
        "record": clean_text(issue.record),
    }


def clean_text(text: str | None) -> str | None:
    """What a column of text can hold of a value seen, however broken: NFC, no lone surrogates, None for ""."""
    if not text:
        return None
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def sort_issue_rows(rows: Iterable[Row]) -> list[Row]:
    """Each different row once, in one order whatever the order of the input."""
    unique = {order_issue(row): row for row in rows}
    return [row for _, row in sorted(unique.items(), key=itemgetter(0))]


def order_issue(row: Row) -> tuple[str, str, str, str]:
    """What sorts an issue: by site, page and code, then by all that it says; equal for equal rows only."""
    return row["site_id"] or "", row["page_id"] or "", row["code"], canonical_json(row)
