"""Postal addresses on one line and several, with and without each of their parts."""

import pytest

from schemas.values import Address, find_addresses, read_address, read_postal_code


@pytest.mark.parametrize(("text", "code"), [("403 40", "403 40"), ("40340", "403 40"), ("SE-403 40", "403 40"), ("403\u00a040", "403 40")])
def test_postal_code(text: str, code: str) -> None:
    assert read_postal_code(text) == code


@pytest.mark.parametrize("text", ["403", "4034", "403 400", "003 40", "403 40 Göteborg", "403-40", ""])
def test_no_postal_code(text: str) -> None:
    assert read_postal_code(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Västra Storgatan 15, 646 80 Gnesta", Address("Västra Storgatan 15", "646 80", "Gnesta")),
        ("Box 17, 151 89 Södertälje", Address("Box 17", "151 89", "Södertälje")),
        ("403 40 Göteborg", Address(None, "403 40", "Göteborg")),
        ("SE-403 40 Göteborg", Address(None, "403 40", "Göteborg")),
        ("Visborgsallén 19\n621 81  Visby", Address("Visborgsallén 19", "621 81", "Visby")),
        ("Besöksadress: Nyköpingsvägen 26\n151 89 Södertälje", Address("Nyköpingsvägen 26", "151 89", "Södertälje")),
        ("Östra Hamngatan 7B, 371 83 Karlskrona", Address("Östra Hamngatan 7B", "371 83", "Karlskrona")),
        ("Rådhuset, 374 81 Karlshamn", Address("Rådhuset", "374 81", "Karlshamn")),
        ("463 82 Lilla Edet", Address(None, "463 82", "Lilla Edet")),
        ("Storgatan 1, plan 3, 111 22 STOCKHOLM", Address("Storgatan 1, plan 3", "111 22", "STOCKHOLM")),
        ("Almungevägen 33, Uppsala", Address("Almungevägen 33", None, "Uppsala")),
        ("Kaplansgatan 16 A", Address("Kaplansgatan 16 A", None, None)),
        ("Box 54", Address("Box 54", None, None)),
        ("c/o Granviks kommun, 123 45 Granvik", Address("c/o Granviks kommun", "123 45", "Granvik")),
        ("c/o Granviks bibliotek, Slottstorget 1, 123 45 Granvik", Address("c/o Granviks bibliotek, Slottstorget 1", "123 45", "Granvik")),
        ("Gamla Rådhuset, Norra Stadens torg\n123 45 Granvik", Address("Gamla Rådhuset, Norra Stadens torg", "123 45", "Granvik")),
        ("Kommunhuset\nStorgatan 1\n123 45 Granvik", Address("Kommunhuset, Storgatan 1", "123 45", "Granvik")),
        ("Nya rådhuset, Bokstorget 2", Address("Nya rådhuset, Bokstorget 2", None, None)),
        ("Rue du Luxembourg 3, B-1000 Bryssel", Address("Rue du Luxembourg 3", None, "B-1000 Bryssel")),
        ("Avenue des Arts 9, 1210 Brussels, Belgium", Address("Avenue des Arts 9", None, "1210 Brussels, Belgium")),
    ],
)
def test_spellings(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "Göteborg",
        "500 000 titlar",
        "Vecka 13",
        "2023-05-03",
        "031-390 06 12 Mellerud",
        "Rådhuset",
        "Stora torget",
        "c/o Granvik",
        "år 2, 1000 Bryssel",
        "",
    ],
)
def test_no_address(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skånes Kommuner, Gasverksgatan 3A, 222 29 Lund", ["Gasverksgatan 3A, 222 29 Lund"]),
        ("Halmstads kommun, Box 153, 301 05 Halmstad\nTelefon: 08-465 004 30", ["Box 153, 301 05 Halmstad"]),
        ("Besöksadress: Viktoria, Almungevägen 33, Uppsala", ["Almungevägen 33, Uppsala"]),
        (
            "Östra Hamngatan 7B, 371 83 Karlskrona, org.nr 212000-0829, Tfn 0455-30 30 00, Box 79, 371 21 Karlskrona, E-post",
            ["Östra Hamngatan 7B, 371 83 Karlskrona", "Box 79, 371 21 Karlskrona"],
        ),
        ("Besöksadress Nyköpingsvägen 26 151 89 Södertälje Kontaktcenter", ["Nyköpingsvägen 26 151 89 Södertälje"]),
        ("403 40 Göteborg Organisationsnummer 202100-2361", ["403 40 Göteborg"]),
        ("Växel: 031-390 06 12 Storgatan 13, 464 80 Mellerud", ["Storgatan 13, 464 80 Mellerud"]),
        ("Mellerud\nStorgatan 13\n, 464 80\nMellerud\nVäxel", ["Storgatan 13\n, 464 80\nMellerud"]),
        ("Storgatan 13\nTelefon: 08-465 004 30", ["Storgatan 13"]),
        ("Kommunhuset ligger vid Storgatan 1, 123 45 Granvik", ["Storgatan 1, 123 45 Granvik"]),
        ("Granviks kommun · Södra Vägen 14 · Box 56 · 123 45 Granvik", ["Södra Vägen 14", "Box 56 · 123 45 Granvik"]),
        ("Växel 08-508 290 00 Stockholm, 500 000 titlar, 12 Personer", []),
    ],
)
def test_addresses_are_found_at_their_places(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_addresses(text)] == found


def test_only_a_label_before_the_address_is_none_of_it() -> None:
    text = "Storgatan 1212000-1314Besöksadress: Storgatan 1"
    address = read_address(f"Besöksadress: {text}")
    assert address
    assert address.street_address == text
    assert read_address(str(address)) == address
