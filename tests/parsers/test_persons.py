"""Names of persons and roles, told from organisations, places and headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contacts.persons import (
    find_persons,
    is_seat,
    kind_of_role,
    read_list_role,
    read_person,
    read_role,
    split_roles,
)
from parsers.contacts.surnames import read_reversed_person

NAMES = [
    "Eva Ekdal",
    "Bo-Göran Wallén-Nybo",
    "Ingrid A Sjövall",
    "Rikard von Almgård",
    "K. G. Lundvik",
    "Carl de la Gran",
    "Sofia Holm Ekdal",
    "Maj Bergön",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reads_as_itself(name: str) -> None:
    assert read_person(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Eva Ekdal (M)", "Eva Ekdal"),
        ("Bo Berg (kd)", "Bo Berg"),
        ("Mats Dahlbom, (M),", "Mats Dahlbom"),
        ("Dr Eva Ekdal", "Eva Ekdal"),
        ("EVA EKDAL", "Eva Ekdal"),
    ],
)
def test_parties_and_titles_are_left_out(text: str, name: str) -> None:
    assert read_person(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Lilla Edet",
        "Östra Göinge",
        "Stora Torget",
        "Region Gotland",
        "Granviks kommun",
        "Business Region Granvik",
        "Regionala Samverkansrådet",
        "Kontakta Oss",
        "Kommundirektör Eva",
        "Telefon Växel",
        "Eva",
        "eva ekdal",
        "",
        "Eva Ekdal är chef",
        "Anna Gata 3",
        "Visit Granvik",
        "Baltic Sail",
        "4 Maj",
    ],
)
def test_what_is_no_name_is_none(text: str) -> None:
    assert read_person(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ekdal, Eva", "Eva Ekdal"),
        ("von Essen, Carl-Johan (M)", "Carl-Johan von Essen"),
        ("Ohlin Kjær, Anna", "Anna Ohlin Kjær"),
        ("Berg, Bo A, ordförande", "Bo A Berg"),
        ("Anna, Eva och Bo", None),
        ("Lund, Eva Ekdal", None),
        ("Granvik, Storgatan", None),
        ("Eva Ekdal, Lund", None),
    ],
)
def test_a_surname_may_stand_first(text: str, name: str | None) -> None:
    found = read_reversed_person(text)
    assert (found[1] if found else None) == name


def test_names_in_running_text_are_found_without_what_stands_before_them() -> None:
    text = "Frågor? Kontakta Eva Ekdal, utredare. Kommundirektör Bo Berg och regionrådet Cia Ceder skrev under. Från vänster: Dan Dahl."
    found = find_persons(text)
    assert [name for _, _, name in found] == ["Eva Ekdal", "Bo Berg", "Cia Ceder", "Dan Dahl"]
    assert all(text[start:end] == name for start, end, name in found)


@pytest.mark.parametrize(
    "role",
    [
        "Avdelningschef Arbetsmarknad och social välfärd",
        "regionstyrelsens ordförande",
        "chef på överförmyndarenheten",
        "Chef för strategisk planering",
        "Hälso- och sjukvårdsdirektör",
        "tf. kommundirektör",
        "IT-strateg",
        "1:e vice ordförande",
        "Landshövding",
        "vd",
        "förbundschef och räddningschef",
        "Regional utvecklare",
    ],
)
def test_a_role_reads_as_written(role: str) -> None:
    assert read_role(role) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("vice ordförande 2023-2024", "vice ordförande"),
        ("Ordförande (2019–2022)", "Ordförande"),
        ("ordförande t.o.m. september 2018", "ordförande"),
        ("ordförande i nämnden", "ordförande"),
        ("Ordförande i kommittén 2018", "Ordförande"),
    ],
)
def test_terms_of_office_and_general_bodies_are_no_part_of_a_role(text: str, role: str) -> None:
    assert read_role(text) == role


@pytest.mark.parametrize(
    "text", ["Vi söker en chef", "Styrelsen har sex ledamöter", "Miljökontoret", "Kontakta din handläggare", "projektledare och", ""]
)
def test_what_is_no_role_is_none(text: str) -> None:
    assert read_role(text) is None


@pytest.mark.parametrize(
    ("text", "seat"), [("Ledamöter", "ledamot"), ("Ordinarie:", "ledamot"), ("ERSÄTTARE 2023-2026", "ersättare"), ("Protokoll", None)]
)
def test_a_list_heading_gives_its_seat(text: str, seat: str | None) -> None:
    assert read_list_role(text) == seat


@pytest.mark.parametrize(
    ("role", "expected"), [("vice ordförande", True), ("ledamot", True), ("kommundirektör", False), ("nämndsekreterare", False)]
)
def test_a_seat_is_told_from_an_employment(role: str, expected: bool) -> None:
    assert is_seat(role) is expected


def test_two_roles_that_head_two_names_are_split() -> None:
    assert split_roles("Ordförande och vice ordförande") == ["Ordförande", "vice ordförande"]
    assert split_roles("chef för vård och omsorg") == ["chef för vård och omsorg"]


@pytest.mark.parametrize(
    ("role", "kind"),
    [("landshövding", "county_board"), ("Kommundirektör", "municipality"), ("regionråd", "region"), ("projektledare", None)],
)
def test_some_roles_belong_to_one_kind_of_organisation(role: str, kind: str | None) -> None:
    assert kind_of_role(role) == kind


@given(st.text(max_size=120))
def test_a_name_read_is_a_name_again_and_made_of_the_texts_words(text: str) -> None:
    name = read_person(text)
    if name is not None:
        assert read_person(name) == name
        assert all(word.casefold() in text.casefold() for word in name.split())


@given(
    st.lists(
        st.sampled_from(
            ["vice", "ordförande", "2023", "i", "nämnden", "chef", "för", "vård", "och", "Granvik", "(M)", "är", ",", ".", "–"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_a_role_read_stands_in_the_text_and_reads_as_itself(text: str) -> None:
    role = read_role(text)
    if role is not None:
        assert role in " ".join(text.split())
        assert read_role(role) == role


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Eva Ekdal (vik.)", "Eva Ekdal"),
        ("Eva Ekdal (tjänstledig)", "Eva Ekdal"),
        ("Bo Mogatan (S)", "Bo Mogatan"),  # the party tells that it is a name
        ("Eva Trehörning", "Eva Trehörning"),
    ],
)
def test_remarks_and_parties_beside_a_name(text: str, name: str) -> None:
    assert read_person(text) == name


@pytest.mark.parametrize("text", ["Bo Mogatan", "Social Utredning", "Eva Ekdal Utredning", "Granviks Beredning", "Eva Kommunen (S)"])
def test_words_that_only_a_party_or_given_name_would_make_a_name(text: str) -> None:
    assert read_person(text) is None
