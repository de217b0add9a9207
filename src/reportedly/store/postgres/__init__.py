"""An archive in a PostgreSQL database, for teams: many read and write at once, behind the same contract."""

from __future__ import annotations

from reportedly.store.asking import Asking
from reportedly.store.base import Wording
from reportedly.store.linking import Linking
from reportedly.store.postgres.address import is_address, shown_address
from reportedly.store.postgres.connection import connect
from reportedly.store.postgres.tables import PostgresTables
from reportedly.store.writing import Writing

__all__ = ["PostgresStore", "is_address"]


class PostgresStore(PostgresTables, Writing, Linking, Asking):
    """The store of `store.base` in the schema `reportedly` of a database. Writers wait for each other, readers for nobody."""

    def __init__(self, address: str, wording: Wording, *, create: bool = True, read_only: bool = False) -> None:
        self._wording = wording
        self._address = shown_address(address)
        self._db = connect(address, create=create, read_only=read_only)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()
