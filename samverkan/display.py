"""What commands print on stdout: for a terminal in colour and fitted to its width, for a pipe as plain lines in full length."""

import json
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from review.plain import drop_control

if TYPE_CHECKING:
    from rich.console import Console


@cache
def terminal() -> "Console":
    """The terminal that shows the results."""
    from rich.console import Console

    return Console(highlight=False, emoji=False)


def print_line(text: str = "", style: str = "") -> None:
    """One line, as it is but for control characters. A terminal too narrow for it shows the rest below its first word."""
    text = drop_control(text)
    if not sys.stdout.isatty():
        sys.stdout.write(f"{text}\n")
        return
    from rich.padding import Padding
    from rich.text import Text

    if not text:
        terminal().print()
        return
    words = text.lstrip(" ")
    terminal().print(Padding(Text(words, style=style), (0, 0, 0, len(text) - len(words)), expand=False))


def print_whole(text: str) -> None:
    """One line that is to be copied, a command or an address: no terminal breaks it in two."""
    sys.stdout.write(f"{text}\n")


def print_heading(text: str) -> None:
    """A blank line, and a line that stands out."""
    print_line()
    print_line(text, style="bold")


def print_json(value: object) -> None:
    """Indented, letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns under a head. Null is "-"; numbers stand to the right; blanks within a cell stay."""
    rows = list(rows)
    print_cells = print_rich_table if sys.stdout.isatty() else write_plain_table
    print_cells(head, [[show_cell(cell) for cell in row] for row in rows], find_numbers(rows))


def print_rich_table(head: Sequence[str], cells: list[list[str]], numbers: set[int]) -> None:
    """The table on a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for index, name in enumerate(head):
        table.add_column(name, justify="right" if index in numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    terminal().print(table)


def write_plain_table(head: Sequence[str], cells: list[list[str]], numbers: set[int]) -> None:
    """The table in a pipe: two blanks between columns, none at the end of a line."""
    widths = [max(len(row[index]) for row in [head, *cells]) for index in range(len(head))]
    for row in [list(head), *cells]:
        columns = enumerate(zip(row, widths, strict=True))
        fitted = [cell.rjust(width) if index in numbers else cell.ljust(width) for index, (cell, width) in columns]
        sys.stdout.write("  ".join(fitted).rstrip() + "\n")


def find_numbers(rows: list[Sequence[object]]) -> set[int]:
    """The columns that hold numbers."""
    return {index for row in rows for index, cell in enumerate(row) if isinstance(cell, int | float) and not isinstance(cell, bool)}


def show_cell(value: object) -> str:
    """A value in one line."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(drop_control(value).split()) if isinstance(value, str) else str(value)


def show_duration(seconds: float | None) -> str | None:
    """0.4 s, 12 s, 3 min 20 s, 2 h 5 min; None for None."""
    if seconds is None:
        return None
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def show_bytes(number: int) -> str:
    """512 bytes, 1.2 MB"""
    from rich.filesize import decimal

    return decimal(number)


def show_path(path: Path) -> str:
    """As a person in this working directory would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def name_command(*arguments: str) -> str:
    """A command line of this program that works where it is read: "samverkan runs", ".venv/bin/samverkan runs"."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        words = [show_path(Path(sys.executable)), "-m", "samverkan"]
    elif (found := shutil.which(program.name)) and Path(found).resolve() == program.resolve():
        words = [program.name]
    else:
        words = [show_path(program.absolute())]
    return shlex.join([*words, *arguments])


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 page, 1,203 pages"""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def first(values: Iterable[object], most: int) -> str:
    """Some values in words: "a, b and 3 more"."""
    there = [str(value) for value in values]
    if len(there) <= most:
        return ", ".join(there)
    return f"{', '.join(there[:most])} and {len(there) - most} more"
