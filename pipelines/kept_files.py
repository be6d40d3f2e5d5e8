"""The files of an output that hold more than rows: which are ours, what of their text is masked, what manifests say of them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.recovery import read_run_id
from archive.wacz import read_package
from pipelines.data_package import FILE_NAME as DATA_PACKAGE
from pipelines.manifest import format_instant, write_manifest
from pipelines.store import describe_table, hash_file
from schemas.disk import write_text
from schemas.do_not_publish import FILE_NAME as DO_NOT_PUBLISH
from schemas.manifest import Manifest, StoredTable, read_manifest
from schemas.output import run_folder
from schemas.persons import Persons

APART = ("runs", "archive", "history")
"""Folders of an output that are gone through file by file for what they are."""


def is_archive(path: Path) -> bool:
    """Whether a file is there that may hold records."""
    return path.name.endswith((".wacz", ".warc.gz")) and path.is_file() and path.stat().st_size > 0


def is_ours(path: Path) -> bool:
    """Whether a crawl into this output made the file; another, that somebody laid there, is not ours to remove."""
    if path.name.endswith(".wacz"):
        return read_package(path).get("title") == f"samverkan {path.name.removesuffix('.wacz')}"
    if path.name.endswith(".warc.gz"):
        return read_run_id(path) in (None, path.name.removesuffix(".warc.gz"))
    return path.name.endswith(".failures.jsonl")


def is_archive_of_ours(path: Path) -> bool:
    """Whether a file is an archive that a crawl into this output made."""
    return is_archive(path) and is_ours(path)


def list_text_files(folder: Path) -> Iterator[Path]:
    """The files of a run, or of an output but for its runs, archives and history, that may hold text: pages, feeds, logs, manifests.

    An output within the output (`output/demo`) is another one's, and the list of those not to be published says itself what it does.
    """
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and path.name not in APART and not (path / "runs").is_dir():
            yield from list_text_files(path)
        elif path.is_file() and not path.is_symlink() and path.suffix != ".parquet" and not is_apart(path):
            yield path


def is_apart(path: Path) -> bool:
    """Whether a file is none that tells of runs: hidden ones, the list of those not to be published."""
    return path.name.startswith(".") or path.name == DO_NOT_PUBLISH


def mask_text_file(path: Path, persons: Persons) -> bool:
    """Masks a file of text; whether it said anything of the persons. What is no text stays."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    masked = persons.mask(text)
    if masked != text:
        write_text(path, masked)
    return masked != text


def renew_manifest(output: Path, run_id: str) -> None:
    """Makes anew what a run's manifest and its data package say of its files, and notes when."""
    folder = run_folder(output, run_id)
    manifest = read_manifest(folder)
    manifest.datasets = {dataset: renew_table(folder, table) for dataset, table in manifest.datasets.items()}
    renew_data_package(folder, manifest)
    places = {name: output / name if name.startswith("archive/") else folder / name for name in manifest.files}
    manifest.files |= {name: hash_file(path) for name, path in places.items() if path.is_file()}
    manifest.forgotten_at = format_instant(datetime.now(UTC))
    write_manifest(manifest, folder)


def renew_table(folder: Path, table: StoredTable) -> StoredTable:
    """What is said of a dataset, as it is now; where its rows come from has not changed."""
    path = folder / table.file
    if not path.is_file() or hash_file(path) == table.sha256:
        return table
    return replace(describe_table(path), balance=table.balance)


def renew_data_package(folder: Path, manifest: Manifest) -> None:
    """The hashes of the datasets in `datapackage.json`."""
    path = folder / DATA_PACKAGE
    if path.is_file():
        package = json.loads(path.read_text("utf-8"))
        hashes = {table.file: f"sha256:{table.sha256}" for table in manifest.datasets.values()}
        resources = [resource | {"hash": hashes.get(resource["path"], resource["hash"])} for resource in package["resources"]]
        write_text(path, json.dumps(package | {"resources": resources}, ensure_ascii=False, indent=2) + "\n")
