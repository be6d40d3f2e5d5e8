"""The platform by its marks, the language by the page's word or its words."""

import pytest

from parsers.page.language import guess_language, read_language
from parsers.page.platform import read_platform
from parsers.page.platform_id import read_platform_id
from parsers.page.walk import read_document
from tests.parsers.date_pages import document_of, page_at


@pytest.mark.parametrize(
    ("head", "attributes", "platform"),
    [
        ("", 'lang="sv" class="sv-no-js sv-template-nyhet"', "sitevision"),
        ('<link href="/2.4d5/1700000000/SiteVision.css" rel="stylesheet">', "", "sitevision"),
        ('<meta name="rek:pubdate" content="2025-12-19">', "", "sitevision"),
        ('<meta name="generator" content="EPiServer">', "", "episerver"),
        ('<meta name="EPi.ID" content="4711">', "", "episerver"),
        ('<link rel="icon" href="/globalassets/ikoner/favicon.png">', "", "episerver"),
        ('<meta name="Generator" content="WordPress 6.5.2">', "", "wordpress"),
        ('<script src="https://x.se/wp-content/themes/municipio/app.js"></script>', "", "wordpress"),
        ('<meta name="generator" content="Drupal 10 (https://www.drupal.org)">', "", "drupal"),
        ('<link href="/sites/default/files/css/a.css" rel="stylesheet">', "", "drupal"),
        ('<script src="/App_Plugins/form.js"></script>', "", "umbraco"),
        ('<meta name="GENERATOR" content="Microsoft SharePoint">', "", "sharepoint"),
        ('<script src="/_layouts/15/init.js"></script>', "", "sharepoint"),
        ('<link href="/dist/site.css" rel="stylesheet">', 'class="no-js"', None),
    ],
)
def test_platform_is_told_by_its_marks(head: str, attributes: str, platform: str | None) -> None:
    assert read_platform(document_of("<p>Text</p>", head, attributes), page_at()) == platform


def test_platform_is_told_by_a_header() -> None:
    page = page_at(headers=(("X-Generator", "Drupal 9"),))
    assert read_platform(document_of("<p>Text</p>"), page) == "drupal"


def test_generator_goes_before_the_paths_of_images() -> None:
    document = document_of('<img src="/wp-content/uploads/karta.png"><p>Text</p>', '<meta name="generator" content="SiteVision 10">')
    assert read_platform(document, page_at()) == "sitevision"


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ('lang="sv"', "sv"),
        ('lang="sv-SE"', "sv"),
        ('xml:lang="SV"', "sv"),
        ('lang="en_GB"', "en"),
        ('lang="se"', "se"),
        ('lang="Svenska"', None),
    ],
)
def test_language_is_what_the_page_says(attributes: str, language: str | None) -> None:
    assert read_language(document_of("<p>Text</p>", attributes=attributes)) == language


def test_language_of_meta_where_html_has_none() -> None:
    assert read_language(document_of("<p>Text</p>", '<meta name="dcterms.language" content="sv">', "")) == "sv"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Kommunerna samverkar och det är förbundet som ansvarar för att hjälpen kommer till den som har behov av den.",
            "sv",
        ),
        ("The municipalities of the region work together with the county and this is what they do for the people that live there.", "en"),
        ("Ale 0303-70 30 00", None),
        ("", None),
    ],
)
def test_language_by_its_frequent_words(text: str, language: str | None) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("head", "attributes", "path", "platform_id"),
    [
        ("<script>sv.PageContext = {pageId:'4.5d1f3a9c18e7a2b',siteId:'2.1a'};</script>", "", "samverkan.html", "4.5d1f3a9c18e7a2b"),
        ('<script>{"pageId": "4.5d1f3a9c18e7a2b"}</script>', "", "samverkan.html", "4.5d1f3a9c18e7a2b"),
        ("", "", "samverkan.4.5d1f3a9c18e7a2b.html", "4.5d1f3a9c18e7a2b"),
        ("", "", "samverkan.4.5d1f3a9c18e7a2b.12.html", "4.5d1f3a9c18e7a2b"),
        ("<script>sv.PageContext = {pageId:'5.5d1f3a9c18e7a2b'};</script>", "", "samverkan.html", None),
        ("", "", "version.4.2.html", None),
    ],
)
def test_the_id_that_sitevision_gives_a_page(head: str, attributes: str, path: str, platform_id: str | None) -> None:
    assert read_platform_id(document_of("<p>Text</p>", head, attributes), f"https://ale.se/{path}") == platform_id


@pytest.mark.parametrize(
    ("body", "platform_id"), [("page page-id-1412", "1412"), ("single postid-7", "7"), ("page-id-x", None), ("parent-pageid-12", None)]
)
def test_the_id_that_wordpress_gives_a_page(body: str, platform_id: str | None) -> None:
    document = read_document(f'<html><body class="{body}"><p>Text</p></body></html>')
    assert document is not None
    assert read_platform_id(document, "https://ale.se/") == platform_id
