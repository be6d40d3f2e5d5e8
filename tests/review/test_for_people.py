"""Two crawls, one after the other, as people read of them: the page of changes, the digest, the feeds."""

import logging
from pathlib import Path

import pytest
from lxml import etree

from pipelines.run import Run
from review.feed import ADDRESS, write_feeds
from review.log import read_log
from review.review import RunReview
from schemas.manifest import read_manifest
from tests.pipelines.small_pages import GR, SITES, make_page, read_lines
from tests.review.test_feed_entries import ATOM, read

BEFORE = "Göteborgsregionen: Ale kommun, Partille kommun\nAntal: 12 kommuner\nKontakt: Eva Ek, +46313355000"
AFTER = "Göteborgsregionen: Ale kommun, Partille kommun, Lerums kommun\nAntal: 13 kommuner\nKontakt: Eva Ek, +46313355001"


GR_NAME = "Göteborgsregionens kommunalförbund"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two published crawls of a page, of which the second says something else."""
    output = tmp_path_factory.mktemp("output")
    publish(output, "r1", BEFORE)
    publish(output, "r2", AFTER)
    return output


def publish(output: Path, run_id: str, text: str) -> Path:
    """The folder of a crawl in which the page says this."""
    hours = 24 * int(run_id[1:])
    with Run.open(
        output, kind="crawl", run_id=run_id, sites=SITES, options={"names": "ale partille"}, read=read_lines, reviewer=RunReview()
    ) as run:
        run.add_page(make_page("https://ale.se/", "Hem", hours=hours))
        run.add_page(make_page(GR, text, hours=hours))
        run.finish()
    return run.folder


def load_feed(file: Path) -> etree._Element:
    feed = etree.parse(file).getroot()
    ATOM.assertValid(feed)
    return feed


def list_titles(file: Path) -> list[str]:
    return read(load_feed(file), "atom:entry/atom:title/text()")


def test_the_digest_tells_of_the_second_crawl(output: Path) -> None:
    digest = (output / "runs" / "r2" / "digest.md").read_text("utf-8")
    assert "Since r1: 1 member added, 1 stated count changed, 1 contact changed" in digest
    for line in (
        f"- Lerums kommun is a new member of {GR_NAME}",
        f"- stated members of {GR_NAME}: 13, was 12 (kommuner)",
        "- the phone of Eva Ek is +46 31 335 50 01, was +46 31 335 50 00",
        "- changed: Samverkan\n  <https://ale.se/gr>",
    ):
        assert f"\n{line}\n" in digest


def test_the_first_crawl_has_nothing_to_be_compared_with(output: Path) -> None:
    assert "first run" in (output / "runs" / "r1" / "digest.md").read_text("utf-8")
    assert "first run" in (output / "runs" / "r1" / "changes.html").read_text("utf-8")


def test_the_page_of_changes_shows_both_texts(output: Path) -> None:
    page = (output / "runs" / "r2" / "changes.html").read_text("utf-8")
    assert "Lerums kommun is a new member of Göteborgsregionen" in page
    assert "<del>12</del>" in page
    assert "<ins>13</ins>" in page


def test_the_manifest_knows_both_files(output: Path) -> None:
    assert {"changes.html", "digest.md"} <= read_manifest(output / "runs" / "r2").files.keys()


def test_the_feed_has_an_entry_for_the_changed_page(output: Path) -> None:
    [title] = list_titles(output / "feed.atom")
    assert title.startswith("Samverkan: 1 member added, 1 stated count changed, 1 contact changed")
    assert read(load_feed(output / "feed.atom"), "atom:entry/atom:link/@href") == [GR]


def test_a_feed_made_again_is_the_same(output: Path) -> None:
    before = (output / "feed.atom").read_bytes()
    (output / "feed.atom").unlink()
    write_feeds(output)
    assert (output / "feed.atom").read_bytes() == before


def test_the_feed_says_where_it_can_be_had(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "watch-list.txt").write_text("kommun:1440\n", encoding="utf-8")
    monkeypatch.setenv(ADDRESS, "https://example.org/samverkan/feed.atom")
    write_feeds(output)
    files = (output / "feed.atom", output / "feeds" / "kommun-1440.atom")
    assert [read(load_feed(file), "atom:link[@rel='self']/@href")[0] for file in files] == [
        "https://example.org/samverkan/feed.atom",
        "https://example.org/samverkan/feeds/kommun-1440.atom",
    ]


@pytest.mark.parametrize(
    ("line", "file", "titles"),
    [
        ("kommun:1441", "kommun-1441", ["Lerums kommun: 1 organisation added", f"{GR_NAME}: 1 member added"]),
        ("lerum kommun  # our neighbour", "kommun-1441", ["Lerums kommun: 1 organisation added", f"{GR_NAME}: 1 member added"]),
        ("kommun:1440", "kommun-1440", ["Samverkan: 1 member added"]),
        ("kommun:1402", "kommun-1402", []),
        ("göteborgsregionen", "orgnr-222000-0265", [f"{GR_NAME}: 1 member added"]),
    ],
    ids=["member", "name", "its-own-page", "not-concerned", "body"],
)
def test_a_watched_organisation_has_a_feed(output: Path, line: str, file: str, titles: list[str]) -> None:
    (output / "watch-list.txt").write_text(f"# whom we watch\n\n{line}\n", encoding="utf-8")
    write_feeds(output)
    assert [path.name for path in (output / "feeds").iterdir()] == [f"{file}.atom"]
    found = list_titles(output / "feeds" / f"{file}.atom")
    assert len(found) == len(titles)
    assert all(title.startswith(words) for title, words in zip(found, titles, strict=True))


def test_a_line_that_names_nobody_is_warned_of(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    (output / "watch-list.txt").write_text("kommun:9999\nIngenting alls\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        write_feeds(output)
    assert [record.args for record in caplog.records] == [("kommun:9999",), ("Ingenting alls",)]
    assert list((output / "feeds").iterdir()) == []


def test_a_feed_is_bounded_and_keeps_the_newest(output: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("review.feed.MOST_ENTRIES", 2)
    for number in range(1, 5):
        publish(tmp_path, f"r{number}", f"Göteborgsregionen: Ale kommun\nAntal: {number} kommuner")
    ids = read(load_feed(tmp_path / "feed.atom"), "atom:entry/atom:id/text()")
    assert [name.partition(":r")[2][:1] for name in ids] == ["4", "3"]
    assert len({row["run_id"] for row in read_log(tmp_path, "page_changes")}) == 3
