"""What does a gazetteer tell of somebody? An identifier with names, gender and offices with their dates, as a line of JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.model.days import days_of
from reportedly.model.sameness import Bearer

ENTRY_KINDS = ("person", "organisation", "medium", "state")
_ID = re.compile(r"[\w.:/#-]{1,120}")


@dataclass(frozen=True, slots=True)
class Term:
    """A role, in words or as the name of an office, whose it is (code of a country), and from when to when."""

    role: str
    country: str = ""
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody that the gazetteer knows. `names` are all spellings, each with the language it is written in, where told."""

    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    gender: str | None = None
    roles: tuple[Term, ...] = ()

    @property
    def bearer(self) -> Bearer:
        return Bearer("id", self.id)

    @property
    def name(self) -> str:
        """The German name where there is one."""
        return next((name for name, language in self.names if language == "de"), self.names[0][0])

    def to_dict(self) -> dict[str, Any]:
        """One line of the file."""
        return {
            "id": self.id,
            "kind": self.kind,
            "names": [{"name": n, **({"language": lang} if lang else {})} for n, lang in self.names],
            **({"gender": self.gender} if self.gender else {}),
            "roles": [{"role": t.role, "country": t.country, "from": t.first, "to": t.last} for t in self.roles],
        }

    @classmethod
    def of(cls, data: Any) -> Entry:
        """The entry of a line. Raises ValueError, in words, where the line is none."""
        if not isinstance(data, Mapping):
            raise ValueError("is no JSON object")
        id_, kind, gender = data.get("id"), data.get("kind"), data.get("gender") or None
        if not isinstance(id_, str) or not _ID.fullmatch(id_):
            raise ValueError('has no "id" (letters, digits, : / # . -)')
        if kind not in ENTRY_KINDS:
            raise ValueError(f'has no "kind" ({", ".join(ENTRY_KINDS)})')
        if gender not in (None, "m", "f"):
            raise ValueError('has a "gender" that is neither m nor f')
        names = tuple(dict.fromkeys(filter(None, map(_name, _list(data, "names")))))
        if not names:
            raise ValueError('has no "names"')
        return cls(id_, kind, names, gender, tuple(_term(t) for t in _list(data, "roles")))


def _list(data: Mapping[str, Any], field: str) -> list[Any]:
    found = data.get(field) or []
    if not isinstance(found, list):
        raise ValueError(f'has "{field}" that are no list')
    return found


def _name(given: Any) -> tuple[str, str] | None:
    if isinstance(given, str):
        given = {"name": given}
    if not isinstance(given, Mapping) or not isinstance(given.get("name"), str):
        raise ValueError('has a name that is neither words nor {"name": …, "language": …}')
    name = " ".join(given["name"].split())
    return (name, str(given.get("language") or "")) if name else None


def _term(given: Any) -> Term:
    if not isinstance(given, Mapping) or not isinstance(given.get("role"), str) or not given["role"].strip():
        raise ValueError('has a role without "role"')
    ends = [given.get("from") or None, given.get("to") or None]
    for end in ends:
        if end is not None and (not isinstance(end, str) or days_of(end) is None):
            raise ValueError(f'has a role with the date "{str(end)[:20]}"; give 2012-05-07, 2012-05 or 2012')
    return Term(given["role"].strip(), str(given.get("country") or ""), ends[0], ends[1])
