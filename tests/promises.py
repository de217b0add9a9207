"""How often is a promise put to the test, and what came of it?

Few times in `make test`; with `REPORTEDLY_COUNTS=1` (which is what `make reliability` sets) as often as
docs/reliability.md says, with 0.1 a tenth of that. Each
prints one line with its counts; where `REPORTEDLY_TALLY` names a file, it is written there too.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARE = float(os.environ.get("REPORTEDLY_COUNTS") or 0)
"""How much of the full counts: 0 for few, 1 for all."""
FULL = SHARE >= 1


def times(few: int, full: int) -> int:
    """How often in this run."""
    return max(few, int(full * SHARE))


class Tried:
    """What has been tried so far. `count` is of `what`; a failure is a sentence."""

    def __init__(self) -> None:
        self.count = 0
        self.failures: list[str] = []
        self.remarks: list[str] = []

    def once(self, number: int = 1) -> None:
        self.count += number

    def failed(self, sentence: str) -> None:
        self.failures.append(sentence)

    def held(self, condition: object, sentence: str) -> None:
        """Count a failure where the condition does not hold."""
        if not condition:
            self.failures.append(sentence)

    def remark(self, sentence: str) -> None:
        """Something measured that belongs into the table."""
        self.remarks.append(sentence)


@contextmanager
def promise(name: str, what: str, seed: object = "") -> Iterator[Tried]:
    """One row of docs/reliability.md: `what` says what is counted. Fails where anything failed, or nothing was tried."""
    tried, began = Tried(), time.monotonic()
    broke = True
    try:
        yield tried
        broke = False
    finally:
        seconds = time.monotonic() - began
        row = {
            "promise": name, "count": tried.count, "what": what, "failures": len(tried.failures) + broke,
            "seconds": round(seconds, 1), "seed": str(seed), "remarks": tried.remarks,
        }  # fmt: skip
        more = "".join(f" · {remark}" for remark in tried.remarks)
        print(f"\n{name}: {tried.count:,} {what}, {row['failures']} failures{more} ({seconds:.1f} s)")
        if place := os.environ.get("REPORTEDLY_TALLY"):
            with open(place, "a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    assert tried.count, f"{name}: nothing was tried"
    assert not tried.failures, f"{name}: {len(tried.failures)} failures, the first: " + "; ".join(tried.failures[:5])


def peak() -> int:
    """The most memory that this process has held, in kB, since `new_peak`."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1])


def new_peak() -> int:
    """The peak begins anew; what it is now."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()
