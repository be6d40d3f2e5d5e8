import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.run import Run
from schemas.datasets import KEYS, KNOWN
from schemas.errors import NothingReadable, UsageError
from schemas.facts import Issue
from schemas.manifest import read_manifest
from schemas.output import latest_run
from schemas.runs import list_runs
from schemas.tables import read_rows
from tests.pipelines.small_pages import GR, GR_TEXT, NOON, SITES, make_page, read_lines, run_pages

PAGES = (
    make_page(GR, GR_TEXT + "\nAntal: 13 kommuner\nKontakt: Eva Ek, +46317012345"),
    make_page("https://partille.se/samverkan", "Tolkförmedling Väst: Partille kommun, Västra Götalandsregionen"),
    make_page("https://partille.se/borta", status=404),
    make_page("https://partille.se/blankett.pdf", "%PDF", content_type="application/pdf"),
    make_page("https://ale.se/trasig", "!"),
)


def test_a_run_is_published_with_every_dataset(tmp_path: Path) -> None:
    run = run_pages(tmp_path, *PAGES)
    latest = tmp_path / "latest"
    assert latest.readlink() == Path("runs") / run.run_id
    told = {"manifest.json", "datapackage.json", "metrics.prom"}
    assert {path.name for path in latest.iterdir()} == {*told, *(f"{name}.parquet" for name in KNOWN)}
    assert latest_run(tmp_path) == run.folder.resolve()


def test_pandas_and_duckdb_read_the_same_rows(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES)
    path = tmp_path / "latest" / "members.parquet"
    frame = pd.read_parquet(path)
    assert sorted(zip(frame.organisation_name, frame.member_name, strict=True)) == [
        ("Göteborgsregionens kommunalförbund", "Ale kommun"),
        ("Göteborgsregionens kommunalförbund", "Partille kommun"),
        ("Tolkförmedling Väst", "Partille kommun"),
        ("Tolkförmedling Väst", "Västra Götalandsregionen"),
    ]
    assert frame.columns[-1] == "run_id"
    assert duckdb.execute("select count(*), count(distinct member_id) from read_parquet(?)", [str(path)]).fetchall() == [(4, 3)]


def test_evidence_and_mentions_are_found_in_the_text(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES)
    texts = {row["page_id"]: row["text"] for row in read_rows(tmp_path / "latest" / "pages.parquet")}
    for dataset, column in (("members", "evidence"), ("contacts", "evidence"), ("member_counts", "evidence"), ("mentions", "text")):
        rows = read_rows(tmp_path / "latest" / f"{dataset}.parquet")
        assert rows
        assert all(texts[row["page_id"]][row["text_start"] : row["text_end"]] == row[column] for row in rows), dataset


def test_keys_are_unique_and_rows_sorted_by_them(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES, *PAGES)
    for dataset in KNOWN:
        key = KEYS[dataset]
        rows = pd.read_parquet(tmp_path / "latest" / f"{dataset}.parquet")
        keys = list(rows[list(key)].itertuples(index=False, name=None)) if key else []
        assert keys == sorted(set(keys)), dataset


def test_every_organisation_that_a_row_names_has_a_row(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES)
    known = set(pd.read_parquet(tmp_path / "latest" / "organisations.parquet").organisation_id)
    for dataset, column in (
        ("members", "organisation_id"),
        ("members", "member_id"),
        ("mentions", "organisation_id"),
        ("pages", "owner_id"),
    ):
        assert set(pd.read_parquet(tmp_path / "latest" / f"{dataset}.parquet")[column]) <= known


def test_what_could_not_be_read_is_an_issue_and_counts_in_coverage(tmp_path: Path) -> None:
    run_pages(tmp_path, *PAGES)
    issues = pd.read_parquet(tmp_path / "latest" / "issues.parquet").set_index("code")
    assert set(issues.index) == {"page_missing", "not_html", "parser_failed", "count_gap"}
    assert issues.loc["page_missing", "value"] == "https://partille.se/borta"
    assert issues.loc["page_missing", "site_id"] == "partille"
    coverage = pd.read_parquet(tmp_path / "latest" / "coverage.parquet").set_index("site_id")
    assert coverage.outcome.to_dict() == {"ale": "facts", "partille": "facts"}
    assert coverage.pages_failed.to_dict() == {"ale": 1, "partille": 1}
    assert "trasig" in str(coverage.loc["ale", "first_error"])


