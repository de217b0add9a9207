"""The command line as people and scripts meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import unicodedata
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lab.docs_cli import PAGE, page
from rich.cells import cell_len
from typer.testing import CliRunner

import reportedly.pipeline
from fakes import flood
from reportedly import __version__
from reportedly.cli import app
from reportedly.languages import load
from reportedly.schema import record_schema
from reportedly.weights import card, digest, shipped

ARTICLE = """Hochwasser an der Ahlau

Nach Angaben des Landkreises seien rund 1.200 Menschen in Sicherheit gebracht worden. „Wir haben zu spät gewarnt“, sagte \
Umweltminister Jörn Hallstein am Montag. Er behauptete, dass der Bericht ihn nie erreicht habe.
"""
SILENT = "Am Morgen regnete es. Die Straßen waren leer.\n"
ENVIRONMENT = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "COLUMNS", "NO_COLOR", "FORCE_"))},
    "LANG": "de_DE.UTF-8",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flut.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "still.txt").write_text(SILENT, "utf-8")
    (tmp_path / "leer.txt").write_bytes(b"")
    (tmp_path / "ordner").mkdir()
    return tmp_path


@dataclass
class Done:
    """How a call went."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(folder: Path, *arguments: str, stdin: bytes | None = None, **environment: str) -> Done:
    """The command in this process, in `folder`, with a German locale unless told otherwise."""
    clean = {k: None for k in os.environ if k.startswith(("LC_", "COLUMNS", "NO_COLOR", "FORCE_"))}
    with chdir(folder):
        result = CliRunner(env={**clean, "LANG": "de_DE.UTF-8", **environment}).invoke(app, arguments, input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def process(folder: Path, *arguments: str, **environment: str) -> Done:
    """The command as a program of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "reportedly", *arguments],
        cwd=folder, env={**ENVIRONMENT, **environment}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def test_the_program_of_its_own_does_the_same(folder: Path) -> None:
    arguments = ("read", "flut.txt", "leer.txt")
    alone, here = process(folder, *arguments), run(folder, *arguments)
    assert (alone.returncode, alone.stdout, alone.stderr) == (here.returncode, here.stdout, here.stderr)


def test_a_table_with_what_was_found(folder: Path) -> None:
    done = run(folder, "read", "flut.txt", "--published", "2024-06-04")
    table = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    for words in (
        "Landkreis",
        "„Wir haben zu spät gewarnt“",
        "Jörn Hallstein",
        "behauptete",
        "distanzierend",
        "2024-06-03",
    ):
        assert words in table
    assert b"\x1b" not in done.stdout
    assert max(cell_len(x) for x in table.splitlines()) <= 100


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_the_table_fits(folder: Path, columns: str) -> None:
    table = run(folder, "read", "flut.txt", COLUMNS=columns).stdout.decode()
    assert "Jörn Hallstein" in table
    assert max(cell_len(x) for x in table.splitlines()) <= int(columns)


def test_language_by_locale_and_by_choice(folder: Path) -> None:
    assert "Aussagen" in run(folder, "read", "flut.txt", LANG="de_AT.UTF-8").stdout.decode()
    assert "statements" in run(folder, "read", "flut.txt", LANG="C").stdout.decode()
    assert "statements" in run(folder, "read", "flut.txt", LC_ALL="en_GB.UTF-8", LANG="de_DE.UTF-8").stdout.decode()
    assert "Aussagen" in run(folder, "read", "flut.txt", "--lang", "de", LC_ALL="C").stdout.decode()


def test_nothing_found_is_1(folder: Path) -> None:
    done = run(folder, "read", "still.txt")
    assert done.returncode == 1
    assert "Keine Aussage gefunden." in done.stdout.decode()
    assert run(folder, "read", "--damage", "still.txt").returncode == 1


@pytest.mark.parametrize("name", ["leer.txt", "ordner", "fehlt.txt"])
def test_bad_input_is_2_with_one_sentence(folder: Path, name: str) -> None:
    done = run(folder, "read", "--json", name)
    assert done.returncode == 2
    assert done.stdout == b""
    message = done.stderr.decode()
    assert message.startswith(f"reportedly: {name}: ")
    assert message.count("\n") == 1
    assert "Traceback" not in message


def test_some_refused_is_3_and_the_rest_is_done(folder: Path) -> None:
    done = run(folder, "read", "--json", "flut.txt", "leer.txt", "ordner", "still.txt")
    assert done.returncode == 3
    assert [json.loads(x)["text"] for x in done.stdout.decode().splitlines()] == [ARTICLE, SILENT]
    message = done.stderr.decode()
    assert "leer.txt: " in message
    assert "ordner: " in message
    assert "2 of 4 inputs not read" in message


def test_all_of_several_refused_is_2(folder: Path) -> None:
    assert run(folder, "read", "leer.txt", "ordner").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [("read",), ("read", "--json", "--html", "flut.txt"), ("read", "--lang", "fr", "flut.txt"), ("read", "--unknown", "flut.txt"),
     ("read", "--published", "gestern", "flut.txt"), ("read", "--output", "nirgends/x.txt", "flut.txt"), ("read", "-o", "ordner", "flut.txt"),
     ("read", "-o", "./flut.txt", "flut.txt")],
)  # fmt: skip
def test_bad_usage_is_2_and_says_why(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr
    assert b"Traceback" not in done.stderr
    assert (folder / "flut.txt").read_text("utf-8") == ARTICLE


def test_standard_input(folder: Path) -> None:
    done = run(folder, "read", "--json", "-", stdin=ARTICLE.encode("cp1252"))
    record = json.loads(done.stdout)
    assert record["text"] == ARTICLE
    assert record["statements"]
    assert run(folder, "read", "-", stdin=b"").returncode == 2


def test_json_keeps_the_schema_and_is_one_line_per_article(folder: Path) -> None:
    done = run(folder, "read", "--json", "flut.txt", "still.txt", LC_ALL="C")
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(lines) == 2
    for line in lines:
        Draft202012Validator(record_schema()).validate(json.loads(line))


def test_csv_and_excel(folder: Path) -> None:
    plain = run(folder, "read", "--csv", "flut.txt").stdout.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(plain, newline="")))
    assert "Wir haben zu spät gewarnt" in {r["content"] for r in rows}
    assert plain.endswith("\r\n")
    excel = run(folder, "read", "--excel", "flut.txt").stdout.decode("utf-8")
    assert excel.startswith("\ufeffarticle;origin;")


def test_html_damage_and_why(folder: Path) -> None:
    html = run(folder, "read", "--html", "flut.txt").stdout.decode("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert "de/" in run(folder, "read", "--why", "flut.txt").stdout.decode()
    (folder / "wirr.txt").write_text(
        "Er sagte: „Ja.\u200b Gut.“ Es regnete regnete am Abend. GrÃ¼ÃŸe aus KÃ¶ln.", "utf-8"
    )
    done = run(folder, "read", "--damage", "wirr.txt")
    assert done.returncode == 0
    assert "^" in done.stdout.decode()


def test_quiet_and_wide(folder: Path) -> None:
    quiet = run(folder, "read", "--quiet", "flut.txt", "leer.txt")
    assert "Aussagen" not in quiet.stdout.decode()
    assert "leer.txt" in quiet.stderr.decode()
    assert "inputs not read" not in quiet.stderr.decode()
    (folder / "lang.txt").write_text("Der Rat sagte, man habe " + "sehr " * 100 + "lange gewartet.", "utf-8")
    assert "lange gewartet" not in run(folder, "read", "lang.txt").stdout.decode().replace("\n", " ")
    wide = re.sub(r"\s+", " ", run(folder, "read", "--wide", "lang.txt").stdout.decode())
    assert "lange gewartet" in wide


def test_output_is_whole_and_nothing_is_printed(folder: Path) -> None:
    done = run(folder, "read", "--html", "-o", "flut.html", "flut.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (folder / "flut.html").read_text("utf-8").endswith("</html>\n")
    assert not list(folder.glob("*.part"))
    refused = run(folder, "read", "--html", "-o", "neu.html", "leer.txt")
    assert refused.returncode == 2
    assert not (folder / "neu.html").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_said_in_one_sentence(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportedly", "read", "--json", "flut.txt"],
            cwd=folder, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode() == "reportedly: cannot write to standard output: No space left on device\n"
    named = run(folder, "read", "--json", "-o", "/dev/full", "flut.txt")
    assert named.returncode == 2
    assert named.stderr.decode() == "reportedly: cannot write to /dev/full: No space left on device\n"


def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reportedly", "read", "--json", *["still.txt"] * 400],
        cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert errors == b""
    assert process.wait(timeout=60) == 141


def test_ctrl_c_is_130_and_leaves_no_half_file(folder: Path) -> None:
    (folder / "viel.txt").write_text(ARTICLE * 3_000, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "reportedly", "read", "--json", "-o", "aus.json", "flut.txt", *["viel.txt"] * 20],
        cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for _ in range(300):
        if (folder / "aus.json.part").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode() == "reportedly: stopped\n"
    assert not (folder / "aus.json").exists()
    assert not (folder / "aus.json.part").exists()


def in_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a terminal of 80 columns gets from standard output."""
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reportedly", *arguments], cwd=folder, stdout=terminal, stderr=subprocess.PIPE,
        env={**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "80", **environment},
    )  # fmt: skip
    os.close(terminal)
    out = b""
    while True:
        try:
            part = os.read(main, 4096)
        except OSError:
            break
        if not part:
            break
        out += part
    process.communicate(timeout=60)
    os.close(main)
    return out.decode()


