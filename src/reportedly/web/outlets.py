"""What does each outlet quote? Counts with the list behind each; no verdict."""

from __future__ import annotations

from reportedly.web.calls import Call, RoomError, View


def outlets(call: Call) -> View:
    """All outlets."""
    rows = call.archive.outlets()
    return View("outlets.html", {"outlets": [row.to_dict() for row in rows]}, {"rows": rows})


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
