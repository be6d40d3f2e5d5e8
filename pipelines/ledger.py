"""The books of a run: carried over + extracted = stored + merged + kept out, for every dataset."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from schemas.errors import SamverkanError
from schemas.manifest import Balance


class Ledger:
    """Counts rows as they come in and go out; each count is taken where it happens, never derived from the others."""

    def __init__(self) -> None:
        self._entries: Counter[tuple[str, str]] = Counter()

    def book(self, entry: str, dataset: str, rows: int = 1) -> None:
        """Adds to one of `carried_over`, `extracted`, `stored`, `merged`, `kept_out` of a dataset."""
        if entry not in Balance.__dataclass_fields__:
            raise ValueError(f"no such entry: {entry}")
        self._entries[dataset, entry] += rows

    def balance(self, dataset: str) -> Balance:
        """The five figures of a dataset; zeros where nothing was booked."""
        return Balance(**{entry: self._entries[dataset, entry] for entry in Balance.__dataclass_fields__})

    def close(self, datasets: Iterable[str]) -> dict[str, Balance]:
        """All balances. Raises SamverkanError, naming the dataset and its figures, where rows are unaccounted for."""
        balances = {dataset: self.balance(dataset) for dataset in datasets}
        for dataset, balance in balances.items():
            if not balance.holds:
                raise SamverkanError(f"rows of {dataset} are unaccounted for: {asdict(balance)}")
        return balances
