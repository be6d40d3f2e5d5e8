"""Contacts of a page: whom to reach, who holds an office, who is quoted."""

import json
from collections.abc import Iterator

import pytest

from parsers.contacts.contacts import find_contacts
from parsers.page.walk import read_document
from schemas.facts import Contact, Issue
from tests.parsers.construction_cases import Case, contact_differences, parameters, read_case
from tests.parsers.contact_names import KNOWN, PlainNames


def read(html: str, owner: str | None = "kommun:granvik", head: str = "") -> list[Contact | Issue]:
    document = read_document(f"<html><head>{head}</head><body><main><h1>Samverkan</h1>{html}</main></body></html>")
    assert document is not None
    return list(find_contacts(document, PlainNames(document, owner)))


def contacts(html: str, **options: str | None) -> list[Contact]:
    return [found for found in read(html, **options) if isinstance(found, Contact)]  # type: ignore[arg-type]


def only(html: str, **options: str | None) -> Contact:
    [contact] = contacts(html, **options)
    return contact


def seats(html: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    return ((contact.person, contact.role, contact.organisation_id) for contact in contacts(html) if contact.context == "office")


CARDS = {
    "lines": "<h2>Kontakt</h2><p>Eva Ekdal<br>Projektledare<br>Telefon: 08-465 004 01<br>eva.ekdal@granvik.se</p>",
    "paragraphs": "<h2>Kontakt</h2><p>Eva Ekdal</p><p>Projektledare</p><p>08-465 004 01</p><p>eva.ekdal@granvik.se</p>",
    "bold name, no heading": "<p><b>Eva Ekdal</b></p><p>Projektledare</p><p>08-465 004 01, eva.ekdal@granvik.se</p>",
    "role in the name's heading": '<div class="page-contact"><h3 class="page-contact__title">Eva Ekdal '
    '<small class="page-contact__role">Projektledare</small></h3>'
    '<p><a href="mailto:eva.ekdal@granvik.se">eva.ekdal@granvik.se</a> / 08-465 004 01</p></div>',
    "values in the links only": '<div class="c-card c-card--contact" itemscope itemtype="http://schema.org/Person">'
    '<h2 itemprop="name">Eva Ekdal</h2>'
    '<span itemprop="jobTitle">Projektledare</span> <a itemprop="telephone" href="tel:0846500401">Ring'
    '</a> <a href="mailto:Eva.Ekdal@granvik.se?subject=x">E-post</a></div>',
    "hCard": '<div class="vcard"><span class="fn">Eva Ekdal</span>, <span class="title">Projektledare</span><br>'
    '<span class="tel"><span class="type">Fax</span> 08-465 004 09</span> '
    '<span class="tel">08-465 004 01</span> <a class="email" href="mailto:eva.ekdal@granvik.se">eva.ekdal@granvik.se</a></div>',
    "the mail link has the phone's class": '<div class="contact-card-data"><h3 class="contact-card-name">Eva Ekdal</h3>'
    '<p class="contact-card-title">Projektledare</p>'
    '<p class="contact-card-address"></p><p class="contact-card-phone"><strong>08-465 004 01</strong></p>'
    '<a href="mailto:eva.ekdal@granvik.se" class="contact-card-phone"><strong>eva.ekdal@granvik.se</strong></a></div>',
    "definition list": "<h2>Kontakt</h2><dl><dt>Roll</dt><dd>Projektledare</dd><dt>Namn</dt>"
    "<dd>Eva Ekdal</dd><dt>E-post</dt><dd>eva.ekdal(at)granvik.se</dd>"
    "<dt>Telefon</dt><dd>08-465 004 01</dd></dl>",
    "label cells": "<h2>Kontakt</h2><table><tr><td>Namn</td><td>Eva Ekdal</td></tr><tr><td>Titel</td>"
    "<td>Projektledare</td></tr><tr><td>Tfn</td><td>08-465 004 01</td></tr>"
    "<tr><td>E-post</td><td>eva.ekdal@granvik.se</td></tr></table>",
    "spans in a general card": '<div class="staff-card"><span class="staff-card__name">Eva Ekdal</span><span class="staff-card__title">'
    "Projektledare</span><span>08-465 004 01</span><span>eva.ekdal@granvik.se</span></div>",
    "Swedish class words": '<div class="kontakt"><span class="namn">Eva Ekdal</span><span class="befattning">Projektledare</span>'
    "<span>08-465 004 01</span><span>eva.ekdal@granvik.se</span></div>",
    "spans without class": "<h2>Kontakt</h2><p><span>Eva Ekdal</span><span>Projektledare</span><span>08-465 004 01</span>"
    "<span>eva.ekdal@granvik.se</span></p>",
    "h-card": '<div class="h-card"><span class="p-name">Eva Ekdal</span><span class="p-job-title">Projektledare</span>'
    '<span class="p-tel">08-465 004 01</span><a class="u-email" href="mailto:eva.ekdal@granvik.se">Mejl</a></div>',
    "RDFa": '<div vocab="https://schema.org/" typeof="Person"><span property="name">Eva Ekdal</span><span property="jobTitle">'
    'Projektledare</span><span property="telephone">08-465 004 01</span><span property="email">eva.ekdal@granvik.se</span></div>',
    "microdata for machines": '<div itemscope itemtype="http://schema.org/Person"><b itemprop="name">Eva Ekdal</b><p itemprop="jobTitle">'
    'Projektledare</p><meta itemprop="telephone" content="08-465 004 01"><meta itemprop="email" content="eva.ekdal@granvik.se"></div>',
    "caption of a portrait": "<figure><img><figcaption><strong>Eva Ekdal</strong><br>Projektledare<br>08-465 004 01<br>"
    "eva.ekdal@granvik.se</figcaption></figure>",
    "items of a list": "<h2>Kontakt</h2><ul><li>Eva Ekdal</li><li>Projektledare</li><li>08-465 004 01</li>"
    "<li>eva.ekdal@granvik.se</li></ul>",
    "an extension": "<h2>Kontakt</h2><p>Eva Ekdal<br>Projektledare<br>08-465 004 01 (ankn. 12)<br>eva.ekdal@granvik.se</p>",
    "running text": "<p>Frågor? Kontakta Eva Ekdal, Projektledare, på telefon: 08-465 004 01 eller via mail: eva.ekdal@granvik.se</p>",
}


@pytest.mark.parametrize("html", CARDS.values(), ids=CARDS.keys())
def test_a_card_of_any_platform_gives_one_person(html: str) -> None:
    contact = only(html)
    assert (contact.person, contact.role, contact.phone, contact.email) == (
        "Eva Ekdal",
        "Projektledare",
        "+46846500401",
        "eva.ekdal@granvik.se",
    )
    assert (contact.organisation_id, contact.kind, contact.context) == ("kommun:granvik", "person", "contact")


def test_a_card_says_that_an_unknown_word_is_a_role() -> None:
    assert (
        only(
            '<div class="c-person"><div class="c-person__name">Eva Ekdal</div>'
            '<div class="c-person__title">Trafikguru</div>08-465 004 01</div>'
        ).role
        == "Trafikguru"
    )


def test_the_columns_of_a_table_say_what_its_cells_are() -> None:
    head = "<tr><th>Namn</th><th>Titel</th><th>Telefon</th></tr>"
    eva, bo = "<td>Eva Ekdal</td><td>Trafikguru</td><td>08-465 004 01</td>", "<td>Bo Berg</td><td>Ekonomichef</td><td>08-465 004 02</td>"
    html = f"<table>{head}<tr>{eva}</tr><tr>{bo}</tr></table>"
    assert [(c.person, c.role, c.phone) for c in contacts(html)] == [
        ("Eva Ekdal", "Trafikguru", "+46846500401"),
        ("Bo Berg", "Ekonomichef", "+46846500402"),
    ]


OFFICES = {
    "surname first": (("Efternamn, Förnamn", "Parti", "Kommun", "Uppdrag"), ("Ekdal, Eva", "M", "Lillsele", "Ordförande")),
    "surname first under a plain head": (("Namn", "Parti", "Uppdrag"), ("Ekdal, Eva", "L", "Ordförande")),
    "party beside the name": (("Namn", "Kommun", "Uppdrag"), ("Ekdal, Eva (C)", "Lillsele", "Ordförande")),
    "name in two cells": (("Förnamn", "Efternamn", "Parti", "Uppdrag"), ("Eva", "Ekdal", "S", "Ordförande")),
    "surname in the first of two cells": (("Efternamn", "Förnamn", "Uppdrag"), ("Ekdal", "Eva", "Ordförande")),
    "office first": (("Uppdrag", "Namn", "Partibeteckning", "Hemkommun"), ("Ordförande", "Eva Ekdal", "T", "Lillsele")),
    "office in the party's cell": (("Ledamot", "Post i styrelsen", "Utsedd av"), ("Ekdal, Eva", "Ordförande", "Lillsele kommun")),
}


@pytest.mark.parametrize(("head", "row"), OFFICES.values(), ids=OFFICES.keys())
def test_tables_of_office_holders_are_read_by_their_heads(head: tuple[str, ...], row: tuple[str, ...]) -> None:
    second = tuple(
        {"Eva": "Bo", "Ekdal": "Berg", "Ekdal, Eva": "Berg, Bo"}.get(cell, cell.replace("Eva", "Bo").replace("Ekdal", "Berg"))
        for cell in row
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in (head, row, second))
    assert [person for person, _, _ in seats(f"<h2>Direktionen</h2><table>{rows}</table>")] == ["Eva Ekdal", "Bo Berg"]


@pytest.mark.parametrize(
    ("lines", "street", "code"),
    [
        ("Postadress: 123 45 Granvik<br>Besöksadress: Trädgårdsgatan 6", "Trädgårdsgatan 6", "123 45"),
        ("Postadress: Box 2, 123 46 Granvik</p><p>Besöksadress: Storgatan 1", "Box 2; Storgatan 1", "123 46"),
        ("Visiting address: Kungens Torg 2<br>Postal code: 123 45 Granvik", "Kungens Torg 2", "123 45"),
        ("Regionens hus, 123 45 Granvik<br>Besök: Vallvägen 1", "Regionens hus; Vallvägen 1", "123 45"),
    ],
)
def test_postal_and_visiting_address_are_one_contacts(lines: str, street: str, code: str) -> None:
    contact = only(f"<footer><h2>Granviks kommun</h2><p>{lines}</p><p>Telefon: 08-465 004 00</p></footer>")
    assert (contact.street_address, contact.postal_code, contact.locality) == (street, code, "Granvik")


def test_a_footer_in_any_form_is_the_owners_switchboard() -> None:
    html = (
        "<footer><p>Granviks kommun | Storgatan 1, 123 45 Granvik | Växel 08-465 004 00 | Fax 08-465 004 09"
        " | kommun@granvik.se</p></footer>"
    )
    contact = only(html)
    assert (contact.kind, contact.organisation_id, contact.phone, contact.email) == (
        "switchboard",
        "kommun:granvik",
        "+46846500400",
        "kommun@granvik.se",
    )
    assert (contact.street_address, contact.postal_code, contact.locality) == ("Storgatan 1", "123 45", "Granvik")


def test_the_same_switchboard_in_aside_and_footer_is_one_record_with_both_addresses() -> None:
    html = (
        "<aside><h2>Kontakt</h2><p>Granviks kommun<br>Storgatan 1, 123 45 Granvik<br>08-465 004 00</p>"
        "</aside><footer>Granviks kommun, Box 2, 123 46 Granvik, 08-465 004 00</footer>"
    )
    contact = only(html)
    assert (contact.street_address, contact.postal_code, contact.locality) == ("Storgatan 1; Box 2", "123 45; 123 46", "Granvik")


def test_departments_with_numbers_of_their_own_are_functions() -> None:
    html = "<h2>Kontakt</h2><h3>Miljökontoret</h3><p>Tfn 08-465 004 01</p><h3>Bygglovsenheten</h3><p>Tfn 08-465 004 02</p>"
    assert [(c.kind, c.unit, c.phone) for c in contacts(html)] == [
        ("function", "Miljökontoret", "+46846500401"),
        ("function", "Bygglovsenheten", "+46846500402"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Kontakt</h2><p>Fax: 08-465 004 09<br>Bankgiro: 5423-8837<br>Org.nr 212000-0829</p>",
        '<p><a href="mailto:?body=http://granvik.se">Tipsa en vän</a></p>',
        "<h2>Kontakt</h2><div></div>",
        "<p>Foto: Eva Ekdal</p>",
        "<p>Eva Ekdal (M) hade en annan åsikt i frågan.</p>",
        "<p>Mötet hålls på Storgatan 5 i Granvik. Projektet pågår 2020-2023.</p>",
        "<h2>Stora Torget</h2><p>Business Region Granvik</p>",
        "<p>Den som vill kan skriva till fornamn.efternamn@granvik.se</p>",
        "<p>Sidan publicerad av: Webmaster</p>",
        "<figure><figcaption>Utsikt över Granvik. Foto: Eva Ekdal och Bo Berg, kommunikatör</figcaption></figure>",
    ],
)
def test_what_is_no_contact_gives_none(html: str) -> None:
    assert contacts(html) == []


def test_a_link_to_a_form_gives_no_email() -> None:
    contact = only('<h2>Kontakt</h2><p>Eva Ekdal<br>Förbundschef<br>08-465 004 01<br><a href="/kontakt/?till=ee">Skicka e-post</a></p>')
    assert (contact.role, contact.email) == ("Förbundschef", None)


def test_an_address_hidden_by_cloudflare_is_read() -> None:
    code = "2a" + "".join(f"{ord(letter) ^ 0x2A:02x}" for letter in "kansli@granvik.se")
    contact = only(
        f'<p>E-post: <a class="__cf_email__" href="/cdn-cgi/l/email-protection" data-cfemail="{code}">[email&#160;protected]</a></p>'
    )
    assert (contact.email, contact.evidence.source) == ("kansli@granvik.se", "markup")


def test_json_ld_fills_what_the_footer_lacks() -> None:
    data = {
        "@graph": [
            {
                "@type": "GovernmentOrganization",
                "name": "Granviks kommun",
                "telephone": "08-465 004 00",
                "address": {"@type": "PostalAddress", "streetAddress": "Box 2"},
            }
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert only("<p>Text.</p>", head=head).evidence.source == "json-ld"
    contact = only("<footer>Granviks kommun, Storgatan 1, 123 45 Granvik</footer>", head=head)
    assert (contact.phone, contact.street_address, contact.evidence.source) == ("+46846500400", "Storgatan 1; Box 2", "text")


def test_lists_give_seats_in_the_body_that_the_section_is_about() -> None:
    html = """<h1>Granlandsförbundet</h1><h2>Ordinarie</h2><p>Eva Ekdal (M), Granvik, ordförande 2023-2024
    <br>Bo Berg (S), Lillsele, vice ordförande<br>Cia Ceder, (C), Lillsele</p>
    <h2>Ersättare</h2><ul><li>Dan Dahl (L), Granvik</li></ul>"""
    body = "granlandsforbundet"
    assert list(seats(html)) == [
        ("Eva Ekdal", "ordförande", body),
        ("Bo Berg", "vice ordförande", body),
        ("Cia Ceder", "ledamot", body),
        ("Dan Dahl", "ersättare", body),
    ]


def test_a_table_of_seats_carries_its_plural_head_down() -> None:
    rows = [
        ("Ordförande", "Granvik", "Eva Ekdal (m)"),
        ("Ledamöter", "Lillsele", "Bo Berg (s)"),
        ("", "", "Cia Ceder (c)"),
        ("Ersättare", "Granvik", "Dan Dahl (l)"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell or '&nbsp;'}</td>" for cell in row) + "</tr>" for row in rows)
    assert [(person, role) for person, role, _ in seats(f"<table>{table}</table>")] == [
        ("Eva Ekdal", "Ordförande"),
        ("Bo Berg", "ledamot"),
        ("Cia Ceder", "ledamot"),
        ("Dan Dahl", "ersättare"),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p>Ordförande och vice ordförande i rådet: Eva Ekdal, Granviks kommun och Bo Berg, Lillsele kommun.</p>",
            [("Eva Ekdal", "Ordförande"), ("Bo Berg", "vice ordförande")],
        ),
        ("<p>Ordförande: Eva Ekdal<br>Vice ordförande: Bo Berg</p>", [("Eva Ekdal", "Ordförande"), ("Bo Berg", "Vice ordförande")]),
        (
            "<p>Ledamöter: Eva Ekdal (M), Bo Berg (S) och Cia Ceder (C)</p>",
            [("Eva Ekdal", "ledamot"), ("Bo Berg", "ledamot"), ("Cia Ceder", "ledamot")],
        ),
        ("<aside><h2>Presidium</h2><p>Eva Ekdal (M)<br>Ordförande, Granvik</p></aside>", [("Eva Ekdal", "Ordförande")]),
        ("<h2>Styrelsen</h2><ul><li>Eva Ekdal (M), Granvik</li></ul>", [("Eva Ekdal", "ledamot")]),
        ("<p>Ordförande är landshövding Eva Ekdal.</p>", [("Eva Ekdal", "Ordförande")]),
        ("<p>I rådet är landshövding Eva Ekdal ordförande.</p>", [("Eva Ekdal", "ordförande")]),
        ("<p>Landshövding Eva Ekdal är ordförande.</p>", [("Eva Ekdal", "ordförande")]),
        ("<p>Ordförande för 2025 är Eva Ekdal (S), chef i Lillsele.</p>", [("Eva Ekdal", "chef"), ("Eva Ekdal", "Ordförande")]),
        (
            "<p>Till andre vice ordförande efter Bo Berg (Lillsele), som avgår, valdes Eva Ekdal.</p>",
            [("Eva Ekdal", "andre vice ordförande")],
        ),
        ("<p>Som ny ersättare anmäldes Eva Ekdal, Granviks kommun.</p>", [("Eva Ekdal", "ersättare")]),
        ("<p>Direktionen har till ordförande utsett Eva Ekdal.</p>", [("Eva Ekdal", "ordförande")]),
        (
            "<p>Styrelsens ordförande är Eva Ekdal och vice ordförande är Jan-Åke Berg.</p>",
            [("Eva Ekdal", "ordförande"), ("Jan-Åke Berg", "vice ordförande")],
        ),
        ("<p>Verkställande direktör är Eva Ekdal. Hon kom i maj.</p>", [("Eva Ekdal", "Verkställande direktör")]),
        ("<p>Det bästa är Eva Ekdal.</p>", []),
        ("<p>The steering group is chaired by Ms Eva Ekdal of the region.</p>", [("Eva Ekdal", "chair")]),
        (
            "<h2>Ledamöter</h2><h3>Från regionen</h3><ul><li>Eva Ekdal, ordförande</li><li>Bo Berg</li></ul>"
            "<h3>Från kommunerna</h3><ul><li>Lillsele: Cia Ceder</li></ul>",
            [("Eva Ekdal", "ordförande"), ("Bo Berg", "ledamot"), ("Cia Ceder", "ledamot")],
        ),
        (
            "<table><tr><th>Medlem</th><th>Ledamot</th><th>Ersättare</th></tr>"
            "<tr><td>Lillsele</td><td>Eva Ekdal, ordförande</td><td>Bo Berg</td></tr>"
            "<tr><td>Granvik</td><td>Cia Ceder</td><td>Dan Dahl</td></tr></table>",
            [("Eva Ekdal", "ordförande"), ("Bo Berg", "ersättare"), ("Cia Ceder", "ledamot"), ("Dan Dahl", "ersättare")],
        ),
    ],
)
def test_seats_in_lines(html: str, expected: list[tuple[str, str]]) -> None:
    assert [(person, role) for person, role, _ in seats(html)] == expected


def test_two_offices_of_one_person_are_the_bodys_and_the_other_bodys() -> None:
    html = "<h1>Granlands samverkansråd</h1><p>Ordförande är Eva Ekdal (C), regionstyrelsens ordförande i Region Granland.</p>"
    assert sorted(seats(html)) == [
        ("Eva Ekdal", "Ordförande", "samverkansradet"),
        ("Eva Ekdal", "regionstyrelsens ordförande", "region:granland"),
    ]


def test_an_office_held_in_a_municipality_is_the_municipalitys() -> None:
    html = "<h2>Medlemmar i arbetsgruppen</h2><ul><li>Eva Ekdal, socialchef Lillsele</li><li>Bo Berg, kommunchef, Granviks kommun</li></ul>"
    assert list(seats(html)) == [("Eva Ekdal", "socialchef", "kommun:lillsele"), ("Bo Berg", "kommunchef", "kommun:granvik")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "– Vi är glada, säger Eva Ekdal, förvaltningschef på Granlandsförbundet.",
            ("Eva Ekdal", "förvaltningschef", "granlandsforbundet"),
        ),
        (
            "– Bra, tycker Eva Ekdal, som är socialchef och skolchef på Granlandsförbundet.",
            ("Eva Ekdal", "socialchef och skolchef", "granlandsforbundet"),
        ),
        ("Avtalet skrevs under av Lillseles kommundirektör Eva Ekdal i går.", ("Eva Ekdal", "kommundirektör", "kommun:lillsele")),
        (
            "Så menar Eva Ekdal, chef för tekniska förvaltningen i Lillsele.",
            ("Eva Ekdal", "chef för tekniska förvaltningen", "kommun:lillsele"),
        ),
        ("Det säger landshövding Eva Ekdal vid Länsstyrelsen i Granlands län.", ("Eva Ekdal", "landshövding", "lansstyrelse:granland")),
        ("Med på mötet var civilminister Eva Ekdal och flera andra gäster.", ("Eva Ekdal", "civilminister", None)),
        (
            "Därför behövs samverkan, säger regionstyrelsens ordförande Eva Ekdal, Region Granland.",
            ("Eva Ekdal", "regionstyrelsens ordförande", "region:granland"),
        ),
        ("Kommunen och Polisen har avtal. Lokalpolisområdeschef Eva Ekdal skrev under.", ("Eva Ekdal", "Lokalpolisområdeschef", "polisen")),
    ],
)
def test_a_person_quoted_is_mentioned_with_role_and_organisation(text: str, expected: tuple[str, str, str | None]) -> None:
    contact = only(f"<p>{text}</p>")
    assert (contact.person, contact.role, contact.organisation_id) == expected
    assert contact.context == "mention"


