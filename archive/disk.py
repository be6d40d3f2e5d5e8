"""What makes written bytes stay written."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Makes a file's new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
