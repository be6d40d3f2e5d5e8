"""What addresses and words promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.links import Link
from spiders.scoring import GOOD, LinkScorer, is_document, score_link
from spiders.traps import is_page_address


@pytest.mark.parametrize(
    "url",
    [
        "https://goteborgsregionen.se/vad-vi-gor/samverkan-och-paverkan",
        "https://lillaedet.se/kommun-och-politik/kommunens-organisation/natverk-och-samverkan",
        "https://www.rvn.se/sv/Utveckling/regional-samverkan/regionala-samverkansradet/",
        "http://samordningsodraroslagen.se/vart-uppdrag/agare/",
        "https://www.nykoping.se/kommun--politik/sa-styrs-kommunen/samarbete-med-oxelosund",
        "https://mellerud.se/kommun-och-politik/kommunalforbund/kommunalforbundet-fyrbodal/",
        "https://www.karlskrona.se/sv/Om-kommunen/Sa-arbetar-vi-med/Internationellt-samarbete/Internationella-natverk/",
        "https://www.halmstad.se/kommunochpolitik/politikochdemokrati/namnder/samverkansnamnder.n3524.html",
        "https://www.strangnas.se/arkiv/nyheter/nyheter/2019-12-20-samverkansoverenskommelse-for-2020-2023-undertecknat",
        "https://ale.se/%C3%B6verenskommelser",
        "https://ale.se/överenskommelser",
    ],
)
def test_collaboration_pages_score_good_by_their_address(url: str) -> None:
    assert score_link(url) >= GOOD


@pytest.mark.parametrize(
    "url",
    [
        "https://ale.se/bygga-bo/bygglov/altan",
        "https://ale.se/nyheter/2024/nytt-lekland",
        "https://ale.se/forskola-och-skola/skolmat/matsedel",
        "https://ale.se/",
        "https://ale.se/kommun-och-politik",
    ],
)
def test_other_pages_do_not(url: str) -> None:
    assert score_link(url) < GOOD


def test_a_section_on_the_way_scores_something() -> None:
    assert 0 < score_link("https://ale.se/kommun-och-politik") < GOOD


def test_the_words_of_a_link_count_where_its_address_says_nothing() -> None:
    assert score_link("https://gotland.se/69992", "Samverkan i länet") >= GOOD > score_link("https://gotland.se/69992")


def test_decomposed_letters_count_as_composed_ones() -> None:
    assert score_link("https://a.se/1", "o\u0308verenskommelse") == score_link("https://a.se/1", "överenskommelse") > 0


def test_a_word_further_up_in_the_path_counts_less() -> None:
    assert score_link("https://a.se/x/samverkan") > score_link("https://a.se/samverkan/x") > 0


@pytest.mark.parametrize(
    "url",
    [
        "https://ale.se/download/18.4f3a/1690/agaravtal",
        "https://ale.se/samverkan/avtal.PDF",
        "https://ale.se/images/18.1/karta",
        "https://ale.se/sok?query=samverkan",
        "https://ale.se/S%C3%B6k",
        "https://ale.se/kalender/2026/11",
        "https://ale.se/samverkan?print=1",
        "https://ale.se/samverkan?sv.state=3",
        "https://ale.se/wp-content/uploads/bild",
        "https://ale.se/logga-in",
        "https://ale.se/" + "samverkan/" * 20,
        "https://ale.se/a/b/a/b/a/b",
        "https://ale.se/en/collaboration",
        "https://ale.se/samverkan?utskrift=1",
        "https://ale.se/samverkan?PrintView=true",
        "https://ale.se/nyheter/page/17",
        "https://ale.se/nyheter?page=9",
        "https://ale.se/moten/2031/07",
        "https://ale.se/samverkan?a=1&b=2&c=3&d=4&e=5",
        "https://ale.se/samverkan?x=" + "a" * 3000,
        "ftp://ale.se/samverkan",
        "http://[/samverkan",
    ],
)
def test_downloads_searches_and_endless_spaces_are_no_page_addresses(url: str) -> None:
    assert not is_page_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://ale.se/",
        "https://ale.se",
        "https://www.vastkom.se/enkater/langsiktigplan.4.1f3a3f84162b424002fa2bbf.html",
        "https://ale.se/sida.aspx?id=12&page=2",
        "https://ale.se/printz-samverkan",
        "https://ale.se/forsok",
        "https://ale.se/nyheter?page=2",
        "https://ale.se/nyheter/2019-12-20-avtal",
        "https://ale.se/energi/en-bok",
    ],
)
def test_pages_are(url: str) -> None:
    assert is_page_address(url)


@pytest.mark.parametrize(
    ("words", "heading", "is_good"),
    [
        ("Läs mer", "SOLTAK", True),  # a body that the registry knows
        ("Avtal med Kungälv", "", True),
        ("Miljönämnden Boxholm Vadstena", "", True),  # two other municipalities
        ("Kommunerna som är med", "Våra samarbeten", True),
        ("Till sidan", "Så samverkar vi", True),
        ("Vatten och avlopp", "", False),
        ("Norra Älvdalens Vatten", "", True),  # somebody, not a section
        ("Lilla Edets kommun", "", False),  # the owner itself
        ("Läs mer", "Öppettider", False),
    ],
)
def test_names_and_headings_count(words: str, heading: str, is_good: bool) -> None:
    assert (LinkScorer("kommun:1462").score(Link("https://lillaedet.se/4711", words, heading)) >= GOOD) == is_good


def test_the_names_of_municipalities_tell_nothing_on_a_regions_site() -> None:
    link = Link("https://vgregion.se/4711", "Vårdcentralen Kungälv")
    assert LinkScorer("region:14").score(link) < LinkScorer("kommun:1462").score(link)


def test_files_that_look_like_agreements_are_documents() -> None:
    assert is_document(Link("https://ale.se/download/18.1/samverkansavtal.pdf", ""))
    assert is_document(Link("https://ale.se/download/18.1/4711.PDF", "Förbundsordning för kommunalförbundet"))
    assert not is_document(Link("https://ale.se/download/18.1/matsedel.pdf", "Matsedel"))
    assert not is_document(Link("https://ale.se/samverkan", ""))


@given(st.text(), st.text())
def test_any_text_is_scored_or_refused_without_an_error(path: str, words: str) -> None:
    url = f"https://ale.se/{path}"
    is_page_address(path)
    if is_page_address(url):
        assert isinstance(score_link(url, words), int)