def test_a_caption_names_several_persons_and_no_photographer() -> None:
    html = (
        "<figure><figcaption>Från vänster: Eva Ekdal och Bo Berg, länsledning, Cia Ceder, regionråd och Dan"
        " Dahl, regiondirektör. Foto: Emil Ek, Region Granland</figcaption></figure>"
    )
    assert [(c.person, c.role, c.evidence.method) for c in contacts(html)] == [
        ("Eva Ekdal", "länsledning", "caption"),
        ("Bo Berg", "länsledning", "caption"),
        ("Cia Ceder", "regionråd", "caption"),
        ("Dan Dahl", "regiondirektör", "caption"),
    ]


def test_who_is_named_as_coordinator_is_the_one_to_ask() -> None:
    found = contacts("<p>Eva Ekdal och Bo Berg är samordnare för Granlandsförbundet.</p>")
    assert [(c.person, c.role, c.context, c.organisation_id) for c in found] == [
        ("Eva Ekdal", "samordnare", "contact", "granlandsforbundet"),
        ("Bo Berg", "samordnare", "contact", "granlandsforbundet"),
    ]


@pytest.mark.parametrize("label", ["Sidansvarig", "Sidan publicerad av", "Innehållsansvarig"])
def test_page_editors_are_sidansvarig(label: str) -> None:
    contact = only(f'<p>Senast uppdaterad: 4 januari 2024</p><p>{label}: <a href="/kontakt/ee">Eva Ekdal</a></p>')
    assert (contact.person, contact.role, contact.context, contact.evidence.method) == (
        "Eva Ekdal",
        "sidansvarig",
        "contact",
        "page_editor",
    )


