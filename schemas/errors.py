"""The errors of samverkan. Bad data is an outcome (an `Issue`); these are for bad use and broken surroundings.

SamverkanError                70  an error of ours
├── UsageError                 2  wrong usage, unreadable input, a run id that exists
├── RunHeld                    3  a run's checks held it; `latest` is untouched
├── NothingReadable            4  no readable page could be fetched or extracted
├── OutputUnwritable          74  permission denied, disk full
└── LockHeld                  75  another run holds the lock
"""


class SamverkanError(Exception):
    """The base. The command line prints its message as one line on stderr and exits with `exit_code`."""

    exit_code = 70


class UsageError(SamverkanError):
    """Raised where a command's arguments, site list or input cannot be used; nothing has been written."""

    exit_code = 2


class RunHeld(SamverkanError):
    """Raised when a run is complete but its checks forbid publishing it; the run is kept for inspection."""

    exit_code = 3

    def __init__(self, run_id: str, reason: str) -> None:
        """`reason`: what the checks found, the findings apart by semicolons."""
        super().__init__(run_id, reason)
        self.run_id = run_id
        self.reason = reason

    def __str__(self) -> str:
        return f"the run {self.run_id} is held: {self.reason}"


class NothingReadable(SamverkanError):
    """Raised when a run ends without one readable page; manifest, coverage and issues are kept."""

    exit_code = 4


class OutputUnwritable(SamverkanError):
    """Raised when the output folder cannot be written: permission, disk full, not a folder."""

    exit_code = 74


class LockHeld(SamverkanError):
    """Raised when another run holds the lock of the same output folder."""

    exit_code = 75
