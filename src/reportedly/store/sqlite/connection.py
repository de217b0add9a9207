"""How is an archive file opened safely? The SQLite library is checked, old files are brought forward, errors become letters."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw

from reportedly.errors import ArchiveError

APPLICATION = 0x52505431
"""What `PRAGMA application_id` of our files says: "RPT1"."""
VERSION = 3
"""The version of the tables that this program writes; migrations/NNNN.sql leads to version NNNN from the one before."""
_PATIENCE = 60_000
"""Milliseconds that a writer waits for another one."""
_OLDEST = (3, 44, 0)


def loses_commits(library: tuple[int, int, int]) -> bool:
    """Does this SQLite have the WAL-reset bug, by which a committed transaction can be lost?

    Present from 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6.

    >>> loses_commits((3, 51, 2)), loses_commits((3, 50, 7)), loses_commits((3, 54, 1))
    (True, False, False)
    """
    mended = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
    if library[:2] in mended:
        return library[2] < mended[library[:2]]
    return (3, 7) <= library[:2] < (3, 51)


def library() -> tuple[int, int, int]:
    """The version of the SQLite that is in use; apsw brings its own."""
    major, minor, patch = (int(part) for part in apsw.sqlite_lib_version().split(".")[:3])
    return major, minor, patch


def connect(
    path: Path, *, create: bool, read_only: bool = False, sqlite: tuple[int, int, int] | None = None
) -> apsw.Connection:
    """The open file, its tables of today's version. Raises ArchiveError.

    With a SQLite that loses commits in WAL mode the old rollback journal is used: slower, and readers wait.
    """
    sqlite = sqlite or library()
    if sqlite < _OLDEST:
        raise ArchiveError(
            f"{path}: this SQLite is {'.'.join(map(str, sqlite))}; archives need 3.44 or newer: pip install --upgrade apsw"
        )
    if not create and not path.exists():
        raise ArchiveError(f"{path}: there is no archive; `reportedly add FILE… --archive {path}` makes one")
    with letters(path):
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        db = apsw.Connection(str(path), flags=flags)
        try:
            db.set_busy_timeout(_PATIENCE)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA cache_size = -262144")
            db.execute("PRAGMA journal_size_limit = 67108864")
            if not read_only:
                wanted = "DELETE" if loses_commits(sqlite) else "WAL"
                db.execute(f"PRAGMA journal_mode = {wanted}")
            _bring_forward(db, path, read_only)
        except BaseException:
            db.close()
            raise
    return db


def _bring_forward(db: apsw.Connection, path: Path, read_only: bool) -> None:
    """Make the tables in an empty file; migrate an older one, step by step, each whole or not at all."""
    if one(db, "SELECT count(*) FROM sqlite_schema") == 0:
        if read_only:
            raise ArchiveError(f"{path}: is empty, not an archive")
        with transaction(db):
            if one(db, "SELECT count(*) FROM sqlite_schema") == 0:
                db.execute(sql("schema.sql"))
                db.execute(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}")
        return
    if one(db, "PRAGMA application_id") != APPLICATION:
        raise ArchiveError(f"{path}: is an SQLite file, but not an archive of reportedly; give another name")
    version = int(one(db, "PRAGMA user_version"))
    if version > VERSION:
        raise ArchiveError(
            f"{path}: was written by a newer reportedly (tables {version}, this program knows {VERSION}); update reportedly"
        )
    if version < VERSION:
        if read_only:
            raise ArchiveError(
                f"{path}: has tables of version {version}; open it once for writing to bring it to {VERSION}"
            )
        _migrate(db, path, version)


def _migrate(db: apsw.Connection, path: Path, version: int) -> None:
    """A whole copy beside the file first, then one step after the other."""
    before = path.with_name(f"{path.name}.version{version}")
    if not before.exists():
        with suppress(FileExistsError):  # somebody else was faster
            copy(db, before)
    for step in range(version + 1, VERSION + 1):
        with transaction(db):
            if int(one(db, "PRAGMA user_version")) < step:  # nobody else was faster
                db.execute(sql(f"migrations/{step:04}.sql"))
                db.execute(f"PRAGMA user_version = {step}")


def copy(db: apsw.Connection, target: Path) -> None:
    """A copy that has its name only when it is complete, on the disk and looked at. Raises FileExistsError, ArchiveError."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        db.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        whole = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            found = one(whole, "PRAGMA integrity_check(1)")
        finally:
            whole.close()
        if found != "ok":
            raise ArchiveError(
                f"{target}: the copy is not whole ({found}); the original may be damaged: `reportedly check`"
            )
        os.link(part, target)  # unlike a rename it never overwrites what came there meanwhile
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def sql(name: str) -> str:
    """The text of a file of statements that is shipped with the program."""
    return files("reportedly.store.sqlite").joinpath(name).read_text("utf-8")


Row = tuple[Any, ...]


def rows(db: apsw.Connection, question: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows at once, so that what is asked meanwhile does not matter."""
    return list(db.execute(question, tuple(values)))


def one(db: apsw.Connection, question: str, *values: Any) -> Any:
    """The first column of the first row; None where there is no row."""
    found = rows(db, question, values)
    return found[0][0] if found else None


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """All or nothing. The lock is taken at the start: a reader that becomes a writer later could not wait for one."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has rolled it back already
            db.execute("ROLLBACK")
        raise


@contextmanager
def letters(path: Path) -> Iterator[None]:
    """What SQLite complains about, as a sentence that a person can act on."""
    try:
        yield
    except apsw.FullError as error:
        raise ArchiveError(
            f"{path}: the disk is full; what was added so far is safe. Make room and run it again"
        ) from error
    except apsw.NotADBError as error:
        raise ArchiveError(f"{path}: is not an archive; give another name") from error
    except apsw.CorruptError as error:
        raise ArchiveError(f"{path}: is damaged ({error}); `reportedly check` says where, a backup helps") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise ArchiveError(f"{path}: another program keeps it locked; try again when it is done") from error
    except (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError) as error:
        raise ArchiveError(
            f"{path}: cannot be opened for this ({error}); check the folder and its permissions"
        ) from error
    except apsw.IOError as error:
        raise ArchiveError(f"{path}: cannot be read or written ({error}); check the disk") from error
