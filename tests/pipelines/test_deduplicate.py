from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.deduplicate import DEDUPLICATORS, deduplicate_dataset
from pipelines.keys import Row, canonical_json
from schemas.datasets import KEYS, REVIEWED

PAGE, BODY = "0" * 16, "org:soltak-ab"


def evidenced(start: int | None = 0, confidence: float = 0.9, **columns: Any) -> Row:
    end = None if start is None else start + 3
    evidence = {"evidence": "abc", "text_start": start, "text_end": end, "evidence_source": "markup" if start is None else "text"}
    return {"page_id": PAGE, **evidence, "method": "line", "confidence": confidence, **columns}


def member(**columns: Any) -> Row:
    return evidenced(
        **{
            "organisation_id": BODY,
            "member_id": "kommun:1440",
            "role": "owner",
            "basis": "named",
            "is_host": None,
            "share": None,
            **columns,
        }
    )


def contact(**columns: Any) -> Row:
    empty: Row = dict.fromkeys(("organisation_id", "person", "role", "unit", "phone", "email", "street_address", "postal_code", "locality"))
    return evidenced(**{**empty, "contact_id": "", "kind": "person", "context": "contact", **columns})


def dated(**columns: Any) -> Row:
    row: Row = {"date_id": "", "organisation_id": None, "kind": "meeting", "edtf": "2023-05-03", "about": "Möte"}
    return evidenced(**{**row, **columns})


def counted(**columns: Any) -> Row:
    row: Row = {"organisation_id": BODY, "count": 13, "unit": "kommuner", "scope": "total", "ordinal": 1}
    return evidenced(**{**row, **columns})


def test_the_surer_row_wins_and_its_nulls_are_filled() -> None:
    (row,), issues = deduplicate_dataset("members", [member(confidence=0.5, share=25.0, start=40), member(confidence=0.9, start=80)])
    assert (row["confidence"], row["share"], row["text_start"]) == (0.9, 25.0, 80)
    assert not issues


def test_a_named_member_goes_before_an_implied_one() -> None:
    (row,), _ = deduplicate_dataset("members", [member(basis="implied", confidence=0.95), member(confidence=0.6)])
    assert row["basis"] == "named"


def test_a_value_that_differs_is_told() -> None:
    _, issues = deduplicate_dataset("members", [member(share=25.0), member(share=30.0, confidence=0.5)])
    assert [(issue.code, issue.field, issue.value) for _, issue in issues] == [("duplicate_dropped", "share", "30.0")]


def test_roles_of_one_member_are_rows_of_their_own() -> None:
    rows, _ = deduplicate_dataset("members", [member(role="partner"), member(role="financier")])
    assert [row["role"] for row in rows] == ["financier", "partner"]


def test_a_person_is_one_contact_of_a_page() -> None:
    card = contact(person="Eva Ek", phone="+46317012345", organisation_id="kommun:1440", confidence=0.8)
    quoted = contact(person="Eva  EK", role="Avdelningschef", context="mention", confidence=0.95)
    (row,), _ = deduplicate_dataset("contacts", [quoted, card])
    assert (row["context"], row["phone"], row["role"], row["organisation_id"]) == (
        "contact",
        "+46317012345",
        "Avdelningschef",
        "kommun:1440",
    )


def test_a_contact_keeps_its_id_when_phone_and_mail_change() -> None:
    (before,), _ = deduplicate_dataset("contacts", [contact(person="Eva Ek", phone="+46317012345")])
    (after,), _ = deduplicate_dataset("contacts", [contact(person="Eva Ek", phone="+46317099999", email="eva@ek.se", start=9)])
    assert before["contact_id"] == after["contact_id"]


def test_one_function_of_several_organisations_is_several_contacts() -> None:
    rows = [contact(role="Kommundirektör", organisation_id=f"kommun:14{n:02}", start=n, kind="function") for n in range(5)]
    kept, _ = deduplicate_dataset("contacts", rows)
    assert len({row["contact_id"] for row in kept}) == 5
    (alone,), _ = deduplicate_dataset("contacts", rows[:1])
    assert alone["contact_id"] in {row["contact_id"] for row in kept}


def test_one_without_its_organisation_joins_the_strongest_that_has_its_number() -> None:
    rows = [
        contact(role="Chef", organisation_id=BODY, phone="+461"),
        contact(role="Chef", organisation_id="kommun:1440", phone="+462", confidence=0.8),
        contact(role="Chef", phone="+462", confidence=0.5),
        contact(role="Chef", phone="+463", confidence=0.5, start=30),
    ]
    kept, _ = deduplicate_dataset("contacts", rows)
    assert {(row["organisation_id"], row["phone"]) for row in kept} == {(BODY, "+461"), ("kommun:1440", "+462"), (None, "+463")}
    assert deduplicate_dataset("contacts", kept)[0] == kept


def test_switchboards_are_told_apart_by_organisation_and_kind() -> None:
    rows = [contact(kind=kind, organisation_id=f"kommun:{code}") for kind in ("switchboard", "office") for code in ("1440", "1402")]
    assert len(deduplicate_dataset("contacts", rows)[0]) == 4


