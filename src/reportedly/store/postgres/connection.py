"""How is a database opened safely? Its tables are made or brought forward; what goes wrong becomes a letter without a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reportedly.errors import ArchiveError
from reportedly.store.postgres.address import checked, shown_address

if TYPE_CHECKING:
    from psycopg import Connection

SCHEMA = "reportedly"
"""Everything stands in this schema, so that an archive can live in a database beside other things."""
VERSION = 1
"""The version of the tables that this program writes; migrations/NNNN.sql leads to version NNNN from the one before."""
WRITERS = 0x52505431
"""The advisory lock that a writer holds until its transaction ends: "RPT1"."""
_OLDEST = 130_000
_PATIENCE = "60s"
_LONGEST_COMMAND = "10min"
_CONNECTING = 10
_COSTS = "SET random_page_cost = 1.1; SET cpu_operator_cost = 0.02;"
"""Without these the planner takes comparing arrays for as cheap as comparing numbers, and reads all words instead of the index."""

_LETTERS = (
    (r"password|Passwort|no pg_hba|pg_hba\.conf|authentication|Authentifizierung",
     "the server does not let this user in; check user and password (~/.pgpass or PGPASSWORD keep it out of the address) and pg_hba.conf"),
    (r'role ".*" does not exist|Rolle ».*« existiert nicht', "the server knows no such user; `createuser NAME` makes one"),
    (r'database ".*" does not exist|Datenbank ».*« existiert nicht', "the server has no such database; `createdb NAME` makes one"),
    (r"permission denied for database|keine Berechtigung für Datenbank", "this user may not connect to that database; GRANT CONNECT allows it"),
    (r"too many (?:clients|connections)|remaining connection slots", "the server has no connection left; try again when others are done"),
    (r"starting up|shutting down|in recovery", "the server is starting or stopping; try again in a moment"),
    (r"SSL|certificate", "no safe connection came about; check sslmode and the certificate"),
)  # fmt: skip


def connect(address: str, *, create: bool, read_only: bool = False, version: int = VERSION) -> Connection[Any]:
    """The open database, its tables of today's version. Raises ArchiveError.

    `version` is another one in tests only.
    """
    try:
        import psycopg
    except ImportError as error:
        raise ArchiveError("an archive in PostgreSQL needs psycopg: pip install 'reportedly[postgres]'") from error
    name = shown_address(checked(address))
    try:
        db = psycopg.connect(
            address,
            autocommit=True,
            application_name="reportedly",
            connect_timeout=_CONNECTING,
            client_encoding="utf8",
        )
    except psycopg.Error as error:
        raise ArchiveError(f"{name}: {_why(str(error))}") from None  # what the library tells may hold the password
    try:
        with letters(name):
            _settle(db, read_only)
            refuse_unfit(name, db.info.server_version, str(_one(db, "SHOW server_encoding")))
            _bring_forward(db, name, create and not read_only, read_only, version)
    except BaseException:
        db.close()
        raise
    return db


def refuse_unfit(name: str, server: int, encoding: str) -> None:
    """Raises ArchiveError where this server or database cannot hold an archive."""
    if server < _OLDEST:
        raise ArchiveError(
            f"{name}: the server is PostgreSQL {server // 10000}; archives need {_OLDEST // 10000} or newer"
        )
    if encoding != "UTF8":
        raise ArchiveError(
            f"{name}: the database keeps text as {encoding}; make one with `createdb --encoding UTF8 --template template0 NAME`"
        )


def _why(complaint: str) -> str:
    for sign, letter in _LETTERS:
        if re.search(sign, complaint):
            return letter
    return "no server answers there; check host and port, and whether it runs (`pg_isready`)"


def _settle(db: Connection[Any], read_only: bool) -> None:
    db.execute(
        f"SET search_path = {SCHEMA}; SET statement_timeout = '{_LONGEST_COMMAND}'; SET lock_timeout = '{_PATIENCE}';"
        f" SET idle_in_transaction_session_timeout = '{_LONGEST_COMMAND}'; SET jit = off; {_COSTS}"
        f" SET default_transaction_read_only = {'on' if read_only else 'off'}"
    )


def _bring_forward(db: Connection[Any], name: str, create: bool, read_only: bool, version: int) -> None:
    """Make the tables where there are none; migrate older ones, step by step, each whole or not at all."""
    found = _version(db, name)
    if found is None:
        if not create:
            raise ArchiveError(f"{name}: there is no archive; `reportedly add FILE… --archive {name}` makes one")
        with db.transaction():
            lock_writers(db)
            if _version(db, name) is None:  # nobody else was faster
                db.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                db.execute(sql("schema.sql").encode())
                db.execute("INSERT INTO migration (version) VALUES (%s)", (VERSION,))
        found = VERSION
    if found > version:
        raise ArchiveError(
            f"{name}: was written by a newer reportedly (tables {found}, this program knows {version}); update reportedly"
        )
    if found < version and read_only:
        raise ArchiveError(f"{name}: has tables of version {found}; open it once for writing to bring it to {version}")
    for step in range(found + 1, version + 1):
        with db.transaction():
            lock_writers(db)
            if (_version(db, name) or 0) < step:  # nobody else was faster
                db.execute(sql(f"migrations/{step:04}.sql").encode())
                db.execute("INSERT INTO migration (version) VALUES (%s)", (step,))


def _version(db: Connection[Any], name: str) -> int | None:
    """The version of the tables; None where there are none. Raises ArchiveError where others stand in their place."""
    held = _one(db, "SELECT to_regclass(%s) IS NOT NULL", f"{SCHEMA}.migration")
    if held:
        found = _one(db, "SELECT max(version) FROM migration")
        return None if found is None else int(found)
    others = _one(
        db,
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s",
        SCHEMA,
    )
    if others:
        raise ArchiveError(f'{name}: its schema "{SCHEMA}" holds something else than an archive; give another database')
    return None


def lock_writers(db: Connection[Any]) -> None:
    """Wait until nobody else writes; let go with the end of the transaction, also where this program is killed."""
    db.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))


def sql(name: str) -> str:
    """The text of a file of statements that is shipped with the program."""
    return files("reportedly.store.postgres").joinpath(name).read_text("utf-8")


def _one(db: Connection[Any], question: str, *values: Any) -> Any:
    row = db.execute(question.encode(), values or None).fetchone()
    return row[0] if row else None


@contextmanager
def letters(name: str) -> Iterator[None]:
    """What PostgreSQL complains about, as a sentence that a person can act on."""
    from psycopg import Error, errors

    try:
        yield
    except (errors.DiskFull, errors.OutOfMemory) as error:
        raise ArchiveError(
            f"{name}: the disk of the server is full; what was added so far is safe. Make room and run it again"
        ) from error
    except (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure) as error:
        raise ArchiveError(f"{name}: another program keeps it locked; try again when it is done") from error
    except errors.QueryCanceled as error:
        raise ArchiveError(
            f"{name}: this takes longer than {_LONGEST_COMMAND}; try again when less is going on"
        ) from error
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        raise ArchiveError(
            f"{name}: this user may not do that ({_told(error)}); docs/teams.md tells which rights readers and writers need"
        ) from error
    except (errors.DataCorrupted, errors.IndexCorrupted) as error:
        raise ArchiveError(
            f"{name}: is damaged ({_told(error)}); `reportedly check` says where, a backup helps"
        ) from error
    except (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction) as error:
        raise ArchiveError(f"{name}: is not a whole archive ({_told(error)}); a backup helps") from error
    except errors.OperationalError as error:
        raise ArchiveError(
            f"{name}: the connection was lost; what was added so far is safe. Run it again to go on"
        ) from error
    except Error as error:
        raise ArchiveError(f"{name}: the database complains ({_told(error)}); please report it") from error


def _told(error: Any) -> str:
    return str(error.diag.message_primary or type(error).__name__)
