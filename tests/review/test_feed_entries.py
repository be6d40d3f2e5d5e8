"""The entries of a feed, and the feed as XML: valid Atom, whatever pages say."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from review.atom import write_feed
from review.feed_entries import make_entries
from tests.review.change_rows import ALE, PAGE, make_change, make_membership, make_page_change

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
NAMES = {"atom": "http://www.w3.org/2005/Atom"}
FIRST, SECOND = datetime(2026, 11, 21, 4, tzinfo=UTC), datetime(2026, 11, 22, 4, tzinfo=UTC)
HOSTILE = """"><script>alert(1)</script>]]>&lt;b&gt; <![CDATA[ \x00\x0b\ud800 'x' <!-- --> &nbsp;"""
Row = dict[str, Any]


def logged(row: Row, began: datetime = FIRST) -> Row:
    """A row as the log of changes has it."""
    return row | {"run_started_at": began, "run_id": f"{began:%Y%m%dT%H%M%SZ}"}


def make_feed(changes: list[Row], pages: list[Row], about: str = "") -> etree._Element:
    """The feed of these rows as a reader has it, checked against the schema."""
    text = write_feed("tag:samverkan,2026:all", "Changes", list(make_entries(changes, pages, about)), address="feed.atom", updated=FIRST)
    feed = etree.fromstring(text.encode())
    ATOM.assertValid(feed)
    return feed


def read(feed: etree._Element, path: str) -> list[str]:
    found = feed.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(value) for value in found]


def test_a_changed_page_is_an_entry_with_its_facts_and_sentences() -> None:
    page = make_page_change("changed", added="Ale är medlem.", removed="Vi är tolv.")
    feed = make_feed(list(map(logged, make_membership("added"))), [logged(page)])
    assert read(feed, "atom:entry/atom:id/text()") == ["tag:samverkan,2026:20261121T040000Z/0123456789abcdef"]
    assert read(feed, "atom:entry/atom:title/text()") == ["Medlemskommuner: 1 member added"]
    assert read(feed, "atom:entry/atom:updated/text() | atom:updated/text()") == ["2026-11-21T04:00:00Z"] * 2
    assert read(feed, "atom:entry/atom:link/@href") == [PAGE["url"]]
    [content] = read(feed, "atom:entry/atom:content/text()")
    shown = html.fromstring(content)
    assert shown.xpath("//li/text()") == ["Ale kommun is a new member of Göteborgsregionen"]
    assert shown.xpath("//p//text()") == [PAGE["url"], "Added:", "Ale är medlem.", "Removed:", "Vi är tolv."]


def test_facts_on_no_changed_page_are_an_entry_of_their_organisation() -> None:
    relation = make_change("relations", "removed", key=ALE, subject="Ale kommun")
    renamed = make_change("organisations", "renamed", column="name", before="GR", after="Göteborgsregionen", page_id=None, url=None)
    feed = make_feed([logged(relation), logged(renamed)], [])
    assert read(feed, "atom:entry/atom:title/text()") == ["Göteborgsregionen: 1 member removed, 1 organisation renamed"]
    assert read(feed, "atom:entry/atom:id/text()") == ["tag:samverkan,2026:20261121T040000Z/orgnr:222000-0265"]


def test_neither_another_reading_nor_another_date_of_a_page_is_an_entry() -> None:
    nobody = {"organisation_id": None, "organisation_name": None}
    rows = [
        make_change("members", "removed", key=ALE, cause="reading"),
        make_change("pages", "changed", column="updated_on", before="2026-11-01", after="2026-11-20", **nobody),
        make_change("dates", "changed", column="edtf", before="2026-11-01", after="2026-11-20", **nobody),
    ]
    assert list(make_entries(map(logged, rows), [])) == []


def test_a_feed_without_entries_is_valid() -> None:
    assert read(make_feed([], []), "atom:updated/text()") == ["2026-11-21T04:00:00Z"]


def test_newer_runs_come_first_and_ids_differ_between_runs_pages_and_feeds() -> None:
    page = make_page_change("changed", added="x")
    rows = [logged(page), logged(page, SECOND), logged(page | {"page_id": "f" * 16, "url": "https://x.se/"}, SECOND)]
    ids = [*read(make_feed([], rows), "atom:entry/atom:id/text()"), *read(make_feed([], rows, "kommun:1440"), "atom:entry/atom:id/text()")]
    assert len(set(ids)) == 6
    assert [name.partition("/")[0][-16:] for name in ids[:3]] == ["20261122T040000Z", "20261122T040000Z", "20261121T040000Z"]
    assert ids[5] == ids[2] + "?for=kommun:1440"


def test_what_a_page_says_is_text_in_the_feed() -> None:
    page = make_page_change("moved", title=HOSTILE, added=HOSTILE, removed=HOSTILE, previous_url="javascript:alert(1)")
    page["url"] = "https://x.se/" + HOSTILE
    fact = make_change("contacts", "changed", column="unit", subject=HOSTILE, before=HOSTILE, after=HOSTILE)
    feed = make_feed([logged(fact)], [logged(page)])
    [content] = read(feed, "atom:entry/atom:content/text()")
    shown = html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert shown.xpath("//script | //comment()") == []
    assert shown.xpath("//@href[not(starts-with(., 'https://x.se/'))]") == []
    assert str(shown.xpath("string()")).count("<script>alert(1)</script>") >= 4


texts = st.none() | st.text(max_size=30) | st.just(HOSTILE)


@given(title=texts, added=texts, subject=texts, before=texts, name=texts, change=st.sampled_from(["new", "gone", "moved", "changed"]))
def test_any_row_gives_valid_atom(title: str, added: str, subject: str, before: str, name: str, change: str) -> None:
    fact = make_change("contacts", "changed", column="unit", subject=subject, before=before, after=added, organisation_name=name)
    other = fact | {"page_id": None, "url": None}
    feed = make_feed([logged(fact), logged(other)], [logged(make_page_change(change, title=title, added=added, removed=before))])
    assert len(read(feed, "atom:entry/atom:id/text()")) == 2
