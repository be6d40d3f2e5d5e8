"""`samverkan show`: one page, its facts and their words."""

import json

import pytest

from samverkan.commands.show import simplify_url
from tests.samverkan.conftest import Demo
from tests.samverkan.program import run

PAGE = "https://lillaedet.se/kommun-och-politik/kommunens-organisation/natverk-och-samverkan"


def test_a_page_is_shown_with_its_facts_and_their_words(demo: Demo) -> None:
    shown = run("show", PAGE, "--output", demo.output).stdout
    lines = shown.splitlines()
    assert lines[0] == "Nätverk och samverkan"
    at = lines.index("  SOLTAK AB ← Kungälvs kommun: owner [2 pages, 1 host]")
    words = next(line for line in lines[at:] if line.startswith("      “"))
    assert "Kungälv" in words
    assert "Lilla Edets kommun (kommun:1462): “" in shown


def test_json_holds_the_rows(demo: Demo) -> None:
    shown = json.loads(run("show", PAGE, "--output", demo.output, "--json").stdout)
    text = shown["page"]["text"]
    assert len(shown["members"]) > 20
    assert len(shown["relations"]) == len({(row["organisation_id"], row["member_id"], row["role"]) for row in shown["members"]})
    for fact in shown["members"]:
        assert text[fact["text_start"] : fact["text_end"]] == fact["evidence"]


@pytest.mark.parametrize("url", [PAGE, PAGE + "/", PAGE.removeprefix("https://"), "http://www." + PAGE.removeprefix("https://").upper()])
def test_scheme_www_case_and_the_last_slash_do_not_matter(url: str) -> None:
    assert simplify_url(url) == PAGE.removeprefix("https://")


def test_an_unknown_page_is_told_with_the_nearest_ones(demo: Demo) -> None:
    done = run("show", "lillaedet.se/natverk-och-samverkan", "--output", demo.output)
    assert (done.returncode, done.stdout) == (2, "")
    assert "The latest run has no page lillaedet.se/natverk-och-samverkan. Did you mean lillaedet.se/" in done.stderr


def test_without_a_run_another_folder_is_asked_for(demo: Demo) -> None:
    done = run("show", PAGE, "--output", demo.output / "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        f"samverkan: No run was published in {demo.output}/nowhere. Another folder: --output DIR.\n",
    )
