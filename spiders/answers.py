"""An answer as a Page: headers as sent, Content-Encoding undone; of a page that has not changed, the one that came earlier."""

from scrapy.http import Response

from archive.messages import decode_body
from archive.reader import MAX_BODY
from schemas.page import Page
from spiders.journal import header_pairs
from spiders.network import Receipt

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def make_page(response: Response, request_url: str | None = None) -> Page:
    """The response as a Page. Raises UndecodableError or TooLargeError."""
    receipt: Receipt = response.meta["receipt"]
    asked_for = request_url if request_url != response.url else None
    if page := receipt.confirmed:
        return Page(response.url, page.status, page.headers, page.body, page.fetched_at, page.archived, asked_for, page.checked_at)
    headers = tuple(header_pairs(response.headers))
    limit = min(response.meta.get("download_maxsize") or MAX_BODY, MAX_BODY)
    body = decode_body(headers, response.body, limit)
    return Page(response.url, response.status, headers, body, receipt.fetched_at, receipt.archived, asked_for)


def is_redirect(response: Response) -> bool:
    """Whether the answer leads elsewhere (a 304 does not)."""
    return response.status in REDIRECTS and bool(read_location(response))


def read_location(response: Response) -> str:
    """Where a redirect leads, as sent; non-ASCII bytes are UTF-8 in practice. "" where it does not say."""
    return (response.headers.get("Location") or b"").decode("utf-8", "replace").strip()