def test_the_manifest_balances_and_hashes_every_file(tmp_path: Path) -> None:
    run = run_pages(tmp_path, *PAGES)
    manifest = read_manifest(run.folder)
    assert (manifest.status, manifest.kind, manifest.exit_code) == ("published", "crawl", 0)
    assert manifest.sites == {"ale": "facts", "partille": "facts"}
    assert set(manifest.files) == {path.name for path in run.folder.iterdir()} - {"manifest.json"}
    assert all(entry.balance is not None and entry.balance.holds for entry in manifest.datasets.values())
    assert manifest.rows["members"] == 4
    assert manifest.issues == {"error": {"parser_failed": 1}, "info": {"count_gap": 1, "not_html": 1}, "warning": {"page_missing": 1}}


def test_the_data_package_describes_every_file(tmp_path: Path) -> None:
    run = run_pages(tmp_path, *PAGES)
    package = json.loads((run.folder / "datapackage.json").read_text())
    assert {resource["path"] for resource in package["resources"]} == {f"{name}.parquet" for name in KNOWN}
    assert all(field["description"] for resource in package["resources"] for field in resource["schema"]["fields"])


def test_the_same_pages_in_any_order_give_the_same_rows(tmp_path: Path) -> None:
    first = run_pages(tmp_path, *PAGES, kind="extract", run_id="a")
    second = run_pages(tmp_path, *reversed(PAGES), kind="extract", run_id="b")
    for dataset in KNOWN:
        assert first.manifest.datasets[dataset].content_sha256 == second.manifest.datasets[dataset].content_sha256
        left, right = (pd.read_parquet(run.folder / f"{dataset}.parquet").drop(columns="run_id") for run in (first, second))
        pd.testing.assert_frame_equal(left, right)


def test_the_latest_capture_counts_and_the_earlier_one_is_merged(tmp_path: Path) -> None:
    early, late = make_page(GR, GR_TEXT), make_page(GR, "Göteborgsregionen: Ale kommun", hours=1)
    run = run_pages(tmp_path, late, early, kind="extract")
    assert pd.read_parquet(run.folder / "members.parquet").member_name.tolist() == ["Ale kommun"]
    balance = run.manifest.datasets["members"].balance
    assert balance is not None
    assert (balance.extracted, balance.merged, balance.stored) == (3, 2, 1)


@pytest.mark.parametrize("is_turned", [False, True])
def test_the_latest_capture_is_the_one_that_the_site_confirmed_last(tmp_path: Path, is_turned: bool) -> None:
    confirmed = replace(make_page(GR, GR_TEXT), checked_at=NOON + timedelta(hours=2))
    captures = [make_page(GR, GR_TEXT), make_page(GR, "Göteborgsregionen: Lerums kommun", hours=1), confirmed]
    run = run_pages(tmp_path, *(reversed(captures) if is_turned else captures), kind="extract")
    assert set(pd.read_parquet(run.folder / "members.parquet").member_name) == {"Ale kommun", "Partille kommun"}
    [page] = read_rows(run.folder / "pages.parquet")
    assert (page["fetched_at"], page["checked_at"]) == (NOON, NOON + timedelta(hours=2))
    [ale, _] = read_rows(run.folder / "coverage.parquet")
    assert ale["last_success_at"] == NOON + timedelta(hours=2)


def test_an_extract_holds_only_its_own_pages(tmp_path: Path) -> None:
    run_pages(tmp_path, PAGES[0], kind="extract", run_id="a")
    run_pages(tmp_path, PAGES[1], kind="extract", run_id="b")
    assert pd.read_parquet(tmp_path / "latest" / "pages.parquet").url.tolist() == [PAGES[1].url]
    coverage = pd.read_parquet(tmp_path / "latest" / "coverage.parquet").set_index("site_id")
    assert coverage.outcome.to_dict() == {"ale": "not_visited", "partille": "facts"}


def test_a_page_of_no_known_site_keeps_its_facts(tmp_path: Path) -> None:
    run = run_pages(tmp_path, make_page("https://annan.se/", GR_TEXT))
    page = pd.read_parquet(run.folder / "pages.parquet").iloc[0]
    assert page.site_id is None or pd.isna(page.site_id)
    assert run.manifest.rows["members"] == 2


