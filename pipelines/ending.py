"""With which exit code the program ends, by the error that ended it: the contract's codes, for manifests and the command line alike."""

import errno
import signal

from pipelines.stopping import Stopped
from schemas.errors import OutputUnwritable, SamverkanError

PUBLISHED = 0
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def find_exit_code(error: object) -> int:
    """2 to 75 as the errors say, 128 and the number of a signal; 70 for whatever we did not foresee."""
    match error:
        case SamverkanError():
            return error.exit_code
        case Stopped():
            return 128 + error.number
        case KeyboardInterrupt():
            return 128 + signal.SIGINT
        case OSError() if error.errno in DISK_FULL:
            return OutputUnwritable.exit_code
        case _:
            return SamverkanError.exit_code
