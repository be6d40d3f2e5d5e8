"""Whether a page is about collaboration between public bodies."""

import pytest

from tests.parsers.construction_cases import Case, all_cases, parameters, read_case, read_html


@pytest.mark.parametrize("case", [case for case in parameters("relevance", "prose", "list") if case.values[0].members])
def test_a_page_that_states_members_is_about_collaboration(case: Case) -> None:
    assert read_case(case.id).is_collaboration


@pytest.mark.parametrize("case", parameters("relevance", "topic"))
def test_a_page_of_another_topic_is_not(case: Case) -> None:
    assert not read_html(case.html, case.owner, title="Aktuellt").is_collaboration


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Sophämtning", "Kärlet töms varannan vecka. Ställ fram det kvällen före."),
        ("Bygglov", "Du behöver bygglov om du ska bygga nytt eller bygga till."),
        ("Förskola", "Vi samverkar med dig som vårdnadshavare om barnets utveckling."),
        ("Bibliotek", "Låna böcker på något av våra bibliotek. Lånekortet är gratis."),
        ("Lediga jobb", "Här finns våra lediga jobb. Du söker via vår rekryteringstjänst."),
        ("Vinterväghållning", "Plogning sker när det kommit fem centimeter snö."),
    ],
)
def test_everyday_pages_are_not(title: str, text: str) -> None:
    assert not read_html(text, owner="kommun:1452", title=title).is_collaboration


@pytest.mark.parametrize(
    "title",
    [
        "Samverkan med andra kommuner",
        "Kommunalförbund och gemensamma nämnder",
        "Nätverk och samarbeten",
        "Gemensam överförmyndarnämnd",
        "Samverkansöverenskommelse med Polisen",
    ],
)
def test_pages_with_such_a_title_are(title: str) -> None:
    text = "Samverkan ger oss bättre service. Vi har samarbeten inom många områden, och flera överenskommelser gäller."
    assert read_html(text, owner="kommun:1452", title=title).is_collaboration


def test_there_are_pages_of_both_sorts() -> None:
    assert len(all_cases()["topic"]) > 15
