"""JSON lines in, one answer a line out, in their order: how is that done on all cores without ever holding much?

A thread takes lines and hands them to the pool; no more than some are on the way at once, so a slow reader of the output makes the
writer of the input wait. An answer leaves as soon as it and all before it are there.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from reportedly.batch.shard import read_here
from reportedly.engines import Lost, Pool
from reportedly.intake.gather import Gathering
from reportedly.intake.jsonl import LONGEST_LINE, lines_from
from reportedly.intake.parcel import Order
from reportedly.model.article import Refusal

if TYPE_CHECKING:
    from reportedly.pipeline import Recipe

STDIN = "<stdin>"
_AHEAD = 4
"""Lines per process that are on the way."""
_SECONDS, _BYTES_A_SECOND = 150.0, 200
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Asked:
    """One line or object that was sent: where it stood, and its bytes; `why` says why there are none."""

    number: int
    data: bytes
    origin: str = STDIN
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is sent back, and what is counted."""

    line: str
    refused: bool = False
    words: int = 0
    statements: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answering:
    """What every process does: JSON of an article in, its record out; or a sentence why there is none."""

    recipe: Recipe
    order: Order
    carry: tuple[str, ...]

    def __call__(self) -> Callable[[Asked], Answered | None]:
        gathering = Gathering(self.order, None, None, None)

        def answer(asked: Asked) -> Answered | None:
            begin = time.perf_counter()
            items = lines_from(io.BytesIO(asked.data), asked.origin, self.order, asked.number)
            item = next((found for item in items for found in gathering.item(item)), None)
            if item is None:
                return None
            found = item if isinstance(item, Refusal) else read_here(item, self.recipe)
            carried = self._carried(asked.data)
            if isinstance(found, Refusal):
                return refused(found, carried)
            line = found.to_json()
            if carried is not None:
                line = f'{line[:-1]}, "carried": {json.dumps(carried, ensure_ascii=True)}}}'
            words, seconds = len(found.text.split()), time.perf_counter() - begin
            return Answered(line, False, words, len(found.statements), seconds)

        return answer

    def _carried(self, data: bytes) -> dict[str, Any] | None:
        """The fields that come back as they were sent."""
        if not self.carry:
            return None
        try:
            sent = json.loads(data)
        except ValueError:
            return {}
        return {name: sent[name] for name in self.carry if name in sent} if isinstance(sent, dict) else {}


def refused(refusal: Refusal, carried: dict[str, Any] | None = None) -> Answered:
    """The answer to what cannot be read."""
    told: dict[str, Any] = {"refused": {"origin": refusal.origin, "reason": refusal.reason}}
    if carried is not None:
        told["carried"] = carried
    return Answered(json.dumps(told, ensure_ascii=True), refused=True)


def settled(asked: Asked, result: Answered | Lost | None) -> Answered | None:
    """The answer, also where the process that worked on it was lost."""
    if isinstance(result, Lost):
        return refused(Refusal(f"{asked.origin}#line={asked.number}", f"{result.reason}; please report it"))
    return result


def allowance(asked: Asked) -> float:
    """How long an answer may take."""
    return _SECONDS + len(asked.data) / _BYTES_A_SECOND


@dataclass(slots=True)
class Piped:
    """How much went through."""

    lines: int = 0
    refused: int = 0


def piped(descriptor: int, out: IO[str], answering: Answering, workers: int) -> Piped:
    """Everything that comes in at a descriptor, answered."""
    done = Piped()
    way: Queue[tuple[Asked, Future[Answered | Lost | None]] | BaseException | None] = Queue(_AHEAD * workers)
    with Pool(answering, workers, allowance) as pool:

        def take() -> None:
            try:
                for asked in lines_of(descriptor):
                    if asked.why:
                        future: Future[Answered | Lost | None] = Future()
                        future.set_result(refused(Refusal(f"{asked.origin}#line={asked.number}", asked.why)))
                    else:
                        future = pool.submit(asked)
                    way.put((asked, future))
                way.put(None)
            except BaseException as problem:
                way.put(problem)

        Thread(target=take, name="lines", daemon=True).start()
        while (found := way.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            asked, future = found
            if not future.done():
                out.flush()  # who waits for the answers so far need not wait for this one
            answer = settled(asked, future.result())
            if answer is not None:
                out.write(f"{answer.line}\n")
                done.lines += 1
                done.refused += answer.refused
            if way.empty():
                out.flush()
        out.flush()
    return done


def lines_of(descriptor: int) -> Iterator[Asked]:
    """The lines that come in at a descriptor, as soon as they are there. Read without a lock that another thread would wait for when
    the program ends."""
    held, number, skipping = bytearray(), 0, False
    while block := os.read(descriptor, _BLOCK):
        searched = len(held)
        held += block
        begin = 0
        while (end := held.find(b"\n", max(begin, searched))) >= 0:
            number += 1
            if not skipping:
                yield Asked(number, bytes(held[begin:end]))
            begin, searched, skipping = end + 1, 0, False
        del held[:begin]
        if len(held) > LONGEST_LINE:
            if not skipping:
                why = f"is a line of more than {LONGEST_LINE:,} bytes; split it into single articles"
                yield Asked(number + 1, b"", why=why)
            held.clear()
            skipping = True
    if held and not skipping:
        yield Asked(number + 1, bytes(held))
