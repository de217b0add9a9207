"""TEI P5: the text of each article with its statements as `said` and `quote`, for editions and archives.

The text stands in one `ab` and is the article's to the character. Places that cross each other are cut into fragments, joined by
`@next` and `@prev`, as the pieces of a discontinuous statement are (TEI guidelines, 20.3). So offsets are the count of characters
before a tag, and XML is never broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from reportedly.export import PLAIN, Look
from reportedly.export.held import XML, replaced, xml_text, xml_value
from reportedly.export.roles import places_of
from reportedly.export.words import word
from reportedly.model.joins import Joins
from reportedly.model.statement import CUE_CLASSES, Form, Medium, Mood

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span
    from reportedly.model.speaker import Speaker
    from reportedly.model.statement import Statement

SCHEMA = "reportedly-tei/1"
_NS = "http://www.tei-c.org/ns/1.0"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?)?)?\Z")
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "form": tuple(Form),
    "cue_class": CUE_CLASSES,
    "medium": tuple(Medium),
    "mood": tuple(Mood),
    "polarity": ("negated",),
    "judged": ("accept", "reject", "corrected"),
}
_INNER = {"content": 0, "quoted": 1}
"""Of places with the same borders, the statement is outermost, then the quotation, then the other roles."""
_LICENCE = "As the article itself: the export adds marks and gives no right to the text."


def write(readings: Iterable[Reading], out: TextIO, look: Look = PLAIN) -> None:
    """A `teiCorpus` with one `TEI` an article, written as the readings come. `look` gives the language of headings."""
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{_NS}">\n{_corpus_header(look)}')
    n = 0
    for n, reading in enumerate(readings, 1):
        out.write(f'<TEI xml:id="a{n}">\n')
        out.write(_header(reading, look))
        out.write(_speakers(reading, f"a{n}"))
        out.write('<text><body><ab xml:space="preserve">')
        for part in _marked(reading, f"a{n}"):
            out.write(part)
        out.write("</ab></body></text>\n</TEI>\n")
    if not n:  # a corpus must hold a text
        out.write(f"<TEI>\n{_file_desc('–', '<p>–</p>', ())}<text><body><ab/></body></text>\n</TEI>\n")
    out.write("</teiCorpus>\n")


def _corpus_header(look: Look) -> str:
    """What the values of `@ana` mean, and how the text was treated."""
    taxonomies = "".join(
        f'<taxonomy xml:id="{room}">'
        + "".join(f'<category xml:id="{room}.{v}"><catDesc>{v}</catDesc></category>' for v in values)
        + "</taxonomy>"
        for room, values in _CATEGORIES.items()
    )
    told = (
        f"{SCHEMA}. The text of ab is the article's to the character; offsets count its code points from 0. A character that XML "
        'cannot hold stands as U+FFFD and is listed in a note of type "replaced" as place:code point.'
    )
    return (
        "<teiHeader><fileDesc><titleStmt><title>reportedly</title></titleStmt>"
        f"<publicationStmt><p>{_LICENCE}</p></publicationStmt><sourceDesc><p>{word(look.tongue, 'page.articles')}</p></sourceDesc>"
        f"</fileDesc><encodingDesc><editorialDecl><p>{told}</p></editorialDecl>"
        f"<classDecl>{taxonomies}</classDecl></encodingDesc></teiHeader>\n"
    )


def _header(reading: Reading, look: Look) -> str:
    article = reading.article
    title = xml_text(article.title or word(look.tongue, "untitled"))
    parts = [f"<title>{title}</title>"]
    if article.outlet:
        parts.append(f"<publisher>{xml_text(article.outlet)}</publisher>")
    if article.published:
        when = f' when="{article.published}"' if _DATE.match(article.published) else ""
        parts.append(f"<date{when}>{xml_text(article.published)}</date>")
    if article.url:
        parts.append(f'<idno type="url">{xml_text(article.url)}</idno>')
    parts.append(f'<idno type="reportedly">{article.id}</idno>')
    notes = [("signature", reading.signature), *(("reading", note) for note in reading.notes)]
    if listed := replaced(article.text, XML):
        notes.append(("replaced", listed))
    return _file_desc(title, f"<bibl>{''.join(parts)}</bibl>", notes, article.language)


def _file_desc(title: str, source: str, notes: Iterable[tuple[str, str]], language: str = "") -> str:
    told = "".join(f'<note type="{kind}">{xml_text(note)}</note>' for kind, note in notes)
    profile = (
        f'<profileDesc><langUsage><language ident="{xml_value(language)}"/></langUsage></profileDesc>'
        if language
        else ""
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        f"<publicationStmt><p>{_LICENCE}</p></publicationStmt>"
        f"{f'<notesStmt>{told}</notesStmt>' if told else ''}<sourceDesc>{source}</sourceDesc></fileDesc>{profile}</teiHeader>\n"
    )


def _speakers(reading: Reading, base: str) -> str:
    """Persons and everybody else who speaks, outside the text (`standOff`)."""
    persons = "".join(_person(s, base, "person", "persName") for s in reading.cast.speakers if s.kind == "person")
    others = "".join(_person(s, base, "org", "orgName") for s in reading.cast.speakers if s.kind != "person")
    if not persons + others:
        return ""
    lists = f"<listPerson>{persons}</listPerson>" if persons else ""
    lists += f"<listOrg>{others}</listOrg>" if others else ""
    return f"<standOff>{lists}</standOff>\n"


def _person(s: Speaker, base: str, tag: str, name: str) -> str:
    kind = f' type="{s.kind}"' if tag == "org" else ""
    told = [*(("role", role) for role in s.roles)]
    if s.affiliation:
        told.append(("affiliation", s.affiliation))
    notes = "".join(f'<note type="{k}">{xml_text(v)}</note>' for k, v in told)
    return f'<{tag} xml:id="{base}.{s.id}"{kind}><{name}>{xml_text(s.name)}</{name}>{notes}</{tag}>'


@dataclass(eq=False, slots=True)
class _Unit:
    """A role of a statement, in one or more pieces: the tag, its attributes, and its fragments in the order of the text."""

    id: str
    tag: str
    attributes: Mapping[str, str]
    inner: int = 2
    fragments: int = 0


@dataclass(eq=False, slots=True)
class _Fragment:
    """A stretch of a unit that nests with everything else; `order` counts them from 0."""

    unit: _Unit
    end: int
    order: int = 0

    def start_tag(self) -> str:
        """Only when all fragments are known: each names the one before and the one behind it."""
        told = dict(self.unit.attributes)
        if self.order:
            told["prev"] = f"#{self._name(self.order - 1)}"
        if self.order < self.unit.fragments - 1:
            told["next"] = f"#{self._name(self.order + 1)}"
        inner = "".join(f' {a}="{xml_value(v)}"' for a, v in told.items())
        close = "/>" if self.unit.tag == "anchor" else ">"
        return f'<{self.unit.tag} xml:id="{self._name(self.order)}"{inner}{close}'

    def _name(self, n: int) -> str:
        return self.unit.id if n == 0 else f"{self.unit.id}.{n + 1}"


def _units(reading: Reading, base: str) -> Iterator[tuple[_Unit, Span]]:
    joins = Joins(reading)
    for s in reading.statements:
        for placed in places_of(s):
            if placed.role == "content":
                unit = _Unit(f"{base}.{s.id}", "said", _said(joins, s, base), 0)
            else:
                nth = str(placed.nth + 1) if placed.nth else ""
                id_ = f"{base}.{s.id}.{placed.role}{nth}"
                quoted = placed.role == "quoted"
                told = {"corresp": f"#{base}.{s.id}"} | ({} if quoted else {"type": placed.role})
                who = (
                    joins.who(s, placed.role, placed.nth)
                    if placed.role in ("speaker", "addressee", "authority")
                    else None
                )
                if who:
                    told["ana"] = f"#{base}.{who.id}"
                unit = _Unit(id_, "quote" if quoted else "seg", told, _INNER.get(placed.role, 2))
            for piece in placed.pieces:
                yield unit, piece
    for n, damage in enumerate(reading.damages, 1):
        tag = "seg" if len(damage.span) else "anchor"
        yield _Unit(f"{base}.d{n}", tag, {"type": "damage", "subtype": damage.kind}), damage.span


def _said(joins: Joins, s: Statement, base: str) -> dict[str, str]:
    who, to = joins.who(s), joins.who(s, "addressee")
    means = [f"#form.{s.form.value}", f"#cue_class.{s.cue_class}", f"#medium.{s.medium.value}"]
    means += [f"#mood.{s.mood.value}"] if s.mood else []
    means += ["#polarity.negated"] if s.negated else []
    means += [f"#judged.{judged}"] if (judged := joins.reading.judged.get(s.id)) else []
    told = {
        "who": f"#{base}.{who.id}" if who else "",
        "toWhom": f"#{base}.{to.id}" if to else "",
        "direct": "true" if s.form is Form.DIRECT else "false",
        "aloud": "false" if s.medium is Medium.THOUGHT else "true",
        "ana": " ".join(means),
        "cert": f"{joins.reading.confidence.get(s.id, s.sure):.3f}",
        "corresp": f"#{base}.{s.within}" if s.within else "",
    }
    return {name: value for name, value in told.items() if value}


def _marked(reading: Reading, base: str) -> Iterator[str]:
    """The text with its tags. First everything is cut so that it nests, then it is written, when each fragment knows its next."""
    at = 0
    for offset, fragment, closes in list(_nested(list(_units(reading, base)))):
        if offset > at:
            yield xml_text(reading.text[at:offset])
            at = offset
        yield f"</{fragment.unit.tag}>" if closes else fragment.start_tag()
    yield xml_text(reading.text[at:])


def _nested(placed: list[tuple[_Unit, Span]]) -> Iterator[tuple[int, _Fragment, bool]]:
    """Where which fragment opens or closes. What is open across the end of something else is closed there and opened again."""
    starting: dict[int, list[_Fragment]] = {}
    for unit, span in placed:
        starting.setdefault(span.start, []).append(_Fragment(unit, span.end))
    stack: list[_Fragment] = []
    for offset in sorted({edge for _, span in placed for edge in (span.start, span.end)}):
        opening = starting.get(offset, [])
        while any(f.end == offset for f in stack):
            closed = stack.pop()
            yield offset, closed, True
            if closed.end > offset:
                opening.append(_Fragment(closed.unit, closed.end))
        for fragment in sorted(opening, key=lambda f: (-f.end, f.unit.inner)):
            fragment.order = fragment.unit.fragments
            fragment.unit.fragments += 1
            yield offset, fragment, False
            if fragment.unit.tag != "anchor":
                stack.append(fragment)
