"""`digest.md`: short, plain, escaped."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from review.digest import render_digest
from review.markdown import WIDTH, escape_markdown, write_address, write_item
from review.plain import fit_line
from schemas.review import Finding
from tests.review.change_rows import ALE, make_change, make_page_change

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WORDS = ["paragraph_open", "inline", "paragraph_close"]
LAST = datetime(2026, 11, 1, 12, tzinfo=UTC)


def render(changes: list[dict[str, Any]], pages: list[dict[str, Any]], **more: Any) -> str:
    return render_digest(changes, pages, **({"run_id": "20261121T040000Z", "previous_run_id": "20261120T040000Z"} | more))


def test_the_digest_tells_what_changed_and_what_was_not_looked_at() -> None:
    coverage = [
        {"site_id": "ale", "outcome": "facts", "last_success_at": LAST},
        {"site_id": "itsam", "outcome": "unreachable", "last_success_at": LAST},
        {"site_id": "kfkl", "outcome": "denied", "last_success_at": None},
        {"site_id": "habo", "outcome": "not_visited", "last_success_at": None},
    ]
    relation = make_change("relations", "added", key=ALE, subject="Ale kommun")
    digest = render(
        [make_change("members", "added", key=ALE, subject="Ale kommun"), relation, make_change("members", "removed", cause="reading")],
        [make_page_change("changed")],
        coverage=coverage,
        findings=[Finding("facts_lost", "warn", "12 % of the contacts are gone")],
    )
    assert (
        digest
        == """# Changes in 20261121T040000Z

Since 20261120T040000Z: 1 member added, 1 page changed.

## Checks

- Look at this: 12 % of the contacts are gone

## Facts

### Göteborgsregionen

- Ale kommun is a new member of Göteborgsregionen

## Pages

- changed: Medlemskommuner
  <https://www.goteborgsregionen.se/medlemmar>

## Not looked at

- itsam: the network failed, or robots.txt answered 429 or 5xx; a page last
  came on 2026-11-01
- kfkl: a robots.txt that was read forbids; no page ever came

Not told here: 1 fact that only a changed program reads otherwise.
"""
    )


def test_organisations_that_are_merely_named_take_one_line() -> None:
    rows = [make_change("organisations", "added", organisation_id=f"org:{n}", organisation_name=f"Förening {n}") for n in range(40)]
    rows.append(make_change("organisations", "removed", organisation_id="org:x", organisation_name="Rådet"))
    digest = " ".join(render(rows, []).split())
    assert "- 40 for the first time: Förening 0, Förening 1," in digest
    assert digest.endswith("and 32 more - 1 no more: Rådet")


def test_nothing_changed_is_one_line() -> None:
    assert render([], []).splitlines()[2:] == ["Nothing changed since 20261120T040000Z."]


def test_the_first_run_says_so() -> None:
    assert render([], [], previous_run_id=None).splitlines()[2:] == ["This is the first run: there is nothing to compare it with."]


def test_a_digest_of_many_changes_is_short_and_counts_the_rest() -> None:
    changes = [
        make_change(
            "members", "added", key=ALE, subject=f"Förening {n}", organisation_id=f"org:{n // 20}", organisation_name=f"Råd {n // 20}"
        )
        for n in range(500)
    ]
    pages = [make_page_change("changed", page_id=f"{n:016x}", url=f"https://ale.se/{n}") for n in range(500)]
    coverage = [{"site_id": f"s{n}", "outcome": "failed", "last_success_at": None} for n in range(500)]
    findings = [Finding("x", "hold", f"Reason {n}") for n in range(50)]
    digest = render(changes, pages, coverage=coverage, findings=findings).splitlines()
    assert len(digest) <= 150
    assert max(map(len, digest)) <= WIDTH
    assert digest.count("- ... and 8 more") >= 2
    assert digest[-1].startswith("- ... and 4")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Ale kommun", "Ale kommun"),
        ("eva_ek@ale.se", "eva_ek@ale.se"),
        ("_eva_", r"\_eva\_"),
        ("[klicka](javascript:alert(1))", r"\[klicka\](javascript:alert(1))"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("&lt;b&gt; A&B", r"\&lt;b\&gt; A&B"),
        ("**fet** `kod` ~~x~~ a|b", r"\*\*fet\*\* \`kod\` \~\~x\~\~ a\|b"),
        ("rad\n# rubrik\x00", "rad # rubrik"),
    ],
)
def test_words_of_pages_are_escaped(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("# rubrik", r"- \# rubrik"),
        ("- ett", r"- \- ett"),
        ("13. Ale", r"- 13\. Ale"),
        ("---", r"- \---"),
        ("+46 31", "- +46 31"),
        ("> x", r"- \> x"),
    ],
)
def test_a_line_begins_as_text(text: str, item: str) -> None:
    assert write_item(text) == [item]


def test_an_address_cannot_end_its_link() -> None:
    assert write_address("https://ale.se/å> <b>x`") == "<https://ale.se/%C3%A5%3E%20%3Cb%3Ex%60>"
    assert write_address("javascript:alert(1)") == "javascript:alert(1)"


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(st.sampled_from("#-+*_`~<>[]()|&;!\\= \t1.a\n")))
@example("a " * 38 + "- b")
@example("a " * 38 + "# b " + "c " * 38 + "===")
@example("<https://ale.se> &amp; ![x](y) | a\\")
def test_an_item_says_what_the_page_says_and_is_nothing_else(text: str) -> None:
    tokens = MARKDOWN.parse("\n".join(write_item(text)))
    kinds = [token.type for token in tokens]
    assert kinds == ["bullet_list_open", "list_item_open", *WORDS[: len(kinds) - 4], "list_item_close", "bullet_list_close"]
    parts = [part for token in tokens for part in token.children or []]
    assert {part.type for part in parts} <= {"text", "softbreak", "text_special"}
    assert "".join(part.content or " " for part in parts).split() == fit_line(text, 300).split()
