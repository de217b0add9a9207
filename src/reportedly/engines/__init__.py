"""Who does the work? `local`: processes on this machine. An engine knows nothing of articles. (For many machines: the room `cluster`.)"""

from __future__ import annotations

from reportedly.engines.base import Engine, Lost, UnfitError
from reportedly.engines.local import Workers, cores
from reportedly.engines.pool import LocalEngine, Pool

__all__ = ["Engine", "LocalEngine", "Lost", "Pool", "UnfitError", "Workers", "cores"]
