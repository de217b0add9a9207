"""How is each line of weights made? `lines.toml`, read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

RECIPES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "lines.toml").read_text("utf-8"))
"""Recipe by name: of each line, and of the networks for speeches."""

LINES = {name: recipe for name, recipe in RECIPES.items() if "licence" in recipe}
"""Those that come into the package."""
