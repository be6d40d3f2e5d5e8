"""Packs the WARCs of a run into one WACZ 1.1.1, a zip that players open without unpacking it and that `read_archive` reads."""

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.cdxj import INDEX_NAME, Catalogue, compress_index
from archive.containers import check_archive, find_entry_data
from archive.disk import sync_folder
from archive.records import MAX_HEAD, Record, Wanted, scan_records
from archive.streams import CHUNK, Warc
from schemas.errors import OutputUnwritable, UsageError

Resource = dict[str, str | int]
INDEXED = Wanted(frozenset({"response", "revisit"}), MAX_HEAD, is_cut=True)  # status and headers are indexed, not the body


def pack_wacz(warcs: Sequence[Path], target: Path, *, title: str, created: datetime, software: str) -> dict[str, int]:
    """Writes `target` under a temporary name, then renames it; gives the byte of it at which each WARC (by name) starts.

    A place in a WARC plus that number is the place in the WACZ. The same input gives the same bytes. WARCs with damage are
    taken as they are. Raises UsageError where a WARC is none, OutputUnwritable where the disk refuses: then `target` is as before.
    """
    _check_warcs(warcs)
    draft = target.with_name(f".{target.name}.part")
    try:
        with closing(Catalogue()) as catalogue, draft.open("w+b") as file:
            with zipfile.ZipFile(file, "w", strict_timestamps=False) as wacz:
                _fill_zip(_Filler(wacz, created.astimezone(UTC)), warcs, catalogue, title, software)
            file.flush()
            os.fsync(file.fileno())
            offsets = {warc.name: find_entry_data(file, wacz.getinfo(f"archive/{warc.name}")) for warc in warcs}
        draft.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputUnwritable(f"The archive {target} cannot be written: {reason}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return offsets


def read_package(path: Path) -> dict[str, Any]:
    """The `datapackage.json` of a WACZ: title, created, resources; {} where there is none that can be read."""
    try:
        with zipfile.ZipFile(path) as wacz:
            package = json.loads(wacz.read("datapackage.json"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return {}
    return package if isinstance(package, dict) else {}


def _check_warcs(warcs: Sequence[Path]) -> None:
    names = [warc.name for warc in warcs]
    if not warcs or len(set(names)) < len(names):
        raise UsageError(f"A WACZ needs WARC files of different names, not {', '.join(names) or 'none'}.")
    for warc in warcs:
        if not warc.name.endswith((".warc", ".warc.gz")):
            raise UsageError(f"In a WACZ a WARC is named .warc or .warc.gz, not {warc.name}.")
        check_archive(warc)


class _Filler:
    """Puts files into the zip and notes size and digest of each."""

    def __init__(self, wacz: zipfile.ZipFile, created: datetime) -> None:
        self._wacz = wacz
        self.created = created
        self.resources: list[Resource] = []

    def add(self, path: str, chunks: Iterable[bytes], *, is_stored: bool = False) -> str:
        """Gives the digest. Stored files can be read at any place of the zip; the others are deflated."""
        entry = zipfile.ZipInfo(path, self.created.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        digest = hashlib.sha256()
        size = 0
        with self._wacz.open(entry, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        sha256 = f"sha256:{digest.hexdigest()}"
        self.resources.append({"name": Path(path).name.lower(), "path": path, "hash": sha256, "bytes": size})
        return sha256


def _fill_zip(filler: _Filler, warcs: Sequence[Path], catalogue: Catalogue, title: str, software: str) -> None:
    for warc in warcs:
        filler.add(f"archive/{warc.name}", _read_chunks(warc), is_stored=True)
        _index_warc(warc, catalogue)
    block_index: list[str] = []
    filler.add(f"indexes/{INDEX_NAME}", compress_index(catalogue.list_entries(), block_index), is_stored=True)
    filler.add("indexes/index.idx", (line.encode() for line in block_index))
    filler.add("pages/pages.jsonl", (line.encode() for line in catalogue.list_pages()))
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": filler.created.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "software": software,
        "resources": list(filler.resources),
    }
    if main_page := catalogue.find_first_page():
        package["mainPageUrl"] = main_page
    digest = filler.add("datapackage.json", [_format_json(package)])
    filler.add("datapackage-digest.json", [_format_json({"path": "datapackage.json", "hash": digest})])


def _read_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _index_warc(path: Path, catalogue: Catalogue) -> None:
    with path.open("rb") as file:
        for record in scan_records(Warc(file, 0, path.stat().st_size), INDEXED):
            if isinstance(record, Record):
                catalogue.add_record(record, path.name)


def _format_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
