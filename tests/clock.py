"""How long does something take? For tests that time must grow with the length of the input, and not faster."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Processor seconds of `work` in this thread, the quickest of `times` goes.

    A busy machine makes work slower, never quicker. What other tests of the same process have left behind is not
    counted: neither their threads nor the collecting of their garbage.
    """
    quickest = float("inf")
    for _ in range(times):
        gc.disable()
        try:
            start = time.thread_time()
            work()
            quickest = min(quickest, time.thread_time() - start)
        finally:
            gc.enable()
    return quickest
