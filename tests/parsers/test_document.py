"""A page as text and blocks: what is content, where it stands, and that every offset holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.document import Document
from parsers.page.walk import read_document

FRAGMENTS = [
    "<p>Ale kommun</p>", "<p>", "</p>", "<div class='aside'>", "</div>", "<ul><li>Kungälv</li>", "<li>", "</ul>", "<table><tr><td>A",
    "<td>B</td>", "</table>", "<br>", "<br/><br/>", "<h2>Medlemmar</h2>", "<h1>", "</h1>", "<dl><dt>Ägare<dd>Tjörn", "</dl>",
    "<a href='/x'>", "</a>", "<strong>", "</strong>", "<main>", "</main>", "<footer>", "</footer>", "<aside>", "<nav>", "</nav>",
    "<script>var a='<p>';</script>", "<!-- x -->", "&shy;", "&nbsp;", "&amp;", "&#0;", "  \n\t ", "\u00ad", "\u200b", "e\u0301", "🙂",
    "<time datetime='2020'>", "<details><summary>Mer</summary>", "<address>Box 1", "<select><option>1", "<caption>", "<blockquote>",
    "<table><td>utan rad</td>", "<td rowspan=0 colspan=999>", "<h2>Українська мова</h2>", "<li><b>:</b><p>Ett nätverk för</p>",
    "<svg><p>x</p></svg>", "<template>", "<pre>a  b</pre>", "Göteborgs&shy;regionen", "<p aria-hidden=true>", "<![CDATA[x]]>",
    "<?php ?>",
]  # fmt: skip
markup = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=25).map("".join)


def document_of(body: str) -> Document:
    """The document of a page with that body."""
    document = read_document(f"<html><body>{body}</body></html>")
    assert document is not None
    return document


def text_of(body: str) -> str:
    """A page's main text."""
    return document_of(body).text


@given(markup)
def test_blocks_stand_at_their_offsets(body: str) -> None:
    if (document := read_document(body)) is not None:
        assert [document.text[block.start : block.end] for block in document.blocks] == [block.text for block in document.blocks]


@given(markup)
def test_blocks_are_the_whole_text_in_order(body: str) -> None:
    if (document := read_document(body)) is not None:
        assert document.text.replace("\t", "\n").split("\n") == [line for block in document.blocks for line in block.text.split("\n")] or (
            document.text == "" and not document.blocks
        )


@given(markup)
def test_inlines_lie_in_their_block(body: str) -> None:
    if (document := read_document(body)) is not None:
        for block in document.blocks:
            assert all(block.start <= inline.start <= inline.end <= block.end for inline in block.inlines)


@given(markup)
def test_text_is_folded_and_without_invisible_characters(body: str) -> None:
    if (document := read_document(body)) is not None:
        assert not {"  ", "\n ", " \n", "\xad", "\u200b", "\n\n", "\r"} & {
            document.text[i : i + n] for i in range(len(document.text)) for n in (1, 2)
        }


@given(markup)
def test_sections_are_headings_before_their_blocks(body: str) -> None:
    if (document := read_document(body)) is not None:
        for index, block in enumerate(document.blocks):
            assert block.section == -1 or (block.section < index and document.blocks[block.section].kind == "heading")


@given(markup)
def test_every_position_finds_its_block(body: str) -> None:
    if (document := read_document(body)) is not None:
        for block in document.blocks:
            assert document.block_at(block.start) is block
            assert document.block_at(block.end - 1) is block