def test_colour_where_a_person_looks_and_only_there(folder: Path) -> None:
    assert "\x1b[" in in_terminal(folder, "read", "flut.txt")
    assert "\x1b" not in in_terminal(folder, "read", "flut.txt", NO_COLOR="1")
    assert "\x1b[" in run(folder, "read", "flut.txt", FORCE_COLOR="1").stdout.decode()
    assert "\x1b" not in run(folder, "read", "flut.txt", FORCE_COLOR="1", NO_COLOR="1").stdout.decode()
    assert "\x1b" not in run(folder, "read", "--json", "flut.txt", FORCE_COLOR="1").stdout.decode()


HOSTILE = "\x1b]0;boese\x07\x1b[2J\x9b31m\u202e[bold]x[/bold]"


def test_hostile_titles_texts_and_names_of_files(folder: Path) -> None:
    name = "flut\x1b[31m\n[red].html"
    (folder / name).write_text(
        f"<html><head><title>{HOSTILE}</title></head><body><article><h1>{HOSTILE}</h1><p>Der Minister sagte, {HOSTILE} sei da. "
        "Die Lage habe sich seit dem Morgen gebessert, erklärte er am Abend vor der Presse in der Stadt.</p></article></body></html>",
        "utf-8",
    )
    (folder / "böse\x1b[2J.txt").write_bytes(b"")
    for form in ("--wide", "--damage", "--why"):
        done = run(folder, "read", form, name, "böse\x1b[2J.txt")
        for shown in (done.stdout.decode(), done.stderr.decode()):
            assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")} - {"\n"}
        assert done.stderr.decode().count("\n") == 2