@pytest.mark.parametrize(
    "line", ["Publicerad av Eva Ekdal den 3 maj 2024", "Senast ändrad av Eva Ekdal 2024-05-03", "Sidansvarig Eva Ekdal"]
)
def test_a_page_editors_label_may_lack_its_colon(line: str) -> None:
    contact = only(f"<p>{line}</p>")
    assert (contact.person, contact.role) == ("Eva Ekdal", "sidansvarig")


def test_an_organisation_beside_the_values_goes_before_the_title() -> None:
    html = "<h1>Granlands samverkansråd</h1><p>Kontakt: Eva Ekdal, utvecklingschef, Lillsele kommun, 08-465 004 01</p>"
    assert only(html).organisation_id == "kommun:lillsele"


def test_a_page_editors_mail_link_is_theirs_and_not_the_foots() -> None:
    html = (
        '<p>Sidansvarig: <a href="mailto:eva.ekdal@granvik.se">Eva Ekdal</a>&nbsp;&nbsp; Senast uppdaterad: </p>'
        "<footer>Granviks kommun, Storgatan 1, 123 45 Granvik • Tel 08-465 004 00 • Fax 08-465 004 09 • kommun@granvik.se</footer>"
    )
    assert [(c.person, c.role, c.unit, c.phone, c.email) for c in contacts(html)] == [
        ("Eva Ekdal", "sidansvarig", None, None, "eva.ekdal@granvik.se"),
        (None, None, None, "+46846500400", "kommun@granvik.se"),
    ]


