"""Where results, progress and logs go: a terminal, a pipe, a reader that leaves."""

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.sites import load_sites
from samverkan.display import print_line, print_table, show_duration
from schemas.history import LoggedColumns, VersionColumns
from tests.samverkan.conftest import Demo
from tests.samverkan.program import GOOD_PAGE, PROGRAM, SAMPLE_WEB, environment, make_warc, run, run_on_terminal

ESCAPE = re.compile(r"\x1b\[")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make_warc(tmp_path / "pages.warc.gz", ("https://lillaedet.se/samverkan", GOOD_PAGE))


def test_a_pipe_gets_plain_lines_and_stderr_the_progress(archive: Path, tmp_path: Path) -> None:
    done = run("extract", archive, "--output", tmp_path / "out")
    assert done.stderr == "samverkan: Reading 1 archive ...\n"
    assert not ESCAPE.search(done.stdout)
    assert not re.search("[━─│╭]", done.stdout)
    assert done.stdout.startswith("Run 2")


def test_a_terminal_gets_colour_and_no_line_beyond_its_width(archive: Path, tmp_path: Path) -> None:
    shown = run_on_terminal("extract", archive, "--output", tmp_path / "out")
    assert ESCAPE.search(shown)
    assert "Reading 1 archive" in shown
    assert "organisations" in shown


def test_quiet_says_nothing_where_all_went_well(archive: Path, tmp_path: Path) -> None:
    done = run("extract", archive, "--output", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "latest" / "members.parquet").is_file()


def test_the_default_output_lies_below_the_working_directory(archive: Path, tmp_path: Path) -> None:
    run("extract", archive, "-q", cwd=tmp_path)
    assert (tmp_path / "output" / "extract" / "latest").is_symlink()


def test_a_reader_that_leaves_is_no_error() -> None:
    process = subprocess.Popen([*PROGRAM, "sites"], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")


def test_runs_lists_all_runs_with_what_they_hold(archive: Path, tmp_path: Path) -> None:
    empty = make_warc(tmp_path / "empty.warc.gz")
    for run_id, file in (("a", archive), ("b", empty)):
        run("extract", file, "--output", tmp_path / "out", "--run-id", run_id, "-q")
    head, first, second, reason = run("runs", "--output", tmp_path / "out").stdout.splitlines()
    assert head.split() == ["run", "kind", "status", "pages", "facts", "changes", "issues", "requests", "unchanged", "took"]
    assert first.split()[:7] == ["a", "extract", "published", "1", "4", "-", "0"]
    assert second.split()[:7] == ["b", "extract", "failed", "-", "-", "-", "0"]
    assert reason == "b failed: no readable page was found; the issues of the run say why"


def test_runs_as_json_hold_the_manifest(demo: Demo) -> None:
    (listed,) = json.loads(run("runs", "--output", demo.output, "--json").stdout)
    manifest = json.loads((demo.output / "latest" / "manifest.json").read_text())
    assert manifest.items() <= listed.items()
    assert listed["pages"] == manifest["datasets"]["pages"]["rows"]
    assert listed["facts"] == sum(manifest["datasets"][name]["rows"] for name in ("members", "member_counts", "contacts", "dates"))


def test_no_run_yet_is_no_error(tmp_path: Path) -> None:
    done = run("runs", "--output", tmp_path)
    assert (done.returncode, done.stdout) == (0, f"No run in {tmp_path} yet.\n")


def test_sites_tell_how_each_did(demo: Demo) -> None:
    lines = run("sites", "--sites", SAMPLE_WEB / "sites.toml", "--output", demo.output).stdout.splitlines()
    assert len(lines) == 1 + 17
    assert lines[0].split() == ["site", "outcome", "pages", "unchanged", "failed", "requests", "took", "last", "seen"]
    fared = {line.split()[0]: line.split()[1:5] for line in lines[1:]}
    assert fared["goteborgsregionen"] == ["facts", "7", "0", "0"]
    assert fared["kfkl"] == ["denied", "0", "0", "0"]


def test_the_sites_and_runs_of_the_demo_fit_on_a_terminal(demo: Demo) -> None:
    sites = run_on_terminal("sites", "--sites", SAMPLE_WEB / "sites.toml", "--output", demo.output).splitlines()
    runs = run_on_terminal("runs", "--output", demo.output).splitlines()
    assert (len([line for line in sites if line.strip()]), len([line for line in runs if line.strip()])) == (2 + 17, 2 + 1)


def test_sites_without_a_run_are_the_bundled_ones(tmp_path: Path) -> None:
    listed = json.loads(run("sites", "--json", cwd=tmp_path).stdout)
    assert [site["id"] for site in listed] == [site.id for site in load_sites()]
    assert {site["latest"] for site in listed} == {None}
    assert next(site for site in listed if site["id"] == "lillaedet")["owner_id"] == "kommun:1462"


def test_schema_explains_every_column(demo: Demo) -> None:
    lines = run("schema", "member_counts").stdout.splitlines()
    assert any(re.match(r"gap +int64 +yes +no +\S", line) for line in lines)
    assert any(re.match(r"others +\S", line) for line in lines)
    described = json.loads(run("schema", "member_counts", "--format", "json").stdout)
    assert [column["name"] for column in described["columns"]][-1] == "run_id"
    assert run("schema", "--format", "markdown").stdout.startswith("# Data dictionary")


def test_schema_explains_what_the_history_adds(demo: Demo) -> None:
    columns = {column["name"] for column in json.loads(run("schema", "history", "--format", "json").stdout)["columns"]}
    assert columns == {*VersionColumns.model_fields, *LoggedColumns.model_fields}
    assert "| `member_counts` | `page_id`, `organisation_id`, `unit`, `scope`, `ordinal` | `count` |" in (
        run("schema", "history", "--format", "markdown").stdout
    )


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, None), (0.42, "0.4 s"), (12.3, "12 s"), (200, "3 min 20 s"), (7500, "2 h 5 min"), (59.7, "1 min 0 s")]
)
def test_a_duration_in_words(seconds: float | None, text: str | None) -> None:
    assert show_duration(seconds) == text


def test_the_run_id_is_the_time(archive: Path, tmp_path: Path) -> None:
    run("extract", archive, "--output", tmp_path / "out", "-q")
    (folder,) = (tmp_path / "out" / "runs").iterdir()
    then = datetime.strptime(folder.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - then).total_seconds()) < 60


def test_words_of_pages_cannot_command_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("Ale \x1b[5mkommun\x07")
    print_table(["name"], [["Ale \x1b]0;x\x07kommun"]])
    assert capsys.readouterr().out == "Ale [5mkommun\nname\nAle ]0;xkommun\n"
