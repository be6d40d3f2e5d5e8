"""What is no content by its words alone, and what changes although the content does not."""

import pytest

from parsers.page.chrome import zone_of_words
from parsers.page.walk import read_document


def text_of(html: str) -> str:
    document = read_document(f"<body><main>{html}</main></body>")
    assert document is not None
    return document.text


@pytest.mark.parametrize(
    "html",
    [
        "<p>Du är här: <a href='/'>Start</a> > Samverkan</p>",
        "<p><a href='/'>Start</a> > <a href='/om'>Om kommunen</a> > Samverkan</p>",
        "<p><a href='#'>Skriv ut</a></p>",
        "<p>Lyssna</p>",
        "<h2>Nyheter</h2><ul><li><a href='/n'>Ny skola</a></li></ul>",
        "<form><fieldset><legend>Tyck till</legend><textarea></textarea><p>Skriv inga personuppgifter.</p></fieldset></form>",
        "<p class='t2-reading-time'>Tre minuter</p>",
        "<time class='top-date'>måndag 3 augusti</time>",
    ],
)
def test_chrome_is_left_out(html: str) -> None:
    assert text_of(f"<p>Ale kommun.</p>{html}") == "Ale kommun."


@pytest.mark.parametrize(
    "html",
    [
        "<div><h2>Aktuellt</h2><article><a href='/n'>Ny skola</a><p>Fem kommuner är med.</p><span>igår</span></article></div>",
        "<div><h2>Relaterade nyheter</h2><article><h3><a href='/n'>Ny skola</a></h3><p>Fem kommuner är med.</p></article></div>",
        "<div><h2>Kalender</h2><div><span>12 november 2026 kl. 10.00</span> <a href='/e'>Öppet hus</a></div></div>",
        "<section><h2>På gång</h2><ul><li><time>12 maj 2026</time> <a href='/e'>Kommunerna sammanträder</a></li></ul></section>",
        "<div class='cmplz-cookiebanner'><p>För din skull.</p></div>",
        "<p>Sidan genererades 2026-11-21 10:32 på 0,012 sekunder</p>",
        "<p>Visad 1 234 gånger</p>",
    ],
)
def test_teasers_of_other_pages_and_machinery_are_left_out(html: str) -> None:
    assert text_of(f"<p>Ale kommun.</p>{html}<p>Kils kommun.</p>") == "Ale kommun.\nKils kommun."


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Aktuellt</h2><p>Rådet har fått en ny ordförande.</p>",
        "<h2>Aktuellt</h2><p><a href='/n'>Ny skola</a></p><p>Rådet har fått en ny ordförande.</p>",
        "<h2>Kalender</h2><ul><li>12 maj 2026 Styrelsemöte</li></ul>",
        "<h2>Nyheter</h2><article><a href='/n'>Ny skola</a><p>Fråga <a href='mailto:eva.ek@ale.se'>Eva Ek</a></p></article>",
    ],
)
def test_what_a_page_itself_says_under_such_a_heading_stays(html: str) -> None:
    assert any(word in text_of(html) for word in ("ordförande", "Styrelsemöte", "Eva Ek"))


@pytest.mark.parametrize(
    "text",
    [
        "Här är du välkommen: Kils kommun och Sunne kommun bildade förbundet 2004.",
        "Våra medlemmar är Ale kommun / Orust kommun",
        "Skriv ut blanketten och lämna den till kommunen.",
    ],
)
def test_content_stays(text: str) -> None:
    assert text_of(f"<p>{text}</p>") == text


@pytest.mark.parametrize(
    ("classes", "zone"),
    [
        ("elementor-element elementor-widget elementor-widget-text-editor", None),
        ("elementor-widget elementor-widget-nav-menu", "chrome"),
        ("widget widget_text", "aside"),
        ("right-col", "aside"),
        ("right", None),  # floats to the right, wherever it stands
        ("block contactblock", "aside"),
    ],
)
def test_what_the_classes_of_a_container_say(classes: str, zone: str | None) -> None:
    assert zone_of_words(classes) == zone


@pytest.mark.parametrize("widget", ["elementor-widget-heading", "elementor-column elementor-widget-text-editor", "fusion-widget-area"])
def test_the_widgets_of_page_builders_are_no_side_column(widget: str) -> None:
    document = read_document(f'<html><body><main><h1>X</h1><div class="{widget}"><p>Kils kommun</p></div></main></body></html>')
    assert document is not None
    assert [block.zone for block in document.blocks] == ["content", "content"]


def test_a_survey_that_the_page_is_about_is_content() -> None:
    lead = "Enkät om samverkan kring vatten. Svara senast 14 oktober. " + "Vi frågar hur samarbetet mellan kommunerna fungerar. " * 5
    assert text_of(f"<form><p>{lead}</p><label>Din roll<textarea></textarea></label></form>").startswith(lead.strip())


def test_a_form_around_the_whole_page_is_no_form_of_its_own() -> None:
    assert text_of("<form><h1>Samverkan</h1><p>Ale kommun.</p><textarea></textarea></form>") == "Samverkan\nAle kommun."


def test_a_heading_of_links_that_are_gone_goes_though_other_text_follows() -> None:
    news = "<section><h2>Nyheter</h2><ul><li><a href='/n'>Ny skola</a></li></ul></section>"
    assert text_of(f"<p>Ale kommun.</p>{news}<p>Sidansvarig: Eva Ek</p>") == "Ale kommun.\nSidansvarig: Eva Ek"
