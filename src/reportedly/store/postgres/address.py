"""Which database does an address name, and how is it shown without its password?"""

from __future__ import annotations

import re

from reportedly.errors import ArchiveError

_ADDRESS = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_HIDDEN = "postgresql://…"


def is_address(place: object) -> bool:
    """Does this name a database, not a file?

    >>> is_address("postgresql://mk@archive.example.org/news"), is_address("archiv.db")
    (True, False)
    """
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def shown_address(address: str) -> str:
    """The address for messages: user, host and database, never the password nor anything that cannot be told from one."""
    try:
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        return _HIDDEN
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    except Error:
        return _HIDDEN
    user = f"{parts['user']}@" if "user" in parts else ""
    host = parts.get("host", "")
    port = f":{parts['port']}" if "port" in parts else ""
    place = f"{user}{port}" if host.startswith("/") else f"{user}{host}{port}"
    socket = f"?host={host}" if host.startswith("/") else ""
    return f"postgresql://{place}/{parts.get('dbname', '')}{socket}"


def checked(address: str) -> str:
    """The address, if it is one that can be understood. Raises ArchiveError, which does not repeat it."""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(address)
    except Error:
        raise ArchiveError(
            "the address of the database cannot be understood; write postgresql://USER@HOST:PORT/DATABASE, "
            "with signs such as @ / ? % in a name or password as %40 %2F %3F %25"
        ) from None  # the complaint of the library repeats the address, with the password
    return address
