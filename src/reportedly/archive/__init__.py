"""The archive: many readings in one file, added to, searched, judged, kept safe. `open_archive("archiv.db")`."""

from __future__ import annotations

from reportedly.archive.archive import Archive, open_archive
from reportedly.archive.found import Found

__all__ = ["Archive", "Found", "open_archive"]
