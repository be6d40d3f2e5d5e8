"""When a page was published and updated, and where it says it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.metadata import PageMetadata, read_metadata
from parsers.page.walk import read_document
from tests.parsers.date_pages import document_of, page_at


def metadata_of(body: str, head: str = "", url: str = "https://www.exempelkommun.se/samverkan") -> PageMetadata:
    return read_metadata(document_of(body, head), page_at(url))


def days_of(metadata: PageMetadata) -> tuple[str | None, str | None]:
    return (metadata.published and metadata.published.edtf, metadata.updated and metadata.updated.edtf)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("<p>Senast uppdaterad: 7 februari 2022</p>", None, "2022-02-07"),
        ("<p>Senast uppdaterad 2017-12-01</p>", None, "2017-12-01"),
        ("<p>Sidan uppdaterades den 31 mars 2021</p>", None, "2021-03-31"),
        ("<p>Sidan är senast granskad 2020-05-06 av Anna Berg</p>", None, "2020-05-06"),
        ("<p>Senast ändrad: 2020-05-06 kl. 10:32</p>", None, "2020-05-06"),
        ("<p>Senast publicerad 3 juni 2015</p>", None, "2015-06-03"),
        ("<p>Publicerad 2 maj 2024. Uppdaterad 20 november 2025.</p>", "2024-05-02", "2025-11-20"),
        ("<p>Sidan granskad och uppdaterad: 2026-01-22</p>", None, "2026-01-22"),
        ("<p>Publicerad: 3 juni 2015</p>", "2015-06-03", None),
        ("<p>Publiceringsdatum 2015-06-03</p>", "2015-06-03", None),
        ("<p>Inlagt av anna.berg den 3 juni 2015</p>", "2015-06-03", None),
        ("<p>Publicerad av: Anna Berg, 3 juni 2015</p>", "2015-06-03", None),
        ("<p>Published by Anna Berg on 3 June 2015</p>", "2015-06-03", None),
        ("<p>Publicerad av kommunens enhet för stöd till föreningar 3 juni 2015</p>", None, None),
        ("<p>Publicerad 3 juni 2015 Uppdaterad 4 juli 2016</p>", "2015-06-03", "2016-07-04"),
        ("<p>Publicerad den 3 juni 2015, senast ändrad den 4 juli 2016 av</p>", "2015-06-03", "2016-07-04"),
        ("<p>Nyhet | Publicerad 2015-06-03</p>", "2015-06-03", None),
        ("<p>Sidansvarig: Anna Berg Senast uppdaterad: 2016-07-04</p>", None, "2016-07-04"),
        ("<p>Last updated: 4 July 2016</p>", None, "2016-07-04"),
        ('<div class="toolbar"><p>Senast uppdaterad: <b>4 juli 2016</b></p></div>', None, "2016-07-04"),
        ("<p>Senast uppdaterad <strong>2016-07-04</strong></p>", None, "2016-07-04"),
        ("<dl><dt>Publicerad</dt><dd>2015-06-03</dd></dl>", "2015-06-03", None),
        ("<div><span>Senast uppdaterad:</span><div>4 juli 2016</div></div>", None, "2016-07-04"),
        ('<p>Uppdaterad <time datetime="2016-07-04T23:30:00Z">i går</time></p>', None, "2016-07-05"),
        ('<p>Publicerad: <time datetime="02 juli 2026"></time></p>', "2026-07-02", None),
        ('<p><time class="entry-date published" datetime="2015-06-03T08:00:00+02:00">3 juni</time></p>', "2015-06-03", None),
        ('<span itemprop="dateModified" content="2016-07-04">nyligen</span>', None, "2016-07-04"),
    ],
)
def test_date_in_the_content(line: str, published: str | None, updated: str | None) -> None:
    assert days_of(metadata_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>Mer text.</p>{line}")) == (published, updated)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Sidan publicerad av: Webbredaktionen</p>",
        "<p>Uppdaterad information om samverkan 2022-02-07 finns hos oss.</p>",
        "<p>Rapporten, publicerad 2018-03-01, visar att allt fler samverkar.</p>",
        "<p>Publicerad forskning från 2018-03-01 visar detta.</p>",
        "<p>Mötet hölls den 7 februari 2022.</p>",
        '<ul><li><a href="/a">Ny lekplats</a></li><li>Publicerad 2022-02-07</li></ul>',
        '<section><h2><a href="/a">Ny lekplats</a></h2><p>Publicerad 2022-02-07</p></section>',
        '<aside><time class="published" datetime="2022-02-07">7 februari</time></aside>',
        '<div itemscope itemtype="https://schema.org/Event"><time class="published" datetime="2022-02-07">7 februari</time></div>',
        "<footer><p>© 2022-02-07 Exempelkommun</p></footer>",
        "<p>Uppdatering 2022-02-07: Vägen är stängd.</p>",
    ],
)
def test_date_of_something_else_is_none_of_the_page(line: str) -> None:
    metadata = metadata_of(f"<h1>Samverkan</h1><p>Vi samverkar.</p><p>Mer text.</p>{line}")
    assert days_of(metadata) == (None, None)
    assert metadata.issues == []


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ('<meta name="DC.modified" content="2016-07-04">', None, "2016-07-04"),
        ('<meta name="DC.Date.Modified" content="2016-07-04"><meta name="DC.Date.Created" content="2016-08-01">', None, "2016-07-04"),
        ('<meta name="EPi.Published" content="2015-06-03"><meta name="EPi.Modified" content="2016-07-04">', "2015-06-03", "2016-07-04"),
        ('<meta name="rek:pubdate" content="2015-06-03T22:34:47.000Z">', "2015-06-04", None),
        ('<meta property="article:published_time" content="2015-06-03T13:05:00+02:00">', "2015-06-03", None),
        ('<meta http-equiv="Last-Modified" content="Mon, 04 Jul 2016 22:35:04 GMT">', None, "2016-07-05"),
        ('<meta name="display-date" content="2015-06-03T13:23:00">', "2015-06-03", None),
        ('<meta name="published" content="2015">', None, None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-06-03"}</script>', "2015-06-03", None),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":["WebPage"],"dateModified":"2016-07-04T10:00:00Z"}]}</script>',
            None,
            "2016-07-04",
        ),
        ('<script type="application/ld+json">{"@type":"Event","datePublished":"2015-06-03"}</script>', None, None),
        ('<script type="application/ld+json">{"datePublished":</script>', None, None),
    ],
)
def test_date_in_the_head(head: str, published: str | None, updated: str | None) -> None:
    assert days_of(metadata_of("<h1>Samverkan</h1><p>Text.</p>", head)) == (published, updated)


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("<p>2015-06-03 Nyhet</p><h1>Nytt avtal</h1><p>Text.</p>", "2015-06-03"),
        ("<h1>Nytt avtal</h1><p>3 juni 2015 kl. 13.05</p><p>Text.</p>", "2015-06-03"),
        ("<h1>Nytt avtal</h1><p>Lyssna</p><p>3 juni 2015</p><p>Text.</p>", "2015-06-03"),
        ("<h1>Nytt avtal</h1><p>12 maj 2024 kl. 9-12</p><p>Text.</p>", None),
        ("<h1>Nytt avtal</h1><p>3 juni</p><p>Text.</p>", None),
        ("<h1>Nytt avtal</h1><p>Mötet var den 3 juni 2015.</p>", None),
        ("<h1>Nytt avtal</h1><p>Text.</p><p>3 juni 2015</p>", None),
    ],
)
def test_lone_date_beside_the_heading_is_when_it_was_published(body: str, published: str | None) -> None:
    assert days_of(metadata_of(body)) == (published, None)


@pytest.mark.parametrize(
    ("body", "field", "label"),
    [
        ("<p>Senast uppdaterad:</p>", "updated_on", "Senast uppdaterad"),
        ("<p>Uppdaterad <time></time></p>", "updated_on", "Uppdaterad"),
        ("<p><span>Publiceringsdatum:</span> <time></time></p>", "published_on", "Publiceringsdatum"),
    ],
)
def test_label_without_date_is_null_and_an_issue(body: str, field: str, label: str) -> None:
    metadata = metadata_of(f"<h1>Samverkan</h1><p>Text.</p>{body}")
    assert days_of(metadata) == (None, None)
    assert [(i.code, i.severity, i.field, i.value) for i in metadata.issues] == [("date_label_without_date", "warning", field, label)]


def test_meta_fills_the_field_of_an_empty_label() -> None:
    metadata = metadata_of("<h1>Samverkan</h1><p>Senast uppdaterad:</p>", '<meta name="DC.modified" content="2016-07-04">')
    assert days_of(metadata) == (None, "2016-07-04")
    assert metadata.issues == []


def test_sources_that_differ_are_an_issue_and_the_visible_date_wins() -> None:
    metadata = metadata_of("<h1>Samverkan</h1><p>Uppdaterad 5 juli 2016</p>", '<meta name="DC.modified" content="2016-07-04">')
    assert days_of(metadata) == (None, "2016-07-05")
    assert [(i.code, i.severity, i.field, i.value) for i in metadata.issues] == [
        ("date_sources_differ", "info", "updated_on", "Uppdaterad 5 juli 2016 | 2016-07-04")
    ]


def test_visible_words_are_the_evidence_where_markup_says_the_same() -> None:
    head = '<meta property="article:published_time" content="2015-06-03T13:05:00+02:00">'
    document = document_of("<p>2015-06-03 Nyhet</p><h1>Nytt avtal</h1>", head)
    published = read_metadata(document, page_at()).published
    assert published is not None
    assert published.evidence.source == "text"
    assert document.text[published.evidence.start : published.evidence.end] == published.evidence.text == "2015-06-03"


def test_evidence_of_a_meta_date_is_its_attribute() -> None:
    updated = metadata_of("<h1>Samverkan</h1>", '<meta name="EPi.Modified" content="2016-07-04">').updated
    assert updated is not None
    assert (updated.evidence.source, updated.evidence.text, updated.evidence.start) == ("markup", "2016-07-04", None)
    assert (updated.organisation_id, updated.about) == (None, None)


@pytest.mark.parametrize(
    ("path", "text", "day"),
    [
        ("/nyheter/2023-04-05-samarbete-om-vatten.html", "2023-04-05", "2023-04-05"),
        ("/nyheter/2023/04/05/samarbete", "2023/04/05", "2023-04-05"),
        ("/2018/03/andrad-tid/", None, None),
        ("/arkiv/2023-13-45-x.html", None, None),
        ("/download/18.120230405/fil", None, None),
    ],
)
def test_date_in_the_url_stands_apart(path: str, text: str | None, day: str | None) -> None:
    metadata = metadata_of("<h1>Samverkan</h1>", url=f"https://exempelkommun.se{path}")
    assert days_of(metadata) == (None, None)
    found = metadata.url_date
    assert (found and found.evidence.text, found and found.edtf) == (text, day)
    assert found is None or (found.kind, found.evidence.source, found.evidence.start) == ("published", "url", None)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.exempelkommun.se/samverkan.html", "https://www.exempelkommun.se/samverkan.html"),
        ("https://exempelkommun.se/samverkan", "https://exempelkommun.se/samverkan"),
        ("/samverkan", None),
        ("https://www.exempelkommun.se/", None),
        ("https://www.exempelkommun.se", None),
        ("https://annan.se/samverkan", None),
        ("https://www.exempelkommun.se/?id=7", "https://www.exempelkommun.se/?id=7"),
        ("https://[fel", None),
        ("mailto:info@exempelkommun.se", None),
        ("", None),
    ],
)
def test_canonical_link_is_absolute_on_the_same_host_and_no_start_page(link: str, expected: str | None) -> None:
    assert metadata_of("<p>Text</p>", f'<link rel="canonical" href="{link}">').canonical_link == expected


def test_canonical_links_that_contradict_each_other_say_nothing() -> None:
    head = "".join(f'<link rel="canonical" href="https://exempelkommun.se/{path}">' for path in "ab")
    assert metadata_of("<p>Text</p>", head).canonical_link is None


PIECES = st.sampled_from(
    ["<p>", "</p>", "<h1>", "</h1>", "<time datetime='", "'>", "</time>", "<li>", "<a href='x'>", "</a>", "Senast uppdaterad:",
     "Publicerad ", " 3 juni 2015", "2015-06-03", "<meta name='DC.modified' content='", "<link rel='canonical' href='http://[",
     "<table><tr><td>", "<script type='application/ld+json'>[{\"@type\":\"Article\","]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), st.text(max_size=30))
def test_any_page_is_read_and_its_evidence_stands_where_it_says(html: str, path: str) -> None:
    document = read_document(html)
    if document is None:
        return
    metadata = read_metadata(document, page_at(f"https://exempelkommun.se/{path}"))
    for fact in (metadata.published, metadata.updated):
        if fact is not None and fact.evidence.start is not None:
            assert document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
