from typing import Any

import pytest

from pipelines.keys import Row, Rows
from pipelines.resolve import find_renames, follow_links, merge_organisations, rename, rename_row
from registry.registry import load_registry


def organisation(identity: str, name: str, *pages: str, **columns: Any) -> Row:
    empty = {"kind": "company", "organisation_number": None, "area_code": None, "website": None, "other_names": (), "is_registered": False}
    return {"organisation_id": identity, "name": name, **empty, "page_ids": pages or ("p1",), **columns}


def resolve(
    *organisations: Row, ranks: dict[tuple[str, str], int] | None = None, aliases: dict[str, str] | None = None, **others: Any
) -> Rows:
    renames = find_renames(organisations, load_registry(), aliases or {})
    known = ranks or {}
    ranked = [(row, known.get((row["page_ids"][0], row["organisation_id"]), 0)) for row in organisations]
    ranked.sort(key=lambda pair: rename(pair[0]["organisation_id"], renames))
    merged = [row for row, _ in merge_organisations(ranked, load_registry(), renames)]
    names = {row["organisation_id"]: row["name"] for row in merged}
    renamed = {dataset: [rename_row(row, renames, names) for row in rows] for dataset, rows in others.items()}
    return {"organisations": merged, **renamed}


def test_pages_of_one_organisation_are_united() -> None:
    (row,) = resolve(
        organisation("org:exempel-ab", "EXEMPEL AB", "p2", other_names=("Exempel",)),
        organisation("org:exempel-ab", "Exempel AB", "p1", website="https://exempel.se/"),
        ranks={("p2", "org:exempel-ab"): 900, ("p1", "org:exempel-ab"): 500},
    )["organisations"]
    assert (row["name"], row["other_names"], row["page_ids"]) == ("EXEMPEL AB", ["Exempel", "Exempel AB"], ["p1", "p2"])
    assert row["website"] == "https://exempel.se/"


def test_the_kind_is_that_of_the_best_founded_page_that_knows_one() -> None:
    rows = [
        organisation("org:x", "X", "p1", kind="other"),
        organisation("org:x", "X", "p2", kind="network"),
        organisation("org:x", "X", "p3", kind="company"),
    ]
    ranks = {("p1", "org:x"): 990, ("p2", "org:x"): 700, ("p3", "org:x"): 600}
    assert resolve(*rows, ranks=ranks)["organisations"][0]["kind"] == "network"


def test_a_shared_organisation_number_makes_two_ids_one() -> None:
    rows = resolve(
        organisation("org:aos", "AÖS", organisation_number="556036-0793"),
        organisation("org:avfall-ostra-skaraborg", "Avfall Östra Skaraborg", organisation_number="556036-0793"),
        members=[{"organisation_id": "org:aos", "organisation_name": "AÖS", "member_id": "kommun:1496", "member_name": "x"}],
    )
    assert [row["organisation_id"] for row in rows["organisations"]] == ["org:avfall-ostra-skaraborg"]
    assert rows["organisations"][0]["other_names"] == ["AÖS"]
    assert rows["members"][0]["organisation_name"] == "Avfall Östra Skaraborg"


def test_the_number_of_a_registered_organisation_makes_it_that_one() -> None:
    registered = load_registry().organisations["kommun:1440"]
    rows = resolve(organisation("org:ale-k-n", "Ale k:n", organisation_number=registered.organisation_number))
    (row,) = rows["organisations"]
    assert (row["organisation_id"], row["name"], row["kind"], row["is_registered"]) == ("kommun:1440", "Ale kommun", "municipality", True)
    assert "Ale k:n" in row["other_names"]


@pytest.mark.parametrize("kind", ["joint_committee", "council", "network", "collaboration"])
def test_a_body_without_legal_form_is_not_its_host_by_number(kind: str) -> None:
    number = load_registry().organisations["kommun:1440"].organisation_number
    rows = resolve(organisation("org:miljonamnden", "Miljönämnden", kind=kind, organisation_number=number))
    assert rows["organisations"][0]["organisation_id"] == "org:miljonamnden"


def test_a_reviewed_alias_goes_before_everything() -> None:
    rows = resolve(
        organisation("org:gamla-ab", "Gamla AB"), aliases={"org:gamla-ab": "org:nya-ab"}, mentions=[{"organisation_id": "org:gamla-ab"}]
    )
    assert rows["mentions"] == [{"organisation_id": "org:nya-ab"}]
    assert rows["organisations"][0]["organisation_id"] == "org:nya-ab"


def test_names_follow_the_canonical_name() -> None:
    member = {"organisation_id": "org:gr", "organisation_name": "GR", "member_id": "kommun:1440", "member_name": "Ale"}
    rows = resolve(organisation("org:gr", "Regionen"), organisation("kommun:1440", "Ale kommun", is_registered=True), members=[member])
    assert rows["members"] == [member | {"organisation_name": "Regionen", "member_name": "Ale kommun"}]


def test_pages_that_contradict_each_other_are_told() -> None:
    rows = [organisation("org:x", "X", organisation_number=number) for number in ("556036-0793", "556016-0680")]
    [(_, issues)] = merge_organisations([(row, 0) for row in rows], load_registry(), {})
    assert [issue.code for _, issue in issues] == ["number_contradicted"]


def test_renames_do_not_depend_on_the_order_of_rows() -> None:
    rows = [organisation(f"org:{name}", name, organisation_number="556036-0793") for name in ("a", "bcd", "b-c", "x@kommun:1440")]
    renames = find_renames(rows, load_registry(), {})
    assert renames == find_renames(rows[::-1], load_registry(), {})
    assert set(renames.values()) == {"org:b-c"}


@pytest.mark.parametrize(("start", "end"), [("a", "c"), ("b", "c"), ("x", "yy"), ("yy", "yy"), ("z", "z")])
def test_chains_and_rings_of_renames_end(start: str, end: str) -> None:
    assert follow_links(start, {"a": "b", "b": "c", "x": "yy", "yy": "x"}) == end