def test_a_page_about_one_person_gives_them_the_values_below_the_text() -> None:
    html = """<article itemscope itemtype="http://schema.org/Person"><h1 itemprop="name">Eva Ekdal</h1>
    <p itemprop="jobTitle">Processledare</p><p>Eva började hos oss 2023 och hon är anställd i Lillsele kommun.</p>
    <div class="c-card c-card--contact"><a href="mailto:eva.ekdal@granvik.se">E-post</a>
    <a href="tel:0846500401">Ring</a></div></article>"""
    contact = only(html)
    assert (contact.person, contact.role, contact.phone, contact.context) == ("Eva Ekdal", "Processledare", "+46846500401", "contact")


@pytest.mark.parametrize(
    "line",
    [
        "Skriv till oss via Projektledare Eva Ekdal, tel 08 - 465 004 01, <a href='mailto:Eva.Ekdal@granvik.se'>E-post</a>.",
        "<b>Eva Ekdal</b><span>Projektledare</span> <a href='tel:0846500401'>Ring</a> eva.ekdal (snabel-a) granvik.se",
        "Projektledare: Eva Ekdal, 08-465 004 01 (säkrast på förmiddagen), eva.ekdal(a)granvik.se",
        "Har du frågor om avtalet kan du vända dig till vår Projektledare Eva Ekdal på telefon 08-465 004 01 eller eva.ekdal@granvik.se.",
        "Eva Ekdal • Projektledare • Tfn 08-465 004 01 • Fax 08-465 004 09 • eva.ekdal@granvik.se",
        "Eva Ekdal | Projektledare | +46 (0)8 465 004 01 | eva.ekdal@granvik.se",
        "Eva Ekdal är Projektledare och nås på 08-465 004 01 eller eva.ekdal@granvik.se.",
        "Eva Ekdal (Projektledare)<br>eva.ekdal snabel-a granvik.se, 08-465 004 01",
    ],
)
def test_one_line_is_one_record(line: str) -> None:
    contact = only(f"<p>{line}</p>")
    assert (contact.person, contact.role, contact.phone, contact.email) == (
        "Eva Ekdal",
        "Projektledare",
        "+46846500401",
        "eva.ekdal@granvik.se",
    )


