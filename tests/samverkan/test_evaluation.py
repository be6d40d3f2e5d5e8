"""`samverkan evaluate`: figures counted by hand on one small page, and the annotated pages of the repository."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samverkan.evaluation.comparing import are_alike, edtf_of, fold, fold_url, ids_of
from samverkan.evaluation.score import Tally
from tests.samverkan.program import GOOD_PAGE, ROOT, run

MUNICIPALITIES = {"Stenungsunds kommun": "1415", "Lilla Edets kommun": "1462", "Tjörns kommun": "1419", "Kungälvs kommun": "1482"}


def annotate() -> dict[str, Any]:
    """What stands on GOOD_PAGE, all of which the extraction finds."""
    towns = [{"name": name, "kind": "kommun", "identifier": code} for name, code in MUNICIPALITIES.items()]
    return {
        "page": {"title": "Samverkan", "published": None, "updated": None, "is_collaboration_page": True},
        "organisations": [{"name": "SOLTAK AB", "also": ["SOLTAK"], "kind": "bolag", "identifier": None}, *towns],
        "members": [{"body": "SOLTAK AB", "member": name, "role": "owner"} for name in MUNICIPALITIES],
        "member_counts": [],
        "contacts": [],
        "dates": [],
    }


def evaluate(folder: Path, gold: dict[str, Any], leeway: dict[str, Any] | None = None, *options: str) -> dict[str, Any]:
    """The figures for GOOD_PAGE under an annotation."""
    page = folder / "gold" / "000-soltak"
    page.mkdir(parents=True, exist_ok=True)
    (page / "page.html").write_text(GOOD_PAGE, "utf-8")
    (page / "source.json").write_text(json.dumps({"url": "https://lillaedet.se/samverkan"}))
    (page / "gold.json").write_text(json.dumps(gold))
    if leeway:
        (page / "gold-accept.json").write_text(json.dumps(leeway))
    done = run("evaluate", folder / "gold", "--json", *options)
    assert done.returncode == 0, done.stderr
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def test_all_right_is_one_throughout(tmp_path: Path) -> None:
    measured = evaluate(tmp_path, annotate())
    assert measured["mean_f1"] == 1.0
    assert set(measured["accuracy"].values()) == {1.0}
    assert measured["organisations"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 5, "fp": 0, "fn": 0}
    assert measured["members"]["tp"] == 4


def test_what_is_missed_and_what_is_extra_are_counted_and_shown_with_their_words(tmp_path: Path) -> None:
    gold = annotate()
    gold["organisations"].append({"name": "Ale kommun", "kind": "kommun", "identifier": "1440"})
    gold["members"][0] = {"body": "SOLTAK AB", "member": "Ale kommun", "role": "owner"}  # Stenungsund is extra now
    gold["members"][1]["role"] = "partner"
    gold["dates"] = [{"kind": "founded", "start": "2012", "end": None, "text": "sedan 2012"}]
    gold["contacts"] = [{"person": "Eva Ek", "phone": "+46313900600", "context": "contact"}, {"person": "Bo Al", "context": "office"}]
    measured = evaluate(tmp_path, gold, None, "--errors")
    assert measured["organisations"] == {"precision": 1.0, "recall": 0.8333, "f1": 0.9091, "tp": 5, "fp": 0, "fn": 1}
    assert measured["members"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75, "tp": 3, "fp": 1, "fn": 1}
    assert measured["accuracy"]["roles"] == 0.5  # two agree, one has owner for partner: of four roles two are common
    assert measured["dates"] == {"precision": 1.0, "recall": 0.0, "f1": 0.0, "tp": 0, "fp": 0, "fn": 1}
    assert (measured["contacts"]["fn"], measured["reachable"]["fn"]) == (3, 2)
    assert measured["mean_f1"] == round((0.9091 + 0.75 + 1 + 0 + 0) / 5, 4)
    told = {(error["what"], *error["detail"]): error["words"] for error in measured["errors"]}
    assert told["date missed", "founded", "2012"] == "sedan 2012"
    assert told["member extra", "SOLTAK AB <- Stenungsunds kommun"].startswith("SOLTAK AB ägs av Stenungsunds kommun")
    assert ("organisation missed", "Ale kommun") in told
    assert ("role", "SOLTAK AB <- Lilla Edets kommun", "partner is right, not owner") in told


def test_optional_facts_and_accepted_values_are_no_errors(tmp_path: Path) -> None:
    gold = annotate()
    optional = {"organisations": [gold["organisations"].pop()], "members": [gold["members"].pop()]}
    gold["organisations"][0]["kind"] = "nätverk"
    gold["members"][0]["role"] = "partner"
    accept = [
        {"list": "organisations", "index": 0, "field": "kind", "values": ["bolag"]},
        {"list": "members", "index": 0, "field": "role", "values": ["owner"]},
    ]
    measured = evaluate(tmp_path, gold, {"optional": optional, "accept": accept})
    assert (measured["organisations"]["tp"], measured["organisations"]["fp"]) == (4, 0)
    assert (measured["members"]["tp"], measured["members"]["fp"]) == (3, 0)
    assert measured["accuracy"]["kinds"] == measured["accuracy"]["roles"] == 1.0


def test_the_annotated_pages_of_the_repository_are_read_well() -> None:
    measured = json.loads(run("evaluate", ROOT / "tests" / "pages", "--json").stdout)
    assert measured["mean_f1"] >= 0.9
    assert {name: measured["accuracy"][name] for name in ("pages_found", "evidence", "mentions")} == {
        "pages_found": 1.0,
        "evidence": 1.0,
        "mentions": 1.0,
    }


def test_the_table_tells_the_same_as_json(tmp_path: Path) -> None:
    measured = evaluate(tmp_path, annotate())
    lines = run("evaluate", tmp_path / "gold").stdout.splitlines()
    assert lines[0] == "organisations   P 1.000  R 1.000  F1 1.000   (5 right, 0 extra, 0 missed)"
    assert [line.split()[0] for line in lines[:6]] == [name for name in measured if name not in ("accuracy", "mean_f1")]
    assert lines[-1] == "mean F1 1.0"


def test_a_folder_without_annotated_pages_is_wrong_usage(tmp_path: Path) -> None:
    done = run("evaluate", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"samverkan: {tmp_path} holds no annotated pages")


def test_a_broken_annotation_is_named(tmp_path: Path) -> None:
    page = tmp_path / "000"
    page.mkdir()
    (page / "gold.json").write_text("{")
    done = run("evaluate", tmp_path)
    assert done.returncode == 2
    assert f"{page}/gold.json cannot be read" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("function", "value", "wanted"),
    [
        (fold, "Västra Götalandsregionen (VGR)", "västra götalandsregionen"),
        (fold, "Göteborg & Co", "göteborg & co"),
        (fold, None, ""),
        (fold_url, "https://www.Ale.se/Samverkan/", "ale.se/samverkan"),
        (ids_of, "1462", {"kommun:1462"}),
        (ids_of, "14", {"region:14", "lansstyrelse:14"}),
        (ids_of, "222000-0265", {"orgnr:222000-0265"}),
        (ids_of, None, set()),
    ],
)
def test_what_is_compared(function: Callable[[Any], Any], value: object, wanted: object) -> None:
    assert function(value) == wanted


@pytest.mark.parametrize(
    ("start", "end", "edtf"),
    [
        ("2022", "2026", "2022/2026"),
        ("2006", None, "2006"),
        ("2006", "2006", "2006"),
        (None, "2018-09", "2018-09"),
        ("--05-04", None, "XXXX-05-04"),
    ],
)
def test_an_annotated_date_as_edtf(start: str | None, end: str | None, edtf: str) -> None:
    assert edtf_of(start, end) == edtf


def test_addresses_are_alike_where_most_letters_are() -> None:
    assert are_alike(fold("Box 36, 243 21 Höör"), fold("Box 36 24321 HÖÖR"))
    assert not are_alike(fold("Box 36, 243 21 Höör"), fold("Storgatan 1, 243 30 Höör"))


def test_a_tally_without_facts_is_right() -> None:
    assert Tally().measure() == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 0, "fp": 0, "fn": 0}
