"""What archiving one exchange costs, beside warcio's own writer: `python -m benchmarks.archive_cost [--size BYTES] [--repeats N]`."""

import argparse
import gzip
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.framing import payload_digest
from archive.writer import WarcWriter
from samverkan.display import print_table
from schemas.page import Original

EXCHANGES = 100
"""Per measurement."""
URL = "https://www.ale.se/kommun/samverkan"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
ASKED = [("User-Agent", "samverkan"), ("Accept", "text/html"), ("Accept-Encoding", "gzip, br, zstd")]
SENT = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"1"'), ("Server", "nginx")]


def make_body(size: int) -> bytes:
    """Gzipped text of about that many bytes, as compressible as prose of invented words is."""
    rnd = random.Random(1)
    words = ["".join(rnd.choices("abcdefghijklmnoprstuvåäö", k=rnd.randint(2, 11))) for _ in range(8000)]
    return gzip.compress(" ".join(rnd.choices(words, k=size // 4)).encode(), mtime=0)[:size]


def write_ours(folder: Path, body: bytes, original: Original | None) -> int:
    """Writes the exchanges with our writer; how many bytes they take."""
    path = folder / "ours.warc.gz"
    path.unlink(missing_ok=True)
    status, body = (200, body) if original is None else (304, b"")
    with WarcWriter(path, run_id="r", software="s") as writer:
        for _ in range(EXCHANGES):
            writer.write_exchange(
                url=URL,
                method="GET",
                request_headers=ASKED,
                status=status,
                response_headers=SENT,
                body=body,
                fetched_at=NOW,
                original=original,
            )
    return path.stat().st_size


def write_warcio(folder: Path, body: bytes) -> int:
    """The same with warcio's writer, as its documentation shows it."""
    path = folder / "warcio.warc.gz"
    with path.open("wb", buffering=0) as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for _ in range(EXCHANGES):
            sent = StatusAndHeaders("200 OK", list(SENT), protocol="HTTP/1.1")
            asked = StatusAndHeaders("GET /kommun/samverkan HTTP/1.1", list(ASKED), is_http_request=True)
            response = writer.create_warc_record(URL, "response", payload=io.BytesIO(body), length=len(body), http_headers=sent)
            writer.write_request_response_pair(writer.create_warc_record(URL, "request", http_headers=asked), response)
    return path.stat().st_size


def measure(write: Callable[[], int], repeats: int) -> tuple[str, int]:
    """Milliseconds of CPU per exchange at its quickest, and bytes per exchange."""
    quickest, size = float("inf"), 0
    for _ in range(repeats):
        started = time.process_time()
        size = write()
        quickest = min(quickest, time.process_time() - started)
    return f"{quickest / EXCHANGES * 1000:.2f}", size // EXCHANGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line per way of writing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=90_000, help="bytes of the gzipped page")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args(arguments)
    body = make_body(options.size)
    original = Original(URL, NOW, payload_digest(body), None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways: dict[str, Callable[[], int]] = {
            "a page": lambda: write_ours(folder, body, None),
            "a page, warcio's writer": lambda: write_warcio(folder, body),
            "an unchanged page (304)": lambda: write_ours(folder, body, original),
        }
        rows = [(way, *measure(write, options.repeats)) for way, write in ways.items()]
    print_table(("exchange", "ms of CPU", "bytes"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
