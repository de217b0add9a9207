"""The archive of a team on the command line: the same journeys with an address instead of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pgserver import clean
from reportedly.cli import app

TEXT = "Der Deich halte, sagte Landrätin Maike Thoms. „Niemand muss gehen“, sagte sie.\n"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, one of them no text; the archive is a database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTEDLY_ARCHIVE", clean())
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "deich.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="reportedly")


def test_every_command_takes_an_address(team: Path) -> None:
    asked = run("who", "Deich")
    assert (asked.exit_code, "there is no archive; `reportedly add" in asked.stderr) == (2, True)
    added = run("add", "deich.txt", "bild.txt", "--outlet", "Talbote", "--published", "2024-06-11")
    assert (added.exit_code, "read 1 · already there 0 · refused 1" in added.stderr) == (3, True)
    hit = json.loads(run("who", "--json", "von:Thoms form:direkt").stdout)
    assert (hit["content"], hit["outlet"]) == ("Niemand muss gehen", "Talbote")
    address = f"{hit['article'][:8]}/{hit['statement']}"
    for words in (
        ("who", "--facets"), ("speakers",), ("outlets",), ("show", address), ("show", address, "--versions"), ("refused",),
        ("export", "Deich", "--format", "csv"), ("judge", address, "accept", "--by", "mk"), ("judgements",), ("reread", "--all"),
    ):  # fmt: skip
        assert run(*words).exit_code == 0, words
    assert run("retry").exit_code == 2
    assert "All is well. 1 article · 2 statements · PostgreSQL" in run("check").stdout
    assert list(team.glob("*.db")) == [], "an address is never taken for the name of a file"
    assert not any("postgres" in path.name for path in team.iterdir())


def test_a_backup_is_a_file_and_goes_back(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "deich.txt")
    assert "backed up and verified" in run("backup", "b.db").stderr
    assert run("backup", "b.db", "--verify").exit_code == 0
    assert run("backup", "b.db").exit_code == 2
    shown = run("who", "--archive", "b.db").stdout
    assert shown == run("who").stdout
    full = run("restore", "b.db")
    assert (full.exit_code, "only an empty one can be filled" in full.stderr) == (2, True)
    clean()
    assert "taken over as a whole and compared" in run("restore", "b.db").stderr
    assert run("who").stdout == shown
    assert "taken over" in run("restore", "b.db", "--archive", "c.db").stderr
    assert run("who", "--archive", "c.db").stdout == shown
    assert run("restore", "nirgends.db", "--archive", "d.db").exit_code == 2
    assert not (team / "d.db").exists()


def test_no_message_holds_the_password(team: Path) -> None:
    for place in ("mk:geheim1@127.0.0.1:1/x", "mk:geheim1@@[/x"):
        result = run("who", "--archive", f"postgresql://{place}")
        assert result.exit_code == 2
        assert "geheim1" not in result.output + result.stderr
        assert result.stderr.count("\n") == 1
