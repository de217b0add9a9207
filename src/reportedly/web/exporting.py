"""Exactly what a query shows, as a file: the same query, all of it, written while it is sent."""

from __future__ import annotations

import io
import queue
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import fmean
from typing import TextIO, cast

from reportedly.archive import Archive
from reportedly.export import FORMATS, Look, answers
from reportedly.model.reading import Reading
from reportedly.web.calls import Call, Download, RoomError, View

_AT_ONCE = 64_000
_SAMPLE = 8
_DEAR = {"table", "why", "page", "xmi"}
"""Writers that take some milliseconds an article: a third of the sample is enough for them."""
_A_STATEMENT = {"rows", "table", "why", "annotations"}
"""Writers whose files grow with the statements; those of the others with the articles."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format as the room offers it; `needs` is the library without which it cannot be written."""

    name: str
    writer: str
    suffix: str
    media_type: str
    needs: str = ""

    @property
    def there(self) -> bool:
        """Can it be written here?"""
        return not self.needs or find_spec(self.needs) is not None


KINDS = tuple(
    Kind(*row)
    for row in (
        ("csv", "rows", ".csv", "text/csv; charset=utf-8"),
        ("excel", "rows", ".csv", "text/csv; charset=utf-8"),
        ("jsonl", "lines", ".jsonl", "application/jsonl"),
        ("html", "page", ".html", "text/html; charset=utf-8"),
        ("txt", "table", ".txt", "text/plain; charset=utf-8"),
        ("why", "why", ".txt", "text/plain; charset=utf-8"),
        ("damage", "damage", ".txt", "text/plain; charset=utf-8"),
        ("parquet", "parquet", ".parquet", "application/vnd.apache.parquet", "pyarrow"),
        ("jsonld", "jsonld", ".jsonld", "application/ld+json"),
        ("w3c", "annotations", ".json", "application/ld+json"),
        ("tei", "tei", ".xml", "application/tei+xml"),
        ("xmi", "xmi", ".zip", "application/zip"),
        ("spacy", "docbin", ".spacy", "application/octet-stream", "spacy"),
    )
)
NAMES = tuple(kind.name for kind in KINDS)


def choose(call: Call) -> View:
    """Which formats there are, and how much it will be."""
    found = call.archive.search(call.asked["q"], sort=call.asked["sort"])
    page = found.page(0, 0)
    kinds = [kind for kind in KINDS if kind.there]
    formats = [kind.name for kind in kinds]
    data = {"q": call.asked["q"], "statements": page.statements, "articles": page.articles, "formats": formats}
    some = found.sample(_SAMPLE)
    # a format with a library of its own is not estimated: loading it takes longer than the page
    data["bytes"] = (
        {k.name: _bytes(k, some, page.statements, page.articles, call.tongue) for k in kinds if not k.needs}
        if some
        else {}
    )
    notes = [answers.note(n, call.tongue) for n in page.notes]
    sizes = {name: size(n, call.tongue) for name, n in data["bytes"].items()}
    return View("export.html", data, {"kinds": kinds, "sizes": sizes, "notes": notes})


def _bytes(kind: Kind, some: list[Reading], statements: int, articles: int, tongue: str) -> int:
    """About how many bytes the file will have; exactly, where `some` are all of them.

    They were drawn the likelier the more statements they have. So the mean of their bytes a statement is that of all; for a format that
    writes each article's text too, the mean an article, each weighed by one through its statements. An empty file's bytes come once."""
    if len(some) == articles:
        return _written(kind, some, tongue)
    if kind.writer in _DEAR:
        some = some[1::3] or some
    empty = _written(kind, [], tongue)
    each = [((_written(kind, [r], tongue) - empty), 1 / max(len(r.statements), 1)) for r in some]
    if kind.writer in _A_STATEMENT:
        return empty + round(fmean(n * weight for n, weight in each) * statements)
    return empty + round(sum(n * weight for n, weight in each) / sum(weight for _, weight in each) * articles)


