"""Many readings, one archive: what belongs together across articles? Proposes links and never changes a reading."""

from __future__ import annotations

from reportedly.across.gazetteer import entries_in
from reportedly.across.speakers import match

__all__ = ["entries_in", "match"]