@given(markup)
def test_regions_lie_in_the_text(body: str) -> None:
    if (document := read_document(body)) is not None:
        assert all(0 <= region.start < region.end <= len(document.text) for region, _ in document.find_regions(lambda _: "any"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Ale  kommun\n är\tmed</p>", "Ale kommun är med"),
        ("<p>Göteborgs&shy;regionens kommunal\u200bförbund</p>", "Göteborgsregionens kommunalförbund"),
        ("<p>Lilla&nbsp;Edets kommun</p>", "Lilla Edets kommun"),
        ("<p>Ett</p><p>Två</p>", "Ett\nTvå"),
        ("<div>Ett<div>Två</div>Tre</div>", "Ett\nTvå\nTre"),
        ("<p>Ett<br>Två<br><br>Tre</p>", "Ett\nTvå\nTre"),
        ("<p>A<strong>l</strong>e <em>kommun</em></p>", "Ale kommun"),
        ("<ul><li>Ale</li><li>Tjörn</li></ul>", "Ale\nTjörn"),
        ("<table><tr><td>Ale</td><td>40 %</td></tr><tr><td>Tjörn</td><td>60 %</td></tr></table>", "Ale\t40 %\nTjörn\t60 %"),
        ("<p>Ale<script>alert('x')</script> kommun</p>", "Ale kommun"),
        ("<p>Ale<!-- x --> kommun</p>", "Ale kommun"),
        ('<p>Hos <a href="/x">SKR<span class="env-assistive-text"> Länk till annan webbplats.</span></a>.</p>', "Hos SKR."),
        ('<p>Rapport<span aria-hidden="true" class="env-link-meta"> (pdf, 253.5 kB)</span></p>', "Rapport"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("<p>Rubrik utan slut<p>Nästa", "Rubrik utan slut\nNästa"),
        ("<p>Smo\u0308rga\u030as</p>", "Smörgås"),
        ("<html><body><p>Ett</p></body></html><p>Två</p><!doctype html><html><body>Tre</body></html>", "Ett\nTvå\nTre"),
    ],
)
def test_text_of_the_content(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav><a href='/a'>Ale kommun</a></nav>",
        "<div class='sv-topmenu-portlet'>Ale kommun</div>",
        "<div role='navigation'>Ale kommun</div>",
        "<div class='breadcrumbs'>Start / Ale kommun</div>",
        "<dialog data-nosnippet>Ale kommun använder kakor</dialog>",
        "<div id='cookie-banner'>Ale kommun använder kakor</div>",
        "<form role='search'>Sök hos Ale kommun</form>",
        "<div role='alert'>Ale kommun varnar</div>",
        "<script>var a = 'Ale kommun'</script>",
        "<style>.ale { content: 'Ale kommun' }</style>",
        "<select><option>Ale kommun</option></select>",
        "<div class='feedback'>Hjälpte informationen från Ale kommun dig?</div>",
    ],
)
@pytest.mark.parametrize("place", ["<main><p>Innehåll</p>{}</main>", "{}<main><p>Innehåll</p></main>"], ids=["inside", "outside"])
def test_chrome_is_left_out(chrome: str, place: str) -> None:
    assert text_of(place.format(chrome)) == "Innehåll"


@pytest.mark.parametrize(
    ("body", "zones"),
    [
        ("<main><p>Innehåll</p></main>", ["content"]),
        ("<main><p>Innehåll</p><aside><p>Kontakt</p></aside></main>", ["content", "aside"]),
        ("<main><p>Innehåll</p></main><footer><p>Växel</p></footer>", ["content", "footer"]),
        ("<div role='main'><p>Innehåll</p></div><div id='footer'><p>Växel</p></div>", ["content", "footer"]),
        ("<p>Innehåll</p>", ["content"]),
    ],
)
def test_zones(body: str, zones: list[str]) -> None:
    assert [block.zone for block in document_of(body).blocks] == zones


def test_a_body_with_a_cookie_class_is_content() -> None:
    document = read_document("<html><body class='cookie-info-active'><main><p>Innehåll</p></main></body></html>")
    assert document is not None
    assert document.text == "Innehåll"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("<h2>Medlemmar</h2><p>Ale</p>", ["heading", "paragraph"]),
        ("<ul><li><p>Ale</p></li></ul>", ["item"]),
        ("<dl><dt>Ägare</dt><dd>Ale</dd></dl>", ["term", "definition"]),
        ("<table><caption>Ägare</caption><tr><th>Ale</th><td>1</td></tr></table>", ["caption", "cell", "cell"]),
        ("<p><strong>Medlemmar</strong></p><p>Ale</p>", ["heading", "paragraph"]),
        ("<p><strong>Detta är en mening.</strong></p>", ["paragraph"]),
        ("<blockquote>Ale</blockquote>", ["quote"]),
        ("<details><summary>Medlemmar</summary><p>Ale</p></details>", ["heading", "paragraph"]),
    ],
)
def test_kinds_of_blocks(body: str, kinds: list[str]) -> None:
    assert [block.kind for block in document_of(body).blocks] == kinds


