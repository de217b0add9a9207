"""How is an archive file opened safely? The SQLite library is checked, old files are brought forward, errors become letters."""

from __future__ import annotations

import glob
import os
import sys
import time
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
MEMORY = Path(":memory:")
"""An archive that is gone when it is closed."""
_PATIENCE = 60_000
"""Milliseconds that a writer waits for another one."""
_OLDEST = (3, 44, 0)
_FULL = "{}: the disk is full; what was added so far is safe. Make room and run it again"
_DAMAGED, _LOOK = "is damaged", "`reportedly check` says where, a backup helps"
_LITTLE = 65_536
_MAGIC = b"SQLite format 3\0"
_NO_ROOM = frozenset([apsw.SQLITE_IOERR_SHMSIZE])
_NOT_OURS = (apsw.SQLError, apsw.SchemaChangeError, apsw.ConstraintError, apsw.MismatchError, apsw.InternalError)
"""What SQLite raises where tables, indices or types are not as we made them."""


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
    if not create and not _exists(path):
        raise ArchiveError(f"{path}: there is no archive; `reportedly add FILE… --archive {path}` makes one")
    with letters(path):
        _look_at(path)
        read_only = read_only or _protected(path)
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        db = apsw.Connection(_address(path), flags=flags | apsw.SQLITE_OPEN_URI)
        try:
            db.set_busy_timeout(_PATIENCE)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA cache_size = -131072")
            db.execute("PRAGMA journal_size_limit = 67108864")
            _ours(db, path)
            if not read_only:
                _keep_journal(db, "delete" if loses_commits(sqlite) else "wal")
            _bring_forward(db, path, read_only)
        except BaseException:
            db.close()
            raise
    return db


def _exists(path: Path) -> bool:
    """Is anything there? A name that no file can have is looked at later."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _look_at(path: Path) -> None:
    """Whatever is no archive is left as it is: SQLite takes a folder for a fault, and any file of a few bytes for an empty one."""
    if path == MEMORY:
        return
    try:
        if path.is_dir():
            raise ArchiveError(f"{path}: is a folder; name the file of the archive")
        with path.open("rb") as file:
            if (head := file.read(len(_MAGIC))) and head != _MAGIC:
                raise ArchiveError(f"{path}: is not an archive; give another name")
    except FileNotFoundError:
        if not path.absolute().parent.is_dir():
            raise ArchiveError(f"{path}: its folder does not exist; make it first") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(
            f"{str(path)[:300]!r}: cannot be opened ({why}); check the path and its permissions"
        ) from error


def _protected(path: Path) -> bool:
    """An archive that may be read and not written, such as one on a disc or in somebody else's folder: it can still be asked."""
    return _exists(path) and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def _address(path: Path) -> str:
    """Where nothing may be written, SQLite is told that nobody else writes either, unless a journal of somebody lies there."""
    if path == MEMORY:
        return str(MEMORY)
    journal = path.with_name(f"{path.name}-wal")
    still = _protected(path) and not (journal.exists() and journal.stat().st_size)
    return path.absolute().as_uri() + ("?immutable=1" if still else "")


def _ours(db: apsw.Connection, path: Path) -> None:
    """The database of another program must not be changed in the least, nor in the way of its journal. Raises ArchiveError."""
    if one(db, "PRAGMA application_id") != APPLICATION and one(db, "SELECT count(*) FROM sqlite_schema"):
        raise ArchiveError(f"{path}: is an SQLite file, but not an archive of reportedly; give another name")


def _keep_journal(db: apsw.Connection, wanted: str) -> None:
    """Changing the way of the journal is the one thing that SQLite does not wait for, when others open a new file just now."""
    end = time.monotonic() + _PATIENCE / 1000
    while one(db, "PRAGMA journal_mode") != wanted:
        try:
            if one(db, f"PRAGMA journal_mode = {wanted}") != wanted:
                return  # a file system without what WAL needs stays with the old journal
        except apsw.BusyError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


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
    for left in _left_lying(before):
        with suppress(OSError):
            left.unlink()
    if not before.exists():
        with suppress(FileExistsError):  # somebody else was faster
            copy(db, before)
    _sweep(before)
    for step in range(version + 1, VERSION + 1):
        with transaction(db):
            if int(one(db, "PRAGMA user_version")) < step:  # nobody else was faster
                db.execute(sql(f"migrations/{step:04}.sql"))
                db.execute(f"PRAGMA user_version = {step}")


def copy(db: apsw.Connection, target: Path) -> None:
    """A copy that has its name only when it is complete, on the disk and looked at. Raises FileExistsError, ArchiveError."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    _sweep(target)
    with suppress(OSError):
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
        _named(part, target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _named(part: Path, target: Path) -> None:
    """The finished copy gets its name, which it keeps also where the power fails now. Raises FileExistsError."""
    try:
        os.link(part, target)  # unlike a rename it never overwrites what came there meanwhile
    except FileExistsError:
        raise
    except (
        OSError
    ):  # sticks and cameras (FAT, exFAT) know no second name for a file: take the name first, then move there
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))
        os.replace(part, target)
    with suppress(OSError):  # not every system lets one look after a folder
        folder = os.open(target.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(target: Path) -> None:
    for left in _left_lying(target):
        with suppress(OSError):
            left.unlink()


def _left_lying(target: Path) -> Iterator[Path]:
    """Half copies of processes that were killed over them."""
    for part in target.absolute().parent.glob(f"{glob.escape(target.name)}.*.part*"):
        pid = part.name.removeprefix(f"{target.name}.").partition(".")[0]
        if sys.platform == "win32" or not pid.isdecimal():
            continue
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            yield part
        except (OSError, OverflowError):
            continue


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
def snapshot(db: apsw.Connection) -> Iterator[None]:
    """Several questions about one state of the file: what another program changes meanwhile comes afterwards."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("COMMIT")


@contextmanager
def letters(path: Path) -> Iterator[None]:
    """What SQLite complains about, as a sentence that a person can act on."""
    try:
        yield
    except apsw.FullError as error:
        raise ArchiveError(_FULL.format(path)) from error
    except apsw.NotADBError as error:
        raise ArchiveError(f"{path}: is not an archive; give another name") from error
    except apsw.CorruptError as error:
        raise ArchiveError(f"{path}: {_DAMAGED} ({error}); {_LOOK}") from error
    except (apsw.BusyError, apsw.LockedError, apsw.ProtocolError) as error:
        raise ArchiveError(f"{path}: another program keeps it locked; try again when it is done") from error
    except apsw.ReadOnlyError as error:
        raise ArchiveError(
            f"{path}: may be read and not written; check the permissions of the file and its folder"
        ) from error
    except (apsw.CantOpenError, apsw.PermissionsError) as error:
        raise ArchiveError(
            f"{path}: cannot be opened for this ({error}); check the folder and its permissions"
        ) from error
    except apsw.IOError as error:
        if getattr(error, "extendedresult", 0) in _NO_ROOM or no_room(path):
            raise ArchiveError(_FULL.format(path)) from error
        raise ArchiveError(f"{path}: cannot be read or written ({error}); check the disk") from error
    except (*_NOT_OURS, UnicodeDecodeError) as error:  # a damaged file, or another program wrote to it
        raise ArchiveError(f"{path}: {_DAMAGED} ({error}); {_LOOK}") from error


def no_room(path: Path) -> bool:
    """Is there no room left where the file lies? SQLite calls some writes that found none an I/O error."""
    try:
        found = os.statvfs(path.absolute().parent)
    except (OSError, AttributeError):
        return False
    return found.f_bavail * found.f_frsize < _LITTLE
