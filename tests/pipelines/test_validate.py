import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.ledger import Ledger
from pipelines.run import Run
from pipelines.validate import Known, check_rows, validate_records
from registry.registry import Registry
from registry.sites import Site
from schemas.datasets import DATASETS
from schemas.errors import SamverkanError
from schemas.facts import Contact, Evidence, Membership, Reading
from schemas.manifest import Balance
from schemas.page import Page
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, make_page, read_lines

KNOWN = Known({"0" * 16: "GR och Ale"}, {"org:gr", "kommun:1440"})


def member(**columns: Any) -> dict[str, Any]:
    names = {"organisation_id": "org:gr", "organisation_name": "GR", "member_id": "kommun:1440", "member_name": "Ale kommun"}
    evidence = {"page_id": "0" * 16, "evidence": "GR och Ale", "text_start": 0, "text_end": 10, "evidence_source": "text"}
    rest = {
        "role": "member",
        "is_host": None,
        "share": None,
        "basis": "named",
        "since": None,
        "until": None,
        "method": "m",
        "confidence": 0.9,
    }
    return {**names, **evidence, **rest, **columns}


def test_a_valid_row_passes() -> None:
    rows, issues = validate_records("members", DATASETS["members"], [member()])
    assert rows == [member()]
    assert not issues
    assert check_rows("members", rows, KNOWN) == (rows, [])


@pytest.mark.parametrize(
    ("column", "value"), [("role", "boss"), ("member_id", "Ale"), ("evidence", ""), ("page_id", None), ("text_end", 11)]
)
def test_an_invalid_row_is_kept_out_whole(column: str, value: Any) -> None:
    row = member(**{column: value})
    rows, ((_, issue),) = validate_records("members", DATASETS["members"], [row])
    assert not rows
    assert (issue.code, issue.severity, issue.dataset) == ("invalid_record", "error", "members")
    assert json.loads(issue.record or "") == row


def test_a_bad_value_that_may_be_missing_is_left_out_alone() -> None:
    rows, ((_, issue),) = validate_records("members", DATASETS["members"], [member(since="förra året")])
    assert rows == [member()]
    assert (issue.code, issue.severity, issue.field, issue.value) == ("value_dropped", "warning", "since", "förra året")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (member(evidence="Ale och GR"), "evidence_not_found"),
        (member(text_start=1, text_end=11), "evidence_not_found"),
        (member(page_id="1" * 16), "page_unknown"),
        (member(member_id="kommun:1402"), "organisation_unknown"),
        (member(organisation_id="org:unknown"), "organisation_unknown"),
        (member(member_id="org:gr"), "member_of_itself"),
    ],
)
def test_the_rules_keep_out_what_does_not_hold(row: dict[str, Any], code: str) -> None:
    kept, ((_, issue),) = check_rows("members", [row], KNOWN)
    assert (kept, issue.code, issue.severity) == ([], code, "error")


def test_evidence_from_elsewhere_need_not_stand_in_the_text() -> None:
    row = member(evidence="2023", evidence_source="url", text_start=None, text_end=None)
    assert check_rows("members", [row], KNOWN)[0] == [row]


def test_a_mention_is_the_slice_that_it_names() -> None:
    mention = {"page_id": "0" * 16, "organisation_id": "kommun:1440", "text": "Ale", "text_start": 7, "text_end": 10}
    assert check_rows("mentions", [mention], KNOWN)[0] == [mention]
    kept, ((_, issue),) = check_rows("mentions", [mention | {"text_start": 6, "text_end": 9}], KNOWN)
    assert (kept, issue.code) == ([], "mention_not_found")


def read_wrongly(page: Page, site: Site | None, registry: Registry) -> Reading:
    """What is on the page, and four facts that cannot be stored as they are."""
    reading = read_lines(page, site, registry)
    good = reading.members[0]
    reading.members += [
        replace(good, role="boss"),
        replace(good, role="owner", evidence=Evidence("not there", 0, 9, "m", 0.5)),
        Membership("org:nobody", "kommun:1440", "member", good.evidence),
    ]
    reading.contacts.append(Contact("kommun:1440", "person", "contact", good.evidence, person="Eva Ek", email="Eva Ek"))
    return reading


def test_a_run_keeps_out_what_is_wrong_and_loses_nothing(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="extract", sites=SITES, read=read_wrongly) as run:
        run.add_page(make_page(GR, GR_TEXT))
        manifest = run.finish()
    assert manifest.issues == {
        "error": {"evidence_not_found": 1, "invalid_record": 1, "organisation_unknown": 1},
        "warning": {"value_dropped": 1},
    }
    assert manifest.datasets["members"].balance == Balance(0, 5, 2, 0, 3)
    issues = pd.read_parquet(run.folder / "issues.parquet")
    assert {json.loads(record)["role"] for record in issues.record.dropna()} == {"boss", "owner", "member"}
    assert set(issues.site_id) == {"ale"}


def test_rows_unaccounted_for_are_an_error() -> None:
    ledger = Ledger()
    ledger.book("extracted", "members", 3)
    ledger.book("stored", "members", 2)
    with pytest.raises(SamverkanError, match="members"):
        ledger.close(["members"])
    ledger.book("kept_out", "members")
    assert ledger.close(["members"]) == {"members": Balance(0, 3, 2, 0, 1)}
