"""One family of errors. Each says what is wrong, where, and what to do."""

from __future__ import annotations


class ReportedlyError(Exception):
    """What is wrong, where, and what to do, in one sentence a person can act on."""


class InputError(ReportedlyError):
    """An input that cannot be read (command line: exit code 2)."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin, self.reason = origin, reason


class TableError(ReportedlyError):
    """A row of a language table that is not well-formed: `cues.tsv:41: …`."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


class WeightsError(ReportedlyError):
    """A weight file that is missing, damaged or made for another version."""


class ArchiveError(ReportedlyError):
    """An archive that cannot be opened, read or written: which file, what is wrong, what to do."""


class BatchError(ReportedlyError):
    """A run over many articles that cannot begin or go on: which folder, what is wrong, what to do."""
