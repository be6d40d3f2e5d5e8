"""`samverkan diff`: which runs are compared, what is told of them, and how it ends."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from lxml import html

from pipelines.run import Run
from review.history import update_history
from samverkan.commands.diff import Format, diff
from schemas.datasets import DATASETS
from schemas.errors import UsageError
from schemas.output import run_folder
from tests.pipelines.small_pages import SITES
from tests.review.change_rows import ALE, GR, PAGE, make_change, make_page_change
from tests.samverkan.program import run_on_terminal
from tests.samverkan.told_runs import tell_run

FIRST, SECOND, THIRD = "20261121T040000Z", "20261122T040000Z", "20261123T040000Z"
MEMBER = make_change("members", "added", key=ALE, subject="Ale kommun", after={"is_host": None})
PHONE = make_change(
    "contacts", "changed", key={"contact_id": "x"}, subject="Eva Ek", column="phone", before="+46313355000", after="+46313355001"
)
READING = make_change("dates", "removed", key={"date_id": "x"}, before={"edtf": "2006"}, cause="reading")
CONTENT = make_page_change("changed", previous_url=PAGE["url"], removed="Vi var tolv.", added="\n".join(["Ett.", "Två.", "Tre.", "Fyra."]))
ELSEWHERE = make_change(
    "members", "removed", key=ALE | {"member_id": "kommun:1402"}, subject="Partille kommun", before={}, site_id="partille"
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three runs: in the second a member came, in the third a page changed, and what is stated of a contact; a date is read otherwise."""
    tell_run(tmp_path, FIRST)
    tell_run(tmp_path, SECOND, [MEMBER, ELSEWHERE])
    tell_run(tmp_path, THIRD, [PHONE, READING], [CONTENT])
    return tmp_path


def read_json(capsys: pytest.CaptureFixture[str], *names: str, **options: Any) -> dict[str, Any]:
    diff(list(names), form=Format.json, **options)
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    return shown


@pytest.mark.parametrize(
    ("names", "pair"),
    [((), (SECOND, THIRD)), ((SECOND,), (FIRST, SECOND)), ((SECOND, THIRD), (SECOND, THIRD)), (("latest",), (SECOND, THIRD))],
    ids=["latest two", "one and that before it", "two", "latest"],
)
def test_runs_are_compared_as_they_are_named(
    output: Path, capsys: pytest.CaptureFixture[str], names: list[str], pair: tuple[str, str]
) -> None:
    shown = read_json(capsys, *names, output=output)
    assert (shown["previous_run"], shown["run"]) == pair


def test_the_terminal_form_tells_pages_and_facts_by_site(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diff([], output=output)
    assert capsys.readouterr().out.splitlines() == [
        f"{THIRD} compared with {SECOND}",
        "pages: 1 changed; contacts: 1 changed",
        "",
        "goteborgsregionen",
        f"  ~ page changed: Medlemskommuner · {PAGE['url']}",
        "      - Vi var tolv.",
        "      + Ett.",
        "      + Två.",
        "      + Tre.",
        "      + and 1 more sentence",
        "  Göteborgsregionen",
        "    ~ the phone of Eva Ek is +46 31 335 50 01, was +46 31 335 50 00",
        "",
        "1 more change in how our code reads the same words; --verbose tells them.",
    ]


def test_json_holds_the_rows_with_all_their_columns(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = read_json(capsys, output=output)
    assert [row["dataset"] for row in shown["changes"]] == ["contacts", "dates"]
    assert [row["change"] for row in shown["page_changes"]] == ["changed"]
    for dataset in ("changes", "page_changes"):
        for row in shown[dataset]:
            DATASETS[dataset].model_validate(row)
            assert (row["previous_run_id"], row["run_id"]) == (SECOND, THIRD)


@pytest.mark.parametrize("options", [{}, {"since": "2026-11-01"}], ids=["two runs", "since a day"])
def test_html_is_one_page_of_what_changed(output: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any]) -> None:
    diff([], output=output, form=Format.html, **options)
    page = html.document_fromstring(capsys.readouterr().out)
    text = " ".join(str(page.xpath("string()")).split())
    assert "the phone of Eva Ek is +46 31 335 50 01" in text
    assert ("a page now names Ale kommun as a member" in text) == bool(options)
    assert page.xpath("//script | //link") == []


@pytest.mark.parametrize(
    ("options", "members"),
    [
        ({}, {"kommun:1440", "kommun:1402"}),
        ({"site": "partille"}, {"kommun:1402"}),
        ({"organisation": "kommun:1440"}, {"kommun:1440"}),
        ({"organisation": GR["organisation_id"]}, {"kommun:1440", "kommun:1402"}),
        ({"organisation": "kommun:1440", "site": "partille"}, set()),
    ],
    ids=["all", "site", "member", "body", "both"],
)
def test_a_site_or_an_organisation_is_asked_for(
    output: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any], members: set[str]
) -> None:
    shown = read_json(capsys, SECOND, output=output, **options)
    assert {json.loads(row["key"])["member_id"] for row in shown["changes"]} == members


