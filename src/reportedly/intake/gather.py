"""Everything a user may name -> one article after the other: files, folders, parcels of all kinds, addresses, standard input.

The way of an input: a path or an address -> a stream -> its kind (`kinds.py`) -> manuscripts and links -> articles. Links are followed only
with a fetcher, only three lists deep, each address once. Nothing here raises for what is wrong with an input.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportedly.errors import InputError
from reportedly.intake import wacz, warc
from reportedly.intake.capture import file_at, too_long
from reportedly.intake.carried import NOTHING, Carried
from reportedly.intake.folder import files_in
from reportedly.intake.kinds import kind_of
from reportedly.intake.one import read_capture, read_manuscript
from reportedly.intake.parcel import Item, Label, Leads, Link, Manuscript, Order, Parcel, Passed, head_of
from reportedly.intake.place import Place, opened_again
from reportedly.intake.unpacked import DamagedError, packing_of, unpacked, unpacking
from reportedly.intake.xmllists import outermost
from reportedly.model.article import Article, Capture, Refusal

if TYPE_CHECKING:
    from reportedly.intake.fetch import Fetcher

_DEEPEST = 3
"""An OPML leads to feeds, a sitemap index to sitemaps: what lies deeper is a circle or a trap."""
BROKEN = (DamagedError, InputError, zlib.error, EOFError, OSError)
_ARTICLE_TYPE = re.compile(r"\s{0,20}(?:text/(?:html|plain|markdown)|application/xhtml\+xml)\b", re.IGNORECASE)
STDIN = "<stdin>"


class Gathering:
    """One run over what the user named. `passed` is told of everything that is no article and does not claim to be."""

    def __init__(
        self, order: Order, fetcher: Fetcher | None, stdin: BinaryIO | None, passed: Callable[[Passed], None] | None
    ) -> None:
        self.order, self.fetcher, self.stdin = order, fetcher, stdin
        self._passed = passed or (lambda _: None)
        self._seen: set[str] = set()

    def all_of(self, places: Iterable[str | Path]) -> Iterator[Article | Refusal]:
        """The articles of each place, in order."""
        for place in places:
            yield from self._place(place)

    def item(self, item: Item, depth: int = 0) -> Iterator[Article | Refusal]:
        """What comes of one item of a parcel."""
        if isinstance(item, Passed):
            self._passed(item)
        elif isinstance(item, Refusal):
            yield item
        elif isinstance(item, Manuscript):
            yield read_manuscript(item, self.order.said, self.order.longest)
        else:
            yield from self._link(item, depth)

    def count(self, places: Iterable[str | Path]) -> int | None:
        """How many articles and refusals `all_of` will give, without reading them; None where only doing it can tell."""
        total = 0
        for place in places:
            path = str(place)
            if path == "-":
                return None
            if path.lower().startswith(("http://", "https://")) or isinstance(opened_again(path), Place):
                found: int | None = 1 if self.fetcher is None or not path.lower().startswith("http") else None
            else:
                files = files_in(path) if _is_folder(path) else [Path(path)]
                found = _sum(self._count(f) if isinstance(f, Path) else self._counted(f) for f in files)
            if found is None:
                return None
            total += found
        return total

    def links(self, path: str) -> Iterator[Link | Refusal]:
        """The addresses that a list in a file (OPML, lines of addresses) leads to, and what of it is none."""
        file = file_at(path)
        if isinstance(file, Refusal):
            yield file
            return
        with file:
            try:
                for item in self._items(path, file):
                    if isinstance(item, Link | Refusal):
                        yield item
            except BROKEN as error:
                yield Refusal(path, why(error))

    def _count(self, path: Path) -> int | None:
        file = file_at(str(path))
        if isinstance(file, Refusal):
            return 1
        with file:
            try:
                parcel = parcel_of(str(path), file)
                kind = kind_of(parcel.label)
                return 1 if kind is None else _sum(map(self._counted, kind.unpack(parcel, self.order)))
            except BROKEN:
                return None

    def _counted(self, item: Item) -> int | None:
        if isinstance(item, Passed):
            return 0
        if isinstance(item, Link) and self.fetcher is not None:
            if item.leads is not Leads.ARTICLE:
                return None
            if item.url in self._seen:
                return 0
            self._seen.add(item.url)
        return 1

    def _place(self, place: str | Path) -> Iterator[Article | Refusal]:
        if str(place) == "-":
            if self.stdin is None:
                yield Refusal(STDIN, "standard input was named, but there is none")
            else:
                yield from self.stream(STDIN, self.stdin)
            return
        target = opened_again(str(place)) if isinstance(place, str) else str(place)
        if isinstance(target, Place):
            yield from self._inside(target)
        elif not target:
            yield Refusal(target, "no file was named; give a path, an address, or - to read from standard input")
        elif target.lower().startswith(("http://", "https://")):
            yield from self._link(Link(target, target, leads=Leads.ANYTHING), 0)
        elif _is_folder(target):
            for file in files_in(target):
                if isinstance(file, Path):
                    yield from self._file(str(file))
                else:
                    yield from self.item(file)
        else:
            yield from self._file(target)

    def _file(self, path: str) -> Iterator[Article | Refusal]:
        file = file_at(path)
        if isinstance(file, Refusal):
            yield file
            return
        with file:
            yield from self.stream(path, file)

    def _inside(self, place: Place) -> Iterator[Article | Refusal]:
        """One line, record or item of a file, as its origin names it."""
        try:
            file = file_at(place.path)
            if isinstance(file, Refusal):
                yield file
                return
            with file:
                if place.kind == "offset":
                    if place.member is not None:
                        items = wacz.record_at(file, place.path, place.number, place.member)
                    else:
                        items = warc.record_at(file, place.path, place.number, None)
                    for item in items:
                        yield from self.item(item)
                    return
                origin = f"{place.path}#{place.kind}={place.number}"
                for item in self._items(place.path, file):
                    if item.origin == origin:
                        yield from self.item(item, 1)
                        return
                yield Refusal(origin, "is not there; the file has changed")
        except BROKEN as error:
            yield Refusal(place.path, why(error))

    def _items(self, path: str, file: BinaryIO) -> Iterator[Item]:
        parcel = parcel_of(path, file)
        kind = kind_of(parcel.label)
        return kind.unpack(parcel, self.order) if kind else iter(())

    def stream(
        self,
        origin: str,
        stream: BinaryIO,
        media_type: str = "",
        hints: Carried = NOTHING,
        depth: int = 0,
        base: str | None = None,
        leads: Leads = Leads.ANYTHING,
    ) -> Iterator[Article | Refusal]:
        """Unpacked as what it is; what cannot be unpacked to its end gives what came before, and a refusal."""
        try:
            parcel = parcel_of(origin, stream, media_type)
            kind = kind_of(parcel.label)
            if kind is not None:  # what is known of a list is not known of its articles, but for outlet and language
                hints = replace(hints, title=None, published=None, url=None)
            parcel = replace(parcel, hints=hints, base=base)
            if kind is not None and leads is Leads.ARTICLE:
                yield Refusal(origin, f"leads to a list ({kind.name}), where an article was expected")
            elif kind is not None:
                for item in kind.unpack(parcel, self.order):
                    yield from self.item(item, depth + 1)
            elif leads is Leads.LIST:
                yield Refusal(origin, "is neither a feed nor a sitemap, where a list of articles was expected")
            else:
                yield self._single(parcel, media_type)
        except BROKEN as error:
            yield Refusal(origin, why(error))

    def _single(self, parcel: Parcel, media_type: str) -> Article | Refusal:
        """The one article that a stream is, where it is no list."""
        label, origin = parcel.label, parcel.origin
        element = outermost(label.head)
        declared: str | None = media_type if label.media_type and element != "html" else None
        if declared and not _ARTICLE_TYPE.match(declared):
            return Refusal(origin, f"is of type {label.media_type[:60]}, and no list of articles that is known here")
        if element not in ("", "html") and (label.named(".xml") or b"<?xml" in label.head[:100]):
            return Refusal(origin, f"is XML (<{element}>), and no list of articles that is known here")
        data = parcel.stream.read(4 * self.order.longest + 1)
        if len(data) > 4 * self.order.longest:
            return Refusal(origin, too_long(self.order.longest))
        capture = Capture(
            data, label.name, declared
        )  # by that name a page or Markdown is known, whatever it is packed in
        found = read_capture(capture, self.order.said, hints=parcel.hints, longest=self.order.longest)
        return replace(found, origin=origin)

    def _link(self, link: Link, depth: int) -> Iterator[Article | Refusal]:
        if link.url in self._seen:
            self._passed(Passed(link.url, "an address that was taken already in this run"))
            return
        if self.fetcher is None:
            if link.instead is not None:
                yield from self.item(link.instead)
            else:
                yield Refusal(link.url, f"is a web address{_found_at(link)}, and nothing may be fetched in this run")
            return
        if depth > _DEEPEST:
            yield Refusal(link.url, f"lies more than {_DEEPEST} lists deep{_found_at(link)}; give it by itself")
            return
        self._seen.add(link.url)
        found = self.fetcher.fetch(link.url)
        if isinstance(found, Refusal):
            yield Refusal(link.url, f"{found.reason}{_found_at(link)}")
            return
        hints = replace(link.hints, url=found.url)
        data = io.BytesIO(found.data)
        yield from self.stream(found.origin, data, found.media_type, hints, depth, found.url, link.leads)


def parcel_of(origin: str, stream: BinaryIO, media_type: str = "") -> Parcel:
    """The stream with its label; packing around anything but a WARC (whose records are packed one by one) is taken off."""
    short_type = media_type.split(";")[0].strip().lower()
    name = origin.split(" fetched=")[0].split("?")[0].lower() if " fetched=" in origin else origin.lower()
    head, rest = head_of(stream)
    if packing := packing_of(head):
        how, suffix = packing
        try:
            inner = b"".join(islice(unpacked(iter([head]), how, 1 << 50), 1))
        except zlib.error:
            raise DamagedError(f"is packed with {how}, but damaged at its beginning") from None
        if how == "gzip" and inner.startswith(b"WARC/1."):
            return Parcel(origin, _rewound(stream, rest), Label(inner, name, short_type))
        head, rest = head_of(unpacking(rest, how))
        packed_type = any(word in short_type for word in ("gzip", "xz", "bzip", "octet-stream"))
        return Parcel(origin, rest, Label(head, name.removesuffix(suffix), "" if packed_type else short_type))
    if short_type in ("application/octet-stream", "binary/octet-stream"):
        short_type = ""
    return Parcel(origin, _rewound(stream, rest), Label(head, name, short_type))


def _rewound(stream: BinaryIO, rest: BinaryIO) -> BinaryIO:
    """From its beginning: a file by seeking (a WACZ needs that), a pipe by its head and the rest."""
    try:
        if stream.seekable():
            stream.seek(0)
            return stream
    except OSError:
        pass
    return rest


def _sum(numbers: Iterable[int | None]) -> int | None:
    """None as soon as one of them is not known."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _found_at(link: Link) -> str:
    return f" (found at {link.origin})" if link.origin != link.url else ""


def why(error: BaseException) -> str:
    if isinstance(error, InputError):
        return error.reason
    if isinstance(error, DamagedError):
        return str(error)
    if isinstance(error, zlib.error):
        return "is damaged: its packed data cannot be unpacked to the end"
    return f"cannot be read to the end ({getattr(error, 'strerror', None) or error})"
