"""The articles as a spaCy DocBin: documents with their text and the statements as span groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.export import PLAIN, Look, lacking
from reportedly.export.held import held, replaced
from reportedly.export.roles import places_of
from reportedly.model.joins import Joins

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span

SCHEMA = "reportedly-docbin/1"
GROUPS = {
    "content": "statements", "quoted": "quoted", "cue": "cues", "frame": "frames", "speaker": "speakers",
    "addressee": "addressees", "authority": "authorities", "authority_marker": "authority_markers",
    "occasion": "occasions", "time": "times",
}  # fmt: skip
"""The span group of each role. Damage has its own, `damage`."""


def write(readings: Iterable[Reading], out: BinaryIO, look: Look = PLAIN) -> None:
    """One DocBin with a document an article; it is packed as a whole, so tokens and records of all are held in memory.

    Raises ReportedlyError where spaCy is missing.
    """
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise lacking("spaCy", "spacy") from error
    packed = DocBin(attrs=[], store_user_data=True)
    languages: dict[str, Any] = {}
    for reading in readings:
        code = reading.article.language
        if code not in languages:
            languages[code] = _blank(spacy, code)
        packed.add(doc_of(reading, languages[code]))
    out.write(packed.to_bytes())


def _blank(spacy: Any, code: str) -> Any:
    """The tokens of spaCy's own language; of its multilingual one where it has none."""
    try:
        return spacy.blank(code)
    except ImportError:
        return spacy.blank("xx")


def doc_of(reading: Reading, nlp: Any) -> Any:
    """The `Doc` of a reading. spaCy's tokens are cut further where a place begins or ends inside one, so that every place is exact."""
    from spacy.tokens import Doc, Span

    text = held(reading.text)
    joins = Joins(reading)
    found = list(_marked(reading, joins))
    words, spaces, cut = _words(text, nlp, [place for _, place, _, _ in found if len(place)])
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    groups: dict[str, list[Any]] = {name: [] for name in (*GROUPS.values(), "damage")}
    for group, place, label, id_ in found:
        if len(place):
            groups[group].append(Span(doc, starts[place.start], ends[place.end], label=label, span_id=id_))
    for name, spans in groups.items():
        doc.spans[name] = spans
    record = reading.to_dict()
    del record["text"]  # it is the document's
    doc.user_data["reportedly"] = _plain(
        {**record, "docbin": SCHEMA, "tokens_cut": cut, "replaced": replaced(reading.text)}
    )
    return doc


def _marked(reading: Reading, joins: Joins) -> Iterator[tuple[str, Span, str, str]]:
    """Group, place, label, id: the form for contents, the resolved name for who speaks, the kind for damage."""
    for s in reading.statements:
        for placed in places_of(s):
            label = s.form.value
            if placed.role in ("speaker", "addressee", "authority"):
                who = joins.who(s, placed.role, placed.nth)
                label = held(who.name) if who else "?"
            elif placed.role == "cue":
                label = s.cue_class
            for place in placed.pieces:
                yield GROUPS[placed.role], place, label, s.id
    for n, damage in enumerate(reading.damages, 1):
        yield "damage", damage.span, damage.kind, f"d{n}"


def _words(text: str, nlp: Any, places: list[Span]) -> tuple[list[str], list[bool], int]:
    """Words and whether a space follows, as spaCy wants them; and how many of its tokens had to be cut."""
    tokens = [(token.idx, token.idx + len(token)) for token in nlp.tokenizer(text)]
    starts, ends = {p.start for p in places}, {p.end for p in places}
    borders = {0, len(text), *(edge for token in tokens for edge in token)}
    edges = starts | ends
    cut = sum(any(at in edges for at in range(a + 1, b)) for a, b in tokens)
    order = sorted(borders | edges)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(order):
        piece = text[start:end]
        # a single space belongs to the word before it, unless a place begins with it or ends with it
        if piece == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces, cut


def _plain(value: Any) -> Any:
    """Data that msgpack holds: text without half surrogate pairs."""
    if isinstance(value, str):
        return held(value)
    if isinstance(value, dict):
        return {held(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value