def test_cells_know_row_and_column() -> None:
    cells = document_of("<table><tr><th>Ägare</th><th>Andel</th></tr><tr><td>Ale</td><td>40</td></tr></table>").blocks
    assert [(block.text, block.cell, block.is_header) for block in cells] == [
        ("Ägare", (0, 0), True),
        ("Andel", (0, 1), True),
        ("Ale", (1, 0), False),
        ("40", (1, 1), False),
    ]


def test_items_know_their_list_and_depth() -> None:
    items = document_of("<ul><li>Ale<ul><li>Nol</li></ul></li></ul><ul><li>Tjörn</li></ul>").blocks
    assert [(block.text, block.level) for block in items] == [("Ale", 1), ("Nol", 2), ("Tjörn", 1)]
    assert len({block.group for block in items}) == 3


def test_a_table_that_lays_out_the_page_has_no_cells() -> None:
    document = document_of("<table><tr><td><h2>Medlemmar</h2><p>Ale</p><p>Tjörn</p></td></tr></table>")
    assert [(block.kind, block.cell) for block in document.blocks] == [("heading", None), ("paragraph", None), ("paragraph", None)]


def test_headings_above_a_block() -> None:
    document = document_of("<h1>Samverkan</h1><h2>Bolag</h2><h3>Ägare</h3><p>Ale</p><h2>Nätverk</h2><p>Tjörn</p>")
    above = {
        block.text: [heading.text for heading in document.headings_above(block)] for block in document.blocks if block.kind == "paragraph"
    }
    assert above == {"Ale": ["Ägare", "Bolag", "Samverkan"], "Tjörn": ["Nätverk", "Samverkan"]}


def test_side_and_foot_begin_without_heading() -> None:
    document = document_of("<main><h1>Samverkan</h1><p>Ale</p></main><footer><p>Växel</p></footer>")
    assert document.heading_of(document.blocks[-1]) is None


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>X | Ale kommun</title><main><h1>Sam&shy;verkan</h1></main>", "Samverkan"),
        ("<title>Samverkan | Ale kommun</title><p>Text</p>", "Samverkan"),
        ("<title>Samverkan - Ale kommun</title><p>Text</p>", "Samverkan"),
        ("<title>Miljö- och byggsamverkan</title><p>Text</p>", "Miljö- och byggsamverkan"),
        ("<p>Text</p>", None),
        ("<footer><h1>Kontakt</h1></footer><main><h1>Samverkan</h1></main>", "Samverkan"),
    ],
)
def test_title(html: str, title: str | None) -> None:
    document = read_document(html)
    assert document is not None
    assert document.title() == title


@pytest.mark.parametrize("heading", ["Länkar", "Läs mer", "Relaterat", "Se även"])
def test_lists_of_links_elsewhere_are_left_out(heading: str) -> None:
    links = "<ul><li><a href='https://ale.se/'>Ale kommun</a></li><li><a href='https://tjorn.se/'>Tjörns kommun</a></li></ul>"
    assert "kommun" not in text_of(f"<main><p>Innehåll</p><h2>{heading}</h2>{links}</main>")


def test_a_list_of_linked_members_is_content() -> None:
    links = "<ul><li><a href='https://ale.se/'>Ale kommun</a></li></ul>"
    assert "Ale kommun" in text_of(f"<main><h2>Medlemmar</h2>{links}</main>")


@pytest.mark.parametrize("text", ["", " ", "\0", "<!-- -->"])
def test_nothing_to_read(text: str) -> None:
    document = read_document(text)
    assert document is None or document.text == ""


def test_a_page_nested_too_deep_says_so() -> None:
    document = document_of("<p>Innehåll</p>" + "<div>" * 5000 + "djupt" + "</div>" * 5000)
    assert document.is_truncated
    assert document.text.startswith("Innehåll")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<span>Eva Ekdal</span><span>Projektledare</span>", "Eva Ekdal Projektledare"),
        ("<b>Telefon</b><span>08-465 004 01</span><span>eva@granvik.se</span>", "Telefon 08-465 004 01 eva@granvik.se"),
        ("<span>Gran</span><span>vik</span>", "Granvik"),  # one word in two styles
        ("<b>V</b>i bygger", "Vi bygger"),
        ("<span>EU</span><span>-projekt</span>", "EU-projekt"),
        ("(<a>Granvik</a><b>)</b>", "(Granvik)"),
    ],
)
def test_pieces_that_styles_alone_part(html: str, text: str) -> None:
    assert document_of(f"<main><p>{html}</p></main>").text == text
