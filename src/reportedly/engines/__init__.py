"""Who does the work? `local`: processes on this machine. An engine knows nothing of articles."""

from __future__ import annotations

from reportedly.engines.local import Lost, Workers, cores

__all__ = ["Lost", "Workers", "cores"]
