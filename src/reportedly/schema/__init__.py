"""The published JSON Schema of the record: `record_schema()`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAME = "reportedly-1.json"


def record_schema() -> dict[str, Any]:
    """The schema of one record (draft 2020-12), for any validator."""
    schema: dict[str, Any] = json.loads(files(__name__).joinpath(NAME).read_text("utf-8"))
    return schema
