"""Is what we write valid where others decide what is? Each format before the validator of its field, without a network."""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import reportedly
from fakes import article, flood
from reportedly.example import example_text
from reportedly.export import FORMATS, Look
from reportedly.export.annotations import AROUND
from reportedly.export.safe import cell, uncell
from reportedly.model.reading import Reading

SCHEMAS = Path(__file__).parent.parent / "schemas"
ODD = "Er\r\nsagte 🌊 o\u0308: „a\u202eb\0c\ud800d ]]> <&\"'\ufffe“, \u200fsie kam.\tTeil"


def odd() -> Reading:
    """Crossing, nested and torn statements in a text that no format likes."""
    return (
        article(ODD, title="A&\0<", url="https://example.org/ü?a=1&b=<2>", outlet="B\ud800")
        .says("Er", "a\u202eb\0c", cue="sagte", speaker="Er", form="direct", quoted="b\0c")
        .says("Sie", "b\0c\ud800d ]]> <&\"' … Teil", cue="kam", within="s1", kind="group", to="sie", negated=True)
        .says("Er", "d ]]> … kam", form="mixed", on_authority=("sie", "Er", "Amt"), medium="thought", mood="hearsay")
        .damaged("", after=5)
        .noted("als\0cp1252 gelesen")
        .reading()
    )


def read() -> Reading:
    """What the engine itself makes of the example article."""
    return reportedly.read(example_text(), weights="tables", published="2024-06-04")


def written(form: str, *readings: Reading, **look: Any) -> bytes:
    if FORMATS[form].binary:
        out = io.BytesIO()
        FORMATS[form].write(readings, out, Look(**look))
        return out.getvalue()
    text = io.StringIO(newline="")
    FORMATS[form].write(readings, text, Look(**look))
    return text.getvalue().encode("utf-8")


# --- TEI


def tei_schema(used: set[str]) -> Any:
    """The schema without the elements that are not `used`. With them libxml2 takes many seconds to take it in; what is valid
    without them is valid with them, because only possibilities are taken away."""
    from lxml import etree

    relax = "{http://relaxng.org/ns/structure/1.0}"
    root = etree.fromstring(lzma.decompress((SCHEMAS / "tei_all.rng.xz").read_bytes()))
    for define in root.iter(f"{relax}define"):
        element = define.find(f"{relax}element")
        if element is not None and element.get("name") not in used:
            define[:] = [etree.SubElement(define, f"{relax}notAllowed")]
    return etree.RelaxNG(root)


def test_tei_is_valid_by_the_schema_of_the_consortium() -> None:
    from lxml import etree

    many = etree.fromstring(written("tei", flood(), odd(), read(), article("").reading(), flood()))
    schema = tei_schema({etree.QName(e).localname for e in many.iter(etree.Element)})
    assert schema.validate(many), schema.error_log
    assert schema.validate(etree.fromstring(written("tei"))), schema.error_log
    broken = etree.fromstring(written("tei", flood()).replace(b'direct="true"', b'direct="perhaps"'))
    assert not schema.validate(broken)


def test_every_pointer_in_tei_leads_somewhere() -> None:
    from lxml import etree

    root = etree.fromstring(written("tei", flood(), odd(), read()))
    names = [e.get("{http://www.w3.org/XML/1998/namespace}id") for e in root.iter(etree.Element)]
    known = {name for name in names if name}
    assert len(known) == len([name for name in names if name])
    for element in root.iter(etree.Element):
        for attribute in ("who", "toWhom", "ana", "corresp", "next", "prev"):
            for pointer in (element.get(attribute) or "").split():
                assert pointer[0] == "#"
                assert pointer[1:] in known


# --- schema.org


def vocabulary() -> tuple[dict[str, set[str]], dict[str, dict[str, set[str]]]]:
    """Types with those above them, and properties with their values, as tests/schemas/README.md tells."""
    above: dict[str, set[str]] = {}
    properties: dict[str, dict[str, set[str]]] = {}
    for line in (SCHEMAS / "schema.org.tsv").read_text("utf-8").splitlines():
        type_, _, rest = line.partition("\t")
        name, _, told = rest.partition("\t")
        if line.startswith("#") or type_ == "type":
            continue
        if name:
            properties.setdefault(type_, {})[name] = set(told.split("; "))
        else:
            above[type_] = {t for t in told.split("; ") if t}
    return above, properties


def upwards(type_: str, above: dict[str, set[str]]) -> Iterator[str]:
    yield type_
    for upper in above.get(type_, ()):
        yield from upwards(upper, above)


