"""Which files are in a folder? All of them, however deep, in the same order on every machine.

What begins with a dot is passed over, and so are links to folders (they may lead in a circle), devices, and files that by their name hold
no article (`.css`, `.js`): each is counted.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from reportedly.intake.parcel import Passed
from reportedly.model.article import Refusal

_DEEPEST = 100
_NO_ARTICLE = re.compile(
    r"\.(?:css|js|mjs|map|ts|py|pyc|sh|bat|exe|dll|so|ini|cfg|toml|ya?ml|lock|log|bak|tmp|part|cdxj?|idx|db|sqlite3?|woff2?|ttf|eot|ico|svg|"
    r"jpe?g|png|gif|webp|avif|tiff?|mp[34]|m4[av]|wav|ogg|webm|mov|avi|xsd|xsl|dtd)$",
    re.IGNORECASE,
)


def files_in(folder: str | Path, deep: int = 0) -> Iterator[Path | Passed | Refusal]:
    """The files of a folder: names in the order of their code points, files of a folder before its folders."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(
            str(folder), f"is a folder that cannot be opened ({error.strerror or error}); check its permissions"
        )
        return
    inner: list[Path] = []
    for entry in found:
        path = Path(folder) / entry.name
        try:
            mode = entry.stat().st_mode
            link = entry.is_symlink()
        except OSError:
            yield Passed(str(path), "a link that leads nowhere")
            continue
        if entry.name.startswith("."):
            yield Passed(str(path), "a hidden folder" if stat.S_ISDIR(mode) else "a hidden file")
        elif stat.S_ISDIR(mode) and link:
            yield Passed(str(path), "a link to a folder")
        elif stat.S_ISDIR(mode):
            inner.append(path)
        elif not stat.S_ISREG(mode):
            yield Passed(str(path), "no file (a pipe, a socket or a device)")
        elif suffix := _NO_ARTICLE.search(entry.name):
            yield Passed(str(path), f"a {suffix[0].lower()} file")
        else:
            yield path
    for path in inner:
        if deep < _DEEPEST:
            yield from files_in(path, deep + 1)
        else:
            yield Refusal(str(path), f"lies more than {_DEEPEST} folders deep; give it by itself")