def test_a_locale_without_german_letters_does_not_stop_us(folder: Path) -> None:
    done = process(folder, "read", "flut.txt", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Hallstein" in done.stdout


def test_a_fault_of_ours_stops_no_batch_and_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(article, recipe):  # type: ignore[no-untyped-def]
        if article.text == SILENT:
            raise ZeroDivisionError("durch null")
        return flood()

    monkeypatch.setattr(reportedly.pipeline, "read", sometimes)
    result = CliRunner().invoke(app, ["read", "--json", str(folder / "still.txt"), str(folder / "flut.txt")])
    assert result.exit_code == 3
    assert json.loads(result.stdout)["outlet"] == "Ahlauer Bote"
    assert "fault in reportedly (ZeroDivisionError in test_cli.py:" in result.stderr


def test_a_fault_before_reading_does_not_look_like_nothing_found(folder: Path) -> None:
    code = (
        "import sys\nfrom unittest import mock\nfrom reportedly import cli\nsys.argv = ['reportedly', 'read', 'flut.txt']\n"
        "with mock.patch('reportedly.cli._look', side_effect=ZeroDivisionError('kaputt')):\n    cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=folder, env=ENVIRONMENT, check=False)
    assert done.returncode == 70
    assert b"kaputt" in done.stderr


def test_version_names_tables_weights_and_licence(folder: Path) -> None:
    done = run(folder, "--version")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert f"reportedly {__version__}\n" in text
    assert f"tables: de-{load('de').digest}" in text
    for name, line in shipped():
        assert f"weights: {name} {line} {digest(name, line)} ({card(name, line)['licence']})" in text
    assert "Apache-2.0" in text


def test_weights_that_do_not_exist_are_refused_by_name(folder: Path) -> None:
    done = run(folder, "read", "flut.txt", "--weights", "best")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().strip() == (
        'reportedly: weights: there are none called "best"; give one of open, research, tables, or hub:FOLDER'
    )


def test_help_is_quick_because_it_loads_nothing(folder: Path) -> None:
    code = (
        "import sys\nfrom reportedly.cli import main\nsys.argv = ['reportedly', 'read', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'rich', 'lxml', 'trafilatura', 'reportedly.pipeline', 'reportedly.intake', 'reportedly.export'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=folder, env=ENVIRONMENT, check=True)
    assert b"HEAVY []" in done.stdout


def test_the_page_about_the_command_line_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m lab.docs_cli"


def test_every_option_is_in_the_docs() -> None:
    import typer.main

    command = typer.main.get_command(app).commands["read"]  # type: ignore[attr-defined]
    docs = PAGE.read_text("utf-8")
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in docs
