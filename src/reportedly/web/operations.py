"""What can be asked of the room? One row per operation: the routes, the checks and the description for programs are made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.web.calls import Call, Download, Go, RoomError, View

Handler = Callable[[Call], View | Go | Download]

MOST = 10**9
_DIGITS = re.compile(r"-?[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of an address. `kind`: string, integer, boolean; `one_of` are its values where they are few."""

    name: str
    about: str
    kind: str = "string"
    default: Any = ""
    one_of: tuple[str, ...] = ()
    low: int = 0
    high: int = MOST
    required: bool = False
    pattern: str = ""

    def checked(self, given: str | None) -> Any:
        """The value of the parameter. Raises RoomError where it is none."""
        if given is None:
            if self.required:
                raise RoomError(400, "error.missing", name=self.name)
            return self.default
        if self.kind == "integer":
            if not _DIGITS.fullmatch(given) or not self.low <= int(given) <= self.high:
                raise RoomError(400, "error.number", name=self.name, low=self.low, high=self.high)
            return int(given)
        if self.kind == "boolean":
            if given not in ("1", "0", "true", "false"):
                raise RoomError(400, "error.choice", name=self.name, choices="true, false")
            return given in ("1", "true")
        if self.one_of and given not in self.one_of:
            raise RoomError(400, "error.choice", name=self.name, choices=", ".join(self.one_of))
        if self.pattern and not re.fullmatch(self.pattern, given):
            raise RoomError(400, "error.value", name=self.name)
        return given

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        made: dict[str, Any] = {"type": self.kind}
        if self.kind == "integer":
            made |= {"minimum": self.low, "maximum": self.high}
        if self.one_of:
            made["enum"] = list(self.one_of)
        if self.pattern:
            made["pattern"] = f"^(?:{self.pattern})$"
        if self.default not in ("", None):
            made["default"] = self.default
        return made


@dataclass(frozen=True, slots=True)
class Operation:
    """`method path` is answered by `handler`. `twin`: the same with `.json` for programs; `answer` names its schema.

    `body`: form (a page sends it), json (with `fields`), raw (a file), none. `page` False: only the twin exists.
    """

    method: str
    path: str
    handler: Handler
    about: str
    answer: str = ""
    params: tuple[Param, ...] = ()
    body: str = "none"
    fields: Mapping[str, dict[str, Any]] | None = None
    needs: tuple[str, ...] = ()
    twin: bool = True
    page: bool = True
    statuses: tuple[int, ...] = ()
