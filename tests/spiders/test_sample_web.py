"""The sample web crawled over HTTP, and its archive crawled in its place."""

from pathlib import Path

from spiders.replay import replay_settings
from tests.spiders.crawling import crawl
from tests.web.build import load_web
from tests.web.server import serve


def test_the_sample_web_live_and_replayed_is_the_same(tmp_path: Path) -> None:
    with serve(load_web()) as served:
        rows = served.site_list_toml(tmp_path / "list.toml").read_text()
        live = crawl(tmp_path, rows, SAMVERKAN_HEED_DELAYS=False)
    again = tmp_path / "again"
    again.mkdir()
    replayed = crawl(again, rows, **replay_settings(tmp_path / "archive" / "20261121T040000Z.warc.gz"))
    assert {(page.url, page.status, page.body) for page in replayed.pages} == {(page.url, page.status, page.body) for page in live.pages}
    assert {visit.outcome for visit in live.visits.values()} == {None, "denied", "unreachable"}
    assert {site: visit.outcome for site, visit in replayed.visits.items()} == {site: visit.outcome for site, visit in live.visits.items()}
    assert len(live.pages) >= 60
