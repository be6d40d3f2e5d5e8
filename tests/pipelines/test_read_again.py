from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.reader import read_record
from pipelines.run import Run
from registry.sites import Site, SiteList
from schemas.errors import SamverkanError
from schemas.output import run_folder
from schemas.page import ArchivePlace
from schemas.review import Candidate, Verdict
from tests.pipelines.spied_runs import Spy, crawl_pages, extract_pages, list_sites, list_values, read_datasets, write_warc

SOLTAK, RAMBO = "https://prov.example/soltak", "https://prov.example/rambo"


def write_page(words: str) -> str:
    return f'<html lang="sv"><head><title>Samverkan</title></head><body><main><h1>Samverkan</h1><p>{words}</p></main></body></html>'


OWNED = write_page("Vi äger SOLTAK AB tillsammans med Stenungsunds kommun och Tjörns kommun.")
OTHER = write_page("Rambo AB ägs av Munkedals kommun, Sotenäs kommun och Tanums kommun. Vi är medlemmar i Fyrbodals kommunalförbund.")
FEWER = write_page("Rambo AB ägs av Munkedals kommun och Tanums kommun. Vi är medlemmar i Fyrbodals kommunalförbund.")
BEFORE, AFTER = list_sites("Provkommunen"), list_sites("kommun:1440")
"""Whose site it is: "vi" on its pages is another organisation once the site list names another owner."""


def published(run: Run) -> list[tuple[object, ...]]:
    return list_values(read_datasets(run.folder))


def page_id(run: Run, url: str) -> str:
    return str(next(row["page_id"] for row in read_datasets(run.folder)["pages"] if row["url"] == url))


def test_nothing_is_read_again_where_the_same_code_read_both(tmp_path: Path) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED}, BEFORE)
    assert crawl_pages(tmp_path, "2", {SOLTAK: OWNED.replace("Tjörns", "Ale")}, BEFORE)[1].reread is None


def test_the_same_bytes_read_again_are_what_they_are_now(tmp_path: Path) -> None:
    first, _ = crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    second, spy = crawl_pages(tmp_path, "2", {SOLTAK: OWNED, RAMBO: OTHER}, AFTER)
    assert spy.reread
    assert list_values(spy.reread) == published(second) != published(first)
    assert spy.list_changes("reading")
    assert not spy.list_changes("page")


def test_a_page_that_changed_is_read_again_from_the_bytes_of_then(tmp_path: Path) -> None:
    first, _ = crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    second, spy = crawl_pages(tmp_path, "2", {SOLTAK: OWNED, RAMBO: FEWER}, AFTER)
    assert spy.reread
    left = {row["member_id"] for row in spy.reread["members"]} - {row["member_id"] for row in spy.now["members"]}
    assert left == {"kommun:1427"}
    assert "org:provkommunen" not in {row["member_id"] for row in spy.reread["members"]}
    soltak = page_id(second, SOLTAK)
    assert list_values(spy.reread, soltak) == list_values(spy.now, soltak) != list_values(read_datasets(first.folder), soltak)
    assert {dataset for dataset, _ in spy.list_changes("page")} == {"members", "relations", "organisations"}
    assert all("kommun:1427" in key for _, key in spy.list_changes("page"))
    assert any("org:provkommunen" in key for _, key in spy.list_changes("reading"))


def test_a_page_that_was_not_looked_at_stays_as_it_was(tmp_path: Path) -> None:
    first, _ = crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    _, spy = crawl_pages(tmp_path, "2", {RAMBO: OTHER}, AFTER)
    soltak = page_id(first, SOLTAK)
    assert spy.reread
    assert list_values(spy.reread, soltak) == list_values(spy.now, soltak) == list_values(read_datasets(first.folder), soltak)


def test_a_page_that_is_gone_stays_in_the_reading_of_the_run_before(tmp_path: Path) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    _, spy = crawl_pages(tmp_path, "2", {SOLTAK: 410, RAMBO: OTHER}, AFTER)
    assert spy.reread
    assert {row["url"] for row in spy.reread["pages"]} == {SOLTAK, RAMBO}
    assert {row["url"] for row in spy.now["pages"]} == {RAMBO}
    assert ("members", "removed") in {(row["dataset"], row["change"]) for row in spy.changes if row["cause"] == "page"}


def test_what_an_outage_kept_from_the_new_code_is_read_again_when_it_comes_back(tmp_path: Path) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE, timedelta(days=1))
    crawl_pages(tmp_path, "2", {SOLTAK: 503, RAMBO: OTHER}, AFTER)
    third, spy = crawl_pages(tmp_path, "3", {SOLTAK: OWNED, RAMBO: FEWER}, AFTER)
    soltak = page_id(third, SOLTAK)
    assert spy.reread
    assert list_values(spy.reread, soltak) == list_values(spy.now, soltak)
    assert len(spy.reread["members"]) == len(spy.now["members"]) + 1
    assert all("kommun:1427" in key for _, key in spy.list_changes("page"))
    assert any("org:provkommunen" in key for _, key in spy.list_changes("reading"))
    assert crawl_pages(tmp_path, "4", {SOLTAK: OWNED, RAMBO: OTHER}, AFTER)[1].reread is None


