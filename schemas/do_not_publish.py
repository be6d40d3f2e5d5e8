"""The persons who asked not to be published: `do-not-publish.txt` in an output folder, read when a run begins."""

from pathlib import Path

from schemas.errors import UsageError
from schemas.persons import Persons, describe_persons, split_words
from schemas.values.email import read_email
from schemas.values.phone import read_phone

FILE_NAME = "do-not-publish.txt"


def read_listed(output: Path) -> Persons:
    """All who stand in the list of the output, or in that of the folder around it: `output/demo` and `output/extract` heed `output`'s.

    Raises UsageError where a line is none.
    """
    files = (output / FILE_NAME, output.absolute().parent / FILE_NAME)
    return read_file(files[0]) | read_file(files[1])


def read_file(path: Path) -> Persons:
    """The persons of one list, a name, an e-mail address or a phone number to a line; nobody where there is no file."""
    try:
        lines = path.read_text("utf-8-sig").splitlines() if path.is_file() else []
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    listed = Persons()
    for number, line in enumerate(lines, start=1):
        if entry := line.partition("#")[0].strip():
            listed |= read_entry(entry, f"{path}, line {number}")
    return listed


def read_entry(entry: str, place: str) -> Persons:
    """What one line says."""
    if email := read_email(entry):
        return describe_persons(emails=[email])
    if phone := read_phone(entry):
        return describe_persons(phones=[phone])
    if len(split_words(entry)) > 1 and not any(map(str.isdecimal, entry)) and "@" not in entry:
        return describe_persons(names=[entry])
    raise UsageError(f"{place}: {entry!r} is no e-mail address, no Swedish phone number, and no name of first and last name.")
