"""A PostgreSQL server for the tests: started once for each process, in a folder of its own, on a socket, as an unprivileged user.

Where no server is installed the tests that need one are skipped with a word that says so; `.ci/run` installs one.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

ADVICE = "no PostgreSQL server is installed here; `apt-get install postgresql` brings one"
USER = "reporter"
_FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=50"
    " -c shared_buffers=32MB -c autovacuum=off -c log_min_messages=fatal -c log_min_error_statement=fatal"
)


@cache
def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; Debian does not put it into PATH."""
    for found in (shutil.which("initdb"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)):
        if found and (Path(found).resolve().parent / "pg_ctl").exists():
            return Path(found).resolve().parent
    return None


def as_somebody() -> list[str]:
    """PostgreSQL refuses to run as root: then another user does it."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None or not shutil.which("setpriv"):
        pytest.skip("PostgreSQL does not run as root, and there is no other user (postgres, nobody) or no setpriv")
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]


@cache
def server() -> str:
    """The folder of the socket of a running server; it stops with this process."""
    folder = binaries()
    if folder is None:
        pytest.skip(ADVICE)
    prefix = as_somebody()
    place = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
    if prefix:
        owner = pwd.getpwnam(prefix[1].split("=")[1])
        os.chown(place, owner.pw_uid, owner.pw_gid)
    data = place / "data"

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [*prefix, str(folder / program), "-D", str(data), *words], cwd=place, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def stop() -> None:
        subprocess.run(
            [*prefix, str(folder / "pg_ctl"), "-D", str(data), "stop", "-m", "immediate"],
            cwd=place,
            capture_output=True,
        )
        shutil.rmtree(place, ignore_errors=True)

    atexit.register(stop)
    run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
    run("pg_ctl", "start", "-w", "-t", "60", "-l", str(place / "log"), "-o", f"-k {place} {_FAST}")
    return str(place)


def address(database: str = "postgres", user: str = USER) -> str:
    """The address of a database of the server."""
    return f"postgresql://{user}@/{database}?host={server()}"


def clean(database: str = "postgres") -> str:
    """The address of a database without an archive."""
    import psycopg

    with psycopg.connect(address(database), autocommit=True) as db:
        db.execute("SET client_min_messages = warning")
        db.execute("DROP SCHEMA IF EXISTS reportedly CASCADE")
    return address(database)
