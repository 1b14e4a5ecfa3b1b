"""Rest for the collector of cycles while many objects are made that have none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Python looks for cycles each time some hundred objects have been made, and through all of them ever more often:
    of a long rulebook that takes longer than reading it. Whatever the host had chosen is as before afterwards."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()  # what was made counts as old at once: else all of it is looked through when collecting resumes
            gc.unfreeze()
        gc.enable()
