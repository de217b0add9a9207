"""The reading room: the archive in a browser on the same machine. `reportedly serve archiv.db`."""

from __future__ import annotations
