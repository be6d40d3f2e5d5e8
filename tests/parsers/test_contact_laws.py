"""What holds for the contacts of any page: nothing raises, evidence stands where it says, nothing is invented."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.contacts.contacts import find_contacts
from parsers.page.walk import read_document
from schemas.facts import Contact, Issue
from tests.parsers.contact_names import PlainNames

WORDS = st.sampled_from(
    [
        "Eva Ekdal",
        "Bo Berg (M)",
        "ordförande",
        "Ledamöter",
        "Projektledare",
        "Telefon:",
        "Växel",
        "Fax",
        "08-465 004 01",
        "0155-24 50 00",
        "eva@granvik.se",
        "info(at)granvik.se",
        "Granviks kommun",
        "Granlandsförbundet",
        "Storgatan 1",
        "123 45 Granvik",
        "Kontakt",
        "Sidansvarig:",
        "säger",
        "Foto:",
        "är",
        "och",
        ",",
        ":",
        "–",
        "Miljökontoret",
        "kansliet",
        "2023-2024",
    ]
)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<h2>",
        "</h2>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<table><tr><td>",
        "<td>",
        "<tr><td>",
        "<th>",
        "</table>",
        "<footer>",
        "</footer>",
        "<aside>",
        "</aside>",
        "<dl><dt>",
        "<dd>",
        '<div class="vcard">',
        '<span class="fn">',
        '<span class="title">',
        "</span>",
        "</div>",
        '<a href="mailto:bo@granvik.se">',
        '<a href="tel:0846500402">',
        "</a>",
        "<figcaption>",
        "<b>",
        "</b>",
        '<div class="contact-card">',
        '<div itemscope itemtype="https://schema.org/Person">',
        '<a data-cfemail="zz">',
        '<script type="application/ld+json">{"@type":"Organization","telephone":1}</script>',
    ]
)
PAGES = st.lists(st.one_of(WORDS, TAGS, st.text(max_size=8)), max_size=40).map(" ".join)


def read(html: str) -> tuple[str, list[Contact | Issue]]:
    document = read_document(html)
    return ("", []) if document is None else (document.text, list(find_contacts(document, PlainNames(document))))


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_evidence_stands_in_the_text_at_its_offsets(html: str) -> None:
    text, found = read(html)
    for contact in found:
        if isinstance(contact, Contact) and contact.evidence.start is not None:
            assert text[contact.evidence.start : contact.evidence.end] == contact.evidence.text
            assert contact.evidence.text


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_no_person_number_or_address_is_invented(html: str) -> None:
    text, found = read(html)
    digits = re.sub(r"\D", "", html)
    for contact in found:
        if isinstance(contact, Contact):
            assert contact.person is None or all(word in text for word in contact.person.split())
            assert contact.phone is None or contact.phone.removeprefix("+46") in digits
            assert contact.email is None or contact.email.partition("@")[0] in html
            assert contact.postal_code is None or all(code in text for code in contact.postal_code.split("; "))


@given(PAGES)
@settings(max_examples=200, deadline=None)
def test_every_contact_is_reachable_or_holds_a_role_and_has_its_kind(html: str) -> None:
    for contact in read(html)[1]:
        if isinstance(contact, Contact):
            assert contact.person or contact.phone or contact.email or contact.street_address or contact.postal_code
            assert (contact.kind == "person") == (contact.person is not None)
            assert contact.context in ("contact", "office", "mention")
            assert 0 < contact.evidence.confidence <= 1


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_the_same_page_gives_the_same_contacts_each_once(html: str) -> None:
    found = read(html)[1]
    assert found == read(html)[1]
    keys = [(c.person, c.role, c.organisation_id, c.unit, c.phone, c.email) for c in found if isinstance(c, Contact)]
    assert len(keys) == len(set(keys))