def nodes_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from nodes_of(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from nodes_of(item)


@pytest.fixture(scope="module")
def graph() -> list[dict[str, Any]]:
    from pyld import jsonld

    def never(url: str, options: Any) -> Any:
        raise AssertionError(f"the file wants {url}")

    given = json.loads(written("jsonld", flood(), odd(), read()))
    jsonld.normalize(
        given, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": never}
    )  # it is a graph
    expanded = jsonld.expand(given, {"documentLoader": never})
    assert len(expanded) == len(given["@graph"])
    return expanded


def test_only_terms_of_schema_org_where_it_allows_them(graph: list[dict[str, Any]]) -> None:
    world = "https://schema.org/"
    above, properties = vocabulary()
    types = {node["@id"]: node["@type"][0].removeprefix(world) for node in nodes_of(graph) if "@id" in node}
    seen = set()
    for node in nodes_of(graph):
        type_ = node["@type"][0].removeprefix(world)
        line = set(upwards(type_, above))
        assert "Thing" in line, f"schema.org has no {type_}"
        for name, values in node.items():
            if name.startswith("@"):
                continue
            assert name.startswith(world)
            name = name.removeprefix(world)
            allowed = {v for t in line for v in properties.get(t, {}).get(name, ())}
            assert allowed, f"{type_} has no {name}"
            for value in values:
                if "@value" in value:
                    kind = {bool: "Boolean", float: "Number", int: "Number"}.get(type(value["@value"]), "Text")
                    assert {kind, *({"Date", "DateTime", "URL"} if kind == "Text" else ())} & allowed, (type_, name)
                elif "@type" in value or value["@id"] in types:
                    of = value["@type"][0].removeprefix(world) if "@type" in value else types[value["@id"]]
                    assert set(upwards(of, above)) & allowed, (type_, name, of)
                else:
                    assert "URL" in allowed or name == "url", (type_, name, value)
            seen.add((type_, name))
    assert {
        ("Quotation", "spokenByCharacter"),
        ("Claim", "author"),
        ("Claim", "appearance"),
        ("Claim", "isBasedOn"),
    } <= seen


def test_only_words_in_quotation_marks_are_quotations() -> None:
    nodes = json.loads(written("jsonld", flood()))["@graph"]
    kinds = {n["@id"].rpartition("/")[2]: n["@type"] for n in nodes if "/s" in n["@id"]}
    assert kinds == {"s1": "Claim", "s2": "Quotation", **{f"s{n}": "Claim" for n in range(3, 9)}}
    mixed = next(n for n in nodes if n["@id"].endswith("/s4"))
    assert mixed["hasPart"] == [{"@type": "Quotation", "text": "zweimal und gegen Quittung"}]
    assert mixed["isBasedOn"] == [
        {"@type": "CreativeWork", "name": "das Postbuch des Ministeriums", "creditText": "Ministerium"}
    ]


# --- W3C Web Annotation


def test_annotations_are_what_the_recommendation_demands() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((SCHEMAS / "annotation.json").read_text("utf-8"))
    for readings in ((flood(), odd(), read()), (flood(),), ()):
        given = json.loads(written("annotations", *readings))
        Draft202012Validator(schema).validate(given)
        assert given["total"] == len(given["first"]["items"]) == sum(len(r.statements) for r in readings)
    given = json.loads(written("annotations", flood()))
    given["first"]["items"][0]["target"][0]["selector"][1]["start"] = -1
    assert not Draft202012Validator(schema).is_valid(given)


def test_annotations_are_linked_data_with_known_terms_alone() -> None:
    from pyld import jsonld

    terms = json.loads((SCHEMAS / "annotation-terms.json").read_text("utf-8"))

    def local(url: str, options: Any) -> Any:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": terms}

    given = json.loads(written("annotations", flood(), odd()))
    (collection,) = jsonld.expand(given, {"documentLoader": local})

    def kept(before: Any, after: Any) -> None:
        """No key was dropped on the way because nobody knows it."""
        if isinstance(before, dict):
            names = {k for k in before if k not in ("@context", "id", "type")}
            assert len(names) == len([k for k in after if not k.startswith("@")]), (names, after.keys())
            assert all(":" in k for k in after if not k.startswith("@"))

    kept(given, collection)
    page = collection["http://www.w3.org/ns/activitystreams#first"][0]
    kept(given["first"], page)
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    oa = "http://www.w3.org/ns/oa#"
    for before, after in zip(given["first"]["items"], items, strict=True):
        kept(before, after)
        for name in ("body", "target"):
            for one, other in zip(before[name], after[f"{oa}has{name.title()}"], strict=True):
                kept(one, other)
                for a, b in zip(one.get("selector", []), other.get(f"{oa}hasSelector", []), strict=True):
                    kept(a, b)


@pytest.mark.parametrize("make", [flood, odd, read])
def test_both_selectors_choose_the_same_words(make: Any) -> None:
    reading = make()
    text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in reading.text)
    for item in json.loads(written("annotations", reading))["first"]["items"]:
        for part in (*item["target"], *(b for b in item["body"] if "selector" in b)):
            quote, position = part["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert min(start, AROUND - 3) <= len(quote["prefix"]) <= AROUND


def test_what_stands_around_a_place_is_not_cut_inside_a_letter() -> None:
    text = "o\u0308" + "x" * 31 + "Ziel" + "y" * 31 + "o\u0308\u0323 Ende"
    reading = article(text).says(None, "Ziel").reading()
    (item,) = json.loads(written("annotations", reading))["first"]["items"]
    quote = item["target"][0]["selector"][0]
    assert (quote["prefix"], quote["suffix"]) == ("x" * 31, "y" * 31 + "o\u0308\u0323")


def test_who_put_a_statement_right_is_its_creator() -> None:
    from dataclasses import replace

    given = flood()
    right = replace(given, statements=(replace(given.statements[0], by="person/mk"), *given.statements[1:]))
    items = json.loads(written("annotations", right))["first"]["items"]
    assert items[0]["creator"] == {"type": "Person", "name": "mk"}
    assert items[1]["creator"]["type"] == "Software"


# --- UIMA


def test_uima_counts_in_utf_16() -> None:
    """Read from the file itself: Java cuts the text by code units."""
    from lxml import etree

    reading = (
        article("🌊🌊 Er sagte: „Ja 🌊.“").says("Er", "Ja 🌊.", cue="sagte", speaker="Er", form="direct").reading()
    )
    packed = zipfile.ZipFile(io.BytesIO(written("xmi", reading)))
    assert packed.namelist() == ["TypeSystem.xml", f"000001-{reading.article.id}.xmi"]
    root = etree.fromstring(packed.read(packed.namelist()[1]))
    units = root.find("{http:///uima/cas.ecore}Sofa").get("sofaString").encode("utf-16-le")
    cut = {
        p.get("role"): units[2 * int(p.get("begin")) : 2 * int(p.get("end"))].decode("utf-16-le")
        for p in root.iter("{http:///webanno/custom.ecore}Part")
    }
    assert cut == {"content": "Ja 🌊.", "cue": "sagte", "speaker": "Er"}
    whole = root.find("{http:///uima/tcas.ecore}DocumentAnnotation")
    assert 2 * int(whole.get("end")) == len(units)


def test_the_types_are_those_that_uima_and_inception_know() -> None:
    import cassis

    packed = zipfile.ZipFile(io.BytesIO(written("xmi", flood(), odd())))
    types = cassis.load_typesystem(io.BytesIO(packed.read("TypeSystem.xml")))
    ours = {t.name for t in types.get_types()} - {"uima.tcas.DocumentAnnotation"}
    assert {"webanno.custom.Statement", "webanno.custom.Part", "webanno.custom.Damage"} <= ours
    assert all(name.startswith("webanno.custom.") for name in ours)
    statement = types.get_type("webanno.custom.Statement")
    assert statement.supertype.name == "uima.tcas.Annotation"
    assert statement.get_feature("roles").elementType.name == "webanno.custom.StatementRolesLink"
    cas = cassis.load_cas_from_xmi(io.BytesIO(packed.read(packed.namelist()[1])), typesystem=types)
    again = cassis.load_cas_from_xmi(io.BytesIO(cas.to_xmi().encode("utf-8")), typesystem=types)
    second = next(s for s in again.select("webanno.custom.Statement") if s.id == "s2")
    assert (second.get_covered_text(), second.speakerName) == ("Wir haben zu spät gewarnt", "Jörn Hallstein")
    assert (second.negated, round(second.confidence, 3)) == (False, 0.9)
    assert [m.name for m in again.select("webanno.custom.Mention")][:2] == ["Landkreis", "Jörn Hallstein"]


# --- spaCy


def test_a_document_keeps_text_tokens_and_record() -> None:
    import spacy
    from spacy.tokens import DocBin

    given = [flood(), odd(), read()]
    nlp = spacy.blank("de")
    docs = list(DocBin().from_bytes(written("docbin", *given)).get_docs(nlp.vocab))
    assert [len(doc.text) for doc in docs] == [len(r.text) for r in given]
    assert docs[0].text == flood().text
    record = docs[0].user_data["reportedly"]
    assert "text" not in record
    whole = {name: record.get(name, docs[0].text) for name in flood().to_dict()}
    assert json.dumps(whole) == json.dumps(flood().to_dict())  # spaCy gives lists back as tuples
    plain = article("Sie sagte, es  regne.\n\nJa.").says("Sie", "es  regne", cue="sagte").reading()
    (doc,) = DocBin().from_bytes(written("docbin", plain)).get_docs(nlp.vocab)
    assert [t.text_with_ws for t in doc] == [t.text_with_ws for t in nlp(plain.text)]
    assert doc.user_data["reportedly"]["tokens_cut"] == 0


def test_a_language_that_spacy_does_not_know_is_written_all_the_same() -> None:
    assert written("docbin", article("Ja.", language="und").says(None, "Ja").reading())


# --- Parquet


def test_columns_are_typed_and_the_schema_has_a_number() -> None:
    import datetime

    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(written("parquet", flood())))
    types = {f.name: str(f.type) for f in table.schema}
    assert types["content_spans"] == "list<element: struct<start: int32, end: int32>>"
    assert (types["negated"], types["confidence"], types["published_date"]) == ("bool", "double", "date32[day]")
    assert table.schema.metadata[b"reportedly.schema"] == b"reportedly-rows/1"
    first, second = table.to_pylist()[:2]
    assert first["published_date"] == datetime.date(2024, 6, 4)
    assert (first["quantities"][0]["min"], first["quantities"][0]["words"]) == (1080.0, "rund 1.200 Menschen")
    assert second["times"] == [{"words": "am Montag", "start": 203, "end": 212, "value": "2024-06-03"}]
    assert (first["mood"], second["mood"]) == ("konjunktiv1", None)


