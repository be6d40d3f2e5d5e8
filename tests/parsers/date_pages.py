"""Small pages and a plain reading of names, for the tests of dates and metadata."""

from datetime import UTC, datetime

from parsers.page.document import Block, Document
from parsers.page.walk import read_document
from registry import load_registry
from schemas.facts import Mention
from schemas.page import Page

FETCHED = datetime(2026, 11, 21, 4, tzinfo=UTC)


def document_of(body: str, head: str = "", attributes: str = 'lang="sv"') -> Document:
    """The document of a page with this content and head."""
    document = read_document(f"<!DOCTYPE html><html {attributes}><head>{head}</head><body><main>{body}</main></body></html>")
    assert document is not None
    return document


def page_at(url: str = "https://www.exempelkommun.se/samverkan", headers: tuple[tuple[str, str], ...] = ()) -> Page:
    """A response from an address; its body is not read here."""
    return Page(url, 200, headers, b"", FETCHED)


class RegisteredNames:
    """The registered names of a page, with one body that all of it is about."""

    def __init__(self, document: Document, subject: str | None = None) -> None:
        self.document = document
        self.owner_id: str | None = None
        self.subject = subject
        self.registry = load_registry()
        hits = [hit for hit in self.registry.find_names(document.text) if hit.organisation_ids]
        self.mentions = [
            Mention(hit.organisation_ids[0], document.text[hit.start : hit.end], hit.start, hit.end, "registry", 0.9) for hit in hits
        ]

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions in a span."""
        return [mention for mention in self.mentions if mention.start >= start and mention.end <= end]

    def kind_of(self, organisation_id: str) -> str:
        """The registered kind."""
        known = self.registry.organisations.get(organisation_id)
        return known.kind if known else "network"

    def name_of(self, organisation_id: str) -> str:
        """The registered name, else the id."""
        known = self.registry.organisations.get(organisation_id)
        return known.name if known else organisation_id

    def subject_of(self, block: Block, *, may_be_lone: bool = True) -> str | None:
        """The body that the page is about."""
        return self.subject