def test_a_page_is_shown_with_the_organisation_that_it_is_about(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(read_json(capsys, output=output, organisation=GR["organisation_id"])["page_changes"]) == 1
    assert read_json(capsys, output=output, organisation="kommun:1440")["page_changes"] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"names": ["20261124T040000Z"]}, f"There is no run 20261124T040000Z in .*Did you mean {THIRD} or"),
        ({"names": [FIRST]}, "is the first crawl in .*: there is none to compare it with"),
        ({"names": [FIRST, FIRST]}, "is one run: two are compared"),
        ({"names": [FIRST, SECOND, THIRD]}, "Two runs are compared, not 3"),
        ({"names": [FIRST, "extract"]}, f"{FIRST} is a crawl, extract an extract: only runs of one kind are compared"),
        ({"names": ["broken"]}, "The run broken is failed and has no datasets to compare"),
        ({"site": "partile"}, "The runs know no site partile. Did you mean partille"),
        ({"organisation": "kommun:1441"}, "The runs know no organisation kommun:1441. Did you mean kommun:1440"),
        ({"since": "yesterday"}, "--since is a day such as 2026-11-21, not 'yesterday'"),
        ({"since": "2026-11-21", "names": [FIRST]}, "Give either runs or --since"),
    ],
)
def test_wrong_use_is_told_in_one_line(output: Path, options: dict[str, Any], message: str) -> None:
    tell_run(output, "extract", kind="extract")
    Run.open(output, kind="crawl", run_id="broken", sites=SITES).abandon("failed", "no page came")
    tell_run(output, THIRD + "b")
    with pytest.raises(UsageError, match=message):
        diff(**{"names": [], **options}, output=output)


def test_without_a_run_another_folder_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No run was published in"):
        diff([], output=tmp_path)


@pytest.mark.parametrize(("names", "changed"), [([SECOND], True), ([THIRD], True), (["only-reading"], False), (["nothing"], False)])
def test_the_exit_code_tells_whether_the_world_changed(output: Path, names: list[str], changed: bool) -> None:
    tell_run(output, "nothing")
    tell_run(output, "only-reading", [READING])
    diff(names, output=output)
    if not changed:
        diff(names, output=output, exit_code=True)
        return
    with pytest.raises(typer.Exit) as ended:
        diff(names, output=output, exit_code=True)
    assert ended.value.exit_code == 1


def test_that_nothing_changed_is_told(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell_run(output, "20261124T040000Z")
    diff([], output=output)
    assert capsys.readouterr().out == f"20261124T040000Z compared with {THIRD}\nNothing changed.\n"


def test_a_held_run_is_looked_at_before_it_is_accepted(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = tell_run(output, "20261124T040000Z", [MEMBER], held="half of the facts are lost")
    assert read_json(capsys, output=output)["run"] == THIRD
    shown = read_json(capsys, held, output=output)
    assert (shown["previous_run"], len(shown["changes"])) == (THIRD, 1)


def test_what_all_runs_since_a_day_found_is_told_together(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = read_json(capsys, output=output, since="2026-11-01")
    assert shown["runs"] == [SECOND, THIRD]
    assert [(row["run_id"], row["dataset"]) for row in shown["changes"]] == [
        (SECOND, "members"), (SECOND, "members"), (THIRD, "contacts"), (THIRD, "dates"),
    ]  # fmt: skip
    diff([], output=output, since="2999-01-01")
    assert capsys.readouterr().out == "0 runs since 2999-01-01.\nNothing changed.\n"


def test_what_pruned_runs_found_is_still_told(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_json(capsys, output=output, since="2026-11-01")
    update_history(output)
    shutil.rmtree(run_folder(output, SECOND))
    assert read_json(capsys, output=output, since="2026-11-01") == before
    shutil.rmtree(run_folder(output, FIRST))
    assert len(read_json(capsys, output=output, since="2026-11-01", organisation="kommun:1440")["changes"]) == 1


def test_a_terminal_shows_colours_and_a_pager_what_is_longer_than_it(output: Path) -> None:
    tell_run(
        output,
        "20261124T040000Z",
        [],
        [make_page_change("new", url=f"https://ale.se/{number}", page_id=f"{number:016x}") for number in range(60)],
    )
    coloured = run_on_terminal("diff", THIRD, "--output", output)
    assert "\x1b[33m" in coloured
    assert "\x1b[33m" not in run_on_terminal("diff", THIRD, "--output", output, env={"NO_COLOR": "1"})
    paged = run_on_terminal("diff", "--output", output, env={"PAGER": "head -n 3", "LINES": "24"})
    assert len(paged.splitlines()) == 3
