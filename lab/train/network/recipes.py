"""How is each line of weights made? `lines.toml`, read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

LINES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "lines.toml").read_text("utf-8"))
"""Recipe by name of a line."""
