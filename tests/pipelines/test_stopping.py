"""A signal stops the program wherever it is."""

import os
import signal
import time

import pytest

from pipelines.stopping import STOP_SIGNALS, Stopped, handling_signals, stop


class Dying:
    """Sends a signal while it is being deleted, where Python drops what is raised."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_signal_raises_until_the_block_ends(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Stopped, match=f"stopped by {number.name}") as raised, handling_signals(stop):
        os.kill(os.getpid(), number)
    assert raised.value.code == 128 + number
    assert signal.getsignal(number) is before


def test_a_signal_that_comes_while_an_object_is_deleted_is_not_lost() -> None:
    with pytest.raises(Stopped), handling_signals(stop):
        delete_and_wait()


def test_a_signal_that_is_ignored_does_nothing() -> None:
    with handling_signals(signal.SIG_IGN):
        os.kill(os.getpid(), signal.SIGTERM)


def delete_and_wait() -> None:
    del [Dying()][0]
    time.sleep(5)
