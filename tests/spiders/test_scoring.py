"""What addresses and words promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.scoring import GOOD, is_page_address, score_link


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
    ],
)
def test_pages_are(url: str) -> None:
    assert is_page_address(url)


@given(st.text(), st.text())
def test_any_text_is_scored_or_refused_without_an_error(path: str, words: str) -> None:
    url = f"https://ale.se/{path}"
    is_page_address(path)
    if is_page_address(url):
        assert isinstance(score_link(url, words), int)
