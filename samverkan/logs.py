"""What the program says on stderr beside its errors: `--quiet` leaves errors only, `--verbose` tells everything."""

import logging
import sys
from collections.abc import Mapping


class StderrHandler(logging.Handler):
    """One line per record, "samverkan: warning: ..."; tracebacks are for `--verbose`.

    It asks for sys.stderr each time: a progress bar puts something of its own in its place.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record."""
        line = f"samverkan: {record.levelname.lower()}: {record.getMessage()}"
        if record.exc_info and is_verbose():
            line += "\n" + logging.Formatter().formatException(record.exc_info)
        sys.stderr.write(line + "\n")


HANDLER = StderrHandler(logging.WARNING)


def begin_logging() -> None:
    """Sends what all packages log to stderr, warnings and errors unless told otherwise."""
    HANDLER.setLevel(logging.WARNING)
    logging.getLogger().addHandler(HANDLER)
    logging.getLogger().setLevel(logging.INFO)
    logging.captureWarnings(True)


def hush(levels: Mapping[str, int]) -> None:
    """Lets some packages speak on stderr from a level on, without `--verbose`; the log file hears them all the same."""
    HANDLER.addFilter(lambda record: is_verbose() or record.levelno >= levels.get(record.name.partition(".")[0], 0))


def set_quiet(is_wanted: bool) -> bool:
    """Leaves errors only."""
    if is_wanted:
        HANDLER.setLevel(logging.ERROR)
    return is_wanted


def set_verbose(is_wanted: bool) -> bool:
    """Tells everything."""
    if is_wanted:
        HANDLER.setLevel(logging.INFO)
    return is_wanted


def is_quiet() -> bool:
    """Whether progress and summaries are unwanted."""
    return HANDLER.level > logging.WARNING


def is_verbose() -> bool:
    """Whether tracebacks are wanted."""
    return HANDLER.level < logging.WARNING
