"""All that stands in the files of an output, to be searched for what must not be there.

Rows in all columns, raw bytes, archives unzipped and their bodies decoded, text.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from archive.reader import read_archive
from schemas.do_not_publish import FILE_NAME
from schemas.page import Page


def find_words(output: Path, *words: str) -> dict[str, set[str]]:
    """word -> the files that hold it, by name; the list of those not to be published is not looked at."""
    files = list(read_everything(output))
    return {word: {name for name, text in files if word in text} for word in words}


def read_everything(output: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file, of one that is packed also what is in it."""
    for path in sorted(output.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != FILE_NAME:
            name = str(path.relative_to(output))
            yield name, decode(path.read_bytes())
            if path.suffix == ".parquet":
                yield name, json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str)
            elif path.suffix in (".gz", ".wacz"):
                yield from unpack(name, path.read_bytes())
                yield from ((name, decode(page.body)) for page in read_archive(path) if isinstance(page, Page))


def unpack(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What is in a WARC or WACZ."""
    if name.endswith(".gz"):
        with gzip.open(io.BytesIO(data)) as file:
            yield name, decode(file.read())
        return
    with zipfile.ZipFile(io.BytesIO(data)) as wacz:
        for entry in wacz.namelist():
            yield f"{name}/{entry}", decode(wacz.read(entry))
            if entry.endswith(".gz"):
                yield from unpack(f"{name}/{entry}", wacz.read(entry))


def decode(data: bytes) -> str:
    """As UTF-8, whatever it is."""
    return data.decode("utf-8", "replace")
