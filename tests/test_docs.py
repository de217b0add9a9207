"""Do the docs say what the program does? Everything named is documented, every example runs, every link leads somewhere."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lab.docs_plan import HOUSE, ROOT
from lab.docs_run import examples, pages, ran
from typer.main import get_command

import reportedly
from lab import docs_scores
from reportedly.cli import app
from reportedly.export import FORMATS
from reportedly.export.damage_words import GERMAN as GERMAN_DAMAGE
from reportedly.intake import take_in_text
from reportedly.languages import Language, load
from reportedly.languages.marked import read_marked
from reportedly.model.answers import Hit
from reportedly.model.statement import CUE_CLASSES, Form, Medium, Mood
from reportedly.pipeline import STANDARD
from reportedly.query.fields import OTHER_FIELDS, WORD_FIELDS
from reportedly.reading.analysis import analyse
from reportedly.reading.health import inspect
from reportedly.reading.statements import find_statements

DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
DAMAGE_ROW = re.compile(r"^\| `([a-z_]+)` \|[^|]*\| (.*) \|$", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- what is named is documented


@pytest.mark.parametrize("name", sorted(get_command(app).commands))
def test_every_option_of_a_command_is_documented(name: str) -> None:
    text = page("cli.md")
    assert f"reportedly {name}" in text
    for option in get_command(app).commands[name].params:
        for spelling in option.opts if option.param_type_name == "option" else []:
            assert re.search(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", text), (
                f"docs/cli.md does not tell {spelling}"
            )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_documented(name: str) -> None:
    assert FORMATS[name].purpose in page("cli.md")


@pytest.mark.parametrize("value", [*Form, *Medium, *Mood, *CUE_CLASSES])
def test_every_value_of_the_record_is_documented(value: str) -> None:
    assert f"`{value}`" in page("data-format.md")


@pytest.mark.parametrize("value", CUE_CLASSES)
def test_every_class_of_cue_is_explained_to_those_who_annotate_and_who_write_tables(value: str) -> None:
    assert f"`{value}`" in page("annotation.md")
    assert f"`{value}`" in page("add-a-cue.md")


@pytest.mark.parametrize("field", Hit.__dataclass_fields__)
def test_every_field_of_a_hit_is_documented(field: str) -> None:
    assert f"`{field}`" in page("archive.md")


@pytest.mark.parametrize("field", [*WORD_FIELDS, *OTHER_FIELDS])
def test_every_field_of_a_query_is_documented(field: str) -> None:
    assert f"`{field}:`" in page("query.md")


def damage_kinds() -> set[str]:
    """Every kind that a finder or a row of the tables can give: the first argument of `Damage(…)`, the column `kind`."""
    kinds = {row["kind"] for row in load("de").rows("leftovers")}
    for path in (HOUSE / "reading" / "health").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Damage"
                and node.args
            ):
                first = node.args[0]
                kinds |= {c.value for c in ast.walk(first) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    return kinds


DAMAGE_EXAMPLES = {kind: cell for kind, cell in DAMAGE_ROW.findall(page("damage.md"))}


def test_every_kind_of_damage_is_documented_and_no_other() -> None:
    assert len(damage_kinds()) > 20
    assert damage_kinds() <= DAMAGE_EXAMPLES.keys()
    assert damage_kinds() | GERMAN_DAMAGE.keys() >= DAMAGE_EXAMPLES.keys()


@pytest.mark.parametrize("kind", sorted(DAMAGE_EXAMPLES))
def test_every_example_of_damage_is_found(kind: str) -> None:
    cell = DAMAGE_EXAMPLES[kind]
    text = cell.strip("`").replace("⏎", "\n").replace("␀", "\0")
    if kind == "lost_paragraphs":  # too long for a table: a wall of text
        text = " ".join(f"Am Tag {n} stieg das Wasser, und im Ort blieb es still." for n in range(60))
    assert kind in [damage.kind for damage in reportedly.read(text, language="de").damages]


def test_on_clean_ground_no_damage_is_found() -> None:
    text = re.search(r"^> (.*)$", page("damage.md"), re.MULTILINE)[1]
    assert reportedly.read(text).damages == ()


def test_every_column_of_the_cue_table_is_explained() -> None:
    columns = load("de").rows("cues")[0].cells
    assert [name for name in columns if f"| `{name}` |" not in page("add-a-cue.md")] == []


def test_every_stage_is_a_stop_of_the_tour() -> None:
    tour = page("tour.md")
    stages = [name for name in STANDARD.__dataclass_fields__ if name not in ("confidence", "weights")]
    assert [stage for stage in stages if f"import {stage}" not in tour] == []


# --- what is shown is what comes


@pytest.mark.parametrize("path", [p for p in pages() if examples(p)], ids=named)
def test_examples_on_a_page_give_what_it_says(path: Path) -> None:
    for example, given in ran(path):
        assert given == example.output, f"{named(path)}:{example.line} (if the new one is right: make docs)"


def test_an_example_that_lies_is_caught(tmp_path: Path) -> None:
    lie = tmp_path / "lie.md"
    lie.write_text("```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\n```console\n$ echo ja\nnein\n```\n", "utf-8")
    assert [(e.output, given) for e, given in ran(lie)] == [("3\n", "2\n"), ("$ echo ja\nnein\n", "$ echo ja\nja\n")]


MODULES = [p for p in sorted(HOUSE.rglob("*.py")) if ">>> " in p.read_text("utf-8")]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_examples_in_docstrings_are_true(path: Path) -> None:
    name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
    found = doctest.testmod(
        importlib.import_module(name), extraglobs={"read": reportedly.read} if name == "reportedly" else None
    )
    assert found.attempted
    assert found.failed == 0


SCRIPTS = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_every_script_among_the_examples_is_shown_with_its_output(path: Path) -> None:
    shown = "".join(e.output for e in examples(ROOT / "examples" / "README.md") if e.kind == "console")
    assert f"examples/{path.name}" in shown


def test_the_readme_shows_the_scores_that_were_measured() -> None:
    assert docs_scores.page() == (ROOT / "README.md").read_text("utf-8"), "run `make docs`"


# --- and leads somewhere


@pytest.mark.parametrize("path", pages(), ids=named)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for target in LINK.findall(CODE.sub("", path.read_text("utf-8"))):
        if target.startswith(("http", "mailto:")):
            continue
        name, _, heading = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        assert place.exists(), f"{named(path)} leads to {target}"
        if heading:
            anchors = {
                re.sub(r"[^\w\- ]", "", line.lstrip("# ")).strip().lower().replace(" ", "-")
                for line in place.read_text("utf-8").splitlines()
                if line.startswith("#")
            }
            assert heading in anchors, f"{named(path)} leads to {target}"


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    listed = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    assert [target for target in targets if not re.search(rf"^  make {target} ", listed, re.MULTILINE)] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## {reportedly.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_row_that_a_linguist_adds_on_the_first_evening_works(tmp_path: Path) -> None:
    """The row of docs/add-a-cue.md, cell by cell, in a copy of the tables: the sentence is read as the page promises."""
    text = page("add-a-cue.md")
    columns = list(load("de").rows("cues")[0].cells)
    cells = {name: value.strip("` ") for name, value in re.findall(r"^\| `(\w+)` \|([^|]*)\|", text, re.MULTILINE)}
    cells["example"] = re.search(r"^`(\[content .*)`$", text, re.MULTILINE)[1]
    folder = tmp_path / "de"
    shutil.copytree(load("de").folder, folder)
    with (folder / "cues.tsv").open("a", encoding="utf-8") as table:
        table.write("\t".join(cells[name] for name in columns) + "\n")
    german = Language("de", folder)
    article = take_in_text(read_marked(cells["example"]).text, language="de")
    (statement,) = find_statements(analyse(article, inspect(article, german), german), german)
    assert statement.by == f"de/cues.tsv#{cells['id']}"
    assert [span.of(article.text) for span in statement.content] == ["Die Brücke werde schon im Mai fertig"]
    assert statement.speaker is not None
    assert statement.speaker.of(article.text) == "Kämmerer Till Rabe"