def _written(kind: Kind, readings: list[Reading], tongue: str) -> int:
    """How many bytes is this as a file?"""
    if FORMATS[kind.writer].binary:
        made = io.BytesIO()
        FORMATS[kind.writer].write(readings, made, Look(tongue))
        return len(made.getvalue())
    text = io.StringIO()
    FORMATS[kind.writer].write(readings, text, _look(kind, tongue))
    return len(text.getvalue().encode("utf-8", "replace"))


def _look(kind: Kind, tongue: str) -> Look:
    return Look(tongue, excel=kind.name == "excel", wide=True)


def size(n: int, tongue: str) -> str:
    """Bytes for people, no more exact than two digits.

    >>> size(3_412_000, "de"), size(87_600, "en"), size(431, "de"), size(996_000, "en")
    ('3,4 MB', '88 kB', '0,5 kB', '1.0 MB')
    """
    n = max(n, 500)
    n = int(float(f"{n:.1e}"))
    unit, name = next((u, w) for u, w in ((10**9, "GB"), (10**6, "MB"), (1, "kB")) if n >= u)
    value = n / max(unit, 1000)
    written = f"{value:.1f}" if value < 10 else f"{value:.0f}"
    return f"{written.replace('.', ',') if tongue == 'de' else written} {name}"


def file(call: Call) -> Download:
    """The file itself."""
    kind = next(k for k in KINDS if k.name == call.asked["format"])
    look, q = _look(kind, call.tongue), call.asked["q"]
    if not kind.there:
        raise RoomError(400, "error.library", name=kind.name, library=kind.needs)
    call.archive.search(q).page(0, 0)  # a query that takes too long is told before anything is sent

    def write(archive: Archive, out: TextIO) -> None:
        archive.search(q).write(kind.writer, out, look)

    if FORMATS[kind.writer].binary:
        return Download(f"reportedly{kind.suffix}", kind.media_type, _whole(call, kind, q))
    # a page that is handed on is saved, never shown among ours: it has another content security policy
    return Download(f"reportedly{kind.suffix}", kind.media_type, parts(call, write))


def _whole(call: Call, kind: Kind, q: str) -> Iterator[bytes]:
    """A file that its writer goes back in: made aside, then sent."""
    with tempfile.TemporaryFile() as out:
        call.desk.alone(lambda archive: archive.search(q).write(kind.writer, out, Look(call.tongue)))
        out.seek(0)
        while part := out.read(_AT_ONCE):
            yield part


def parts(call: Call, write: object) -> Iterator[bytes]:
    """What a writer writes, in portions. Where it fails the connection breaks off: half a file must not look whole."""
    out = _Pipe()

    def work() -> None:
        try:
            call.desk.alone(lambda archive: write(archive, cast(TextIO, out)))  # type: ignore[operator]
            out.end(None)
        except BaseException as error:
            out.end(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield from out.parts()
    finally:
        out.gone = True
        thread.join(5)


class _GoneError(Exception):
    """Nobody takes the file any more."""


class _Pipe:
    """A text file at one end, portions of bytes at the other."""

    def __init__(self) -> None:
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(8)
        self._waiting: list[str] = []
        self._length = 0
        self.gone = False

    def write(self, text: str) -> int:
        self._waiting.append(text)
        self._length += len(text)
        if self._length > _AT_ONCE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self._waiting:
            self._put("".join(self._waiting).encode("utf-8", "replace"))
            self._waiting, self._length = [], 0

    def end(self, error: BaseException | None) -> None:
        try:
            if error is None:
                self.flush()
            self._put(error)
        except _GoneError:
            return

    def _put(self, part: bytes | BaseException | None) -> None:
        while True:
            if self.gone:
                raise _GoneError
            try:
                self._queue.put(part, timeout=0.5)
                return
            except queue.Full:
                continue

    def parts(self) -> Iterator[bytes]:
        while True:
            part = self._queue.get()
            if part is None:
                return
            if isinstance(part, BaseException):
                raise part
            yield part