def test_without_a_readable_page_nothing_is_published(tmp_path: Path) -> None:
    run_pages(tmp_path, PAGES[0], run_id="a")
    with pytest.raises(NothingReadable):
        run_pages(tmp_path, PAGES[2], run_id="b")
    assert (tmp_path / "latest").readlink() == Path("runs/a")
    assert {path.name for path in (tmp_path / "runs/b").iterdir()} == {
        "manifest.json",
        "metrics.prom",
        "coverage.parquet",
        "issues.parquet",
    }
    assert pd.read_parquet(tmp_path / "runs/b/issues.parquet").code.tolist() == ["page_missing"]
    manifest = read_manifest(tmp_path / "runs/b")
    assert (manifest.status, manifest.exit_code) == ("failed", 4)
    assert manifest.sites == {"ale": "not_visited", "partille": "failed"}


def test_an_interrupted_run_is_kept_unpublished(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines):
        raise KeyboardInterrupt
    assert not (tmp_path / "latest").exists()
    assert [(run.run_id, run.status, run.exit_code) for run in list_runs(tmp_path)] == [("a", "interrupted", 130)]


def test_an_error_in_the_run_keeps_it_as_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines):
        raise RuntimeError("the spider broke")
    manifest = read_manifest(tmp_path / "runs/a")
    assert (manifest.status, manifest.reason, manifest.exit_code) == ("failed", "the spider broke", 70)


def test_a_run_that_is_under_way_has_no_exit_code(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", run_id="a", sites=SITES, read=read_lines) as run:
        manifest = read_manifest(tmp_path / "runs" / ".a.partial")
        run.abandon("interrupted", "stopped", 143)
    assert (manifest.status, manifest.exit_code) == ("running", None)
    assert read_manifest(tmp_path / "runs" / "a").exit_code == 143


def test_a_run_id_is_used_once(tmp_path: Path) -> None:
    run_pages(tmp_path, PAGES[0], run_id="a")
    with pytest.raises(UsageError, match="a exists already"):
        run_pages(tmp_path, PAGES[0], run_id="a")
    run_pages(tmp_path, PAGES[0], run_id="b")  # the lock was released


@pytest.mark.parametrize("run_id", ["../a", ".a", "a/b", "a b", "a\n"])
def test_a_run_id_is_a_file_name(tmp_path: Path, run_id: str) -> None:
    with pytest.raises(UsageError):
        run_pages(tmp_path, PAGES[0], run_id=run_id)


def test_issues_from_elsewhere_find_their_site_and_page(tmp_path: Path) -> None:
    with Run.open(tmp_path, kind="crawl", sites=SITES, read=read_lines) as run:
        run.add_page(PAGES[0])
        run.add_issue(Issue("fetch_failed", "No route\ud800", value=""), url="https://partille.se/x")
        run.finish()
    issue = pd.read_parquet(run.folder / "issues.parquet").set_index("code").loc["fetch_failed"]
    assert (issue.site_id, issue.message, len(issue.page_id)) == ("partille", "No route?", 16)
    assert pd.isna(issue.value)


def test_options_and_versions_stand_in_the_manifest(tmp_path: Path) -> None:
    options = {"max_pages": 60, "sites": Path("sites.toml"), "resume": False}
    with Run.open(tmp_path, kind="crawl", sites=SITES, options=options, read=read_lines) as run:
        run.add_page(PAGES[0])
        manifest = run.finish()
    assert manifest.options == {"max_pages": 60, "sites": "sites.toml", "resume": False}
    assert set(manifest.code) == {"version", "commit", "reading"}
    assert "pyarrow" in manifest.libraries


def test_a_page_of_random_bytes_is_no_readable_page(tmp_path: Path) -> None:
    page = replace(PAGES[0], body=bytes(range(256)) * 40)
    with Run.open(tmp_path, kind="extract", run_id="a", sites=SITES) as run:
        run.add_page(page)
        with pytest.raises(NothingReadable):
            run.finish()
    assert "page_unreadable" in set(pd.read_parquet(tmp_path / "runs/a/issues.parquet").code)
    coverage = pd.read_parquet(tmp_path / "runs/a/coverage.parquet").set_index("site_id")
    assert coverage.outcome.to_dict() == {"ale": "failed", "partille": "not_visited"}
