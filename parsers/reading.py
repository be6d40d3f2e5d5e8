"""One page read: bytes in, all its facts out."""

from datetime import date

from parsers.contacts.contacts import find_contacts
from parsers.dates.dates import find_dates
from parsers.members.counts import find_member_counts
from parsers.members.hints import find_hinted_members
from parsers.members.lists import find_listed_members
from parsers.members.members import find_departed, find_members
from parsers.members.newcomers import find_deciding_members, find_leaving_members
from parsers.members.shared_lists import find_shared_boards
from parsers.members.tables import find_tabled_members
from parsers.members.twins import find_twin_towns
from parsers.members.unexplained import find_unexplained
from parsers.names.organisation_numbers import find_organisation_numbers
from parsers.names.organisations import find_organisations, resolve_owner
from parsers.names.page_names import Names
from parsers.page.charset import decode_body, looks_binary
from parsers.page.content import hash_content, select_content
from parsers.page.document import Document
from parsers.page.metadata import PageMetadata, read_metadata
from parsers.page.platform_id import read_platform_id
from parsers.page.relevance import is_collaboration_page
from parsers.page.sentences import split_document
from parsers.page.walk import read_document
from parsers.page.walls import find_wall
from registry import Registry
from registry.sites import Site
from schemas.facts import Contact, DatedFact, Issue, Membership, Reading
from schemas.page import Page
from schemas.values import canonical_url, page_id


def read_page(page: Page, site: Site | None, registry: Registry) -> Reading:
    """All that a page of a site states. A page in which nothing can be parsed gives an empty text and the issue `page_unreadable`."""
    text, charset = decode_body(page.body, page.header("content-type"))
    document = None if looks_binary(text) else read_document(text)
    owner = resolve_owner(site.owner if site else None, registry)
    if document is None:
        return make_reading(page, None, None, charset, owner.id if owner else None)
    metadata = read_metadata(document, page)
    reading = make_reading(page, document, metadata, charset, owner.id if owner else None)
    names = find_organisations(document, registry, owner)
    names.today = page.fetched_at.date().isoformat()
    reading.issues.extend(find_organisation_numbers(names))
    read_facts(reading, document, names)
    reading.is_collaboration = is_collaboration_page(reading, document)
    return reading


def make_reading(page: Page, document: Document | None, metadata: PageMetadata | None, charset: str, owner_id: str | None) -> Reading:
    """The page's own row: identity, title, dates and text, no facts yet."""
    canonical = canonical_url(metadata.canonical_link if metadata and metadata.canonical_link else page.url)
    text = document.text if document else ""
    reading = Reading(
        page_id=page_id(canonical), url=page.url, canonical_url=canonical, title=document.title() if document else None,
        language=metadata.language if metadata else None, platform=metadata.platform if metadata else None, charset=charset,
        published_on=day_of(metadata.published if metadata else None), updated_on=day_of(metadata.updated if metadata else None),
        is_collaboration=False,
        text=text, content_sha256=hash_content(select_content(document) if document else ""), owner_id=owner_id,
        platform_id=read_platform_id(document, page.url) if document else None,
    )  # fmt: skip
    if metadata:
        reading.issues.extend(metadata.issues)
        reading.dates.extend(fact for fact in (metadata.published, metadata.updated, metadata.url_date) if fact)
    if document and (wall := find_wall(document)):
        reading.issues.append(wall)
    elif not text:
        reading.issues.append(Issue("page_unreadable", "The page has no text that could be read.", "warning", "pages", "text"))
    elif document and document.is_truncated:
        reading.issues.append(
            Issue("page_truncated", "The page is too long or nested too deep; its end was not read.", "warning", "pages", "text")
        )
    return reading


# A pair that is stated with a stronger role is not also what the weaker one says: who is a member takes part, too.
WEAKER = {"participant": {"member", "owner", "adjunct"}, "partner": {"member", "owner"}, "member": {"owner"}}


def settle_roles(members: list[Membership]) -> list[Membership]:
    """The memberships without those that a stronger role of the same pair makes redundant."""
    roles: dict[tuple[str, str], set[str]] = {}
    for fact in members:
        roles.setdefault((fact.organisation_id, fact.member_id), set()).add(fact.role)
    return [fact for fact in members if not WEAKER.get(fact.role, set()) & roles[fact.organisation_id, fact.member_id]]


def day_of(fact: DatedFact | None) -> date | None:
    """The calendar date of a fact of day precision; None without one."""
    return date.fromisoformat(fact.edtf) if fact and len(fact.edtf) == 10 and fact.edtf[:4].isdigit() else None


def read_facts(reading: Reading, document: Document, names: Names) -> None:
    """Fills a reading with what its page states."""
    sentences = split_document(document)
    departed = find_departed(names, sentences)
    members: list[Membership] = []
    stated: list[Membership | Issue] = [
        *find_members(names, sentences),
        *find_listed_members(names),
        *find_tabled_members(names),
        *find_shared_boards(names),
        *find_twin_towns(names),
        *find_leaving_members(names, sentences),
    ]
    for fact in stated:
        if isinstance(fact, Issue):
            reading.issues.append(fact)
        elif fact.member_id not in departed or fact.role in ("client", "partner", "financier"):
            members.append(fact)  # who has left can buy from the body still
    implied = (*find_hinted_members(names, sentences, members), *find_deciding_members(names, sentences))
    members.extend(fact for fact in implied if fact.member_id not in departed)
    reading.members = settle_roles(members)
    reading.issues.extend(find_unexplained(names, sentences, members))
    reading.member_counts = list(find_member_counts(names, sentences, reading.members))
    for found in find_contacts(document, names):
        if isinstance(found, Contact):
            reading.contacts.append(found)
        else:
            reading.issues.append(found)
    for dated in find_dates(document, names):
        if isinstance(dated, DatedFact):
            reading.dates.append(dated)
        else:
            reading.issues.append(dated)
    for membership in members:
        for organisation_id in (membership.organisation_id, membership.member_id):
            if organisation_id not in names.organisations:
                names.add_registered(organisation_id)
    reading.mentions = sorted((*names.mentions, *names.nested), key=lambda m: (m.start, m.end))
    named = {mention.organisation_id for mention in reading.mentions} | {m for f in members for m in (f.organisation_id, f.member_id)}
    named |= {fact.organisation_id for fact in reading.member_counts}
    named |= {fact.organisation_id for facts in (reading.contacts, reading.dates) for fact in facts if fact.organisation_id}
    named |= {names.owner_id} if names.owner_id else set()
    reading.organisations = [fact for key, fact in sorted(names.organisations.items()) if key in named]
