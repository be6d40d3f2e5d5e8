"""Runs the real program, as a user would, and makes what it reads."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from archive.writer import WarcWriter

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "samverkan")
SAMPLE_WEB = ROOT / "samverkan" / "sample_web"
GOOD_PAGE = (
    '<html lang="sv"><head><meta charset="utf-8"><title>Samverkan</title></head><body><main><h1>Samverkan</h1>'
    "<p>SOLTAK AB ägs av Stenungsunds kommun, Lilla Edets kommun, Tjörns kommun och Kungälvs kommun.</p></main></body></html>"
)


def environment(**more: str) -> dict[str, str]:
    """That of a user without a contact, wherever the program is called."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAMVERKAN_")}
    return {**own, "PYTHONPATH": str(ROOT), **more}


def run(*arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A call with both outputs piped."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env={**environment(), **(env or {})}, capture_output=True, text=True, check=False, timeout=120)


def run_on_terminal(*arguments: object, columns: int = 100, env: Mapping[str, str] | None = None, stop_at: bytes = b"") -> str:
    """What a terminal shows of a call that succeeds, or that Ctrl-C stops as soon as the words `stop_at` are shown."""
    ours, theirs = pty.openpty()
    terminal = environment(COLUMNS=str(columns), TERM="xterm-256color", **(env or {}))
    process = subprocess.Popen([*PROGRAM, *map(str, arguments)], env=terminal, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown, is_stopped = b"", False
    while chunk := read_terminal(ours):
        shown += chunk
        if stop_at and stop_at in shown and not is_stopped:
            process.send_signal(signal.SIGINT)
            is_stopped = True
    os.close(ours)
    assert process.wait(timeout=10) == (128 + signal.SIGINT if stop_at else 0), shown.decode()
    return shown.decode()


def read_terminal(descriptor: int) -> bytes:
    """What is there; b"" where the other side has gone, of which Linux makes an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def make_warc(path: Path, *pages: tuple[str, str | bytes] | tuple[str, str | bytes, str]) -> Path:
    """A WARC of (URL, body) or (URL, body, content type), each answered with 200."""
    with WarcWriter(path, run_id="test", software="test") as writer:
        for url, body, *rest in pages:
            content_type = str(rest[0]) if rest else "text/html"
            writer.write_exchange(
                url=url,
                method="GET",
                request_headers=(),
                status=200,
                response_headers=(("Content-Type", content_type),),
                body=body.encode() if isinstance(body, str) else body,
                fetched_at=datetime(2026, 11, 21, 4, tzinfo=UTC),
            )
    return path