def test_what_an_outage_kept_from_the_new_code_is_read_by_it_when_the_site_confirms_it(tmp_path: Path) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE, timedelta(days=1))
    second, _ = crawl_pages(tmp_path, "2", {SOLTAK: 503, RAMBO: OTHER}, AFTER)
    row = next(row for row in read_datasets(second.folder)["pages"] if row["url"] == SOLTAK)
    page = read_record(ArchivePlace(row["archive_file"], row["archive_offset"], row["archive_length"]), tmp_path / "archive")
    spy = Spy()
    with Run.open(tmp_path, kind="crawl", run_id="3", sites=AFTER, reviewer=spy) as run:
        run.add_page(replace(page, checked_at=datetime.now(UTC)))
        run.finish()
    assert run.manifest.rows["members"] == second.manifest.rows["members"]
    assert "org:provkommunen" not in {row["member_id"] for row in spy.now["members"]}
    assert spy.list_changes("reading")
    assert not spy.list_changes("page")


def test_a_lost_archive_costs_the_pages_that_changed_only(tmp_path: Path) -> None:
    first, _ = crawl_pages(tmp_path, "1", {SOLTAK: OWNED, RAMBO: OTHER}, BEFORE)
    first.archive.unlink()
    second, spy = crawl_pages(tmp_path, "2", {SOLTAK: OWNED, RAMBO: FEWER}, AFTER)
    assert spy.reread
    soltak, rambo = (page_id(second, url) for url in (SOLTAK, RAMBO))
    assert list_values(spy.reread, soltak) == list_values(spy.now, soltak)
    assert list_values(spy.reread, rambo) == list_values(read_datasets(first.folder), rambo)


def test_an_archive_that_another_has_replaced_is_not_taken_for_it(tmp_path: Path) -> None:
    warc = tmp_path / "pages.warc.gz"
    first, _ = extract_pages(tmp_path / "output", "1", [write_warc(warc, {SOLTAK: OWNED, RAMBO: OTHER})], BEFORE)
    warc.unlink()
    second, spy = extract_pages(tmp_path / "output", "2", [write_warc(warc, {SOLTAK: OWNED.replace("Tjörns", "Ale"), RAMBO: OTHER})], AFTER)
    assert spy.reread
    soltak, rambo = (page_id(second, url) for url in (SOLTAK, RAMBO))
    assert list_values(spy.reread, soltak) == list_values(read_datasets(first.folder), soltak)
    assert list_values(spy.reread, rambo) == list_values(spy.now, rambo)


def test_extracts_are_read_again_from_the_archives_that_they_were_given(tmp_path: Path) -> None:
    archives = [
        write_warc(tmp_path / f"{name} arkiv" / f"{name}.warc.gz", {SOLTAK: OWNED, RAMBO: html})
        for name, html in (("a", OTHER), ("b", FEWER))
    ]
    extract_pages(tmp_path / "output", "1", archives[:1], BEFORE)
    _, spy = extract_pages(tmp_path / "output", "2", archives[1:], AFTER)
    assert spy.reread
    assert len(spy.reread["members"]) == len(spy.now["members"]) + 1
    assert "org:provkommunen" not in {row["organisation_id"] for row in spy.reread["organisations"]}


def test_a_site_that_left_the_list_keeps_its_pages_and_facts(tmp_path: Path) -> None:
    other = SiteList((Site("annan", "kommun:1430", ("https://annan.example/",), ("annan.example",)),))
    both = SiteList((*BEFORE, *other))
    first, _ = crawl_pages(tmp_path, "1", {SOLTAK: OWNED, "https://annan.example/rambo": OTHER}, both)
    second, spy = crawl_pages(tmp_path, "2", {"https://annan.example/rambo": OTHER}, other)
    assert spy.reread
    assert list_values(spy.reread) == list_values(spy.now) == published(first)
    assert {row["site_id"] for row in spy.now["pages"]} == {"prov", "annan"}
    assert set(second.manifest.sites) == {"annan"}
    assert spy.changes == []


def test_nothing_of_the_reading_is_published(tmp_path: Path) -> None:
    crawl_pages(tmp_path, "1", {SOLTAK: OWNED}, BEFORE)
    second, spy = crawl_pages(tmp_path, "2", {SOLTAK: OWNED}, AFTER)
    assert spy.reread
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith((".2", "reread"))]
    assert {path.name for path in second.folder.iterdir()} == {*second.manifest.files, "manifest.json"} - {
        name for name in second.manifest.files if name.startswith("archive/")
    }


def test_nothing_of_the_reading_is_left_of_a_run_that_fails(tmp_path: Path) -> None:
    class Broken(Spy):
        def review(self, candidate: Candidate) -> Verdict:
            assert candidate.reread
            raise SamverkanError("the review broke")

    crawl_pages(tmp_path, "1", {SOLTAK: OWNED}, BEFORE)
    with pytest.raises(SamverkanError, match="the review broke"):
        crawl_pages(tmp_path, "2", {SOLTAK: OWNED}, AFTER, spy=Broken())
    kept = {path.name for path in run_folder(tmp_path, "2").iterdir()}
    assert kept == {"manifest.json", "coverage.parquet", "issues.parquet", "metrics.prom"}
