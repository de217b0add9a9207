"""The damage of the text: each item in its context with a line under the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look, told
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import flow, line, shorten
from reportedly.export.words import count, word

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from reportedly.model.damage import Damage
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span

_SHORT = 12


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """Per article: every item with kind, severity, place, context, cause and suggestion, then how many there are."""
    page = console(out, look)
    for n, reading in enumerate(readings):
        if n:
            page.print()
        if not look.brief:
            page.print(ink((told.headline(reading, look.tongue), STRONG)))
        breaks = told.line_breaks(reading.text)
        for number, found in enumerate(reading.damages, 1):
            page.print()
            _item(page, reading, number, found, breaks, look)
        page.print()
        total = len(reading.damages)
        page.print(ink(count(look.tongue, "damage", total) if total else word(look.tongue, "no_damage")))


def _item(page: Console, reading: Reading, number: int, found: Damage, breaks: Sequence[int], look: Look) -> None:
    from rich.padding import Padding

    tongue = look.tongue
    page.print(
        ink(
            (f"d{number} ", WARN),
            (word(tongue, f"damage.{found.kind}"), STRONG),
            (
                f"  {word(tongue, f'severity.{found.severity.value}')}, {word(tongue, f'action.{found.action.value}')}",
                "",
            ),
            (f"  {told.place(found.span, breaks, tongue)}", DIM),
        )
    )
    words, under = context(reading.text, found.span, look.width - 4)
    page.print(ink("    ", words), no_wrap=True, overflow="crop", crop=True)
    page.print(ink("    ", (under, WARN)), no_wrap=True, overflow="crop", crop=True)
    message, cause = told.harm(found, tongue)
    details = [message]
    if cause:
        details.append(f"{word(tongue, 'cause')}: {cause}")
    if found.suggestion is not None:
        details.append(f"{word(tongue, 'suggestion')}: {line(found.suggestion) or word(tongue, 'leave_out')}")
    for detail in details:
        page.print(Padding(ink(detail), (0, 0, 0, 4), expand=False))


def context(text: str, span: Span, room: int) -> tuple[str, str]:
    """The words around a place on one line of at most `room` columns, and the line to print under it.

    >>> from reportedly.model.span import Span
    >>> print(*context("Er kam.“ Ukraine.“ Sie ging.", Span(9, 18), 40), sep="\\n")
    Er kam.“ Ukraine.“ Sie ging.
             ^^^^^^^^^
    """
    from rich.cells import cell_len

    room = max(room, 20)
    inside = line(span.of(text)[: room * 2])
    if cell_len(inside) > room - 10:
        inside = _fitting(inside, room - 11) + "…"
    spare = room - cell_len(inside) - 4
    before = line(text[max(0, span.start - room) : span.start])
    after = line(text[span.end : span.end + room])
    left = _fitting(before[::-1], spare // 2)[::-1]
    right = _fitting(after, spare - cell_len(left))
    left = _fitting(before[::-1], spare - cell_len(right))[::-1]
    if len(left) < len(before) or span.start > room:
        left = "…" + (left.partition(" ")[2] or left)
        left = left if left != "…" else "… "
    if len(right) < len(after) or len(text) - span.end > room:
        right = (right.rpartition(" ")[0] or right) + "…"
    return left + inside + right, " " * cell_len(left) + "^" * max(cell_len(inside), 1)


def _fitting(text: str, room: int) -> str:
    """The longest beginning of at most `room` columns; a letter is never parted from the accents that follow it."""
    from rich.cells import cell_len

    out, used = 0, 0
    for char in text:
        used += cell_len(char)
        if used > room:
            break
        out += 1
    return text[:out]


def short_list(reading: Reading, look: Look) -> Iterator[Text]:
    """One line each under the table, the first dozen of them."""
    tongue = look.tongue
    shown = reading.damages if look.wide else reading.damages[:_SHORT]
    for number, found in enumerate(shown, 1):
        words = shorten(flow(found.span.of(reading.text)), 40)
        head = f"⚠ d{number} {word(tongue, f'damage.{found.kind}')}"
        yield ink(
            (head, WARN),
            f" „{words}“" if words and tongue == "de" else f" “{words}”" if words else None,
            (f" {found.span.start}–{found.span.end}", DIM),
        )
    if len(reading.damages) > len(shown):
        yield ink((word(tongue, "and_more").format(n=len(reading.damages) - len(shown)), DIM))
