"""`changes.html`: self-contained, escaped, small."""

import re
from datetime import UTC, datetime
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from review.changes_page import MOST_READINGS, ROOM, render_changes_page
from tests.review.change_rows import ALE, PAGE, make_change, make_membership, make_page_change

HOSTILE = """"><script>alert(1)</script>]]><img src=x onerror=alert(1)>&lt;b&gt;\x00\x0b\ud800 'x' <!-- </style>"""
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ARCHIVED = {
    **{"fetched_at": NOON, "archive_file": "20261121T040000Z.wacz", "archive_offset": 512, "archive_length": 4096},
    **{"previous_archive_file": "20261120T040000Z.wacz", "previous_archive_offset": 256, "previous_archive_length": 2048},
}


def render(changes: list[dict[str, Any]], pages: list[dict[str, Any]]) -> str:
    return render_changes_page(changes, pages, run_id="20261121T040000Z", previous_run_id="20261120T040000Z")


def parse(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode())


def diff(before: list[str], after: list[str]) -> str:
    return "\n".join(unified_diff(before, after, lineterm="", n=1))


def test_the_page_tells_counts_facts_and_texts() -> None:
    rows = make_membership("added", evidence_after="Medlemmar är Ale och Lerum.")
    changed = make_page_change("changed", diff=diff(["Vi har 12 medlemmar."], ["Vi har 13 medlemmar."]), similarity=0.9, **ARCHIVED)
    page = parse(render(rows, [changed]))
    assert page.xpath("string(//p[@class='counts'])") == "1 member added, 1 page changed"
    assert page.xpath("string(//li[@class='added']/text())") == "Ale kommun is a new member of Göteborgsregionen"
    assert page.xpath("string(//li//q)") == "Medlemmar är Ale och Lerum."
    assert page.xpath("//del/text() | //ins/text()") == ["12", "13"]
    assert page.xpath("//article//a/@href") == [PAGE["url"], *(f"../../archive/2026112{day}T040000Z.wacz" for day in (0, 1))]
    assert "4,096 bytes from 512, fetched 2026-11-21 12:00 UTC" in page.text_content()


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [
        ("moved", {"previous_url": "https://www.goteborgsregionen.se/gammal"}, "before: https://www.goteborgsregionen.se/gammal"),
        ("new", {"added": "En mening.\nEn till."}, "what it says: 2 sentences"),
        ("gone", {"removed": "En mening."}, "what it said: 1 sentence"),
        ("changed", {"facts_changed": 2}, "2 facts changed"),
    ],
)
def test_what_happened_to_a_page_is_marked(change: str, row: dict[str, Any], words: str) -> None:
    page = parse(render([], [make_page_change(change, **row)]))
    assert page.xpath("//span[contains(@class, 'mark')]/text()") == [change]
    assert words in page.text_content()


def test_what_is_only_read_otherwise_is_folded_and_not_counted() -> None:
    rows = [make_change("members", "added", key=ALE | {"member_id": f"org:{n}"}, cause="reading") for n in range(MOST_READINGS + 5)]
    page = parse(render(rows, []))
    assert page.xpath("string(//p[@class='counts'])") == "no changes"
    assert len(page.xpath("//details//li")) == MOST_READINGS
    assert "and 5 more" in page.xpath("string(//details)")


def test_a_first_run_says_so() -> None:
    assert "the first run" in render_changes_page([], [], run_id="a", previous_run_id=None)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = parse(render([make_change("members", "added", key=ALE)], [make_page_change("changed", diff=diff(["a"], ["b"]), **ARCHIVED)]))
    assert page.xpath("//script | //img | //link | //iframe | //@src | //@style | //@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"url\(|@import", page.xpath("string(//style)"))


def test_what_a_page_says_is_text_and_nothing_else() -> None:
    texts = {"subject": HOSTILE, "evidence_before": HOSTILE, "evidence_after": HOSTILE, "organisation_name": HOSTILE, "before": HOSTILE}
    page = make_page_change("new", title=HOSTILE, added=HOSTILE, url="https://x.se/" + HOSTILE, archive_file="../" + HOSTILE)
    changed = make_page_change("changed", title=HOSTILE, diff=diff([HOSTILE], [HOSTILE + " x"]), previous_url="javascript:alert(1)")
    rendered = parse(render([make_change("contacts", "changed", column="unit", after=HOSTILE, **texts)], [page, changed]))
    assert rendered.xpath("//script | //img | //comment()") == []
    assert rendered.xpath("//a/@href[not(starts-with(., 'http'))]") == []
    assert rendered.text_content().count("<script>alert(1)</script>") >= 8


texts = st.none() | st.text(max_size=30) | st.just(HOSTILE)


@given(subject=texts, evidence=texts, title=texts, before=st.lists(st.text(max_size=10)), after=st.lists(st.text(max_size=10)))
def test_any_row_gives_a_page_of_the_same_elements(subject: str, evidence: str, title: str, before: list[str], after: list[str]) -> None:
    row = make_change("contacts", "changed", column="unit", subject=subject, evidence_after=evidence)
    page = render([row], [make_page_change("changed", title=title, diff=diff(before, after))])
    known = {"html", "head", "meta", "title", "style", "body", "header", "section", "article", "footer", "p", "h1", "h2", "h3"}
    assert {element.tag for element in parse(page).iter()} <= known | {"ul", "li", "a", "span", "q", "div", "del", "ins"}


def test_a_page_of_many_changes_stays_small_and_says_what_is_left_out() -> None:
    text = [f"Mening {number} med några ord & <tecken> i." for number in range(300)]
    pages = [make_page_change("changed", page_id=f"{n:016x}", diff=diff(text, [f"{line} Nytt{n}" for line in text])) for n in range(60)]
    facts = [make_change("members", "added", key=ALE, subject=f"Ale {n}", evidence_after="&" * 300) for n in range(3000)]
    page = render(facts, pages)
    assert ROOM < len(page.encode()) < 5_000_000
    shown = len(parse(page).xpath("//article"))
    assert 0 < shown < 60
    assert f"facts and {60 - shown} pages are left out here" in page
