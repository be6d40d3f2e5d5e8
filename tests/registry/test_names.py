"""Names in a text: every form of the right organisation, whole words only, and no trap pair confused."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import load_registry
from registry.names import is_word

REGISTRY = load_registry()


def found(text: str) -> list[tuple[str, str, str]]:
    """Words, form and ids of the hits in a text."""
    return [(text[hit.start : hit.end], hit.form, " ".join(hit.organisation_ids)) for hit in REGISTRY.find_names(text)]


@pytest.mark.parametrize(
    ("text", "words", "form", "ids"),
    [
        ("Ale kommun bygger", "Ale kommun", "full", "kommun:1440"),
        ("Ale kommuns mål", "Ale kommuns", "full", "kommun:1440"),
        ("i Lilla Edet kommun", "Lilla Edet kommun", "full", "kommun:1462"),
        ("lilla edets kommun", "lilla edets kommun", "full", "kommun:1462"),
        ("Lilla\xa0Edets kommun", "Lilla\xa0Edets kommun", "full", "kommun:1462"),
        ("Göteborg stads", "Göteborg stads", "full", "kommun:1480"),
        ("Göteborgs Stad", "Göteborgs Stad", "full", "kommun:1480"),
        ("Göteborgs kommun", "Göteborgs kommun", "full", "kommun:1480"),
        ("Upplands Bro kommun", "Upplands Bro kommun", "full", "kommun:0139"),
        ("Falu kommun", "Falu kommun", "full", "kommun:2080"),
        ("Faluns kommun", "Faluns kommun", "full", "kommun:2080"),
        ("Region Halland och", "Region Halland", "full", "region:13"),
        ("Region Kalmar län", "Region Kalmar län", "full", "region:08"),
        ("Region Gotlands", "Region Gotlands", "full", "kommun:0980"),
        ("Region Jämtland Härjedalen", "Region Jämtland Härjedalen", "full", "region:23"),
        ("Västra Götalandsregionens", "Västra Götalandsregionens", "full", "region:14"),
        ("Länsstyrelsen i Västra Götalands län", "Länsstyrelsen i Västra Götalands län", "full", "lansstyrelse:14"),
        ("länsstyrelsen Västra Götalands län", "länsstyrelsen Västra Götalands län", "full", "lansstyrelse:14"),
        ("Länsstyrelsen Västra Götaland", "Länsstyrelsen Västra Götaland", "full", "lansstyrelse:14"),
        ("Länsstyrelsen Skåne", "Länsstyrelsen Skåne", "full", "lansstyrelse:12"),
        ("Länsstyrelsen i Sörmlands län", "Länsstyrelsen i Sörmlands län", "full", "lansstyrelse:04"),
        ("Försäkringskassans kontor", "Försäkringskassans", "full", "orgnr:202100-5521"),
        ("polisen kom", "polisen", "full", "orgnr:202100-0076"),
        ("Göteborgsregionens kommunalförbund", "Göteborgsregionens kommunalförbund", "full", "orgnr:222000-0265"),
        ("Göteborgsregionen", "Göteborgsregionen", "full", "orgnr:222000-0265"),
        ("Västkom", "Västkom", "full", "org:vastkom"),
        ("Göteborg & Co", "Göteborg & Co", "full", "org:goteborg-co"),
        ("Skånes Kommuner", "Skånes Kommuner", "full", "org:skanes-kommuner"),
        ("Lilla Edet", "Lilla Edet", "place", "kommun:1462"),
        ("LILLA EDET", "LILLA EDET", "place", "kommun:1462"),
        ("Lilla Edets", "Lilla Edets", "place_genitive", "kommun:1462"),
        ("Lekebergs", "Lekebergs", "place_genitive", "kommun:1814"),
        ("Faluns", "Faluns", "place_genitive", "kommun:2080"),
        ("Fyrbodal", "Fyrbodal", "place", "org:fyrbodals-kommunalforbund"),
        ("GR arbetar", "GR", "abbreviation", "orgnr:222000-0265"),
        ("GR:s styrelse", "GR:s", "abbreviation", "orgnr:222000-0265"),
        ("VGRs", "VGRs", "abbreviation", "region:14"),
        ("SKR", "SKR", "abbreviation", "orgnr:222000-0315"),
        ("EU", "EU", "abbreviation", "org:europeiska-unionen"),
        ("stöd av Sida", "Sida", "abbreviation", "orgnr:202100-4789"),
        ("SKL", "SKL", "former", "orgnr:222000-0315"),
        ("MSB:s", "MSB:s", "former", "orgnr:202100-5984"),
        ("Landstinget Halland", "Landstinget Halland", "former", "region:13"),
        ("landstinget i Kalmar län", "landstinget i Kalmar län", "former", "region:08"),
        ("Stockholms läns landsting", "Stockholms läns landsting", "former", "region:01"),
        ("Kalmar län", "Kalmar län", "county", ""),
        ("Hallands län", "Hallands län", "county", ""),
        ("Halland", "Halland", "county", "region:13"),
        ("Västra Götalands", "Västra Götalands", "county", "region:14"),
        ("Ale", "Ale", "place", "kommun:1440"),
    ],
)
def test_a_name_in_each_of_its_forms(text: str, words: str, form: str, ids: str) -> None:
    assert found(text) == [(words, form, ids)]


@pytest.mark.parametrize("place", ["Borås", "Västerås", "Hällefors", "Vännäs", "Kalix", "Kramfors", "Degerfors"])
def test_a_place_that_is_its_own_genitive_is_a_place(place: str) -> None:
    assert [hit[:2] for hit in found(f"{place} skolor")] == [(place, "place")]
    assert found(f"{place}s skolor") == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Habo", ["kommun:0643"]),
        ("Håbo", ["kommun:0305"]),
        ("Habo kommun och Håbo kommun", ["kommun:0643", "kommun:0305"]),
        ("Sala, Uppsala och Knivsta", ["kommun:1981", "kommun:0380", "kommun:0330"]),
        ("Kalmar kommun i Kalmar län", ["kommun:0880", ""]),
        ("Västerås och Västervik", ["kommun:1980", "kommun:0883"]),
        ("Upplands Väsby, Upplands-Bro", ["kommun:0114", "kommun:0139"]),
        ("Malung-Sälens kommun", ["kommun:2023"]),
        ("Mora-Orsa miljönämnd", ["org:mora-orsa-miljonamnd"]),
        ("Göteborg-Borås", ["kommun:1480", "kommun:1490"]),
        ("Göteborg–Borås", ["kommun:1480", "kommun:1490"]),
        ("Trollhättan/Vänersborg", ["kommun:1488", "kommun:1487"]),
        ("Högskolan i Borås i Borås", ["orgnr:202100-3138", "kommun:1490"]),
        ("Borås tingsrätt", ["org:boras-tingsratt"]),
        ("-Ale kommun", ["kommun:1440"]),
        ("(Ale)", ["kommun:1440"]),
        ("Ale. Lerum.", ["kommun:1440", "kommun:1441"]),
    ],
)
def test_names_that_resemble_or_contain_each_other(text: str, ids: list[str]) -> None:
    assert [hit[2] for hit in found(text)] == ids


@pytest.mark.parametrize(
    "text",
    [
        "Alebyggen",
        "Nyale",
        "ale och mark, vara och berg",
        "EGR GRUPP gr Gr VGRX",
        "Skövde-modellen",
        "Skövde- och Hjoborna",
        "mellan-Sverige och icke-Göteborg",
        "GR-kommunerna",
        "EU-medel",
        "på nästa sida formas det",
        "skånes kommuner dricker svenskt vatten",
        "info@boverket.se",
        "www.skolverket.se",
        "Skolverket.se",
        "Ale_2024",
        "Göteborgs\xadregionen",
        "Lilla\nEdet",
        "",
    ],
)
def test_what_names_no_organisation(text: str) -> None:
    assert found(text) == []


def test_a_line_break_parts_names() -> None:
    assert found("Lilla Edet\nRegion\nHalland") == [("Lilla Edet", "place", "kommun:1462"), ("Halland", "county", "region:13")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kalmar och Kronobergs län", ["08", "07"]),
        ("Kalmar, Kronobergs och Jönköpings län", ["08", "07", "06"]),
        ("Västra Götalands och Hallands län", ["14", "13"]),
        ("Stockholms samt Uppsala läns", ["01", "03"]),
        ("Stockholm och Uppsala län", [None, "03"]),
        ("Kalmar kommun och Kronobergs län", [None, "07"]),
        ("Gotland", ["09"]),
    ],
)
def test_counties_that_share_the_word_lan(text: str, codes: list[str | None]) -> None:
    assert [hit.county_code for hit in REGISTRY.find_names(text)] == codes


@pytest.mark.parametrize(
    ("name", "organisation_id"),
    [
        ("ale", "kommun:1440"),
        ("Lilla Edets  kommuns", "kommun:1462"),
        ("göteborgs stad", "kommun:1480"),
        ("Gotland", "kommun:0980"),
        ("Kalmar", "kommun:0880"),
        ("Länsstyrelsen Skåne", "lansstyrelse:12"),
        ("VGR", "region:14"),
        ("SKL", "orgnr:222000-0315"),
        ("Landstinget Halland", "region:13"),
        ("skånes kommuner", "org:skanes-kommuner"),
        ("vgr", None),
        ("sida", None),
        ("Halland", None),
        ("Hallands län", None),
        ("Länsstyrelsen", None),
        ("Skolmatsakademin", None),
        ("", None),
    ],
)
def test_an_organisation_by_name(name: str, organisation_id: str | None) -> None:
    organisation = REGISTRY.by_name(name)
    assert (organisation and organisation.id) == organisation_id


def test_every_canonical_name_leads_back_to_its_organisation() -> None:
    wrong = [organisation.id for organisation in REGISTRY.organisations.values() if REGISTRY.by_name(organisation.name) != organisation]
    assert wrong == []


def test_every_canonical_name_is_found_as_a_whole() -> None:
    wrong = [o.id for o in REGISTRY.organisations.values() if found(f"med {o.name}, och")[0][0] != o.name]
    assert wrong == []


FORMS = sorted({form for o in REGISTRY.organisations.values() for form in (o.name, *o.other_names, o.place) if form})
TEXTS = st.lists(
    st.sampled_from([*FORMS, "län", " och ", "-", " ", "\n", "s", ":s", "ß", "İ", "a", "9", "é", ".", "@"]) | st.text(max_size=5)
)


@given(TEXTS.map("".join))
def test_hits_are_whole_words_in_order_within_the_text(text: str) -> None:
    end = 0
    for hit in REGISTRY.find_names(text):
        assert end <= hit.start < hit.end <= len(text)
        assert not is_word(text[hit.start - 1 : hit.start])
        assert not is_word(text[hit.end : hit.end + 1])
        assert hit.organisation_ids or hit.county_code
        end = hit.end


@given(st.sampled_from(FORMS), st.sampled_from(["", "ß ", "İstanbul ", "STRASSE ", "ﬁ ", "Å "]))
def test_offsets_hold_after_letters_whose_case_changes_the_length(name: str, before: str) -> None:
    hits = REGISTRY.find_names(f"{before}{name}")
    assert any(hit.start == len(before) and hit.end == len(before) + len(name) for hit in hits)


def test_a_long_text_takes_milliseconds() -> None:
    text = "Ale kommun och Lilla Edet samverkar med Västra Götalandsregionen om vatten och skolmat. " * 1000
    started = time.process_time()
    assert len(REGISTRY.find_names(text)) == 3000
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("name", "organisation_id"),
    [
        ("Göteborgsregionens kommunalförbund (GR)", "orgnr:222000-0265"),
        ("Göteborgsregionen (GR)", "orgnr:222000-0265"),
        ("Kommunalförbundet Göteborgsregionen", "orgnr:222000-0265"),
        ("Göteborgsregionen (SKR)", None),
        ("Göteborgsregionen (förbundet)", None),
        ("Förbundet (GR)", None),
    ],
)
def test_an_abbreviation_in_parentheses_is_passed_over_where_it_is_of_that_name(name: str, organisation_id: str | None) -> None:
    organisation = REGISTRY.by_name(name)
    assert (organisation.id if organisation else None) == organisation_id
