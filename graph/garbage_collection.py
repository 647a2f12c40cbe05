"""Keeping Python's cyclic garbage collector out of the way of bulk work."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A load makes a dozen containers to a row and no cycles: reference counts free them. At Python's own 700 the
# collector looked through the whole program again and again, a fifth of the time of a load and a tenth of a fold.
# It is not turned off, so that what does form cycles cannot pile up.
SELDOM = 500_000

_changing = threading.Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector run seldom within the block; it is one for the process, so the last block out restores it."""
    global _inside, _usual
    with _changing:
        if _inside == 0:
            _usual = gc.get_threshold()
            gc.set_threshold(SELDOM, *_usual[1:])
        _inside += 1
    try:
        yield
    finally:
        with _changing:
            _inside -= 1
            if _inside == 0:
                gc.set_threshold(*_usual)
