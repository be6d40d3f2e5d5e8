"""A monitor hears how each crawl begins and ends; one that does not answer costs the crawl nothing."""

import base64
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.lock import OutputLock
from pipelines.stopping import Stopped
from samverkan import healthcheck
from samverkan.healthcheck import HealthCheck, telling_monitor
from schemas.errors import NothingReadable, RunHeld, UsageError
from tests.samverkan.monitor import Monitor, serve_monitor
from tests.samverkan.program import GOOD_PAGE, PROGRAM, environment, run
from tests.spiders.crawling import site_row
from tests.spiders.small_web import Reply, SmallWeb, serve_small_web

CONTACT = {"SAMVERKAN_CONTACT": "drift@example.org"}


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with serve_monitor() as there:
        yield there


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with serve_small_web({"/": GOOD_PAGE, "/robots.txt": Reply("", 404)}) as there:
        yield there


def list_site(tmp_path: Path, *start_urls: str) -> Path:
    path = tmp_path / "sites.toml"
    path.write_text(site_row("prov", *start_urls), encoding="utf-8")
    return path


def crawl(tmp_path: Path, monitor: Monitor, *start_urls: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A live crawl that tells the monitor."""
    arguments = ["crawl", "--sites", list_site(tmp_path, *start_urls), "--output", tmp_path / "out", "--healthcheck", monitor.url, "-q"]
    return run(*arguments, env=CONTACT if env is None else env)


def test_a_crawl_that_is_done_is_told_with_nothing_printed(tmp_path: Path, monitor: Monitor, web: SmallWeb) -> None:
    done = crawl(tmp_path, monitor, web.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert monitor.events == ["start", ""]
    assert {ping.method for ping in monitor.pings} == {"GET"}
    kept = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert b"a-secret" not in kept


def test_the_address_may_stand_in_the_environment(tmp_path: Path, monitor: Monitor, web: SmallWeb) -> None:
    run("crawl", "--sites", list_site(tmp_path, web.root), "--output", tmp_path, env=CONTACT | {"SAMVERKAN_HEALTHCHECK": monitor.url})
    assert monitor.events == ["start", ""]


def assert_failed(monitor: Monitor, code: int, reason: str) -> None:
    """The monitor heard of a start and of this failure."""
    assert monitor.events == ["start", "fail"]
    assert monitor.pings[1].method == "POST"
    assert monitor.pings[1].body.startswith(f"exit code {code}: ")
    assert reason in monitor.pings[1].body
    assert monitor.pings[1].body.count("\n") == 1


def test_a_missing_contact_is_told(tmp_path: Path, monitor: Monitor) -> None:
    assert crawl(tmp_path, monitor, "http://127.0.0.2:9/", env={}).returncode == 2
    assert_failed(monitor, 2, "needs a contact address")


def test_a_crawl_without_a_page_is_told(tmp_path: Path, monitor: Monitor) -> None:
    with serve_small_web({"/robots.txt": "User-agent: *\nDisallow: /"}) as web:
        assert crawl(tmp_path, monitor, web.root).returncode == 4
    assert_failed(monitor, 4, "no readable page was found")


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, monitor: Monitor) -> None:
    (tmp_path / "out").write_text("")
    assert crawl(tmp_path, monitor, "http://127.0.0.2:9/").returncode == 74
    assert_failed(monitor, 74, "a file stands where a folder is needed")


def test_a_lock_that_is_held_is_told(tmp_path: Path, monitor: Monitor) -> None:
    (tmp_path / "out").mkdir()
    lock = OutputLock(tmp_path / "out")
    lock.acquire("crawl x")
    assert crawl(tmp_path, monitor, "http://127.0.0.2:9/").returncode == 75
    lock.release()
    assert_failed(monitor, 75, "crawl x")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_is_stopped_is_told(tmp_path: Path, monitor: Monitor, number: signal.Signals) -> None:
    with serve_small_web({"/robots.txt": "User-agent: *\nCrawl-delay: 3600"}) as web:
        sites = list_site(tmp_path, web.root)
        command = [*PROGRAM, "crawl", "--sites", str(sites), "--output", str(tmp_path), "--healthcheck", monitor.url, "-q"]
        process = subprocess.Popen(command, env=environment(**CONTACT), stderr=subprocess.PIPE, text=True)
        web.wait_for("/robots.txt", patience=30)
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert_failed(monitor, 128 + number, f"stopped by {number.name}; ")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RunHeld("a", "half of the pages are gone"), 3),
        (RuntimeError("broken"), 70),
        (NothingReadable("none"), 4),
        (Stopped(signal.SIGTERM), 143),
    ],
)
def test_every_other_end_is_told_and_raised_on(monitor: Monitor, error: BaseException, code: int) -> None:
    with pytest.raises(type(error)), telling_monitor(monitor.url):
        raise error
    assert_failed(monitor, code, str(error))


def test_a_summary_that_nobody_reads_is_no_failure(monitor: Monitor) -> None:
    with pytest.raises(BrokenPipeError), telling_monitor(monitor.url):
        raise BrokenPipeError
    assert monitor.events == ["start", ""]


def test_a_monitor_that_recovers_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healthcheck, "PAUSE", 0.01)
    with serve_monitor(503, 429, 200) as monitor:
        assert HealthCheck(monitor.url).ping()
    assert monitor.events == ["", "", ""]


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (500, 3)])
def test_a_ping_that_fails_is_one_warning_without_the_secret(
    status: int, tries: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(healthcheck, "PAUSE", 0.01)
    with serve_monitor(status) as monitor:
        assert not HealthCheck(monitor.url.replace("//", "//me:hush@")).ping("start")
    assert len(monitor.pings) == tries
    (warning,) = caplog.messages
    assert warning == f"the health check at 127.0.0.1 did not hear of this crawl's start: it answered {status}"


def test_a_monitor_that_is_away_does_not_fail_the_crawl(tmp_path: Path, web: SmallWeb) -> None:
    done = run(
        "crawl", "--sites", list_site(tmp_path, web.root), "--output", tmp_path, "--healthcheck", "http://127.0.0.9:9/x", env=CONTACT
    )
    assert done.returncode == 0
    assert done.stderr.count("the health check at 127.0.0.9 did not hear of this crawl's") == 2


def test_a_monitor_that_never_answers_is_left_in_time(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healthcheck, "TIMEOUT", 0.1)
    monkeypatch.setattr(healthcheck, "PAUSE", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection, and that is all
        assert not HealthCheck(f"http://127.0.0.1:{silent.getsockname()[1]}/x").ping()
    assert caplog.messages == ["the health check at 127.0.0.1 did not hear of this crawl's success: TimeoutError"]


def test_a_name_and_a_password_go_into_the_header(monitor: Monitor) -> None:
    assert HealthCheck(monitor.url.replace("//", "//me:p%40ss@") + "?create=1").ping("start")
    assert monitor.pings[0].path == "/ping/a-secret/start?create=1"
    assert base64.b64decode((monitor.pings[0].authorization or "").removeprefix("Basic ")) == b"me:p@ss"


@pytest.mark.parametrize(
    "url",
    [
        "hc.example.org/a-secret",
        "ftp://a-secret/",
        "http://",
        "http://[a-secret/",
        "http://x:a-secret/",
        "http://å/a-secret",
        "http://x/a-secret\nx",
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="such as https://") as refused:
        HealthCheck(url)
    assert "a-secret" not in str(refused.value)
