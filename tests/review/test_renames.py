"""Organisations that go by another id or name: told as renamed, and their facts stay where they are."""

from pathlib import Path

import pytest

from tests.review.small_runs import OTHER_PAGE, Row, compare, contact, dated, member, organisation, relation, tell, write_run

SKL = organisation("org:sveriges-kommuner-och-landsting", "Sveriges Kommuner och Landsting", kind="association")
SKR = organisation(
    "orgnr:222000-0315", "Sveriges Kommuner och Regioner", kind="association", other_names=["SKR", "SKL"], is_registered=True
)


def facts_of(row: Row) -> dict[str, list[Row]]:
    """A run in which the organisation has members, is a member, and has a contact and a date."""
    body = {"organisation_id": row["organisation_id"], "organisation_name": row["name"]}
    return {
        "organisations": [row],
        "members": [
            *(member(f"kommun:{code}", **body) for code in (1440, 1441, 1462)),
            member(row["organisation_id"], row["name"], organisation_id="org:radet", organisation_name="Rådet"),
        ],
        "relations": [relation("kommun:1440", **body)],
        "contacts": [contact(**body, phone="+46317012345"), contact("Eva Ek", **body)],
        "dates": [dated("2006", organisation_id=row["organisation_id"])],
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SKL, SKR),  # the registry knows the former name
        (organisation("org:vastkom", "VästKom"), organisation("orgnr:222000-1347", "VästKom", organisation_number="222000-1347")),
        (
            organisation("org:soltak", "Soltak", organisation_number="556939-1185"),
            organisation("org:soltak-ab", "SOLTAK AB", organisation_number="556939-1185"),
        ),
        (organisation("org:radet@region:22", "Samverkansrådet"), organisation("org:radet@region:14", "Samverkansrådet")),
        (
            organisation("org:natverket-ost", "Nätverket Öst"),
            organisation("org:ostkusten", "Ostkusten", other_names=["Nätverket Öst"]),  # "Ostkusten (tidigare Nätverket Öst)"
        ),
        (
            organisation("org:vattenradet", "Vattenrådet i Väst", website="https://vatten.se/"),
            organisation("org:vattenradet-vast", "Vattenrådet Väst", website="https://vatten.se/"),
        ),
        (organisation("org:vattenradet", "Vattenrådet i Väst"), organisation("org:vattenradet-vast", "Vattenrådet Väst")),
        (organisation("org:swedish-tax-agency", "Swedish Tax Agency"), organisation("orgnr:202100-5448", "Skatteverket")),
    ],
)
def test_an_organisation_with_another_id_is_renamed_and_its_facts_stay(before: Row, after: Row, tmp_path: Path) -> None:
    runs = write_run(tmp_path / "a", facts_of(before)), write_run(tmp_path / "b", facts_of(after))
    changes = compare(*runs)
    assert {row["dataset"] for row in changes} == {"organisations"}
    assert ("organisations", "renamed", "organisation_id", before["organisation_id"], after["organisation_id"]) in tell(changes)
    assert {row["key"] for row in changes} == {f'{{"organisation_id": "{after["organisation_id"]}"}}'}
    names = [(row["before"], row["after"]) for row in changes if row["column"] == "name"]
    assert names == ([(before["name"], after["name"])] if before["name"] != after["name"] else [])
    assert {row["change"] for row in changes if row["column"] in ("name", "organisation_id")} == {"renamed"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # one name in a list is another: both are well known
        ([organisation("kommun:0114", "Upplands Väsby kommun")], [organisation("kommun:0139", "Upplands-Bro kommun")]),
        # alike, but neither the website nor the members say that they are one
        ([organisation("org:vatten-ost", "Vattenrådet Öst")], [organisation("org:vatten-vast", "Vattenrådet Väst")]),
        # a name that holds on one site only, on another site
        (
            [organisation("org:radet@region:22", "Samverkansrådet")],
            [organisation("org:radet@region:14", "Samverkansrådet", page_ids=[OTHER_PAGE])],
        ),
        # a short name that both share is not enough
        (
            [organisation("org:norra-skolan", "Norra skolan", other_names=["NS"])],
            [organisation("org:nya-sallskapet", "Nya sällskapet", other_names=["NS"])],
        ),
        # two could be meant
        (
            [organisation("org:natverket", "Nätverket")],
            [
                organisation("org:natverket-a", "Nätverk A", other_names=["Nätverket"]),
                organisation("org:natverket-b", "Nätverk B", other_names=["Nätverket"]),
            ],
        ),
    ],
)
def test_where_it_is_not_certain_one_went_and_another_came(before: list[Row], after: list[Row], tmp_path: Path) -> None:
    runs = write_run(tmp_path / "a", {"organisations": before}), write_run(tmp_path / "b", {"organisations": after})
    changes = [change for _, change, *_ in tell(compare(*runs))]
    assert sorted(changes) == ["added"] * len(after) + ["removed"] * len(before)


def test_an_organisation_that_becomes_one_with_another_takes_its_facts_along(tmp_path: Path) -> None:
    before, merged = facts_of(SKL), facts_of(SKR)
    both = {dataset: [*merged[dataset], *before[dataset]] for dataset in ("organisations", "relations")}
    both["organisations"][0] = SKR | {"other_names": ["SKR"]}
    both["members"] = [*merged["members"], *before["members"][1:]]
    changes = compare(write_run(tmp_path / "a", both), write_run(tmp_path / "b", {name: merged[name] for name in both}))
    assert tell(changes) == [
        ("organisations", "renamed", "name", SKL["name"], SKR["name"]),
        ("organisations", "renamed", "organisation_id", SKL["organisation_id"], SKR["organisation_id"]),
        ("organisations", "changed", "other_names", '["SKR"]', '["SKR", "SKL"]'),
    ]


def test_what_a_renamed_organisation_lost_is_removed_under_its_old_key_and_its_new_name(tmp_path: Path) -> None:
    after = facts_of(SKR)
    after["members"] = after["members"][1:]
    changes = compare(write_run(tmp_path / "a", facts_of(SKL)), write_run(tmp_path / "b", after))
    (removed,) = [row for row in changes if row["dataset"] == "members"]
    assert (removed["change"], removed["organisation_id"], removed["organisation_name"]) == (
        *("removed", "orgnr:222000-0315"),
        "Sveriges Kommuner och Regioner",
    )
    assert '"organisation_id": "org:sveriges-kommuner-och-landsting"' in removed["key"]


def test_the_same_id_with_another_name_is_renamed(tmp_path: Path) -> None:
    runs = [write_run(tmp_path / name, {"organisations": [organisation("org:vastkom", name)]}) for name in ("Västkom", "VästKom")]
    assert tell(compare(*runs)) == [("organisations", "renamed", "name", "Västkom", "VästKom")]
