"""A change in words, and changes as a person reads them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.grouping import group_changes
from review.telling import describe_change
from schemas.comparison import COMPARED
from schemas.datasets import KEYS
from schemas.vocabularies import VOCABULARIES
from tests.review.change_rows import ALE, make_change, make_membership, make_page_change

EVA = {"person": "Eva Ek", "role": "förbundsdirektör", "phone": "+46313355000", "email": "eva.ek@gr.se", "context": "contact"}
CHANGES = VOCABULARIES["fact_change"].labels


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            make_change("members", "added", key=ALE, after={"member_name": "Ale kommun", "is_host": None}),
            "Ale kommun is a new member of Göteborgsregionen",
        ),
        (
            make_change("members", "added", key=ALE | {"role": "owner"}, subject="Ale kommun", after={"is_host": True, "share": 12.5}),
            "Ale kommun is a new owner of Göteborgsregionen (the host, 12.5 %)",
        ),
        (
            make_change("relations", "added", key=ALE, subject="Ale kommun", after={"since": "2022", "until": None}),
            "Ale kommun is a new member of Göteborgsregionen (since 2022)",
        ),
        (
            make_change("members", "removed", key=ALE | {"role": "owner"}, before={"member_name": "Ale kommun"}),
            "Ale kommun is no longer an owner of Göteborgsregionen",
        ),
        (
            make_change("members", "changed", key=ALE, subject="Ale kommun", column="share", before="20.0", after="25.0"),
            "the share of Ale kommun as member of Göteborgsregionen is 25 %, was 20 %",
        ),
        (
            make_change("members", "changed", key=ALE, subject="Ale kommun", column="is_host", before=None, after="true"),
            "Ale kommun as member of Göteborgsregionen is now the host",
        ),
        (
            make_change("members", "changed", key=ALE, subject="Ale kommun", column="basis", before="implied", after="named"),
            "the basis of Ale kommun as member of Göteborgsregionen is named on the page, was implied",
        ),
        (
            make_change("relations", "changed", key=ALE, subject="Ale kommun", column="contradicted", before="false", after="true"),
            "pages now disagree about Ale kommun as member of Göteborgsregionen",
        ),
        (
            make_change("contacts", "changed", subject="Eva Ek (chef)", column="phone", before="+46313355000", after="+46313355001"),
            "the phone of Eva Ek (chef) is +46 31 335 50 01, was +46 31 335 50 00",
        ),
        (
            make_change("contacts", "changed", subject="Eva Ek", column="email", before="eva.ek@gr.se", after=None),
            "the email of Eva Ek is no longer stated, was eva.ek@gr.se",
        ),
        (
            make_change("contacts", "changed", subject="Eva Ek", column="unit", before=None, after="Kansliet"),
            "the unit of Eva Ek is Kansliet, not stated before",
        ),
        (
            make_change("contacts", "changed", subject="Eva Ek", column="organisation_id", before="kommun:1440", after="org:okand"),
            "the organisation of Eva Ek is org:okand, was Ale kommun",
        ),
        (
            make_change("contacts", "added", after=EVA),
            "Eva Ek (förbundsdirektör), +46 31 335 50 00, eva.ek@gr.se, is a new contact of Göteborgsregionen",
        ),
        (
            make_change("contacts", "removed", before=EVA | {"context": "office", "role": "ordförande"}),
            "Eva Ek (ordförande) is no longer in office at Göteborgsregionen",
        ),
        (
            make_change("contacts", "renamed", column="person", before="Eva Ek", after="Eva Ekman"),
            "Eva Ek is now called Eva Ekman (Göteborgsregionen)",
        ),
        (
            make_change("organisations", "renamed", column="name", before="Norra rådet", after="Norra nätverket"),
            "Norra rådet is now called Norra nätverket",
        ),
        (
            make_change("organisations", "renamed", column="organisation_id", before="org:gr", after="orgnr:222000-0265"),
            "Göteborgsregionen now has the id orgnr:222000-0265, before org:gr",
        ),
        (
            make_change("organisations", "added", after={"name": "Göteborgsregionen", "kind": "municipal_association"}),
            "Göteborgsregionen (municipal association) was not named before",
        ),
        (
            make_change("organisations", "changed", column="other_names", before='["GR", "SKL"]', after='["GR", "SKR"]'),
            "the other names of Göteborgsregionen: new: SKR; gone: SKL",
        ),
        (
            make_change("member_counts", "changed", subject="kommuner", column="count", before="12", after="13"),
            "stated members of Göteborgsregionen: 13, was 12 (kommuner)",
        ),
        (
            make_change("member_counts", "added", key={"unit": "kommuner", "scope": "others"}, after={"count": 41}),
            "stated members of Göteborgsregionen: 41, not stated before (kommuner; those besides the page's owner or the named ones)",
        ),
        (
            make_change("member_counts", "removed", subject="kommuner", before={"count": 13}),
            "stated members of Göteborgsregionen: no longer stated, was 13 (kommuner)",
        ),
        (
            make_change("dates", "changed", subject="Skolmatsakademin (founded)", column="edtf", before="2005", after="2006"),
            "Skolmatsakademin (founded): 2006, was 2005",
        ),
        (
            make_change("dates", "added", subject="the page (updated)", after={"edtf": "2026-11-20"}),
            "the page (updated): 2026-11-20, not stated before",
        ),
        (
            make_change("dates", "changed", subject="Avtalet (valid)", column="about", before="Avtal", after="Avtalet"),
            "the subject of Avtalet (valid) is Avtalet, was Avtal",
        ),
        (
            make_change("pages", "changed", subject="Samverkan", column="is_collaboration", before="false", after="true"),
            "the page Samverkan is now about collaboration",
        ),
        (
            make_change("pages", "changed", subject="Samarbeten", column="title", before="Samverkan", after="Samarbeten"),
            "the title of the page is Samarbeten, was Samverkan",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_one_plain_line(row: dict[str, Any], words: str) -> None:
    assert describe_change(row) == words


def test_a_line_is_one_line_whatever_the_page_says() -> None:
    row = make_change("contacts", "changed", subject="Eva\n\x00Ek\u202e", column="unit", before="A\tB", after="x " * 500)
    assert describe_change(row).startswith("the unit of Eva Ek is x x")
    assert len(describe_change(row)) <= 400


texts = st.none() | st.text(max_size=20) | st.sampled_from(["{}", "[]", '{"count": null}', '["a", 1]', "true", "1"])


@given(
    dataset=st.sampled_from(list(COMPARED)),
    change=st.sampled_from(list(CHANGES)),
    key=texts,
    before=texts,
    after=texts,
    subject=texts,
    data=st.data(),
)
def test_any_row_gives_a_line(dataset: str, change: str, key: str, before: str, after: str, subject: str, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from([None, *COMPARED[dataset], *KEYS[dataset]]))
    names = data.draw(st.sampled_from([{}, {"organisation_id": None, "organisation_name": None}]))
    line = describe_change(make_change(dataset, change, key=key, before=before, after=after, subject=subject, column=column, **names))
    assert line
    assert line == " ".join(line.split())


def test_changes_are_grouped_by_site_and_organisation() -> None:
    changes = [
        make_change("pages", "changed", column="title", before="A", after="B", organisation_id=None, organisation_name=None),
        make_change("members", "added", key=ALE, subject="Ale kommun"),
        make_change("contacts", "added", after=EVA, site_id="ale"),
        make_change("organisations", "added", site_id=None, url=None),
        make_change("member_counts", "added", organisation_id="org:andra", organisation_name="Andra"),
    ]
    pages = [make_page_change("gone"), make_page_change("changed"), make_page_change("new", site_id="boden")]
    groups = group_changes(changes, pages)
    assert [group.site_id for group in groups] == ["ale", "boden", "goteborgsregionen", None]
    assert [organisation.name for organisation in groups[2].organisations] == ["Andra", "Göteborgsregionen", None]
    assert [page["change"] for page in groups[2].pages] == ["changed", "gone"]
    assert groups == group_changes(changes[::-1], pages[::-1])


def test_organisations_that_are_merely_named_come_last_and_together() -> None:
    named = [make_change("organisations", "added", organisation_id=f"org:{n}", organisation_name=f"A {n}") for n in range(3)]
    body = [make_change("organisations", "added"), make_change("members", "added", key=ALE, subject="Ale kommun")]
    [site] = group_changes([*named, *body], [])
    assert [(group.organisation_id, len(group.told), group.is_naming) for group in site.organisations] == [
        ("orgnr:222000-0265", 2, False),
        (None, 3, True),
    ]


def test_what_two_pages_say_alike_is_told_once() -> None:
    other = {"page_id": "fedcba9876543210", "url": "https://www.goteborgsregionen.se/om"}
    rows = [
        make_change("members", "added", key=ALE, subject="Ale kommun"),
        make_change("members", "added", key=ALE | other, subject="Ale kommun", **other),
    ]
    [site] = group_changes(rows, [])
    [told] = site.organisations[0].told
    assert [row["url"] for row in told.rows] == ["https://www.goteborgsregionen.se/medlemmar", "https://www.goteborgsregionen.se/om"]


def tell_all(changes: list[dict[str, Any]], pages: list[dict[str, Any]]) -> list[str]:
    return [told.words for site in group_changes(changes, pages) for group in site.organisations for told in group.told]


def test_a_membership_is_told_once_whether_by_a_page_or_by_all() -> None:
    statement, relation = make_membership("added")
    assert tell_all([statement, relation], []) == ["Ale kommun is a new member of Göteborgsregionen"]
    assert tell_all([relation], []) == ["Ale kommun is a new member of Göteborgsregionen"]


def test_a_statement_alone_is_told_as_no_more_than_that() -> None:
    rows = [make_membership(change)[0] for change in ("added", "removed")]
    assert [line for row in rows for line in tell_all([row], [])] == [
        "a page now names Ale kommun as a member of Göteborgsregionen",
        "a page no longer names Ale kommun as a member of Göteborgsregionen",
    ]


def test_a_fact_that_went_with_its_page_says_so() -> None:
    rows = make_membership("removed")
    assert tell_all(rows, [make_page_change("gone")]) == ["Ale kommun is no longer a member of Göteborgsregionen (the page is gone)"]
    assert tell_all(rows, [make_page_change("changed")]) == ["Ale kommun is no longer a member of Göteborgsregionen"]
