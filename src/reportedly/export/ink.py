"""How is a line of a terminal put together: styled, wrapped, written with or without colour?"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, TextIO, cast

from reportedly.export import Look
from reportedly.export.safe import block

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

DIM = "dim"
WARN = "yellow"
STRONG = "bold"


_PADDING = re.compile(r" +(?=(?:\x1b\[0m)?\n)")


class _Trimmed:
    """Rich fills its lines up with spaces; nobody wants them in a pipe."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, text: str) -> int:
        return self.out.write(_PADDING.sub("", text))

    def flush(self) -> None:
        self.out.flush()


def console(out: TextIO, look: Look) -> Console:
    """A rich console that only writes: no markup, no guesses about the terminal, no highlighting of numbers."""
    from rich.console import Console

    return Console(
        file=cast(IO[str], _Trimmed(out)),
        width=max(look.width, 20),
        force_terminal=look.colour,
        no_color=not look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        _environ={},
    )


def ink(*parts: str | tuple[str, str] | None) -> Text:
    """A styled line: plain strings and (string, style) pairs; empty parts are left out. Nothing is read as markup."""
    from rich.text import Text

    text = Text(no_wrap=False, overflow="fold")
    for part in parts:
        if isinstance(part, tuple):
            text.append(_harmless(part[0]), part[1])
        elif part:
            text.append(_harmless(part))
    return text


def _harmless(text: str) -> str:
    """The last door: whatever a caller forgot to filter. Line breaks of our own stay."""
    return block(text).replace("\r", "⏎").replace("\t", " ")