@pytest.mark.parametrize(
    ("html", "unit"),
    [
        ("<ul><li>Lönesupport: 08-465 004 01</li></ul>", "Lönesupport"),
        ("<p>Kundservice: 08-465 004 01</p>", "Kundservice"),
        ("<p>Har du frågor, mejla info@granvik.se eller ring kassan, 08-465 004 01.</p>", "kassan"),
        ("<p>Felanmälan vatten och avlopp: 08-465 004 01</p>", "Felanmälan vatten och avlopp"),
        ("<h2>Kontakt</h2><p>Telefon vardagar 9-12: 08-465 004 01</p>", None),
        ("<p>Fax 08-465 004 09 • 08-465 004 01</p>", None),
    ],
)
def test_a_label_before_a_number_is_a_function_unless_it_says_what_the_number_is(html: str, unit: str | None) -> None:
    contact = only(html)
    assert (contact.unit, contact.phone) == (unit, "+46846500401")


def test_each_person_of_a_sentence_has_their_own_number_and_organisation() -> None:
    html = "<p>Kontakta Eva Ekdal på Granviks kommun, 08-465 004 01, eller Bo Berg på Lillsele kommun, 08-465 004 02.</p>"
    assert [(c.person, c.phone, c.organisation_id) for c in contacts(html)] == [
        ("Eva Ekdal", "+46846500401", "kommun:granvik"),
        ("Bo Berg", "+46846500402", "kommun:lillsele"),
    ]


def test_a_desk_in_the_content_is_no_switchboard() -> None:
    html = "<h3>Kundtjänst</h3><p>Öppet vardagar 8–16</p><p>Telefon: 08-465 004 01</p><footer>Granviks kommun. Växel 08-465 004 00</footer>"
    assert [(c.unit, c.kind, c.phone) for c in contacts(html)] == [
        ("Kundtjänst", "function", "+46846500401"),
        (None, "switchboard", "+46846500400"),
    ]


def test_functions_of_a_list_are_records_of_their_own() -> None:
    html = "<ul><li>Servicedesk: 08-465 004 01, desk@granvik.se (vardagar 7–17)</li><li>Lönesupport: 08-465 004 02</li></ul>"
    assert [(c.unit, c.phone, c.email) for c in contacts(html)] == [
        ("Servicedesk", "+46846500401", "desk@granvik.se"),
        ("Lönesupport", "+46846500402", None),
    ]


@pytest.mark.parametrize(
    "invoice",
    [
        "<h2>Fakturor</h2><p>Granviks kommun, FE 214, 838 73 Frösön</p>",
        "<p>Fakturaadress: FE 214, 838 73 Frösön</p>",
        "<p>Pappersfakturor skickas till Granviks kommun, Box 9, 838 73 Frösön.</p>",
        "<p>Invoice address: Box 9, 838 73 Frösön</p>",
    ],
)
def test_an_address_for_invoices_is_not_the_offices(invoice: str) -> None:
    contact = only(f"<footer><p>Granviks kommun, Storgatan 1, 123 45 Granvik<br>08-465 004 00</p></footer>{invoice}")
    assert (contact.street_address, contact.locality) == ("Storgatan 1", "Granvik")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Eva Ekdal, Head of International Relations", "Head of International Relations"),
        ("Eva Ekdal<br>Project Manager", "Project Manager"),
        ("Eva Ekdal<br>EU Coordinator", "EU Coordinator"),
        ("Name: Eva Ekdal<br>Title: International Officer", "International Officer"),
        ("Eva Ekdal, Deputy Director", "Deputy Director"),
    ],
)
def test_english_cards_are_read(name: str, role: str) -> None:
    contact = only(f"<h2>Contact</h2><p>{name}<br>Phone: +46 8 465 004 01<br>E-mail: eva.ekdal@granvik.se</p>")
    assert (contact.person, contact.role, contact.phone, contact.email) == ("Eva Ekdal", role, "+46846500401", "eva.ekdal@granvik.se")


def test_the_organisation_in_the_genitive_before_a_role_is_the_holders() -> None:
    html = "<h2>Kontakt</h2><ul><li>Presstjänst 08-465 004 01</li><li><b>Lillseles platschef</b> Eva Ekdal, 08-465 004 02</li></ul>"
    assert [(c.person, c.unit, c.role, c.organisation_id) for c in contacts(html)] == [
        (None, "Presstjänst", None, "kommun:granvik"),
        ("Eva Ekdal", None, "platschef", "kommun:lillsele"),
    ]


def test_numbers_under_a_bodys_heading_are_the_bodys() -> None:
    html = "<h3>Sopor: Granlandsförbundet</h3><p>Kundservice: 08-465 004 01</p>"
    assert [(c.unit, c.organisation_id) for c in contacts(html)] == [("Kundservice", "granlandsforbundet")]


