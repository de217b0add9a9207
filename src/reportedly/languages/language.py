"""The tables of one tongue, read once and shared."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from reportedly.languages.tables import Row, read_table, read_words


class Language:
    """The tables of one language folder. Read only; a missing table is an empty one (`und` has nearly none).

    `reads` is True where statements are read; otherwise only quotation marks are, and `notes` says so.
    """

    def __init__(self, code: str, folder: Path) -> None:
        self.code = code
        self.folder = folder
        self._tables: dict[str, tuple[Row, ...]] = {}
        self._words: dict[str, frozenset[str]] = {}

    @cached_property
    def settings(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "language.toml").read_text("utf-8"))

    @property
    def reads(self) -> bool:
        return bool(self.settings.get("reads", False))

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self.settings.get("notes", ()))

    @cached_property
    def digest(self) -> str:
        """Eight hex digits over all table files: part of every reading's signature."""
        sha = hashlib.sha256()
        for path in sorted(self.folder.iterdir()):
            if path.suffix in {".tsv", ".txt", ".toml"}:
                sha.update(path.name.encode())
                sha.update(path.read_bytes())
        return sha.hexdigest()[:8]

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of `name.tsv`; empty where this language has no such table. Raises TableError for a bad row."""
        if name not in self._tables:
            path = self.folder / f"{name}.tsv"
            self._tables[name] = read_table(path, self.folder.name) if path.exists() else ()
        return self._tables[name]

    def words(self, name: str) -> frozenset[str]:
        """The entries of `name.txt`; empty where this language has no such list."""
        if name not in self._words:
            path = self.folder / f"{name}.txt"
            self._words[name] = read_words(path) if path.exists() else frozenset()
        return self._words[name]
