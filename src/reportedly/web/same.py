"""Is this the same one? One pair in doubt at a time: one key is one decision, saved at once, and the next pair comes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reportedly.errors import ArchiveError
from reportedly.export.people import why_of
from reportedly.model import speaker
from reportedly.model.answers import Doubt
from reportedly.model.sameness import Bearer, Sameness, Sure
from reportedly.web.calls import Call, Go, RoomError, View, address, inside

KINDS = (*speaker.KINDS, "office", "id")
_LAST = 10
_IN_ONE = re.compile("(.+)@([0-9a-f]{4,16})")


def same(call: Call) -> View:
    """The pair that is asked for, or the likeliest that nobody has decided."""
    asked = call.asked
    wanted = bool(asked["left"] or asked["right"])
    doubt = _between(call) if wanted else next(iter(call.archive.doubts(1)), None)
    last = call.archive.decided(_LAST)
    data = {"doubt": doubt.to_dict() if doubt else None, "decided": [j.to_dict() for j in last]}
    more: dict[str, Any] = {"sides": _sides(doubt) if doubt else [], "pair": {}, "ground": "", "so_far": ""}
    if doubt:
        more["pair"] = _fields(*doubt.pair)
        more["ground"] = why_of(doubt.why, call.tongue)
        more["so_far"] = doubt.why.verdict if doubt.why.by == call.by else ""
    more["last"] = [(j, _fields(*j.pair), pair_path(j.pair)) for j in last]
    return View("same.html", data, more)


def pair_path(pair: Sequence[Bearer]) -> str:
    """Where this pair is shown."""
    return address("/same", **_fields(*pair))


def _between(call: Call) -> Doubt:
    for name in ("left", "right"):
        if not call.asked[name]:
            raise RoomError(400, "error.missing", name=name)
    try:
        return call.archive.doubt(_one(call.asked, "left"), _one(call.asked, "right"))
    except ArchiveError as error:
        raise RoomError(404, str(error)) from None


def _sides(doubt: Doubt) -> list[dict[str, Any]]:
    """What the page shows of both: the name, its list, and the sentences."""
    names = (doubt.why.left, doubt.why.right)
    return [
        {"name": name, "kind": b.kind, "evidence": evidence, "path": address("/search", q=_list(b))}
        for name, b, evidence in zip(names, doubt.pair, (doubt.left, doubt.right), strict=True)
    ]


def _list(bearer: Bearer) -> str:
    name = _name(bearer)
    return f"ist:»{name}«" if '"' in name else f'ist:"{name}"'


def _name(bearer: Bearer) -> str:
    return f"{bearer.name}@{bearer.article}" if bearer.article else bearer.name


def _fields(left: Bearer, right: Bearer) -> dict[str, str]:
    """The pair as fields of a form or an address. The kinds tell apart who bears one name."""
    return {"left": _name(left), "left_kind": left.kind, "right": _name(right), "right_kind": right.kind}


def _one(given: Mapping[str, Any], which: str) -> str | Bearer:
    """A name as somebody wrote it, or, with its kind, exactly one."""
    written, kind = given[which], given.get(f"{which}_kind", "")
    if not kind:
        return str(written)
    m = _IN_ONE.fullmatch(written)
    return Bearer(kind, m[1], m[2]) if m else Bearer(kind, written)


def decide(call: Call) -> Go:
    """Keep a decision about two names, or take it back. Forms say where to go on; programs get the decision."""
    form = call.form
    if any("\ud800" <= c <= "\udfff" for value in form.values() for c in value):
        raise RoomError(400, "error.form")
    done: Sameness = call.archive.same(
        _one(form, "left"),
        _one(form, "right"),
        by=form.get("by", "").strip() or call.by,
        why=form.get("why", "").strip()[:2000],
        verdict=form["verdict"],
    )
    back = pair_path(done.pair) if done.verdict is Sure.WITHDRAW else "/same"
    return Go(inside(form.get("back", ""), back), data=done.to_dict())
