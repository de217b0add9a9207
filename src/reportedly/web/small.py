"""The small pages: keys, about, the interface for programs, settings of this browser."""

from __future__ import annotations

from reportedly import __version__
from reportedly.languages import load
from reportedly.web.calls import Call, Download, Go, RoomError, View, inside
from reportedly.web.keys import SHEET, changeable, is_key, twice, write
from reportedly.web.words import said

_LONGEST_NAME = 80


def keys(call: Call) -> View:
    """All keys, each with a field for one's own."""
    changes = {where: dict(changeable(where)) for where in SHEET}
    return View("keys.html", {}, {"sheet": SHEET, "changeable": changes, "own": call.own_keys})


def change_keys(call: Call) -> Go:
    """Keep the keys of one place in this browser; `usual` gives them all back."""
    where = call.form["where"]
    if where == "usual":
        return Go("/keys", {"keymap": ""})
    if where not in SHEET:
        raise RoomError(400, "error.choice", name="where", choices=", ".join(SHEET))
    own = dict(call.own_keys)
    for usual, what in changeable(where):
        key = call.form.get(what, usual).strip()
        if not is_key(key):
            raise RoomError(400, "keys.no_key", sign=key[:20])
        own[f"{where}.{what}"] = key
    if clash := next((c for place in SHEET if (c := twice(own, place))), None):
        key, one, other = clash
        raise RoomError(
            400, "keys.twice", sign=key, one=said(call.tongue, f"keys.{one}"), other=said(call.tongue, f"keys.{other}")
        )
    return Go("/keys", {"keymap": write(own)})


def about(call: Call) -> View:
    """What this is, and how much there is in it."""
    from reportedly.pipeline import STANDARD, signature_now

    signature = signature_now(STANDARD, load("de"))
    figures = call.archive.figures()
    data = {
        "version": __version__,
        "signature": signature,
        "archive": call.desk.path.name,
        "figures": figures.to_dict(),
    }
    return View("about.html", data, {"outdated": len(call.archive.outdated())})


def api(call: Call) -> View:
    """The interface for people who write programs."""
    from reportedly.web.describing import description

    return View("api.html", {}, {"description": description()})


def openapi(call: Call) -> Download:
    """The same for programs."""
    import json

    from reportedly.web.describing import description

    body = json.dumps(description(), ensure_ascii=False, indent=1).encode()
    return Download("openapi.json", "application/json", iter([body]), inline=True)


def settings(call: Call) -> Go:
    """What this browser should remember."""
    kept = {}
    if call.form.get("lang") in ("de", "en", ""):
        kept["lang"] = call.form.get("lang", "")
    if call.form.get("theme") in ("light", "dark", ""):
        kept["theme"] = call.form.get("theme", "")
    if "by" in call.form:
        kept["by"] = call.form["by"].strip()[:_LONGEST_NAME]
    if call.form.get("keys") in ("off", ""):
        kept["keys"] = call.form.get("keys", "")
    return Go(inside(call.form.get("back", "")), kept)