def test_several_addresses_of_one_contact_are_joined() -> None:
    visiting = contact(kind="office", street_address="Storgatan 1", postal_code="445 30", locality="Bohus", start=10)
    postal = contact(kind="office", street_address="Box 5", postal_code="445 31", locality="Bohus", start=90)
    again = contact(kind="office", street_address="Box 5", start=200)
    (row,), _ = deduplicate_dataset("contacts", [postal, again, visiting])
    assert (row["street_address"], row["postal_code"], row["locality"]) == ("Storgatan 1; Box 5", "445 30; 445 31", "Bohus")


def test_dates_of_one_matter_are_numbered_by_their_place() -> None:
    first, second, again = dated(start=10), dated(start=50, edtf="2023-06-01"), dated(start=90)
    kept, _ = deduplicate_dataset("dates", [again, second, first])
    assert len(kept) == 2
    (alone,), _ = deduplicate_dataset("dates", [first])
    assert alone["date_id"] == next(row["date_id"] for row in kept if row["edtf"] == "2023-05-03")


def test_a_date_keeps_its_id_when_it_changes() -> None:
    (before,), _ = deduplicate_dataset("dates", [dated()])
    (after,), _ = deduplicate_dataset("dates", [dated(edtf="2024-05-03")])
    assert before["date_id"] == after["date_id"]


def test_a_date_of_an_organisation_and_one_of_the_page_are_two() -> None:
    kept, _ = deduplicate_dataset("dates", [dated(), dated(organisation_id=BODY)])
    assert len({row["date_id"] for row in kept}) == 2


def test_counts_of_one_body_are_numbered_by_their_place() -> None:
    kept, _ = deduplicate_dataset("member_counts", [counted(count=27, start=90), counted(count=52, start=10), counted(count=52, start=200)])
    assert [(row["count"], row["ordinal"]) for row in kept] == [(52, 1), (27, 2)]


evidence = {"start": st.sampled_from([None, 0, 7, 7, 30]), "confidence": st.sampled_from([0.5, 0.9])}
bodies = st.sampled_from([BODY, "kommun:1440", "org:x@region:22"])
ROWS = {
    "members": st.builds(
        member,
        organisation_id=bodies,
        member_id=bodies,
        role=st.sampled_from(["member", "owner"]),
        basis=st.sampled_from(["named", "implied"]),
        share=st.sampled_from([None, 25.0, 50.0]),
        **evidence,
    ),
    "contacts": st.builds(
        contact,
        person=st.sampled_from([None, "Eva Ek", "eva ek", "Bo Ek"]),
        role=st.sampled_from([None, "Chef", "chef"]),
        unit=st.sampled_from([None, "Växel"]),
        organisation_id=st.sampled_from([None, BODY, "kommun:1440"]),
        phone=st.sampled_from([None, "+461", "+462"]),
        street_address=st.sampled_from([None, "Storgatan 1", "Box 5"]),
        postal_code=st.sampled_from([None, "445 30"]),
        kind=st.sampled_from(["person", "office"]),
        **evidence,
    ),
    "dates": st.builds(
        dated,
        kind=st.sampled_from(["meeting", "event"]),
        edtf=st.sampled_from(["2023", "2024", "XXXX-05-04"]),
        about=st.sampled_from([None, "Möte", "möte"]),
        organisation_id=st.sampled_from([None, BODY]),
        **evidence,
    ),
    "member_counts": st.builds(counted, count=st.integers(1, 3), scope=st.sampled_from(["total", "others"]), **evidence),
}


@pytest.mark.parametrize("dataset", ROWS)
@given(data=st.data())
def test_any_rows_get_unique_keys_whatever_their_order(dataset: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(ROWS[dataset], max_size=12))
    kept, issues = deduplicate_dataset(dataset, rows)
    keys = [tuple(row[column] for column in KEYS[dataset]) for row in kept]
    assert len(set(keys)) == len(keys)
    assert bool(kept) == bool(rows)
    assert len(kept) <= len(rows)
    again, issues_again = deduplicate_dataset(dataset, data.draw(st.permutations(rows)))
    assert canonical_json(kept) == canonical_json(again)
    assert sorted(map(canonical_json, issues)) == sorted(map(canonical_json, issues_again))


@pytest.mark.parametrize("dataset", ROWS)
@given(data=st.data())
def test_deduplicating_twice_changes_nothing(dataset: str, data: st.DataObject) -> None:
    kept, _ = deduplicate_dataset(dataset, data.draw(st.lists(ROWS[dataset], max_size=12)))
    again, issues = deduplicate_dataset(dataset, kept)
    assert canonical_json(kept) == canonical_json(again)
    assert not issues


def test_every_dataset_of_facts_is_deduplicated() -> None:
    assert DEDUPLICATORS.keys() == KEYS.keys() - {"relations", "issues", "coverage", "fetches", *REVIEWED}
