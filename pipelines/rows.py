"""A page's reading as rows: one dict per fact under its dataset's name, the evidence columns filled.

Keys that need the whole page (ordinals) are provisional here; `pipelines.deduplicate` gives the final ones.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipelines.keys import Row, Rows, numbered_id
from registry.organisations import Organisation
from registry.registry import Registry
from schemas.facts import Contact, DatedFact, Evidence, MemberCount, Membership, Mention, OrganisationFact, Reading
from schemas.keys import contact_key, date_key
from schemas.page import Page
from schemas.values.edtf import edtf_bounds, edtf_precision, is_edtf

FACTS = ("organisations", "mentions", "members", "member_counts", "contacts", "dates")
"""The datasets whose rows come from what a page says."""


def build_page_rows(page: Page, reading: Reading, site_id: str | None, registry: Registry) -> Rows:
    """The rows of one page in every dataset but `issues` and `coverage`; `run_id` is not among their columns yet."""
    page_id = reading.page_id
    organisations = [*reading.organisations, *describe_referenced(reading, registry)]
    names = {fact.id: fact.name for fact in organisations}
    return {
        "pages": [build_page_row(page, reading, site_id)],
        "organisations": [build_organisation_row(fact, page_id) for fact in organisations],
        "mentions": [build_mention_row(fact, page_id) for fact in reading.mentions],
        "members": [build_member_row(fact, page_id, names) for fact in reading.members],
        "member_counts": [build_member_count_row(fact, page_id, names) for fact in reading.member_counts],
        "contacts": [build_contact_row(fact, page_id, names) for fact in reading.contacts],
        "dates": [build_date_row(fact, page_id) for fact in reading.dates],
    }


def describe_referenced(reading: Reading, registry: Registry) -> list[OrganisationFact]:
    """The registered organisations that the reading refers to by id without describing them (often the site's owner)."""
    referenced: set[str | None] = {reading.owner_id}
    for facts in (reading.mentions, reading.members, reading.member_counts, reading.contacts, reading.dates):
        referenced.update(fact.organisation_id for fact in facts)
    referenced.update(fact.member_id for fact in reading.members)
    described = {fact.id for fact in reading.organisations}
    missing = sorted(identity for identity in referenced if identity and identity in registry.organisations and identity not in described)
    return [describe_registered(registry.organisations[identity]) for identity in missing]


def describe_registered(organisation: Organisation) -> OrganisationFact:
    """What the registry knows of an organisation, in the form of a fact."""
    return OrganisationFact(
        organisation.id,
        organisation.name,
        organisation.kind,
        organisation.organisation_number,
        organisation.area_code,
        organisation.website,
        set(organisation.other_names),
        is_registered=True,
    )


def build_page_row(page: Page, reading: Reading, site_id: str | None) -> Row:
    """The page itself: what was read of it, what its server said, and where its bytes lie."""
    place = page.archived
    return {
        "page_id": reading.page_id,
        "site_id": site_id,
        "owner_id": reading.owner_id,
        "url": reading.url,
        "canonical_url": reading.canonical_url,
        "title": reading.title or None,
        "language": reading.language,
        "platform": reading.platform,
        "platform_id": reading.platform_id,
        "http_status": page.status,
        "content_type": page.content_type,
        "charset": reading.charset,
        "content_length": len(page.body),
        "etag": page.header("etag") or None,
        "last_modified": read_http_date(page.header("last-modified")),
        "fetched_at": page.fetched_at,
        "checked_at": page.seen_at,
        "published_on": reading.published_on,
        "updated_on": reading.updated_on,
        "is_collaboration": reading.is_collaboration,
        "text": reading.text or None,
        "content_sha256": reading.content_sha256,
        "body_sha256": page.body_sha256,
        "archive_file": place.file if place else None,
        "archive_offset": place.offset if place else None,
        "archive_length": place.length if place else None,
    }


def build_organisation_row(fact: OrganisationFact, page_id: str) -> Row:
    """An organisation as one page knows it; `pipelines.resolve` makes one row of all pages' rows."""
    return {
        "organisation_id": fact.id,
        "name": fact.name,
        "kind": fact.kind,
        "organisation_number": fact.organisation_number,
        "area_code": fact.area_code,
        "website": fact.website,
        "other_names": sorted(fact.other_names - {fact.name}),
        "is_registered": fact.is_registered,
        "page_ids": [page_id],
    }


def build_mention_row(fact: Mention, page_id: str) -> Row:
    """One place where an organisation is named."""
    return {
        "page_id": page_id,
        "organisation_id": fact.organisation_id,
        "text": fact.text,
        "text_start": fact.start,
        "text_end": fact.end,
        "method": fact.method,
        "confidence": fact.confidence,
    }


def build_member_row(fact: Membership, page_id: str, names: Mapping[str, str]) -> Row:
    """A membership; names are the page's own until the organisations are resolved."""
    return {
        "organisation_id": fact.organisation_id,
        "organisation_name": names.get(fact.organisation_id, fact.organisation_id),
        "member_id": fact.member_id,
        "member_name": names.get(fact.member_id, fact.member_id),
        "role": fact.role,
        "is_host": fact.is_host,
        "share": fact.share,
        "basis": fact.basis,
        "since": fact.since,
        "until": fact.until,
        **build_evidence_columns(fact.evidence, page_id),
    }


def build_member_count_row(fact: MemberCount, page_id: str, names: Mapping[str, str]) -> Row:
    """A stated number of members; `pipelines.member_counts` fills `listed` and `gap`."""
    return {
        "organisation_id": fact.organisation_id,
        "organisation_name": names.get(fact.organisation_id, fact.organisation_id),
        "count": fact.count,
        "unit": fact.unit,
        "scope": fact.scope,
        "ordinal": 1,
        "listed": 0,
        "gap": None,
        **build_evidence_columns(fact.evidence, page_id),
    }


def build_contact_row(fact: Contact, page_id: str, names: Mapping[str, str]) -> Row:
    """A contact, its id that of its page and person or function."""
    row = {
        "organisation_id": fact.organisation_id,
        "organisation_name": names.get(fact.organisation_id, fact.organisation_id) if fact.organisation_id else None,
        "kind": fact.kind,
        "context": fact.context,
        "person": fact.person,
        "role": fact.role,
        "unit": fact.unit,
        "phone": fact.phone,
        "email": fact.email,
        "street_address": fact.street_address,
        "postal_code": fact.postal_code,
        "locality": fact.locality,
        **build_evidence_columns(fact.evidence, page_id),
    }
    return {"contact_id": numbered_id(contact_key(row), 1), **row}


def build_date_row(fact: DatedFact, page_id: str) -> Row:
    """A date; what follows from `edtf` (start, end, precision) is computed here once."""
    row = {
        "organisation_id": fact.organisation_id,
        "kind": fact.kind,
        "edtf": fact.edtf,
        "about": fact.about or None,
        **read_edtf_columns(fact.edtf),
        **build_evidence_columns(fact.evidence, page_id),
    }
    return {"date_id": numbered_id(date_key(row), 1), **row}


def build_evidence_columns(evidence: Evidence, page_id: str) -> Row:
    """Which page states it, with which words, where, and how sure the reading is."""
    return {
        "page_id": page_id,
        "evidence": evidence.text,
        "text_start": evidence.start,
        "text_end": evidence.end,
        "evidence_source": evidence.source,
        "method": evidence.method,
        "confidence": evidence.confidence,
    }


def rank_organisations(reading: Reading) -> Counter[str]:
    """How well the page founds each organisation: the confidence of its surest mention, in thousandths; 0 where it is only implied."""
    ranks: Counter[str] = Counter()
    for mention in reading.mentions:
        ranks[mention.organisation_id] = max(ranks[mention.organisation_id], round(mention.confidence * 1000))
    return ranks


def read_edtf_columns(edtf: str) -> Row:
    """First and last day and precision of a date; for what is no EDTF, values that leave the verdict to the record."""
    if not is_edtf(edtf):
        return {"start": None, "end": None, "precision": None}
    start, end = edtf_bounds(edtf)
    return {"start": start, "end": end, "precision": edtf_precision(edtf)}


def read_http_date(value: str | None) -> datetime | None:
    """The instant of an HTTP date header ("Wed, 03 May 2023 10:00:00 GMT"), in UTC; None where there is none or it is no date."""
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
