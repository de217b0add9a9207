"""What could the field be given that somebody is typing? Names, outlets, forms and classes of cues, with the query that each makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportedly.errors import ArchiveError
from reportedly.export.safe import flow
from reportedly.export.words import word
from reportedly.model.answers import FacetRow
from reportedly.model.query import Where
from reportedly.query.fields import CUE_CLASSES, FORMS, OTHER_FIELDS, WORD_FIELDS
from reportedly.web.calls import Call, View

_MOST = 8
_TYPED = re.compile('(.*(?:^|\\s))(-?)([^\\W\\d_]{2,14}):=?["„“”»«]?([^"„“”»«]{0,80})', re.DOTALL)


def suggest(call: Call) -> View:
    """What the last field of the line could be given."""
    found = []
    if not call.asked["q"].endswith(" ") and (m := _TYPED.fullmatch(call.asked["q"])):
        before, minus, field, typed = m.groups()
        for row in _rows(call, field.casefold(), typed.strip()):
            said = flow(row.value)
            found.append({"value": said, "count": row.count, "query": f"{before}{minus}{row.query} "})
    data: dict[str, Any] = {"q": call.asked["q"], "suggestions": found[:_MOST]}
    return View("", data)


def _rows(call: Call, field: str, typed: str) -> Iterator[FacetRow]:
    store = call.archive.store
    kind = OTHER_FIELDS.get(field)
    try:
        if WORD_FIELDS.get(field) is Where.SPEAKER:
            yield from store.suggest("speaker", typed, _MOST)
        elif kind == "is":
            for row in store.suggest("speaker", typed, _MOST):
                yield FacetRow(row.value, row.count, row.query.replace("von:=", "ist:", 1), row.of)
        elif kind == "outlet":
            yield from store.suggest("outlet", typed, _MOST)
        elif kind == "way":
            yield from _ways(call, field, typed.casefold())
    except ArchiveError:  # a suggestion that takes too long is none
        return


def _ways(call: Call, field: str, typed: str) -> Iterator[FacetRow]:
    """Forms and classes whose name in either language begins so; how many there are of each."""
    counts = {(f.field, row.value): row.count for f in call.archive.search("").facets(40) for row in f.rows}
    for column, names in (("form", FORMS), ("cue_class", CUE_CLASSES)):
        if column == "form" and field in ("cue", "class", "klasse", "stichwort"):
            continue
        for value in dict.fromkeys(names.values()):
            shown = word(call.tongue, f"{'form' if column == 'form' else 'class'}.{value}")
            known = [shown.casefold(), *(name for name, meant in names.items() if meant == value)]
            if any(name.startswith(typed) for name in known) and (n := counts.get((column, value), 0)):
                yield FacetRow(shown, n, f"{field}:{value}", n)
