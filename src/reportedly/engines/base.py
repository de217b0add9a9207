"""What is an engine? Something that does many tasks of one kind wherever it likes, and knows nothing of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """No result: why, as the end of a sentence that begins with the task. `ended` where its process died of it or had to be ended:
    something in the task may be to blame. `unfit` where the process can do no task at all."""

    reason: str
    ended: bool = False
    unfit: bool = False


class UnfitError(Exception):
    """Raised by `make` in a process that can do no task: another version is installed there, it does not see the folder, ..."""


class Engine(Protocol):
    """`make` is called once in every process and gives the function that does a task; it, tasks and results are picklable."""

    @property
    def workers(self) -> int:
        """How many tasks are done at once."""
        ...

    @property
    def elsewhere(self) -> bool:
        """May its processes be on other machines than the program that hands out the tasks?"""
        ...

    def done(
        self, make: Callable[[], Callable[[T], R]], tasks: Iterable[T], seconds: Callable[[T], float] | None = None
    ) -> Iterator[tuple[T, R | Lost]]:
        """Each task with its result, as they are finished. Of `tasks` no more is taken than can be done soon; a task that takes longer
        than `seconds` says, or ends its process twice, is `Lost`."""
        ...
