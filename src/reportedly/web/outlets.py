"""What does each outlet quote? Counts with the list behind each; no verdict."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportedly.export import answers
from reportedly.model.answers import Count, OutletRow, SideRow
from reportedly.web.calls import Call, Download, RoomError, View


@dataclass(frozen=True, slots=True)
class Beside:
    """The sides in one outlet: what each says there, and each class of cue with a count for every side that has it."""

    outlet: str
    statements: tuple[Count, ...]
    cues: tuple[tuple[str, tuple[Count | None, ...]], ...]


def outlets(call: Call) -> View:
    """All outlets; and where sides are given, how each outlet introduces them."""
    rows, sides = call.archive.outlets(), _sides(call)
    found = call.archive.sides(*sides)
    data = {"outlets": [row.to_dict() for row in rows], "sides": [row.to_dict() for row in found]}
    notes = [answers.note(note, call.tongue) for side in sides for note in call.archive.search(side).notes]
    return View("outlets.html", data, {"rows": rows, "sides": sides, "beside": list(_beside(found)), "notes": notes})


def as_csv(call: Call) -> Download:
    """The counts of the page as a table, one row a count, with its share of the statements and the query for its list."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["outlet", "side", "what", "count", "share", "query"])
    if sides := _sides(call):
        for side in call.archive.sides(*sides):
            counts = {"statements": side.statements, **{f"cue:{k}": c for k, c in side.cue_classes.items()}}
            table.writerows(_lines(side.outlet, side.side, counts))
    else:
        for row in call.archive.outlets():
            table.writerows(_lines(row.outlet, "", _counts(row)))
    return Download("outlets.csv", "text/csv; charset=utf-8", iter([out.getvalue().encode("utf-8", "replace")]))


def _counts(row: OutletRow) -> dict[str, Count]:
    named = {"statements": row.statements, "unnamed": row.unnamed}
    forms = {f"form:{k}": c for k, c in row.forms.items()}
    cues = {f"cue:{k}": c for k, c in row.cue_classes.items()}
    return {**named, **forms, **cues, **{f"gender:{k}": c for k, c in row.genders.items()}}


def _lines(outlet: str, side: str, counts: dict[str, Count]) -> Iterator[tuple[str, str, str, int, float, str]]:
    whole = counts["statements"].count
    for what, counted in counts.items():
        yield outlet, side, what, counted.count, round(counted.count / whole, 4) if whole else 0.0, counted.query


def _sides(call: Call) -> list[str]:
    """The queries to compare, each once."""
    given = (call.asked[name].strip() for name in ("side", "other"))
    return list(dict.fromkeys(side for side in given if side))


def _beside(rows: Sequence[SideRow]) -> Iterator[Beside]:
    """The most frequent cues first, what says nothing special last."""
    for outlet, group in groupby(rows, key=lambda row: row.outlet):
        each = list(group)
        total: dict[str, int] = {}
        for row in each:
            for cue, counted in row.cue_classes.items():
                total[cue] = total.get(cue, 0) + counted.count
        order = sorted(total, key=lambda cue: (cue == "neutral", -total[cue], cue))
        cues = tuple((cue, tuple(row.cue_classes.get(cue) for row in each)) for cue in order)
        yield Beside(outlet, tuple(row.statements for row in each), cues)


def outlet(call: Call) -> View:
    """One of them."""
    name = call.asked["name"]
    row = next((r for r in call.archive.outlets() if r.outlet == name), None)
    if row is None:
        raise RoomError(404, "error.outlet", name=name[:60])
    damaged = len(call.archive.search(f"{row.statements.query} schaden:ja"))
    facets = call.archive.search(row.statements.query).facets(12)
    data = {"outlet": row.to_dict(), "damaged": damaged, "facets": [f.to_dict() for f in facets]}
    return View("outlet.html", data, {"row": row, "facets": [f for f in facets if f.field in ("speaker", "year")]})
