"""The small pages: keys, about, the interface for programs, settings of this browser."""

from __future__ import annotations

from reportedly import __version__
from reportedly.languages import load
from reportedly.web.calls import Call, Download, Go, View, inside
from reportedly.web.keys import SHEET

_LONGEST_NAME = 80


def keys(call: Call) -> View:
    """All keys."""
    return View("keys.html", {}, {"sheet": SHEET})


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
