"""Reading in: bytes -> Article | Refusal. Knows formats, no language.

One input, one answer: whatever comes, there is an article to read or a reason why not. Nothing here raises for what is
wrong with an input; only a wrong argument (`published="gestern"`) is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportedly.intake.capture import LONGEST, opened, too_long
from reportedly.intake.carried import Carried
from reportedly.intake.one import article_of, read_capture
from reportedly.intake.plain import read_plain
from reportedly.intake.polite import Manners
from reportedly.intake.published import published_of
from reportedly.intake.tongue import short_code
from reportedly.model.article import Article, Capture, Refusal

if TYPE_CHECKING:
    from reportedly.intake.fetch import Fetcher
    from reportedly.intake.parcel import Passed

__all__ = [
    "LONGEST",
    "count_of",
    "open_fetcher",
    "published_of",
    "take_in",
    "take_in_all",
    "take_in_from",
    "take_in_text",
]


def take_in(
    source: str | Path | bytes,
    *,
    origin: str | None = None,
    published: str | None = None,
    media_type: str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    longest: int = LONGEST,
) -> Article | Refusal:
    """One article from a file (a path) or from bytes; a Refusal with one clear sentence where there is none.

    What the caller says (`published`, `language`, …) goes before what the file says. Raises InputError only where
    `published` is no ISO 8601 date.
    """
    said = Carried(title, outlet, url, published_of(published) if published else None, short_code(language))
    if isinstance(source, bytes) and len(source) > 4 * longest:
        return Refusal(origin or "<bytes>", too_long(longest))
    if isinstance(source, bytes):
        capture: Capture | Refusal = Capture(source, origin or "<bytes>", media_type)
    else:
        capture = opened(source, longest)
        if isinstance(capture, Capture):
            capture = Capture(capture.data, origin or capture.origin, media_type)
    if isinstance(capture, Refusal):
        return Refusal(origin or capture.origin, capture.reason)
    return read_capture(capture, said, longest=longest)


def take_in_text(
    text: str,
    *,
    origin: str | None = None,
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Article:
    """An article from a text that is decoded already; the text is kept to the character, an empty one too.

    >>> take_in_text("Die Brücke bleibe gesperrt, teilte die Stadt mit.").language
    'de'
    """
    said = Carried(title, outlet, url, published_of(published) if published else None, short_code(language))
    blocks, carried, notes = read_plain(text)
    return article_of(text, blocks, said, carried, origin, notes)


def take_in_all(
    paths: Iterable[str | Path],
    *,
    stdin: bytes = b"",
    published: str | None = None,
    media_type: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    longest: int = LONGEST,
) -> Iterator[Article | Refusal]:
    """One answer for each path, in order; `-` stands for standard input, whose bytes the caller gives."""
    for path in paths:
        standard = str(path) == "-"
        yield take_in(
            stdin if standard else path,
            origin="<stdin>" if standard else None,
            published=published,
            media_type=media_type,
            language=language,
            outlet=outlet,
            longest=longest,
        )


def take_in_from(
    places: Iterable[str | Path],
    *,
    fetcher: Fetcher | None = None,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    published: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    longest: int = LONGEST,
    passed: Callable[[Passed], None] | None = None,
) -> Iterator[Article | Refusal]:
    """Every article in files, folders, tables, feeds, web archives, at addresses: whatever `places` name, in their order.

    `-` is standard input. Nothing is fetched without a `fetcher` (see `open_fetcher`). `columns` says how the columns of a table
    or of JSON are called (`{"text": "body"}`). `passed` is told of what is no article and does not claim to be: hidden files, the
    pictures of a web archive. An `origin` that an article or a refusal has can be given as a place, and gives the same again.
    """
    from reportedly.intake.gather import Gathering  # late: reading one file needs no unpackers
    from reportedly.intake.parcel import Order

    said = Carried(None, outlet, None, published_of(published) if published else None, short_code(language))
    return Gathering(Order(dict(columns or {}), said, longest), fetcher, stdin, passed).all_of(places)


def count_of(
    places: Iterable[str | Path], *, fetches: Fetcher | None = None, columns: Mapping[str, str] | None = None
) -> int | None:
    """How many answers `take_in_from` will give, in a fraction of its time; None where only doing it can tell (a feed to be
    fetched, standard input)."""
    from reportedly.intake.gather import Gathering  # late, as above
    from reportedly.intake.parcel import Order

    return Gathering(Order(dict(columns or {})), fetches, None, None).count(places)


def open_fetcher(manners: Manners | None = None) -> Fetcher:
    """What fetches from the web, to be used in a `with`. Raises InputError where `reportedly[web]` is not installed."""
    try:
        import brotli  # noqa: F401
        import idna  # noqa: F401
        import protego  # noqa: F401

        from reportedly.intake.fetch import Fetcher
    except ImportError as error:
        from reportedly.intake.unpacked import missing

        raise missing("fetching from the web", error.name or "httpcore2", "web") from None
    return Fetcher(manners)
