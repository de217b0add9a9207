"""Which operation is answered by which page? The whole room at a glance."""

from __future__ import annotations

from typing import Any

from reportedly.model.judgement import Verdict
from reportedly.model.statement import Form
from reportedly.web import (
    exporting,
    filters,
    health,
    imports,
    outlets,
    reader,
    results,
    review,
    same,
    search,
    small,
    speakers,
    start,
    suggesting,
    timeline,
)
from reportedly.web.operations import Operation, Param

SORTS = ("newest", "oldest", "unsure", "relevance", "said", "speaker")
Q = Param("q", "A query as docs/query.md tells it; nothing: everything.")
SORT = Param("sort", "In which order.", default="newest", one_of=SORTS)
FIRST = Param("first", "How many hits to pass over.", "integer", 0, high=10_000_000)
MOST = Param("most", "How many hits to give.", "integer", 20, low=1, high=200)
FACETS = Param("facets", "How many values of each facet to give; 0: no facets.", "integer", 8, high=100)
NAME = Param("name", "The name, whole.", required=True)
BACK = Param("back", "Where to go on.")
SIDES = (Param("side", "A query that tells a side: `von:Rabe`."), Param("other", "The side to compare it with."))
_TEXT: dict[str, Any] = {"type": "string", "maxLength": 4000}
_KIND: dict[str, Any] = {"type": "string", "enum": ["", *same.KINDS]}
_PLACE: dict[str, Any] = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
}

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/", start.start, "How much there is, what came last, what waits.", "Start"),
    Operation("POST", "/articles", start.add, "Read a text and keep it.", "Added", body="json", page=False,
              fields={"text": {"type": "string", "minLength": 1, "maxLength": 2_000_000}, "title": _TEXT, "outlet": _TEXT,
                      "url": _TEXT, "published": _TEXT}, needs=("text",), statuses=(400, 415)),
    Operation("GET", "/articles/{id}", reader.article, "An article with all that was found in it.", "Article",
              (Param("bare", "The text alone.", "boolean", False), Param("machine", "As it was read, without what persons decided.", "boolean", False),
               *filters.PARAMS, *results.PARAMS),
              statuses=(400, 404)),
    Operation("GET", "/articles/{id}/{place}", reader.place, "A place of an article, for ever: `27-128`, in code points, the last one excluded.",
              "Place", (Param("part", "`card`: only the card of this place.", one_of=("", "card")),
                        Param("missed", "Ask who says it: a statement that was missed.", "boolean", False), *filters.PARAMS, *results.PARAMS), statuses=(400, 404)),
    Operation("GET", "/search", search.search, "Statements that a query finds.", "Search", (Q, SORT, FIRST, MOST, FACETS), statuses=(400,)),
    Operation("GET", "/search/facets", search.facets, "What the hits of a query are like.", "Facets", (Q, SORT, FACETS), statuses=(400,)),
    Operation("GET", "/suggest", suggesting.suggest, "What the field at the end of a line could be given.", "Suggestions", (Q,), page=False, statuses=(400,)),
    Operation("GET", "/search.atom", search.feed, "The newest hits of a query as a feed.", "", (Q,), twin=False, statuses=(400,)),
    Operation("GET", "/saved", search.saved, "The saved searches.", "Saved"),
    Operation("POST", "/saved", search.save, "Save a search.", "Saved", body="form", fields={"q": _TEXT, "name": _TEXT}, needs=("q",), twin=False),
    Operation("POST", "/saved/forget", search.forget, "Forget a saved search.", "", body="form", fields={"key": _TEXT}, needs=("key",), twin=False),
    Operation("GET", "/queries", search.queries, "Many queries at once, a line each.", "Queries", (Param("list", "The queries, one a line."),), statuses=(400,)),
    Operation("POST", "/queries", search.queries, "Many queries at once, a line each.", "Queries", body="form", fields={"list": {"type": "string", "maxLength": 200_000}}, twin=False),
    Operation("GET", "/queries.csv", search.queries_csv, "The counts of many queries as CSV.", "", (Param("list", "The queries, one a line."),), twin=False),
    Operation("GET", "/speakers", speakers.speakers, "Who says most.", "Speakers",
              (Param("words", "Only names with these words."), MOST, Param("unnamed", "Those without a name.", "boolean", False))),
    Operation("GET", "/speaker", speakers.speaker, "Somebody: says, about, leans on, where, when.", "Speaker",
              (NAME, Param("tab", "Which list.", default="says", one_of=speakers.TABS), FIRST, MOST), statuses=(400, 404)),
    Operation("GET", "/same", same.same, "Two names that may be one: the likeliest pair, or the one that is asked for.", "Doubt",
              tuple(Param(f"{side}{part}", about, one_of=kinds) for side in ("left", "right") for part, about, kinds in (
                  ("", "A name, or name@article; both or none.", ()), ("_kind", "Which of those who bear the name.", ("", *same.KINDS)))), statuses=(400, 404)),
    Operation("POST", "/same", same.decide, "Decide whether two names are one.", "Sameness", body="form",
              fields={"left": {**_TEXT, "minLength": 1}, "right": {**_TEXT, "minLength": 1}, "left_kind": _KIND, "right_kind": _KIND,
                      "verdict": {"type": "string", "enum": ["same", "different", "unsure", "withdraw"]}, "by": _TEXT, "why": _TEXT, "back": _TEXT},
              needs=("left", "right", "verdict"), statuses=(400, 415)),
    Operation("GET", "/outlets", outlets.outlets, "What each outlet quotes; given sides, how it introduces them.", "Outlets", SIDES),
    Operation("GET", "/outlets.csv", outlets.as_csv, "The same counts as CSV; given sides, theirs.", "", SIDES, twin=False),
    Operation("GET", "/outlet", outlets.outlet, "What one outlet quotes.", "Outlet", (NAME,), statuses=(400, 404)),
    Operation("GET", "/timeline", timeline.timeline, "Who said what when.", "Timeline",
              (Q, Param("by", "A row for each speaker or outlet.", default="speaker", one_of=("speaker", "outlet")),
               FIRST, Param("as", "As a table.", one_of=("", "table")),
               *(Param(name, about, pattern=r"(\d{4}-\d{2}-\d{2})?") for name, about in (("from", "The first day to draw: 2024-06-01."), ("to", "The last day to draw.")))),
              statuses=(400,)),
    Operation("GET", "/timeline.csv", timeline.as_csv, "Who said what when, as CSV.", "", (Q, Param("by", "A row for each speaker or outlet.", default="speaker", one_of=("speaker", "outlet"))), twin=False, statuses=(400,)),
    Operation("GET", "/export", exporting.choose, "What can be taken elsewhere.", "Export", (Q, SORT), statuses=(400,)),
    Operation("GET", "/export/file", exporting.file, "Exactly what a query shows, in a format.", "",
              (Q, Param("format", "The format.", default="csv", one_of=exporting.NAMES)), twin=False, statuses=(400,)),
    Operation("GET", "/review", review.review, "The next statement to decide about.", "Review",
              (Q, Param("sort", "In which order.", default="unsure", one_of=review.ORDERS), Param("queue", "The number of a queue.", "integer", 0),
               Param("at", "The number of a statement in the queue; 0: the next one.", "integer", 0, high=100_000),
               Param("later", "Numbers of statements put off, with commas.", pattern=r"(\d{1,5},?){0,1000}")),
              statuses=(400, 404)),
    Operation("POST", "/review/queue", review.draw, "Draw a queue of statements to decide about.", "Queue", body="form",
              fields={"q": _TEXT, "n": _TEXT, "sort": {"type": "string", "enum": list(review.ORDERS)}}, statuses=(400, 404, 415)),
    Operation("POST", "/review/{queue}/undo", review.undo, "Take back a decision.", "", body="form", fields={"item": _TEXT, "back": _TEXT}, needs=("item",), twin=False),
    Operation("POST", "/review/{queue}/settle", review.settled, "End a dispute: as it is read now (new), or as it was decided (old).", "", body="form",
              fields={"item": _TEXT, "as": {"type": "string", "enum": ["new", "old"]}, "back": _TEXT}, needs=("item", "as"), twin=False),
    Operation("POST", "/judgements", review.judge, "Decide about a statement.", "Judgement", body="form",
              fields={"article": {**_TEXT, "minLength": 4}, "statement": _TEXT, "verdict": {"type": "string", "enum": list(Verdict)},
                      "by": _TEXT, "why": _TEXT, "speaker": _TEXT, "form": {"type": "string", "enum": ["", *Form]}, "content": _PLACE, "back": _TEXT},
              needs=("article", "verdict"), statuses=(400, 404, 415)),
    Operation("GET", "/imports", imports.imports, "Imports: running, waiting, done.", "Imports"),
    Operation("POST", "/imports", imports.add, "Import places: addresses, files, folders of this machine, or a text.", "Import", body="form",
              fields={"what": {"type": "string", "minLength": 1, "maxLength": 2_000_000}, "outlet": _TEXT, "published": _TEXT, "title": _TEXT}, needs=("what",), statuses=(400, 415)),
    Operation("POST", "/example", start.example, "Keep the example article and open it.", "", body="form", twin=False),
    Operation("PUT", "/imports/file", imports.upload, "Send a file to be read.", "Import", (Param("name", "The name of the file.", required=True), Param("job", "Together with the files of this import.", "integer", 0)),
              body="raw", page=False, statuses=(400, 404)),
    Operation("GET", "/imports/{key}", imports.one, "One import: counts, and every item that was not read.", "Import", (FIRST,), statuses=(400, 404)),
    Operation("POST", "/imports/{key}/{wish}", imports.wish, "pause, resume, stop, retry, ignore.", "Import", body="form", fields={"item": _TEXT}, twin=False, statuses=(400, 404, 415)),
    Operation("GET", "/health", health.health, "Every input of the whole archive that was not read: at which step, and why.", "Health",
              (FIRST, Param("step", "Only this step.", one_of=("", *health.STEPS)), Param("ticked", "Those that were ticked off too.", "boolean", False)), statuses=(400,)),
    Operation("POST", "/health/retry", health.retry, "Try an input again, or all of a step.", "Import", body="form", fields={"origin": _TEXT, "step": _TEXT}, twin=False, statuses=(404, 415)),
    Operation("POST", "/health/tick", health.tick, "Leave an input be.", "", body="form", fields={"origin": _TEXT, "step": _TEXT, "untick": _TEXT}, needs=("origin",), twin=False, statuses=(404, 415)),
    Operation("GET", "/keys", small.keys, "The keys.", "", twin=False),
    Operation("POST", "/keys", small.change_keys, "One's own keys, kept by this browser.", "", body="form", fields={"where": _TEXT}, needs=("where",), twin=False),
    Operation("GET", "/about", small.about, "Version, signature, figures of the archive.", "About"),
    Operation("GET", "/api", small.api, "This interface, described for people.", "", twin=False),
    Operation("GET", "/openapi.json", small.openapi, "This interface, described for programs.", "", twin=False),
    Operation("POST", "/settings", small.settings, "Language, light or dark, who decides.", "", (BACK,), body="form", fields={"lang": _TEXT, "theme": _TEXT, "by": _TEXT, "keys": _TEXT}, twin=False),
)  # fmt: skip
