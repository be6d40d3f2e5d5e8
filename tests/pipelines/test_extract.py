from datetime import timedelta
from pathlib import Path

import pytest

from archive.framing import payload_digest
from archive.writer import WarcWriter
from pipelines.extract import extract_archives
from pipelines.run import Run
from schemas.page import Original
from schemas.tables import read_rows
from tests.archive.samples import NOON, write_exchange
from tests.pipelines.small_pages import GR, GR_TEXT, SITES, read_lines


@pytest.mark.parametrize("is_turned", [False, True])
def test_archives_of_two_runs_give_a_page_that_the_second_confirmed(tmp_path: Path, is_turned: bool) -> None:
    archives = [tmp_path / "1" / "a.warc.gz", tmp_path / "2" / "b.warc.gz"]
    for archive in archives:
        archive.parent.mkdir()
    with WarcWriter(archives[0], run_id="1", software="s") as writer:
        place = write_exchange(writer, GR, GR_TEXT.encode())
    with WarcWriter(archives[1], run_id="2", software="s") as writer:
        original = Original(GR, NOON, payload_digest(GR_TEXT.encode()), place)
        write_exchange(writer, GR, b"", status=304, fetched_at=NOON + timedelta(days=1), original=original)
    with Run.open(tmp_path / "output", kind="extract", sites=SITES, read=read_lines) as run:
        assert extract_archives(archives[::-1] if is_turned else archives, run) == 2
        run.finish()
    [page] = read_rows(run.folder / "pages.parquet")
    assert (page["fetched_at"], page["checked_at"]) == (NOON, NOON + timedelta(days=1))
    assert (page["archive_file"], page["archive_offset"]) == ("a.warc.gz", place.offset)
    assert {row["member_name"] for row in read_rows(run.folder / "members.parquet")} == {"Ale kommun", "Partille kommun"}
    assert not read_rows(run.folder / "issues.parquet")
