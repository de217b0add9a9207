"""How is the interface described for programs? OpenAPI 3.1, made of the plan and of the records themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reportedly import __version__
from reportedly.model.answers import (
    Doubt,
    Facet,
    Figures,
    Hit,
    OutletRow,
    OverTime,
    Page,
    Refused,
    SideRow,
    SpeakerPage,
    SpeakerRow,
    Version,
)
from reportedly.model.query import Note
from reportedly.model.span import Span
from reportedly.web.operations import Operation
from reportedly.web.timeline import Event

_RECORDS = (Facet, Figures, Hit, Note, OutletRow, OverTime, Page, Refused, SideRow, SpeakerRow, Version, Event)
_ANY: dict[str, Any] = {}
_STR: dict[str, Any] = {"type": "string"}
_INT: dict[str, Any] = {"type": "integer"}
_NULL_STR: dict[str, Any] = {"type": ["string", "null"]}
_PAIR: dict[str, Any] = {"type": "array", "items": _INT, "minItems": 2, "maxItems": 2}
_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _list(of: str | dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _ref(of) if isinstance(of, str) else of}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": sorted(properties), "properties": properties, "additionalProperties": False}


_SAVED = _object(key=_INT, name=_STR, q=_STR, hits={"type": ["integer", "null"]}, new=_INT, path=_STR)
_PRECISION = {
    "oneOf": [
        {"type": "null"},
        _object(right=_INT, of=_INT, share={"type": "number"}, low={"type": "number"}, high={"type": "number"}),
    ]
}
_COUNTS = _object(
    read=_INT, there=_INT, refused=_INT, ignored=_INT, statements=_INT, left={"type": ["integer", "null"]},
    rate={"type": ["number", "null"]}, minutes={"type": ["integer", "null"]},
)  # fmt: skip
_JUDGEMENT = _object(
    article=_STR,
    place=_list(_PAIR),
    verdict=_STR,
    by=_STR,
    at=_STR,
    why=_STR,
    content=_list(_PAIR),
    speaker=_STR,
    signature=_STR,
)
_JUDGEMENT["properties"] |= {"form": _STR, "was": _object(speaker=_STR, form=_STR)}  # where there is something to tell
_JOB = {
    "key": _INT, "places": _list(_STR), "state": _STR, "wish": _STR, "made": _STR, "begun": _NULL_STR, "ended": _NULL_STR,
    "current": _STR, "note": _STR, "counts": _COUNTS,
}  # fmt: skip
_OPEN = {"type": "object"}
_BEARER = {"type": "object", "required": ["kind", "name"], "properties": {"kind": _STR, "name": _STR, "article": _STR}}


def _answers() -> dict[str, Any]:
    """By the name that the plan gives, what an operation answers."""
    page, told = _schema(Page)["properties"], _schema(SpeakerPage)["properties"]
    return {
        "Start": _object(
            figures=_ref("Figures"), saved=_list(_SAVED), waiting=_INT, imports=_list(_object(key=_INT, state=_STR)),
            last=_list(_object(id=_STR, title=_STR, outlet=_NULL_STR, published=_NULL_STR, statements=_INT, damages=_INT)),
        ),
        "Added": _object(article=_STR, path=_STR, known={"enum": ["new", "version", "there"]}, statements=_INT),
        "Article": _object(article={**_OPEN, "description": "the record of docs/data-format.md"}, standing=_OPEN, judgements=_list(_JUDGEMENT), versions=_list("Version")),
        "Place": _object(
            article=_STR, title=_STR, start=_INT, end=_INT, exact=_STR, prefix=_STR, suffix=_STR, path=_STR,
            statement={"type": ["object", "null"]}, why=_list(_list(_STR)), citation=_STR, bibtex=_STR, csl=_OPEN,
        ),
        "Search": _object(q=_STR, sort=_STR, **page),
        "Facets": _object(q=_STR, facets=_list("Facet")),
        "Suggestions": _object(q=_STR, suggestions=_list(_object(value=_STR, count=_INT, query=_STR))),
        "Saved": _object(saved=_list(_SAVED)),
        "Queries": _object(
            queries=_list(_object(q=_STR, notes=_list("Note"), error=_STR, statements={"type": ["integer", "null"]}, articles={"type": ["integer", "null"]}))
        ),
        "Speakers": _object(speakers=_list("SpeakerRow")),
        "Speaker": {
            "type": "object", "required": ["speaker", "spellings", "chain", "kept_apart", "doubts", "queries", "counts", "alike", "tab"],
            "properties": {"speaker": _ref("SpeakerRow"), **{k: told[k] for k in ("spellings", "chain", "kept_apart", "doubts")}, "queries": _OPEN, "counts": _OPEN, "alike": _list("SpeakerRow"), "tab": _STR,
                           "page": _ref("Page"), "facets": _list("Facet")},
        },
        "Outlets": _object(outlets=_list("OutletRow"), sides=_list("SideRow")),
        "Outlet": _object(outlet=_ref("OutletRow"), damaged=_INT, facets=_list("Facet")),
        "Timeline": _object(q=_STR, by=_STR, statements=_INT, first=_INT, events=_list("Event"), over_time=_ref("OverTime")),
        "Export": _object(q=_STR, statements=_INT, articles=_INT, formats=_list(_STR), bytes={"type": "object", "additionalProperties": _INT}),
        "Review": {"type": "object", "required": ["q"]},
        "Queue": _object(queue=_INT, all=_INT),
        "Judgement": _JUDGEMENT,
        "Doubt": _object(doubt={"oneOf": [{"type": "null"}, _schema(Doubt)]}, decided=_list("Sameness")),
        "Sameness": _object(left=_BEARER, right=_BEARER, verdict=_STR, by=_STR, at=_STR, why=_STR, sure={"type": "number"}),
        "Health": _object(
            items=_list(_object(origin=_STR, reason=_STR, first=_STR, last=_STR, times=_INT, step=_STR, ticked={"type": "boolean"})),
            steps=_object(fetching=_INT, taking_in=_INT, reading=_INT), all=_INT, first=_INT, ticked=_INT, damaged=_INT, outdated=_INT,
        ),
        "Imports": _object(imports=_list(_object(**_JOB))),
        "Import": {"type": "object", "properties": {"import": {"type": ["integer", "null"]}, "path": _STR}},
        "About": _object(version=_STR, signature=_STR, archive=_STR, figures=_ref("Figures")),
        "Error": _object(status=_INT, error=_STR),
    }  # fmt: skip


def _schema(kind: Any) -> dict[str, Any]:
    """A record as JSON Schema, from its types; a place is `[start, end]`."""
    if kind is Span:
        return _PAIR
    if kind in _KINDS:
        return {"type": _KINDS[kind]}
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [_schema(a) for a in get_args(kind) if a is not NoneType]
        return {"oneOf": [*inner, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(get_args(kind)[1])}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return _object(**{f.name: _schema(hints[f.name]) for f in fields(kind)})
    return _ANY


@cache
def description() -> Mapping[str, Any]:
    """The whole description."""
    from reportedly.web.plan import OPERATIONS

    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        for path in _paths(operation):
            paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, path)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "reportedly, the reading room",
            "version": __version__,
            "description": "Who said what, to whom, on whose authority, and when. Give the key as `Authorization: Bearer KEY`.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**{r.__name__: _schema(r) for r in _RECORDS}, **_answers()},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _paths(operation: Operation) -> list[str]:
    """The addresses for programs: the twins, and what is no page at all."""
    if operation.twin:
        return ["/index.json" if operation.path == "/" else f"{operation.path}.json"]
    return [operation.path] if re.search(r"\.\w+$|/file$", operation.path) and operation.path != "/openapi.json" else []


def _operation(operation: Operation, path: str) -> dict[str, Any]:
    json_ = path.endswith(".json")
    shown = {"application/json": {"schema": _ref(operation.answer)}} if operation.answer and json_ else {"*/*": {}}
    made: dict[str, Any] = {
        "summary": operation.about,
        "operationId": re.sub(r"\W+", "_", f"{operation.method.lower()}{path}").strip("_"),
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": _STR} for name in re.findall(r"{(\w+)}", path)
        ]
        + [
            {"name": p.name, "in": "query", "required": p.required, "description": p.about, "schema": p.schema()}
            for p in operation.params
        ],
        "responses": {"200": {"description": "the answer", "content": shown}},
    }
    statuses = {401, 403, *operation.statuses}
    if operation.params:
        statuses.add(400)
    if operation.body != "none":
        made["requestBody"] = {"required": True, "content": _body(operation)}
        statuses |= {400, 413, 415} if operation.body != "raw" else {400, 413}
    error = {"application/json": {"schema": _ref("Error")}} if json_ else {"text/html": {}}
    for status in sorted(statuses):
        made["responses"][str(status)] = {"description": "an error, in words", "content": error}
    return made


def _body(operation: Operation) -> dict[str, Any]:
    if operation.body == "raw":
        return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    schema = {
        "type": "object",
        "properties": dict(operation.fields or {}),
        "required": list(operation.needs),
        "additionalProperties": False,
    }
    return {"application/json": {"schema": schema}}