def test_a_quotation_beside_the_card_makes_no_second_record() -> None:
    html = "<p>Eva Ekdal är förbundschef och leder arbetet.</p><h2>Kontakt</h2><p>Eva Ekdal<br>Förbundschef<br>08-465 004 01</p>"
    contact = only(html)
    assert (contact.role, contact.phone, contact.context) == ("Förbundschef", "+46846500401", "contact")


def test_the_heading_over_the_contacts_names_their_organisation() -> None:
    assert only("<h2>Kontaktpersoner på Region Granland</h2><p>Eva Ekdal<br>08-465 004 01</p>").organisation_id == "region:granland"


def test_the_office_of_a_body_answers_for_the_body() -> None:
    assert (
        only("<h2>Granlandsförbundet</h2><p>Kontakta kansliet: 08-465 004 77, kansli [at] granland.se</p>").organisation_id
        == "granlandsforbundet"
    )


def test_without_an_owner_the_contact_is_kept() -> None:
    assert only("<p>Kontakta Eva Ekdal, 08-465 004 01</p>", owner=None).organisation_id is None


def test_labels_and_sections_without_a_value_are_issues() -> None:
    issues = [found for found in read("<h2>Kontakt</h2><p>Telefon:</p><p>E-post:</p><h2>Kontakta oss</h2>") if isinstance(found, Issue)]
    assert sorted((issue.code, issue.value, issue.severity) for issue in issues) == [
        ("contact_label_without_value", "E-post:", "info"),
        ("contact_label_without_value", "Telefon:", "info"),
        ("contact_section_empty", "Kontakta oss", "info"),
    ]


def test_the_evidence_runs_from_the_name_to_the_last_value() -> None:
    evidence = only(
        "<p>Nätverket Nord</p><h2>Kontakt</h2><p>Eva Ekdal<br>Projektledare<br>Telefon: 08-465 004 01</p><p>Mer finns på vår sida.</p>"
    ).evidence
    assert (evidence.text, evidence.source) == ("Eva Ekdal\nProjektledare\nTelefon: 08-465 004 01", "text")


def test_a_number_without_a_name_beside_it_is_the_organisations_that_has_it_elsewhere() -> None:
    html = "<p>Ring 08-465 004 77.</p><footer><p>Granlandsförbundet, Box 2, 123 46 Granvik<br>08-465 004 77</p></footer>"
    contact = only(html)
    assert (contact.organisation_id, contact.street_address, contact.evidence.method) == ("granlandsforbundet", "Box 2", "contact_line")


def test_chair_and_vice_chair_are_two_records_of_one_person() -> None:
    html = "<h2>Styrelsen</h2><p>Eva Ekdal, ordförande</p><h2>Granlands Kommuner</h2><p>Eva Ekdal, vice ordförande</p>"
    assert list(seats(html)) == [("Eva Ekdal", "ordförande", "kommun:granvik"), ("Eva Ekdal", "vice ordförande", "granlands-kommuner")]


def test_the_department_below_a_persons_card_has_its_own_address() -> None:
    html = "<h2>Kontakt</h2><p>Eva Ekdal</p><p>08-465 004 01</p><p>Social hållbarhet</p><p>social@granvik.se</p>"
    person, unit = contacts(html)
    assert (person.person, person.phone, person.email) == ("Eva Ekdal", "+46846500401", None)
    assert (unit.person, unit.unit, unit.email) == (None, "Social hållbarhet", "social@granvik.se")


def test_a_surname_may_look_like_a_noun() -> None:
    assert only("<h2>Ledning</h2><dl><dt>Margareta Svenning</dt><dd>Chef</dd><dd>08-465 004 01</dd></dl>").person == "Margareta Svenning"


def test_rows_under_heads_are_contacts_of_their_own_where_nobody_is_named() -> None:
    rows = "<tr><td>Granvik</td><td>Storgatan 1</td><td>08-465 004 01</td></tr>"
    rows += "<tr><td>Biblioteket</td><td>Ågatan 2</td><td>08-465 004 02</td></tr>"
    found = contacts(f"<table><tr><th>Kommun</th><th>Adress</th><th>Telefon</th></tr>{rows}</table>")
    assert [(one.phone, one.street_address) for one in found] == [("+46846500401", "Storgatan 1"), ("+46846500402", "Ågatan 2")]


def test_rows_of_labels_are_one_contact() -> None:
    contact = only(
        "<h2>Kontakt</h2><table><tr><td>Adress</td><td>Storgatan 1</td></tr><tr><td>Telefon</td><td>08-465 004 01</td></tr></table>"
    )
    assert (contact.phone, contact.street_address) == ("+46846500401", "Storgatan 1")


def test_the_head_of_a_column_is_the_role_of_all_below() -> None:
    head = "<tr><th>Bibliotek</th><th>Bibliotekschef</th><th>Telefon</th><th>E-post</th></tr>"
    row = "<tr><td>{}</td><td>{}</td><td>{}</td><td>bibliotek@granvik.se</td></tr>"
    table = head + row.format("Granvik", "Eva Ekdal", "08-465 004 01") + row.format("Lillsele", "Bo Mogatan (vik.)", "08-465 004 02")
    found = contacts(f"<table>{table}</table>")
    assert [(one.person, one.role) for one in found] == [("Eva Ekdal", "Bibliotekschef"), ("Bo Mogatan", "Bibliotekschef")]


def test_a_role_on_the_line_above_a_name_is_not_its() -> None:
    html = "<h2>LAG</h2><p>Eva Ekdal, Granviks kommun, vice ordförande<br>Bo Berg, Lillsele kommun<br>Cia Ceder, Granviks kommun</p>"
    assert {(person, role) for person, role, _ in seats(html)} == {
        ("Eva Ekdal", "vice ordförande"), ("Bo Berg", "ledamot"), ("Cia Ceder", "ledamot"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Ordförande under mandatperioden 2023–2026 är Eva Ekdal (S) från Granvik.", ("Eva Ekdal", "Ordförande")),
        ("Bo Berg (C), Lillsele, är vice ordförande.", ("Bo Berg", "vice ordförande")),
        ("Eva Ekdal från Granviks kommun är ordförande och leder mötena.", ("Eva Ekdal", "ordförande")),
        ("Vice ordförande är kommunalrådet i Lillsele, Bo Berg (M).", ("Bo Berg", "Vice ordförande")),
        ("Ordförande i Föreningen för granländska sjöars vatten-avlopp & renhållning är Eva Ekdal (S).", ("Eva Ekdal", "Ordförande")),
        ("Bo Berg (C) valdes till vice ordförande vid mötet.", ("Bo Berg", "vice ordförande")),
        ("Eva Ekdal har utsetts till ny ordförande.", ("Eva Ekdal", "ordförande")),
    ],
)
def test_seats_that_sentences_state(sentence: str, found: tuple[str, str]) -> None:
    assert found in [(person, role) for person, role, _ in seats(f"<h2>Granlandsförbundet</h2><p>{sentence}</p>")]


