"""IPTC ninjs, the JSON of news agencies: what is the text, who sent it, when? Versions 1, 2 and 3 of the standard.

Version 1 has `headline`, `body_text`, `body_html`; from version 2 on there are lists: `headlines`, `bodies`, each with a role and
a content type. An item that the agency withheld or cancelled is refused: nobody may quote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportedly.intake.carried import Carried, cleaned, web_address
from reportedly.intake.parcel import Manuscript
from reportedly.intake.published import carried_date
from reportedly.intake.tongue import short_code
from reportedly.model.article import Refusal

_V1_BODY = re.compile(r"body_(?:[a-z0-9]{1,20}_)?(text|xhtml|html)$|body_(text|xhtml|html)_?[a-z0-9]{0,20}$")
_TELLING = frozenset(
    ["versioncreated", "versionCreated", "pubstatus", "pubStatus", "firstcreated", "firstCreated", "infosource", "infosources",
     "infoSources", "contentcreated", "contentCreated", "bodies", "headlines", "urgency", "slugline", "standard"]
)  # fmt: skip
_STOPPED = {"canceled": "cancelled", "cancelled": "cancelled", "withheld": "withheld"}


def is_item(value: dict[str, Any]) -> bool:
    """Does an object look like a ninjs item? A `uri`, and two of the names that only agencies use."""
    standard = value.get("standard")
    if isinstance(standard, dict) and standard.get("name") == "ninjs":
        return True
    return isinstance(value.get("uri"), str) and len(_TELLING.intersection(value)) >= 2


def manuscript_of(item: dict[str, Any], origin: str) -> Manuscript | Refusal:
    """The article of an item: HTML before plain text, because it has the paragraphs."""
    status = item.get("pubstatus") or item.get("pubStatus")
    if isinstance(status, str) and status.lower() in _STOPPED:
        return Refusal(origin, f"was {_STOPPED[status.lower()]} by the agency; it is not to be used")
    kind = item.get("type")
    if isinstance(kind, str) and kind in ("picture", "video", "audio", "graphic", "planning", "event"):
        return Refusal(origin, f"is a {kind} item of an agency, not a text")
    bodies = [(how, text) for how, text in _bodies(item) if text.strip()]
    html = next((text for how, text in bodies if how == "html"), None)
    plain = next((text for how, text in bodies if how == "plain"), None)
    if html is None and plain is None:
        return Refusal(origin, "is an agency item without a text (body_text, body_html or bodies)")
    title = _of_role(item.get("headlines"), "main") or cleaned(item.get("headline")) or cleaned(item.get("title"))
    dates = ("firstpublished", "firstPublished", "versioncreated", "versionCreated", "firstcreated", "firstCreated")
    known = Carried(
        title=title,
        outlet=_sender(item),
        url=web_address(item.get("canonicalurl")) or web_address(_url(item)),
        published=next(
            (d for name in dates if isinstance(item.get(name), str) and (d := carried_date(item[name]))), None
        ),
        language=short_code(cleaned(item.get("language"), 20)),
    )
    status = cleaned(status, 20) if isinstance(status, str) else None
    notes = (f"agency status: {status}",) if status and status != "usable" else ()
    return Manuscript(
        html or plain or "", origin, "text/html" if html else "text/plain", known, notes=notes, body_only=True
    )


def _bodies(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        if isinstance(value, str) and (found := _V1_BODY.match(name)):
            yield "plain" if "text" in (found[1], found[2]) else "html", value
    bodies = item.get("bodies")
    for body in _objects(bodies):
        kind = body.get("contentType") or body.get("contenttype") or ""
        value = body.get("value")
        if isinstance(value, str):
            yield "html" if "html" in str(kind).lower() else "plain", value


def _sender(item: dict[str, Any]) -> str | None:
    for name in (
        "infosource",
        "infosources",
        "infoSources",
        "copyrightholder",
        "copyrightHolder",
        "provider",
        "source",
    ):
        value = item.get(name)
        if isinstance(value, list):
            value = next(iter(_objects(value)), None)
        if isinstance(value, dict):
            value = value.get("name") or value.get("literal")
        if found := cleaned(value, 120):
            return found
    return None


def _of_role(texts: Any, role: str) -> str | None:
    found = [t for t in _objects(texts) if isinstance(t.get("value"), str)]
    best = next((t for t in found if t.get("role") == role), found[0] if found else None)
    return cleaned(best["value"]) if best else None


def _url(item: dict[str, Any]) -> Any:
    uri = item.get("uri")
    return uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [v for v in value[:200] if isinstance(v, dict)] if isinstance(value, list) else []
