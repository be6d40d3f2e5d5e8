"""The pages to measure: HTML that answered 200 in archives, and HTML files in folders."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.reader import read_archive
from registry.sites import SiteList, load_sites
from schemas.errors import UsageError
from schemas.page import Page

SAMPLE_WEB = Path(__file__).parent.parent / "samverkan" / "sample_web"
HTML = frozenset({"text/html", "application/xhtml+xml"})
SUFFIXES = frozenset({".html", ".htm"})
FETCHED = datetime(2026, 11, 21, tzinfo=UTC)
"""When the files of a folder are said to have come; no fact depends on it."""


def load_pages(paths: Sequence[Path]) -> list[Page]:
    """The HTML pages of all paths, of the bundled sample web where there is none. Raises UsageError where they hold no page."""
    paths = paths or [SAMPLE_WEB / "sample-web.warc.gz"]
    pages = [page for path in paths for page in (read_folder(path) if path.is_dir() else read_archived_pages(path))]
    if not pages:
        raise UsageError(f"no HTML page is in {', '.join(map(str, paths))}")
    return pages


def load_site_list(path: Path | None, *, of_sample_web: bool) -> SiteList:
    """Whose the pages are: by the list of a file before the bundled one, or by the sample web's own."""
    path = path or (SAMPLE_WEB / "sites.toml" if of_sample_web else None)
    return load_sites().preceded_by(load_sites(path)) if path else load_sites()


def read_archived_pages(archive: Path) -> Iterator[Page]:
    """The pages of a WARC or WACZ that hold HTML; empty bodies are passed over: nothing can be compared there."""
    for item in read_archive(archive):
        if isinstance(item, Page) and item.status == 200 and item.content_type in HTML and item.body.strip():
            yield item


def read_folder(folder: Path) -> Iterator[Page]:
    """The HTML files below a folder; `source.json` beside one tells its `url` and `headers`, as with annotated pages."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES):
        source = path.parent / "source.json"
        known = json.loads(source.read_text("utf-8")) if source.is_file() else {}
        headers = known.get("headers") or {"Content-Type": "text/html"}
        url = known.get("url") or f"https://{folder.resolve().name}.invalid/{path.relative_to(folder)}"
        if body := path.read_bytes().strip():
            yield Page(url, 200, tuple(headers.items()), body, FETCHED)
