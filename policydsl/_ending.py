"""Being told from outside to end, by a signal.

What a signal raises is not always what arrives: DuckDB makes an error of its own of it, as if its query had failed. So
who meets an error that may be no more than that asks here first.
"""

import signal
from typing import NoReturn

_TOLD: list[BaseException] = []


def take_signals() -> None:
    """From here on the process ends as it should when it is told to."""
    signal.signal(signal.SIGTERM, _end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is not to be interrupted
        signal.signal(signal.SIGINT, _end)


def end_if_told() -> None:
    """Ends what is under way if the process has been told to end."""
    if _TOLD:
        raise _TOLD[0]


def _end(number: int, _: object) -> NoReturn:
    """Ends as programs do that are told to, and takes along what it has put aside on the disk."""
    _TOLD[:] = [KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)]
    raise _TOLD[0]