def test_who_is_elected_holds_the_seat_in_the_body_named_after_it() -> None:
    sentence = "Eva Ekdal (S) valdes till ordförande i {}, som bildades i fjol."
    assert list(seats(f"<p>{sentence.format('Granlands samverkansråd')}</p>")) == [("Eva Ekdal", "ordförande", "samverkansradet")]
    assert list(seats(f"<p>{sentence.format('det nya Granlands samverkansråd')}</p>")) == [("Eva Ekdal", "ordförande", "kommun:granvik")]


def test_a_second_seat_in_a_sentence_needs_no_verb() -> None:
    html = "<h2>Granlandsförbundet</h2><p>Eva Ekdal från Granvik är ordförande och Bo Berg från Lillsele vice ordförande.</p>"
    assert {(person, role) for person, role, _ in seats(html)} == {("Eva Ekdal", "ordförande"), ("Bo Berg", "vice ordförande")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Bo Berg från Lillsele är nöjd med att ordförande valdes.",
        "Ordförande under mötet som hölls är inte Eva Ekdal.",
        "Eva Ekdal, Granvik, är glad.",
        "Ordförande i föreningen som granskas är Eva Ekdal kritisk.",
        "Bo Berg valdes till Granviks nya ansikte.",
        "Bo Berg valdes att tala till ordförande och ledamöter.",
    ],
)
def test_sentences_that_state_no_seat(sentence: str) -> None:
    assert list(seats(f"<h2>Granlandsförbundet</h2><p>{sentence}</p>")) == []


def test_a_name_between_commas_explains_the_role_before_it() -> None:
    contact = only("<p>Det säger kommunchefen i Granvik, Eva Ekdal, till tidningen.</p>")
    assert (contact.person, contact.role, contact.context) == ("Eva Ekdal", "kommunchefen", "mention")


def test_a_name_after_a_clause_has_not_its_role() -> None:
    assert contacts("<p>Efter samtal med kommunchefen i Granvik, Eva Ekdal och hennes kolleger for de hem.</p>") == []


def test_the_first_of_two_roles_on_a_line_counts() -> None:
    [found] = contacts("<h2>Ledningsgrupp</h2><ul><li>Eva Ekdal, produktionschef, Granviks kommun (ordförande)</li></ul>")
    assert (found.person, found.role, found.organisation_id) == ("Eva Ekdal", "produktionschef", "kommun:granvik")


def test_signatures_follow_the_name_of_who_signs() -> None:
    html = "<p>För Granviks kommun<br>Eva Ekdal<br>kommunchef</p><p>För Lillsele kommun<br>Bo Berg<br>kommunchef</p>"
    found = [(one.person, one.organisation_id) for one in contacts(html)]
    assert found == [("Eva Ekdal", "kommun:granvik"), ("Bo Berg", "kommun:lillsele")]


def test_an_email_on_a_line_of_its_own_may_be_others() -> None:
    html = "<h2>Kontakt</h2><p>Ordförande: Eva Ekdal, eva.ekdal@granvik.se<br>Övriga frågor: info@granvik.se"
    html += "<br>Adress: Box 1, 123 45 Granvik</p>"
    found = {(one.person, one.email, one.street_address) for one in contacts(html)}
    assert found == {("Eva Ekdal", "eva.ekdal@granvik.se", None), (None, "info@granvik.se", "Box 1")}


def test_a_second_email_of_a_person_begins_no_other_contact() -> None:
    contact = only("<h2>Kontakt</h2><p>Eva Ekdal<br>eva.ekdal@granvik.se<br>ekdal@lillsele.se</p>")
    assert contact.email == "eva.ekdal@granvik.se"


def test_a_desk_and_the_bare_address_of_its_organisation_are_one() -> None:
    html = "<footer><h4>Kundservice</h4><p>08-465 004 01</p><h4>Granviks kommun</h4><p>Box 1, 123 45 Granvik</p></footer>"
    contact = only(html)
    assert (contact.phone, contact.street_address, contact.unit) == ("+46846500401", "Box 1", None)


def test_a_desk_beside_a_switchboard_stays_apart() -> None:
    html = "<footer><h4>Kundservice</h4><p>08-465 004 01</p><h4>Granviks kommun</h4><p>Box 1, 123 45 Granvik<br>08-465 004 02</p></footer>"
    assert {(one.phone, one.street_address) for one in contacts(html)} == {("+46846500401", None), ("+46846500402", "Box 1")}


def test_the_editor_of_a_page_stands_after_the_date() -> None:
    contact = only("<p>Sidan uppdaterades 2024-08-26 av Eva Ekdal</p>")
    assert (contact.person, contact.role) == ("Eva Ekdal", "sidansvarig")


def test_who_did_something_else_on_a_date_is_no_editor() -> None:
    assert contacts("<p>Sidan om vägen skrevs 2024-08-26 av Eva Ekdal</p>") == []


def test_a_container_with_two_names_is_no_single_card() -> None:
    row = '<span class="name">{}</span><span class="title">{}</span><br>{}<br>'
    people = row.format("Eva Ekdal", "Projektledare", "08-465 004 01") + row.format("Bo Berg", "Strateg", "08-465 004 02")
    found = contacts(f'<div class="contact">{people}</div>')
    assert [(one.person, one.role, one.phone) for one in found] == [
        ("Eva Ekdal", "Projektledare", "+46846500401"), ("Bo Berg", "Strateg", "+46846500402"),
    ]  # fmt: skip


