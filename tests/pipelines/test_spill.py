"""Laws of values that are put aside: nothing is lost, nothing is left behind, a full disk is told."""

import os
import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.spill import CHUNK, Sorted, Spill, Spilled
from schemas.errors import OutputUnwritable

pairs = st.lists(st.tuples(st.integers(0, 3), st.text(max_size=3)), max_size=20)


@given(pairs)
def test_values_come_back_in_their_order_as_often_as_wanted(values: list[tuple[int, str]]) -> None:
    spilled = Spilled(Spill(), values)
    assert [list(spilled), list(spilled), len(spilled)] == [values, values, len(values)]


@given(pairs)
def test_sorted_values_keep_their_order_among_equals(values: list[tuple[int, str]]) -> None:
    ordered: Sorted[tuple[int, str]] = Sorted(Spill(), itemgetter(0))
    ordered.extend(values)
    assert [list(ordered), len(ordered)] == [sorted(values, key=itemgetter(0)), len(values)]


def test_more_than_fits_into_memory_is_merged(tmp_path: Path) -> None:
    values = [(number % 7, number) for number in range(2 * CHUNK + 100)]
    ordered: Sorted[tuple[int, int]] = Sorted(Spill(tmp_path), itemgetter(0))
    ordered.extend(values)
    assert [list(ordered), len(ordered)] == [sorted(values, key=itemgetter(0)), len(values)]


def test_the_file_has_no_name_even_while_it_is_written(tmp_path: Path) -> None:
    spill = Spill(tmp_path)
    place = spill.put(["facts"] * 1000)
    assert spill.get(place) == ["facts"] * 1000
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from pipelines.spill import Spill
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
spill = Spill(Path(sys.argv[1]))
first = spill.put("kept")
try:
    for number in range(100):
        spill.put([bytes([number, other]) for other in range(256)])
except Exception as error:
    print(type(error).__name__, spill.get(first))
"""


def test_a_full_disk_is_told_and_what_was_put_aside_stays(tmp_path: Path) -> None:
    """A limit on the size of files refuses as a full disk does."""
    ended = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == [OutputUnwritable.__name__, "kept"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputUnwritable):
        Spill(tmp_path)
