"""UIMA CAS XMI for INCEpTION: a ZIP with one XMI an article and the type system. Offsets are UTF-16 code units there.

Layers, all of them under `webanno.custom`, which is where INCEpTION keeps a project's own ones: `Statement` stands on the first
piece of the content; its link feature `roles` leads to `Part` annotations, one a piece of every role, the content's own pieces
among them. `Mention` and `Damage` are spans of their own. `Record` is the article itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from reportedly.export import PLAIN, Look
from reportedly.export.held import XML, Utf16, held, replaced, xml_value
from reportedly.export.roles import places_of
from reportedly.model.joins import Joins

if TYPE_CHECKING:
    from reportedly.model.reading import Reading
    from reportedly.model.span import Span

SCHEMA = "reportedly-cas/1"
_SPACE = "webanno.custom"
_STRING, _FLOAT, _BOOLEAN = "uima.cas.String", "uima.cas.Float", "uima.cas.Boolean"
_SPAN, _TOP = "uima.tcas.Annotation", "uima.cas.TOP"
_LINK = "StatementRolesLink"

LAYERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Statement": (
        _SPAN,
        {
            "id": _STRING, "form": _STRING, "speakerName": _STRING, "speakerKind": _STRING, "speakerId": _STRING,
            "addresseeName": _STRING, "cueClass": _STRING, "medium": _STRING, "mood": _STRING, "negated": _BOOLEAN,
            "within": _STRING, "confidence": _FLOAT, "by": _STRING, "damage": _STRING, "judged": _STRING, "roles": "uima.cas.FSArray",
        },
    ),
    "Part": (_SPAN, {"role": _STRING, "statement": _STRING, "name": _STRING}),
    _LINK: (_TOP, {"role": _STRING, "target": f"{_SPACE}.Part"}),
    "Mention": (_SPAN, {"id": _STRING, "name": _STRING, "kind": _STRING}),
    "Damage": (
        _SPAN,
        {"id": _STRING, "kind": _STRING, "severity": _STRING, "action": _STRING, "message": _STRING, "suggestion": _STRING},
    ),
    "Record": (
        _TOP,
        {
            "schema": _STRING, "id": _STRING, "title": _STRING, "outlet": _STRING, "url": _STRING,
            "published": _STRING, "signature": _STRING, "notes": _STRING, "replaced": _STRING,
        },
    ),
}  # fmt: skip
"""Layer: what it extends, and its features with their types."""
_TOLD = {
    "Statement": "An attributed statement, on the first piece of its content",
    "Part": "A piece of a role of a statement",
    "Damage": "Damage of the text",
    "Mention": "A place where a speaker is named",
    "Record": "What the archive knows about the article; replaced: characters that XML cannot hold, as code point:character",
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(readings: Iterable[Reading], out: BinaryIO, look: Look = PLAIN) -> None:
    """`TypeSystem.xml` and `NUMBER-ARTICLE.xmi`, written as the readings come. Nothing in `look` changes it."""
    with zipfile.ZipFile(out, "w") as packed:
        _put(packed, "TypeSystem.xml", type_system())
        for n, reading in enumerate(readings, 1):
            _put(packed, f"{n:06}-{reading.article.id}.xmi", cas(reading))


def _put(packed: zipfile.ZipFile, name: str, content: str) -> None:
    """One file, with a date that never changes: same readings, same bytes."""
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    packed.writestr(info, content.encode("utf-8"))


def type_system() -> str:
    """The layers as UIMA describes types; INCEpTION takes it under Settings, Layers, Import."""
    types = "".join(_type(name, *layer) for name, layer in LAYERS.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">'
        f"<name>{SCHEMA}</name><types>{types}</types></typeSystemDescription>\n"
    )


def _type(name: str, extends: str, features: Mapping[str, str]) -> str:
    inner = "".join(_feature(feature, range_) for feature, range_ in features.items())
    return (
        f"<typeDescription><name>{_SPACE}.{name}</name><description>{xml_value(_TOLD.get(name, ''))}</description>"
        f"<supertypeName>{extends}</supertypeName><features>{inner}</features></typeDescription>"
    )


def _feature(name: str, range_: str) -> str:
    element = f"<elementType>{_SPACE}.{_LINK}</elementType>" if range_.endswith("FSArray") else ""
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{range_}</rangeTypeName>{element}"
        "</featureDescription>"
    )


def cas(reading: Reading) -> str:
    """One article as XMI 2.0."""
    lines = _Lines(reading)
    body = "".join(lines.all())
    members = " ".join(str(n) for n in lines.members)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        ' xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">\n'
        f'<cas:NULL xmi:id="0"/>\n{body}'
        '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain"'
        f' sofaString="{xml_value(reading.text)}"/>\n<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    )


class _Lines:
    """The feature structures of one article, numbered as they are made; 0 is nothing and 1 the text."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.joins, self.units = reading, Joins(reading), Utf16(held(reading.text, XML))
        self.members: list[int] = []
        self._last = 1

    def all(self) -> Iterator[str]:
        reading, article = self.reading, self.reading.article
        end = self.units(len(reading.text))
        yield self._made("tcas:DocumentAnnotation", sofa=1, begin=0, end=end, language=article.language)
        yield self._made(
            "custom:Record",
            schema=SCHEMA,
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            url=article.url,
            published=article.published,
            signature=reading.signature,
            notes="\n".join(reading.notes) or None,
            replaced=replaced(reading.text, XML) or None,
        )
        for speaker in reading.cast.speakers:
            for mention in speaker.mentions:
                yield self._span("Mention", mention, id=speaker.id, name=speaker.name, kind=speaker.kind)
        for n, d in enumerate(reading.damages, 1):
            yield self._span(
                "Damage", d.span, id=f"d{n}", kind=d.kind, severity=d.severity.value, action=d.action.value,
                message=d.message, suggestion=d.suggestion,
            )  # fmt: skip
        yield from self._statements()

    def _statements(self) -> Iterator[str]:
        for s in self.reading.statements:
            links = []
            for placed in places_of(s):
                resolved = placed.role if placed.role in ("speaker", "addressee", "authority") else ""
                who = self.joins.who(s, resolved, placed.nth) if resolved else None
                for piece in placed.pieces:
                    yield self._span("Part", piece, role=placed.role, statement=s.id, name=who.name if who else None)
                    yield self._made(f"custom:{_LINK}", role=placed.role, target=self._last)
                    links.append(self._last)
            speaker, to = self.joins.who(s), self.joins.who(s, "addressee")
            yield self._span(
                "Statement", s.content[0], id=s.id, form=s.form.value, cueClass=s.cue_class, medium=s.medium.value,
                speakerName=speaker.name if speaker else None, speakerKind=speaker.kind if speaker else None,
                speakerId=speaker.id if speaker else None, addresseeName=to.name if to else None,
                mood=s.mood.value if s.mood else None, negated="true" if s.negated else "false", within=s.within,
                confidence=round(self.reading.confidence.get(s.id, s.sure), 3), by=s.by,
                damage=" ".join(self.joins.damage_ids(s)) or None, judged=self.reading.judged.get(s.id), roles=" ".join(str(n) for n in links),
            )  # fmt: skip

    def _span(self, layer: str, place: Span, **features: object) -> str:
        begin, end = self.units(place.start), self.units(place.end)
        return self._made(f"custom:{layer}", sofa=1, begin=begin, end=end, **features)

    def _made(self, tag: str, **features: object) -> str:
        self._last += 1
        if not tag.endswith(_LINK):  # links belong to their statement, everything else to the view
            self.members.append(self._last)
        told = "".join(f' {name}="{xml_value(str(value))}"' for name, value in features.items() if value is not None)
        return f'<{tag} xmi:id="{self._last}"{told}/>\n'