def test_a_person_among_several_types_in_json_ld_is_one() -> None:
    data = {
        "@type": ["Person", "Thing"],
        "name": "Eva Ekdal",
        "jobTitle": "Projektledare",
        "telephone": "08-465 004 01",
        "address": "Box 1",
    }
    contact = only("", head=f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert (contact.person, contact.role, contact.street_address) == ("Eva Ekdal", "Projektledare", "Box 1")


def test_terms_over_values_are_functions() -> None:
    html = "<h2>Telefon</h2><dl><dt>Livsmedel</dt><dd>08-465 004 01, måndag 10–12</dd><dt>Enskilda avlopp</dt><dd>08-465 004 02</dd></dl>"
    assert [(one.unit, one.phone) for one in contacts(html)] == [("Livsmedel", "+46846500401"), ("Enskilda avlopp", "+46846500402")]


def test_labels_over_values_are_no_functions() -> None:
    contact = only("<h2>Kontakt</h2><dl><dt>Telefon</dt><dd>08-465 004 01</dd><dt>E-post</dt><dd>info@granvik.se</dd></dl>")
    assert (contact.unit, contact.phone, contact.email) == (None, "+46846500401", "info@granvik.se")


def test_the_switchboard_of_a_body_in_a_sentence_is_the_bodys() -> None:
    html = "<h1>Granlandsförbundet</h1><p>Bor du i Lillsele ringer du förbundets växel, 08-465 004 01.</p>"
    assert only(html).organisation_id == "granlandsforbundet"


def test_holders_of_one_office_stand_with_their_places() -> None:
    html = "<p>Besluten fattar kommuncheferna i en styrgrupp: Eva Ekdal (Granvik) och Bo Berg (Lillsele).</p>"
    found = [(one.person, one.role, one.organisation_id) for one in contacts(html)]
    assert found == [("Eva Ekdal", "kommunchef", "kommun:granvik"), ("Bo Berg", "kommunchef", "kommun:lillsele")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Vi mötte Eva Ekdal (Granvik) och Bo Berg (Lillsele).</p>",  # no office
        "<p>Kommuncheferna mötte Eva Ekdal (S) och Bo Berg (M).</p>",  # parties are no places
        "<p>Kommuncheferna var nöjda. Även Eva Ekdal (Granvik) och Bo Berg (Lillsele) kom.</p>",  # another sentence
    ],
)
def test_names_in_a_row_without_office_or_place_hold_none(html: str) -> None:
    assert contacts(html) == []


def test_all_persons_of_a_row_are_from_its_organisation() -> None:
    head = "<h2>Deltagare</h2><table><tr><th>Kommun</th><th>Närvarande</th></tr>"
    rows = "<tr><td>Granvik</td><td>Eva Ekdal, rektor<br>Bo Berg (S)</td></tr><tr><td>Lillsele</td><td>Cia Ceder, rektor</td></tr>"
    found = [(one.person, one.role, one.organisation_id) for one in contacts(f"{head}{rows}</table>")]
    assert found == [
        ("Eva Ekdal", "rektor", "kommun:granvik"), ("Bo Berg", None, "kommun:granvik"), ("Cia Ceder", "rektor", "kommun:lillsele"),
    ]  # fmt: skip


def test_a_list_of_names_alone_tells_no_office() -> None:
    assert contacts("<h2>Deltagare</h2><ul><li>Eva Ekdal</li><li>Bo Berg</li></ul>") == []


def test_the_line_below_a_name_in_a_card_goes_before_the_heading() -> None:
    card = '<div class="contact-card"><h3>Eva Ekdal</h3><p>Infrastruktur</p><p>08-465 004 01</p></div>'
    assert only(f"<h2>Samordnare</h2>{card}").role == "Infrastruktur"


def test_rows_without_organisation_have_the_name_of_their_place() -> None:
    rows = "".join(f"<tr><td>{place}</td><td>08-465 004 0{n}</td><td>Ågatan {n}</td></tr>" for n, place in enumerate(("Åby", "Öby"), 1))
    found = contacts(f"<table><tr><th>Bibliotek</th><th>Telefon</th><th>Adress</th></tr>{rows}</table>")
    assert [(one.unit, one.street_address) for one in found] == [("Åby", "Ågatan 1"), ("Öby", "Ågatan 2")]


def test_what_a_person_does_is_no_role_before_a_number() -> None:
    contact = only("<p>Eva Ekdal är ledig och nås på 08-465 004 01.</p>")
    assert (contact.role, contact.phone) == (None, "+46846500401")


def test_the_department_in_a_heading_is_that_of_each_person_below() -> None:
    persons = "<ul><li>Eva Ekdal, chef, 08-465 004 01</li><li>Bo Berg, strateg, 08-465 004 02</li></ul>"
    assert [(found.person, found.unit) for found in contacts(f"<h2>Miljöenheten</h2>{persons}")] == [
        ("Eva Ekdal", "Miljöenheten"), ("Bo Berg", "Miljöenheten")
    ]  # fmt: skip
    below = contacts(f"<h2>Miljöenheten</h2><p>08-465 004 09</p><h2>Samordnare</h2>{persons}")
    assert [(found.person, found.unit) for found in below] == [(None, "Miljöenheten"), ("Eva Ekdal", None), ("Bo Berg", None)]


def test_a_seat_holders_place_may_stand_in_parentheses() -> None:
    html = "<h2>Granlandsförbundet</h2><h3>Ledamöter</h3><ul><li>Eva Ekdal ({})</li></ul>"
    for place in ("Lillsele", "S, Lillsele", "MP, Dalby"):
        assert list(seats(html.format(place))) == [("Eva Ekdal", "ledamot", "granlandsforbundet")]
    assert list(seats(html.format("Ekdals Bygg, Lillsele"))) == []
    assert list(seats(html.format("bilden är tagen av Lillsele kommun"))) == []


def test_a_municipality_that_sounds_like_a_person_is_none() -> None:
    known = {"Upplands Väsby kommun": ("kommun:0114", "municipality"), "Upplands Väsby": ("kommun:0114", "municipality")}
    for place, found in (("Upplands Väsby kommun", ["Eva Ekdal"]), ("Uppbords Vasberg kommun", [])):
        document = read_document(f"<html><body><main><p>– Bra, säger Eva Ekdal, miljöstrateg i {place}.</p></main></body></html>")
        assert document is not None
        mentioned = find_contacts(document, PlainNames(document, "kommun:granvik", {**KNOWN, **known}))
        assert [contact.person for contact in mentioned if isinstance(contact, Contact)] == found


def test_half_of_a_municipalitys_name_is_no_given_name() -> None:
    html = "<h2>Granlandsförbundet</h2><h3>Ledamöter</h3><ul><li>Eva Ekdal (L, Upplands Väsby)</li><li>Uppfinn Väsby (L)</li></ul>"
    assert [person for person, _, _ in seats(html)] == ["Eva Ekdal", "Uppfinn Väsby"]


@pytest.mark.parametrize("case", parameters("contacts", "contact"))
def test_each_contact_has_its_own_office_and_body(case: Case) -> None:
    assert contact_differences(case, read_case(case.id)) == []
