"""The published schema: every output keeps it, every field of it is documented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fakes import article, flood
from reportedly.model import article as articles
from reportedly.model import damage, speaker, statement
from reportedly.schema import record_schema

SCHEMA = record_schema()
VALID = Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parent.parent / "docs" / "data-format.md"


def _broken(record: dict[str, Any]) -> list[str]:
    return [f"{'/'.join(map(str, e.path))}: {e.message}" for e in VALID.iter_errors(record)]


def _read(text: str) -> dict[str, Any]:
    from reportedly.intake import take_in_text
    from reportedly.pipeline import read

    return read(take_in_text(text, published="2024-06-04")).to_dict()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_full_record_and_an_empty_one_are_valid() -> None:
    assert not _broken(json.loads(flood().to_json()))
    assert not _broken(article("").reading().to_dict())


TEXTS = [
    "",
    "Es regnet.",
    "Nach Angaben des Landkreises seien rund 1.200 Menschen in Sicherheit. „Wir haben zu spät gewarnt“, sagte Jörn Hallstein am "
    "Montag der Agentur NPA. Er wies die Vorwürfe zurück.",
    "Unter Berufung auf einen Bericht des Landesamts sagte Maike Thoms gegenüber Journalisten, der Deich habe gehalten. Man werde "
    "„nicht zusehen“. Wie die Zeitung Ahlauer Bote berichtet, soll es 20 bis 30 Verletzte geben. „Ukraine.“ Ukraine.“",
    "The mayor said: “We will see.” He left.",
    "„“ \x00 „„„ »« 🌊\r\n\r\n\u202eabc",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_engine_reads_is_valid_and_its_spans_lie_in_the_text(text: str) -> None:
    record = json.loads(json.dumps(_read(text)))
    assert not _broken(record)
    assert record["text"] == text
    for pair in _pairs(record):
        assert 0 <= pair[0] <= pair[1] <= len(text)


def _pairs(node: Any) -> list[list[int]]:
    if isinstance(node, list) and len(node) == 2 and all(isinstance(n, int) for n in node):
        return [node]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [pair for child in children for pair in _pairs(child)]


def _changed(path: str, value: object) -> dict[str, Any]:
    record = json.loads(flood().to_json())
    node: Any = record
    *way, last = path.split("/")
    for step in way:
        node = node[int(step)] if step.isdigit() else node[step]
    node[int(last) if last.isdigit() else last] = value
    return record


@pytest.mark.parametrize(
    ("path", "value"),
    [("extra", 1), ("schema", "reportedly/2"), ("statements/0/form", "quoted"), ("statements/0/content", []), ("statements/0/content/0", [1]),
     ("statements/0/content/0", [1, 2, 3]), ("statements/0/content/0", [-1, 2]), ("statements/0/content/0/0", 1.5), ("statements/0/confidence", 1.2),
     ("statements/0/id", "7"), ("statements/0/mood", "subjunctive"), ("statements/0/cue_class", "angry"), ("statements/0/speaker", "p1"),
     ("statements/3/authority/0/kind", "paper"), ("speakers/0/kind", "human"), ("damage/0/severity", "bad"), ("damage/0/action", "fix"),
     ("statements/0/quantities/0/relation", "circa"), ("statements/0/by", ""), ("statements/0/speaker/name", "X"), ("text", None)],
)  # fmt: skip
def test_the_schema_is_strict(path: str, value: object) -> None:
    assert _broken(_changed(path, value)), path


@pytest.mark.parametrize("field", ["text", "statements", "language", "damage", "url"])
def test_every_field_is_always_there(field: str) -> None:
    record = flood().to_dict()
    del record[field]
    assert _broken(record)


def test_the_enumerations_are_those_of_the_model() -> None:
    about = SCHEMA["$defs"]["statement"]["properties"]
    assert about["form"]["enum"] == [f.value for f in statement.Form]
    assert about["medium"]["enum"] == [m.value for m in statement.Medium]
    assert about["mood"]["enum"] == [*(m.value for m in statement.Mood), None]
    assert tuple(about["cue_class"]["enum"]) == statement.CUE_CLASSES
    assert tuple(SCHEMA["$defs"]["speaker_kind"]["enum"]) == speaker.KINDS
    assert SCHEMA["$defs"]["damage"]["properties"]["severity"]["enum"] == [s.value for s in damage.Severity]
    assert SCHEMA["$defs"]["damage"]["properties"]["action"]["enum"] == [a.value for a in damage.Action]


def _sections() -> dict[str, str]:
    parts = re.split(r"^### (.+)$", DOCS.read_text("utf-8"), flags=re.M)
    return {name.strip().lower(): body.split("\n## ")[0] for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_field_is_documented_in_its_section_and_no_other() -> None:
    sections = _sections()
    objects = {"record": SCHEMA, **{n: d for n, d in SCHEMA["$defs"].items() if d.get("type") == "object"}}
    assert sections.keys() == objects.keys()
    for name, found in objects.items():
        rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", sections[name], re.M)
        assert [r[0] for r in rows] == list(found["properties"]), name
        for field, kind, meaning in rows:
            values = found["properties"][field].get("enum", ())
            assert all(f"`{v}`" in kind for v in values if v is not None), (name, field)
            assert meaning.strip()


def test_the_example_of_the_docs_is_valid_and_its_spans_read_what_they_should() -> None:
    example = json.loads(re.search(r"```json\n(.+?)\n```", DOCS.read_text("utf-8"), re.S)[1])  # type: ignore[index]
    assert not _broken(example)
    text = example["text"]
    assert example["id"] == articles.Article(text).id
    first, second = example["statements"]
    assert [text[a:b] for a, b in first["cue"]] == ["teilte", "mit"]
    assert [text[a:b] for a, b in second["content"]] == ["Rund 1.200 Menschen sind in Sicherheit."]
    assert [text[a:b] for a, b in second["speaker"]["span"]] == ["Sprecherin Maike Thoms"]


def test_csv_columns_are_documented() -> None:
    from reportedly.export.rows import COLUMNS

    listed = re.search(r"^Columns: (.+)$", DOCS.read_text("utf-8"), re.M)
    assert listed
    assert tuple(re.findall(r"`(\w+)`", listed[1])) == COLUMNS
