"""An article as one reads it: its text untouched, statements underlined, cards beside it; any place of it has an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from reportedly.errors import ArchiveError
from reportedly.export import told
from reportedly.export.colours import SPEAKERS
from reportedly.export.page import colour_of, legend, ranking_of
from reportedly.export.safe import line, link
from reportedly.export.spread import rows
from reportedly.export.why import reasons
from reportedly.languages import available, load
from reportedly.languages.segment import sentences
from reportedly.model.joins import Joins
from reportedly.model.judgement import Judgement, Standing, Verdict, only, put_right, standing, with_added
from reportedly.model.reading import Reading
from reportedly.model.span import Span, hull
from reportedly.model.statement import Form, Statement
from reportedly.web import showing
from reportedly.web.calls import Call, Go, RoomError, View, address
from reportedly.web.citing import cite
from reportedly.web.filters import NOBODY, Filters, chips, filters_of, traits
from reportedly.web.margin import Margin
from reportedly.web.results import results

_ID = re.compile(r"[0-9a-f]{4,16}")
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_AROUND = 32
_MOST_MARKS = 500
_MOST_TOLD = 12


def found(call: Call, id: str) -> Reading:
    """The reading of an article by its id or the first signs of it. Raises RoomError."""
    if not _ID.fullmatch(id):
        raise RoomError(404, "error.article", id=id[:40])
    try:
        return call.archive.reading(id)
    except ArchiveError as error:
        raise RoomError(404, str(error)) from None


def article(call: Call) -> View | Go:
    """The whole article."""
    reading = found(call, call.at["id"])
    if reading.article.id != call.at["id"] and not call.as_json:
        asked = {k: v for k, v in call.asked.items() if (k, v) != ("sort", "newest")}
        return Go(address(f"/articles/{reading.article.id}", **asked))
    return _shown(call, reading, None)


def place(call: Call) -> View | Go:
    """A place of it: with a statement that stands there its card is open."""
    reading = found(call, call.at["id"])
    m = _PLACE.fullmatch(call.at["place"])
    if m is None or not int(m[1]) < int(m[2]) <= len(reading.text):
        raise RoomError(404, "error.place", place=call.at["place"][:40], length=len(reading.text))
    at = Span(int(m[1]), int(m[2]))
    if call.as_json:
        return View("", about(call, reading, at, at_place(reading, at)))
    if call.asked["part"] == "card":
        right = put_right(reading, call.archive.judgements(reading.article.id), rejected=True)
        s = at_place(right, at)
        if s is None:
            raise RoomError(404, "error.no_statement")
        return View("card.html", _inside(call, right, at, s))
    return _shown(call, reading, at)


def at_place(reading: Reading, at: Span) -> Statement | None:
    """The statement of a place: the one whose content it is, else the shortest that it lies in or that it covers mostly."""
    exact = [s for s in reading.statements if s.content and (hull(s.content) == at or at in s.content)]
    if exact:
        return exact[0]
    near = []
    for s in reading.statements:
        whole = hull(s.content)
        if whole and whole.overlaps(at):
            shared = min(whole.end, at.end) - max(whole.start, at.start)
            if 2 * shared > len(whole) and 2 * shared > len(at):
                near.append((-shared, len(whole), s.id, s))
    return min(near)[3] if near else None


def _shown(call: Call, reading: Reading, at: Span | None) -> View:
    id_, asked = reading.article.id, call.asked
    judgements = call.archive.judgements(id_)
    whole = with_added(reading, judgements)
    stands = standing(judgements, whole.statements)
    machine = bool(asked.get("machine"))
    right = reading if machine else put_right(reading, judgements)
    versions = call.archive.versions(id_)
    wanted = filters_of(asked)
    joins = Joins(right)
    s = at_place(right, at) if at else None
    kept = {t.id for t in right.statements if t is s or wanted.keeps(traits(joins, t))}
    if call.as_json:
        data = {
            "article": (only(reading, kept) if wanted else reading).to_dict(),
            "standing": {k: _standing(v) for k, v in stands.items()},
            "judgements": [j.to_dict() for j in judgements],
            "versions": [v.to_dict() for v in versions],
        }
        return View("", data)
    gone = [] if machine else [t for t in whole.statements if stands.get(t.id, Standing()).verdict is Verdict.REJECT]
    more = {
        **_text(call, joins, Joins(only(right, kept)), at, s, stands),
        **_choices(call, joins, wanted, at),
        "reading": right,
        "q": asked["q"],
        "title": line(told.headline(reading, call.tongue)),
        "kept": len(kept),
        "gone": [(t, told.names(Joins(whole), t), told.content(t, reading.text, call.tongue)) for t in gone],
        "original": link(reading.article.url),
        "captured": min((v.added for v in versions if v.article == id_), default=""),
        "others": [v for v in versions if v.article != id_],
        "at": at,
        "chosen": about(call, whole, at, s) if at else None,
        "machine": machine,
        "results": results(call, id_),
        "sentences": 0 if reading.statements else _sentences(reading),
        "language": _language(reading.article.language, call.tongue),
        "foreign": reading.article.language not in available()[:-1],
        "notes": [n for n in reading.notes if n not in load("und").notes],
        "people": [p.name for p in sorted(right.cast.speakers, key=lambda p: -len(p.mentions)) if p.named][:40],
        "forms": [f.value for f in Form],
    }
    return View("article.html", {}, more)


def _text(
    call: Call, joins: Joins, shown: Joins, at: Span | None, s: Statement | None, stands: Mapping[str, Standing]
) -> dict[str, Any]:
    """The text with its marks and cards: those of `shown`, in the colours that the speakers have among all."""
    reading, tongue = joins.reading, call.tongue
    ranking = ranking_of(joins)
    colours = {t.id: colour_of(joins, t, ranking) for t in reading.statements}
    opened = {s.id: showing.page("card.html", call, _inside(call, reading, at, s), {})} if s and at else {}
    q = call.asked["q"]
    sought = call.archive.search(q).marks(reading.text)[:_MOST_MARKS] if q else ()
    cards = Margin(reading.article.id, stands, opened)
    end = len(reading.text)
    body = rows(shown, "", tongue, colours, end, cards_by=cards, chosen=at, sought=sought, numbered=True)
    return {
        "rows": Markup("".join(body)),
        "legend": Markup(legend(tongue) if reading.statements else ""),
        "speakers": len(ranking),
    }


def _choices(call: Call, joins: Joins, wanted: Filters, at: Span | None) -> dict[str, Any]:
    """The chips above the text; they stay at the article, and keep the search that one comes from."""
    asked = call.asked
    beside = {
        **{k: asked[k] for k in ("q", "hit") if asked[k]},
        **({"sort": asked["sort"]} if asked["sort"] != "newest" else {}),
        **({"machine": True} if asked.get("machine") else {}),
    }
    path = f"/articles/{joins.reading.article.id}"
    people, others, kinds = chips(joins, ranking_of(joins), wanted, path, beside)
    return {
        "people_chips": people,
        "other_chips": others,
        "kind_chips": kinds,
        "wanted": wanted,
        "tally": tally(joins)[:_MOST_TOLD],
        "all_path": address(path, **beside),
        "nobody": NOBODY,
    }


def tally(joins: Joins) -> list[tuple[str, int, int, str]]:
    """Who says how much, most first: (name, words, colour, the name where the speaker has one of their own, else "")."""
    people = {p.id: p for p in joins.reading.cast.speakers}
    return [
        (line(who.name), words, n if n <= SPEAKERS else 0, who.name if who.named else "")
        for n, (id_, words) in enumerate(ranking_of(joins), 1)
        if (who := people.get(id_))
    ]


def _sentences(reading: Reading) -> int:
    """How many sentences were read; the archive keeps only what they came to."""
    language = load(reading.article.language)
    return sum(1 for a, b in sentences(reading.text, language) if reading.text[a:b].strip())


def _language(code: str, tongue: str) -> str:
    """The name of a language: "Polnisch"; its code where nobody knows it."""
    from babel import Locale  # late: it is slow to import

    return str(Locale(tongue).languages.get(code, code))


def about(call: Call, reading: Reading, at: Span, s: Statement | None) -> dict[str, Any]:
    """Everything about a place: its words, who said them and why we think so, how to cite it."""
    text, joins = reading.text, Joins(reading)
    versions = call.archive.versions(reading.article.id)
    captured = min((v.added for v in versions if v.article == reading.article.id), default="")
    here = f"/articles/{reading.article.id}/{at.start}-{at.end}"
    citation = cite(reading, at, s, captured, here, call.tongue)
    return {
        "article": reading.article.id,
        "title": told.headline(reading, call.tongue),
        "start": at.start,
        "end": at.end,
        "exact": at.of(text),
        "prefix": text[max(0, at.start - _AROUND) : at.start],
        "suffix": text[at.end : at.end + _AROUND],
        "path": here,
        "statement": _record(reading, s) if call.as_json else s,
        "why": [list(pair) for pair in reasons(joins, s, call.tongue)] if s else [],
        "citation": citation.text,
        "bibtex": citation.bibtex,
        "csl": citation.csl,
    }


def _record(reading: Reading, s: Statement | None) -> dict[str, Any] | None:
    """The statement as the record of the article has it."""
    return next((r for r in reading.to_dict()["statements"] if s and r["id"] == s.id), None)


def _inside(call: Call, reading: Reading, at: Span, s: Statement) -> dict[str, Any]:
    """What an open card tells."""
    joins = Joins(reading)
    name, written = told.names(joins, s)
    judgements = [j for j in call.archive.judgements(reading.article.id) if _touches(j, s)]
    return {
        "s": s,
        "about": about(call, reading, at, s),
        "details": told.details(joins, s, call.tongue),
        "harms": [(d[1:], found) for d, found in zip(joins.damage_ids(s), joins.damages(s), strict=True)],
        "judgements": judgements,
        "name": name,
        "written": written,
        "named": (who := joins.who(s)) is not None and who.named,
        "query": f"von:={_quoted(name)}" if name else "",
    }


def _quoted(name: str) -> str:
    return f'"{name}"' if '"' not in name else f"»{name}«"


def _touches(j: Judgement, s: Statement) -> bool:
    return any(p.overlaps(q) for p in (*j.place, *j.content) for q in s.content)


def _standing(now: Standing) -> dict[str, Any]:
    return {
        "verdict": now.verdict.value if now.verdict else None,
        "content": [[p.start, p.end] for p in now.content],
        "speaker": now.speaker,
        "by": now.by,
    }