def test_parquet_and_csv_hold_the_same_rows() -> None:
    from pyarrow import parquet

    packed = parquet.read_table(io.BytesIO(written("parquet", flood(), odd()))).to_pylist()
    plain = list(csv.DictReader(io.StringIO(written("rows", flood(), odd()).decode("utf-8"), newline="")))
    assert len(packed) == len(plain) > 10
    for typed, row in zip(packed, plain, strict=True):
        assert list(typed)[: len(row)] == list(row)
        for name, value in row.items():
            if isinstance(typed[name], str):
                assert typed[name] == value


def test_row_groups_are_written_as_readings_come(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    from reportedly.export import parquet as ours

    monkeypatch.setattr(ours, "_ROWS", 10)
    out, sizes = io.BytesIO(), []

    def given() -> Iterator[Reading]:
        for _ in range(10):
            sizes.append(out.tell())
            yield flood()

    ours.write(given(), out)
    assert parquet.ParquetFile(io.BytesIO(out.getvalue())).metadata.num_row_groups == 8
    assert len(set(sizes)) > 5


@pytest.mark.parametrize("published", ["2024-10", "2024", None, "gestern", "2024-06-04T10:00:00+02:00"])
def test_a_day_only_where_one_is_known(published: str | None) -> None:
    from pyarrow import parquet

    reading = article("Er sagte ja.", published=published).says("Er", "ja").reading()
    (row,) = parquet.read_table(io.BytesIO(written("parquet", reading))).to_pylist()
    assert (str(row["published_date"]) if row["published_date"] else None) == (
        "2024-06-04" if published and "T" in published else None
    )


# --- spreadsheets

PAYLOADS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", " =1", "\u200b=1", "'=1", "''", "'", "%0A=1",
    "|cmd", '=cmd|" /C calc"!A0', "10-12", "1.5", "2024-10-28", "+49 30 1234", "", "Ja; nein", '"', 'a"b\r\nc',
]  # fmt: skip


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_cell_is_a_formula_and_every_cell_leads_back(text: str) -> None:
    reading = article(f"{text}.Er", title=text or None).says("Er", f"{text}.Er").reading()
    table = io.StringIO(written("rows", reading, excel=True).decode("utf-8-sig"), newline="")
    (row,) = csv.DictReader(table, delimiter=";")
    for value in row.values():
        assert not value.lstrip(" \u200b").startswith(tuple("=+-@\t\r\n|%＝＋－＠"))
    assert (uncell(row["content"]), uncell(row["title"])) == (f"{text}.Er", text)
    assert uncell(cell(text)) == text


# --- what is missing


@pytest.mark.parametrize(
    ("form", "package", "extra"), [("parquet", "pyarrow", "parquet"), ("docbin", "spacy", "spacy")]
)
def test_a_library_that_is_missing_is_named(
    form: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(reportedly.errors.ReportedlyError, match=rf'pip install "reportedly\[{extra}\]"'):
        written(form, flood())
