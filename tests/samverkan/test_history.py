"""`samverkan history`, and what changed on a page in `samverkan show`."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.lock import holding_lock
from samverkan.page_past import list_page_past
from schemas.output import history_file, run_folder
from schemas.tables import read_rows
from tests.pipelines.small_pages import GR, GR_TEXT
from tests.review.days import Days
from tests.samverkan.conftest import Demo
from tests.samverkan.program import run

NAME = "göteborgsregionens kommunalförbund"


def test_the_demo_has_a_history(demo: Demo) -> None:
    shown = run("history", NAME, "--output", demo.output).stdout
    assert shown.startswith("Göteborgsregionens kommunalförbund (orgnr:222000-0265)\n")
    assert "present  Ale kommun (member)\n" in shown


def test_json_holds_the_versions(demo: Demo) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()
    shown = json.loads(run("history", NAME, "--as-of", tomorrow, "--output", demo.output, "--json").stdout)
    assert (shown["organisation_id"], shown["as_of"]) == ("orgnr:222000-0265", tomorrow.isoformat())
    members = [row for row in shown["versions"]["relations"] if row["organisation_id"] == "orgnr:222000-0265"]
    stored = read_rows(demo.output / "latest" / "relations.parquet")
    assert len(members) == len([row for row in stored if row["organisation_id"] == "orgnr:222000-0265"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Name an organisation, or say --update or --rebuild."),
        (("Göteborgsregionens kommunförbund",), "Did you mean Göteborgsregionens kommunalförbund"),
        ((NAME, "--as-of", "yesterday"), "does not match"),
    ],
)
def test_misuse_is_told_in_a_line(demo: Demo, arguments: tuple[str, ...], told: str) -> None:
    done = run("history", *arguments, "--output", demo.output)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr


def test_a_history_that_was_lost_is_made_again(tmp_path: Path) -> None:
    days = Days(tmp_path)
    days.run({GR: GR_TEXT})
    for option in ("--update", "--rebuild"):
        assert run("history", option, "--output", tmp_path).returncode == 0
        assert len(days.versions("members")) == 2
        history_file(tmp_path, "members").unlink()
    with holding_lock(tmp_path, "crawl 20261121T040000Z"):
        assert run("history", "--update", "--output", tmp_path).returncode == 75
    assert run("history", "--update", "--output", tmp_path / "nowhere").returncode == 2


def test_a_page_is_shown_with_what_changed_on_it(tmp_path: Path) -> None:
    days = Days(tmp_path)
    days.run({GR: GR_TEXT})
    days.run({GR: f"{GR_TEXT}, Kungälvs kommun"})
    [page] = read_rows(run_folder(tmp_path, "day-1") / "pages.parquet", ["page_id"])
    member = {
        "dataset": "members", "key": json.dumps({"member_id": "kommun:1482", "role": "member"}), "change": "added", "after": "{}",
        "organisation_name": "GR", "subject": "Kungälvs kommun",
    } | page  # fmt: skip
    days.write_log(1, "changes", member | {"cause": "page"}, member | {"cause": "reading"})
    days.write_log(1, "page_changes", page | {"url": GR, "change": "changed", "similarity": 0.9, "added": "En.\nTvå.", "facts_changed": 1})
    assert days.versions("members")
    shown = run("show", GR, "--output", tmp_path).stdout
    assert shown.endswith(
        "\n2 changes\n  2026-11-22  the page says something else: 2 sentences added\n  2026-11-22  Kungälvs kommun is a new member of GR\n"
    )
    assert [change["dataset"] for change in list_page_past(tmp_path, page["page_id"])] == ["page_changes", "changes"]
