"""How many requests a host has had today, over all runs of an output folder."""

import json
from datetime import datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from schemas.errors import OutputUnwritable
from spiders.pace import host_of
from spiders.trouble import BudgetSpentError

FILE_NAME = ".requests-today.json"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
SAVE_EVERY = 5.0
"""Seconds. A killed crawl forgets at most as much, some five requests to a host."""


class DailyBudget:
    """Counts requests by host. The count is kept in a small file and begins anew at midnight in Stockholm."""

    def __init__(self, folder: Path, most: int) -> None:
        """`most`: requests to a host in a day; 0: as many as a crawl likes."""
        self._path = folder / FILE_NAME
        self._most = most
        self._day = ""
        self._counts: dict[str, int] = {}
        self._saved_at = 0.0

    def spend(self, url: str) -> None:
        """Counts a request that is to be sent now. Raises BudgetSpentError where the host has had its share, OutputUnwritable."""
        self._begin_day()
        host = host_of(url)
        if self._most and self._counts.get(host, 0) >= self._most:
            raise BudgetSpentError(f"{host} has had its {self._most} requests of today")
        self._counts[host] = self._counts.get(host, 0) + 1
        if monotonic() - self._saved_at > SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Writes the counts, whole or not at all."""
        if not self._day:
            return
        draft = self._path.with_name(f"{FILE_NAME}.part")
        try:
            draft.write_text(json.dumps({"day": self._day, "requests": self._counts}), encoding="utf-8")
            draft.replace(self._path)
        except OSError as error:
            raise OutputUnwritable(f"cannot write {self._path}: {error.strerror}") from error
        self._saved_at = monotonic()

    def _begin_day(self) -> None:
        today = f"{datetime.now(STOCKHOLM):%Y-%m-%d}"
        if today != self._day:
            self._counts = {} if self._day else read_counts(self._path, today)
            self._day = today


def read_counts(path: Path, day: str) -> dict[str, int]:
    """The requests by host that the file tells of a day; {} where it tells of another one or cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(host): int(count) for host, count in told["requests"].items()} if told["day"] == day else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
