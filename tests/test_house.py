"""Is the house built as planned? Reads every import and every file, and says which arrow runs up or sideways."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab.docs_plan import CLOSING, FLOOR_OF, OPENING, PAGE, ROOT, Arrow, arrows, drawing, files, imports, room_of_file

LATE_EXCEPTIONS = {
    # a door for notebooks: `Reading._repr_html_` asks the page for its fragment, only when a notebook asks
    ("model", "export"): "src/reportedly/model/reading.py",
}

LIMIT = 400
LONG: dict[str, tuple[int, str]] = {}
"""file: its own limit and why it is one file all the same"""
FORBIDDEN = frozenset(["utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools", "base_utils"])

PLACES = re.compile(
    r"(?<![\w.}>])/(?:root|home|Users|opt|mnt|work|srv|var/lib)/(?!geheim\b)[\w.]"
)  # geheim: invented, in a test
HOSTS = re.compile(r"https?://([\w.-]+)")
KNOWN_HOSTS = re.compile(
    r"(?:[\w.-]+\.)?(?:example(?:\.(?:org|com|net))?|localhost|127\.0\.0\.1|a|x)"  # invented
    r"|schema\.org|json-schema\.org|ogp\.me|(?:www\.)?w3\.org|www\.apache\.org|spdx\.org|creativecommons\.org"
    r"|(?:www\.)?tei-c\.org|relaxng\.org|purl\.org|xmlns\.com|uima\.apache\.org|www\.omg\.org"  # names of formats, not addresses
    r"|github\.com|doi\.org|aclanthology\.org|keepachangelog\.com|semver\.org|statmt\.org|universaldependencies\.org"
)
OF_ADDRESSES = frozenset(["tests/intake/test_guard.py", "tests/intake/test_fetch.py", "tests/web/test_imports.py"])
"""Their subject is addresses that nobody may reach."""
SKIPPED = frozenset(
    [".git", ".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "build", "dist"]
)
PICTURES = frozenset([".png", ".gz", ".xz", ".whl", ".pyc"])


def told(arrow: Arrow) -> str:
    return f"{arrow.file}:{arrow.line}: {arrow.user} uses {arrow.used} ({arrow.module})"


def project_files() -> Iterator[Path]:
    """All files of the project that hold text."""
    for path in sorted(ROOT.iterdir()):
        if path.name in SKIPPED or path.name.endswith(".egg-info"):
            continue
        for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
            if not SKIPPED.intersection(file.relative_to(ROOT).parts) and file.suffix not in PICTURES:
                yield file


def python_files() -> list[Path]:
    return [p for p in project_files() if p.suffix == ".py"]


def test_every_room_stands_on_a_floor() -> None:
    unknown = {room_of_file(p) for p in files()} - FLOOR_OF.keys()
    assert not unknown, f"rooms without a floor in lab/docs_plan.py: {sorted(unknown)}"


def test_no_arrow_runs_up_or_sideways() -> None:
    wrong = [
        arrow
        for arrow in arrows()
        if FLOOR_OF[arrow.used] >= FLOOR_OF[arrow.user]
        and not (arrow.late and LATE_EXCEPTIONS.get((arrow.user, arrow.used)) == arrow.file)
    ]
    assert not wrong, "a room may use rooms below its floor, never its neighbours:\n" + "\n".join(map(told, wrong))


def test_the_rule_would_see_an_arrow_that_runs_up() -> None:
    """The reader of imports sees late ones, those of a single name, and those for the type checker."""
    source = (
        "from reportedly import pipeline\n"
        "if TYPE_CHECKING:\n    from reportedly.web import app\n"
        "def f():\n    import reportedly.cli\n"
    )
    seen = [(module, names, late) for module, names, _, late in imports(ast.parse(source))]
    assert seen == [
        ("reportedly", ("pipeline",), False),
        ("reportedly.web", ("app",), False),
        ("reportedly.cli", (), True),
    ]


def test_every_exception_is_still_needed() -> None:
    used = {(a.user, a.used): a.file for a in arrows() if a.late}
    assert {pair: used.get(pair) for pair in LATE_EXCEPTIONS} == LATE_EXCEPTIONS


def test_the_ground_floor_needs_the_standard_library_only() -> None:
    foreign = [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for path in files()
        if FLOOR_OF[room_of_file(path)] == 0
        for module, _, line, _ in imports(ast.parse(path.read_text("utf-8")))
        if module.split(".")[0] not in sys.stdlib_module_names | {"reportedly"}
    ]
    assert not foreign, foreign


def test_imports_are_written_in_full() -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files()
        for module, _, line, _ in imports(ast.parse(path.read_text("utf-8")))
        if module.startswith(".")
    ]
    assert not relative, relative


def test_nothing_that_is_shipped_uses_the_lab_or_the_tests() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for path in files()
        for module, _, line, _ in imports(ast.parse(path.read_text("utf-8")))
        if module.split(".")[0] in {"lab", "tests", "fakes"}
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_says_in_its_first_line_which_question_it_answers(path: Path) -> None:
    source = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(source))
    assert docstring, "no docstring"
    start = source[2:].split("\n", 1)[1] if source.startswith("#!") else source
    assert start.startswith(('"""', 'r"""')), "the docstring is not the first thing in the file"
    assert docstring.split("\n")[0].rstrip().endswith((".", "?", "`", ":", ")", "!")), "its first line is no sentence"


def test_files_stay_short_enough_to_be_read_in_one_go() -> None:
    long = {
        name: length
        for path in python_files()
        if path.is_relative_to(ROOT / "src")
        for name, length in [(str(path.relative_to(ROOT)), len(path.read_text("utf-8").splitlines()))]
        if length > LONG.get(name, (LIMIT, ""))[0]
    }
    assert not long, f"more than {LIMIT} lines: cut along a question, or give the reason in LONG: {long}"


def test_a_long_file_that_became_short_leaves_the_list() -> None:
    short = [
        name
        for name in LONG
        if not (ROOT / name).exists() or len((ROOT / name).read_text("utf-8").splitlines()) <= LIMIT
    ]
    assert not short, short


def test_no_file_is_named_after_nothing() -> None:
    homeless = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if FORBIDDEN.intersection([*path.relative_to(ROOT).parts[:-1], path.stem])
    ]
    assert not homeless, f"a homeless function has a home not yet found: {homeless}"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    """No absolute places of a machine, and no address but those of standards, sources and invented sites."""
    found = []
    for path in project_files():
        if path == Path(__file__):
            continue
        tricks = str(path.relative_to(ROOT)) in OF_ADDRESSES
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            hosts = [host for host in HOSTS.findall(line) if not tricks and not KNOWN_HOSTS.fullmatch(host)]
            if hosts or PLACES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


def test_the_picture_of_the_house_is_the_house() -> None:
    page = PAGE.read_text("utf-8")
    shown = page.split(OPENING)[1].split(CLOSING)[0].strip()
    assert shown == drawing(), "the plan has changed: look at it, then `make docs`"
