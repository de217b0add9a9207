"""What do the readers of others find in our files? Each format is read with the library of its own field, never with our code.

`READERS[format](data)` gives one `Back` for each article: its text (None where the format holds none) and its statements.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportedly.model.reading import Reading

Places = list[tuple[int, int]]


@dataclass
class Said:
    """A statement as it was found: its form, the name of its speaker, the places of its roles in code points."""

    form: str
    speaker: str | None
    places: dict[str, Places] = field(default_factory=dict)
    words: str | None = None


@dataclass
class Back:
    text: str | None
    replaced: str
    statements: dict[str, Said] = field(default_factory=dict)


def expected(reading: Reading) -> dict[str, Said]:
    """The statements by the record, which has its own tests."""
    record = reading.to_dict()
    names = {s["id"]: s["name"] for s in record["speakers"]}
    found = {}
    for s, statement in zip(record["statements"], reading.statements, strict=True):
        roles = {
            "content": s["content"], "quoted": s["quoted"], "cue": s["cue"], "frame": s["frame"] or [],
            "speaker": (s["speaker"] or {}).get("span") or [],
            "addressee": s["addressee"]["span"] if s["addressee"] else [],
            "authority": [p for a in s["authority"] for p in a["span"]],
            "authority_marker": [p for a in s["authority"] for p in a["marker"]],
            "occasion": s["occasion"] or [],
            "time": [[t.start, t.end] for t in statement.time],
        }  # fmt: skip
        places = {role: sorted((a, b) for a, b in pairs) for role, pairs in roles.items() if pairs}
        found[s["id"]] = Said(s["form"], names.get((s["speaker"] or {}).get("id")), places)
    return found


def _spans(cell: str) -> Places:
    return sorted((int(a), int(b)) for a, b in (part.split("-") for part in cell.split(";") if part))


def lines(data: bytes) -> list[Back]:
    found = []
    for line in data.decode("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        names = {s["id"]: s["name"] for s in record["speakers"]}
        back = Back(record["text"], "")
        for s in record["statements"]:
            who = s["speaker"] or {"id": None, "span": None}
            roles = {
                "content": s["content"], "quoted": s["quoted"], "cue": s["cue"], "frame": s["frame"], "speaker": who["span"],
                "addressee": s["addressee"] and s["addressee"]["span"], "occasion": s["occasion"],
                "authority": [p for a in s["authority"] for p in a["span"]],
                "authority_marker": [p for a in s["authority"] for p in a["marker"]],
            }  # fmt: skip
            places = {role: sorted((a, b) for a, b in pairs) for role, pairs in roles.items() if pairs}
            back.statements[s["id"]] = Said(s["form"], names.get(who["id"]), places)
        found.append(back)
    return found


_COLUMNS = ("content", "quoted", "cue", "frame", "speaker", "addressee", "occasion")


def _of_rows(rows: list[dict[str, Any]], spans: Callable[[Any], Places]) -> list[Back]:
    found: dict[str, Back] = {}
    for row in rows:
        back = found.setdefault(row["article"], Back(row.get("text"), row.get("replaced") or ""))
        places = {role: spans(row[f"{role}_spans"]) for role in _COLUMNS if row[f"{role}_spans"]}
        if row["authority_spans"]:
            places["authority and marker"] = spans(row["authority_spans"])
        back.statements[row["statement"]] = Said(row["form"], row["speaker_name"] or None, places, row["content"])
    return list(found.values())


def rows(data: bytes) -> list[Back]:
    return _of_rows(list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))), _spans)


def excel(data: bytes) -> list[Back]:
    """A `'` at the beginning of a cell is taken away again, as docs/export.md says."""
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return _of_rows([{k: v[1:] if v.startswith("'") else v for k, v in row.items()} for row in table], _spans)


def parquet(data: bytes) -> list[Back]:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(data)).to_pylist()
    return _of_rows(table, lambda structs: sorted((s["start"], s["end"]) for s in structs))


def jsonld(data: bytes) -> list[Back]:
    from pyld import jsonld

    def never(url: str, options: Any) -> Any:
        raise AssertionError(f"the file wants {url}")

    world = "https://schema.org/"
    nodes = jsonld.expand(json.loads(data), {"documentLoader": never})

    def told(node: Any) -> dict[str, Any]:
        pairs = {}
        for value in node.get(f"{world}identifier", []):
            pairs[value[f"{world}propertyID"][0]["@value"]] = value[f"{world}value"][0]["@value"]
        return pairs

    found: dict[str, Back] = {}
    for node in nodes:
        facts, type_ = told(node), node["@type"][0].removeprefix(world)
        if type_ == "NewsArticle":
            found[node["@id"]] = Back(node[f"{world}articleBody"][0]["@value"], facts.get("replaced", ""))
        elif type_ in ("Quotation", "Claim"):
            kept = [k["@value"] for k in node[f"{world}keywords"]]
            form = next(k for k in kept if k.startswith("form:")).removeprefix("form:")
            who = node.get(f"{world}creditText", [{"@value": None}])[0]["@value"]
            places = {k.removesuffix("_spans"): [] for k in facts if k.endswith("_spans")}
            for value in node[f"{world}identifier"]:
                name = value[f"{world}propertyID"][0]["@value"]
                if name.endswith("_spans"):
                    places[name.removesuffix("_spans")] += _spans(value[f"{world}value"][0]["@value"])
            article = node["@id"].rpartition("/")[0]
            places = {role: sorted(spans) for role, spans in places.items()}
            found[article].statements[facts["id"]] = Said(form, who, places, node[f"{world}text"][0]["@value"])
    return list(found.values())


def annotations(data: bytes) -> list[Back]:
    found: dict[str, Back] = {}
    for item in json.loads(data)["first"]["items"]:
        article, _, id_ = item["id"].removeprefix("urn:reportedly:").partition("/")
        facts = next(b for b in item["body"] if b["type"] == "rep:Statement")
        said = Said(facts["rep:form"], facts.get("rep:speaker"))
        parts = [("content", t) for t in item["target"]]
        parts += [(b["rep:role"], b) for b in item["body"] if b["type"] == "SpecificResource"]
        for role, part in parts:
            _, position = part["selector"]
            said.places.setdefault(role, []).append((position["start"], position["end"]))
            said.places[role].sort()
        said.words = " … ".join(t["selector"][0]["exact"] for t in item["target"])
        found.setdefault(article, Back(None, "")).statements[id_] = said
    return list(found.values())


_TEI, _XML = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}"


def _walk(element: Any, start: int, heads: dict[str, Any], places: dict[str, tuple[int, int]]) -> int:
    """Where each element begins and ends, in code points of the text around it; gives the end."""
    at = start + len(element.text or "")
    for child in element:
        at = _walk(child, at, heads, places) + len(child.tail or "")
    heads[element.get(f"{_XML}id")], places[element.get(f"{_XML}id")] = element, (start, at)
    return at


def tei(data: bytes) -> list[Back]:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    found = []
    for article in root.iterfind(f"{_TEI}TEI"):
        note = article.find(f".//{_TEI}note[@type='replaced']")
        names = {e.get(f"{_XML}id"): e[0].text for e in article.iterfind(f".//{_TEI}standOff/*/*")}
        ab = article.find(f".//{_TEI}ab")
        back = Back("".join(ab.itertext()), "" if note is None else note.text)
        heads, places = {}, {}
        _walk(ab, 0, heads, places)
        for id_, element in heads.items():
            if id_ is None or element.get("prev") or element.get("type") == "damage":
                continue
            chain = [id_]
            while (behind := heads[chain[-1]].get("next")) is not None:
                assert heads[behind[1:]].get("prev") == f"#{chain[-1]}"
                chain.append(behind[1:])
            spans: Places = []
            for part in chain:  # fragments that touch are one place
                a, b = places[part]
                if spans and spans[-1][1] == a:
                    spans[-1] = (spans[-1][0], b)
                else:
                    spans.append((a, b))
            said = element.tag == f"{_TEI}said"
            statement = id_ if said else element.get("corresp")[1:]
            one = back.statements.setdefault(statement.partition(".")[2], Said("", None))
            role = "content" if said else "quoted" if element.tag == f"{_TEI}quote" else element.get("type")
            one.places[role] = sorted([*one.places.get(role, []), *spans])
            if said:
                one.form = next(a for a in element.get("ana").split() if a.startswith("#form."))[6:]
                one.speaker = names.get((element.get("who") or "")[1:])
        found.append(back)
    return found


def xmi(data: bytes) -> list[Back]:
    import cassis

    packed = zipfile.ZipFile(io.BytesIO(data))
    types = cassis.load_typesystem(io.BytesIO(packed.read("TypeSystem.xml")))
    found = []
    for name in packed.namelist():
        if not name.endswith(".xmi"):
            continue
        cas = cassis.load_cas_from_xmi(io.BytesIO(packed.read(name)), typesystem=types)
        (record,) = cas.select("webanno.custom.Record")
        back = Back(cas.sofa_string, record.replaced or "")
        for s in cas.select("webanno.custom.Statement"):
            said = Said(s.form, s.speakerName)
            for linked in s.roles.elements:
                said.places.setdefault(linked.role, []).append((linked.target.begin, linked.target.end))
                said.places[linked.role].sort()
            assert (s.begin, s.end) in said.places["content"]
            back.statements[s.id] = said
        found.append(back)
    return found


def docbin(data: bytes) -> list[Back]:
    import spacy
    from spacy.tokens import DocBin

    roles = {
        "statements": "content", "quoted": "quoted", "cues": "cue", "frames": "frame", "speakers": "speaker",
        "addressees": "addressee", "authorities": "authority", "authority_markers": "authority_marker",
        "occasions": "occasion", "times": "time",
    }  # fmt: skip
    found = []
    for doc in DocBin().from_bytes(data).get_docs(spacy.vocab.Vocab()):
        record = doc.user_data["reportedly"]
        names = {s["id"]: s["name"] for s in record["speakers"]}
        back = Back(doc.text, record["replaced"])
        for s in record["statements"]:
            back.statements[s["id"]] = Said(s["form"], names.get((s["speaker"] or {}).get("id")))
        for group, role in roles.items():
            for span in doc.spans[group]:
                places = back.statements[span.id_].places.setdefault(role, [])
                places.append((span.start_char, span.end_char))
                places.sort()
        found.append(back)
    return found


READERS: dict[str, Callable[[bytes], list[Back]]] = {
    "lines": lines, "rows": rows, "excel": excel, "parquet": parquet, "jsonld": jsonld,
    "annotations": annotations, "tei": tei, "xmi": xmi, "docbin": docbin,
}  # fmt: skip
