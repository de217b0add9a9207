"""The archive on the command line: the journeys of somebody who collects articles and asks them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import readback
import reportedly
from reportedly.cli import FORMAT_NAMES, app
from reportedly.export import FORMATS, NAMES
from reportedly.export.target import whole_file

FLOOD = """Hochwasser an der Ahlau

Nach Angaben des Landkreises seien rund 1.200 Menschen in Sicherheit gebracht worden. „Wir haben zu spät gewarnt“, sagte \
Umweltminister Jörn Hallstein am Montag. Er behauptete, dass der Bericht ihn nie erreicht habe.
"""
HARBOUR = "Laut Polizei bleibt der Hafen gesperrt. „Das ist übertrieben“, sagte Kapitän Ole Brandt.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three files, one of them no text; the archive is archiv.db."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTEDLY_ARCHIVE", "archiv.db")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "texte" / "alt").mkdir(parents=True)
    (tmp_path / "texte" / "flut.txt").write_text(FLOOD, "utf-8")
    (tmp_path / "texte" / "alt" / "hafen.md").write_text(HARBOUR, "utf-8")
    (tmp_path / "texte" / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "texte" / ".verborgen.txt").write_text(FLOOD, "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="reportedly")


def filled() -> None:
    assert run("add", "texte", "--outlet", "Talbote", "--published", "2024-06-04").exit_code == 3


def test_adding_asking_showing(desk: Path) -> None:
    result = run("add", "texte", "--outlet", "Talbote", "--published", "2024-06-04")
    assert result.exit_code == 3
    assert "read 2 · already there 0 · refused 1" in result.stderr
    assert run("add", "texte").stderr.startswith("reportedly: read 0 · already there 2 · refused 1")
    asked = run("who", "von:Hallstein", "über:Bericht")
    assert (asked.exit_code, "der Bericht ihn nie erreicht habe" in asked.stdout) == (0, True)
    assert "1 statement in 1 article" in asked.stdout
    hit = json.loads(run("who", "--json", "von:Hallstein", "form:direct").stdout)
    assert (hit["content"], hit["outlet"], hit["published"]) == ("Wir haben zu spät gewarnt", "Talbote", "2024-06-04")
    shown = run("show", f"{hit['article'][:6]}/{hit['statement']}")
    assert "Wir haben zu spät gewarnt" in shown.stdout
    assert "in Sicherheit gebracht" not in shown.stdout
    record = json.loads(run("show", hit["article"], "--format", "jsonl").stdout)
    assert record["text"] == FLOOD
    assert "Jörn Hallstein · person · Umweltminister" in run("speakers", "hallstein").stdout


def test_nothing_found_says_what_it_was(desk: Path) -> None:
    filled()
    result = run("who", "von:Hallstein", "Quark")
    assert result.exit_code == 1
    assert "Quark  alone 0 · without it 2" in result.stdout
    result = run("who", "von: Deich")
    assert "“von:” without a value: searched as a word." in result.stderr
    assert run("who", "von: Deich", "-q").stderr == ""


def test_facets_and_outlets_give_the_query_for_their_lists(desk: Path) -> None:
    filled()
    facets = run("who", "--facets").stdout
    assert 'von:="Jörn Hallstein"' in facets
    rows = [json.loads(row) for row in run("outlets", "--json").stdout.splitlines()]
    direct = rows[0]["forms"]["direct"]
    assert f"{direct['count']} statements in 2 articles" in run("who", direct["query"]).stdout
    assert 'bei:"Talbote" form:direct' in run("outlets").stdout


def test_exporting_what_was_found(desk: Path) -> None:
    filled()
    result = run("export", "von:Hallstein", "--format", "csv", "--output", "h.csv")
    assert (result.exit_code, "2 statements in 1 article" in result.stderr) == (0, True)
    rows = list(csv.DictReader(io.StringIO((desk / "h.csv").read_text("utf-8"), newline="")))
    assert {row["speaker_name"] for row in rows} == {"Jörn Hallstein"}
    assert (desk / "h.csv").read_bytes().startswith(b"article,")
    record = json.loads(run("export", "von:Hallstein").stdout)
    assert [s["id"] for s in record["statements"]] == ["s2", "s3"]
    assert "selection: 2 of 3 statements" in record["notes"]
    assert run("export", "Quark").exit_code == 1
    assert run("export", "--format", "docx").exit_code == 2
    assert run("export", "--output", "archiv.db").exit_code == 2


def test_refused_and_retried(desk: Path) -> None:
    filled()
    assert "texte/bild.txt: is a PNG image" in run("refused").stdout
    assert run("retry").exit_code == 2
    assert json.loads(run("refused", "--json").stdout)["times"] == 2
    (desk / "texte" / "bild.txt").write_text("Der Rat teilte mit, es bleibe dabei.", "utf-8")
    assert run("retry").exit_code == 0
    assert run("refused").exit_code == 1


def test_what_was_refused_is_found_again_from_any_folder(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_ARCHIVE", str(desk / "archiv.db"))
    (desk / "texte" / "zeilen.jsonl").write_text(
        '{"text": "Der Rat teilte mit, es bleibe dabei."}\n{"nichts": 1}\n', "utf-8"
    )
    assert run("add", "texte").exit_code == 3
    before = {row["origin"] for row in map(json.loads, run("refused", "--json").stdout.splitlines())}
    assert before == {"texte/bild.txt", "texte/zeilen.jsonl#line=2"}
    (desk / "anderswo").mkdir()
    monkeypatch.chdir(desk / "anderswo")
    (desk / "texte" / "bild.txt").write_text("Der Landkreis teilte mit, es bleibe dabei.", "utf-8")
    assert run("retry").exit_code == 3
    assert {row["origin"] for row in map(json.loads, run("refused", "--json").stdout.splitlines())} == {
        "texte/zeilen.jsonl#line=2"
    }
    (row,) = csv.DictReader(io.StringIO(run("export", "von:Landkreis", "über:dabei", "--format", "csv").stdout))
    assert row["origin"] == "texte/bild.txt", "it keeps the name that it was given"


def test_an_order_that_cannot_be_carried_out_leaves_nothing_behind(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.errors import InputError

    def missing(*_: object) -> None:
        raise InputError("fetching", "needs httpx: pip install 'reportedly[web]'")

    monkeypatch.setattr("reportedly.intake.open_fetcher", missing)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for words in (
        ("add", "https://talbote.example/a"),
        ("add", "texte", "--weights", "keine"),
        ("add", "texte", "--published", "gestern"),
        ("batch", "texte", "aus"),
    ):
        result = run(*words)
        assert result.exit_code == 2, words
        assert "pip install" in result.stderr or "give" in result.stderr
    assert sorted(p.name for p in desk.iterdir()) == ["texte"]


def test_judging_and_rereading(desk: Path) -> None:
    filled()
    hit = json.loads(run("who", "--json", "über:Bericht").stdout)
    address = f"{hit['article'][:8]}/{hit['statement']}"
    assert "rejected · Ironie" in run("judge", address, "reject", "--by", "mk", "--why", "Ironie").stdout
    assert run("who", "über:Bericht").exit_code == 1
    assert run("reread", "--all").exit_code == 0
    assert run("who", "über:Bericht").exit_code == 1
    assert "rejected" in run("who", "judged:reject").stdout
    (desk / "urteile.jsonl").write_text(run("judgements", "--json").stdout, "utf-8")
    result = run("judgements", "--import", "urteile.jsonl", "--archive", "neu.db")
    assert result.exit_code == 2, "an archive is made by adding, not by mistake"
    assert "0 new, 1 already there" in run("judgements", "--import", "urteile.jsonl").stderr
    assert run("judge", address, "span", "--by", "mk", "--content", "quer").exit_code == 2
    assert run("judge", address, "withdraw", "--by", "mk").exit_code == 0
    assert run("who", "über:Bericht").exit_code == 0


def test_keeping_safe(desk: Path) -> None:
    filled()
    assert run("check").stdout.startswith("All is well. 2 articles")
    assert run("backup", "kopie.db").exit_code == 0
    assert run("backup", "kopie.db").exit_code == 2
    assert run("backup", "kopie.db", "--verify").exit_code == 0
    data = bytearray((desk / "kopie.db").read_bytes())
    data[8192:20480] = b"\xff" * 12288
    (desk / "kopie.db").write_bytes(data)
    assert run("backup", "kopie.db", "--verify").exit_code in (1, 2)


@pytest.mark.parametrize("words", [("who", "x"), ("check",), ("outlets",), ("backup", "b.db")])
def test_without_an_archive_there_is_a_letter(desk: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "there is no archive; `reportedly add" in result.stderr
    assert not (desk / "archiv.db").exists()


def test_german_desk(desk: Path) -> None:
    filled()
    found = run("who", "von:Hallstein form:direkt", "--lang", "de").stdout
    assert "Jörn Hallstein · Talbote · direkt" in found
    assert "„Wir haben zu spät gewarnt“" in found
    assert "1 Aussage in 1 Artikel" in found


def test_stopped_with_ctrl_c_it_keeps_whole_articles_and_goes_on(desk: Path) -> None:
    for n in range(200):
        (desk / "texte" / f"{n:03}.txt").write_text(f"Der Deich {n} halte, sagte Landrätin Maike Thoms.", "utf-8")
    command = [sys.executable, "-m", "reportedly", "add", "texte"]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "REPORTEDLY_ARCHIVE": "archiv.db"}
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.3)
        if (desk / "archiv.db").exists() and run("who", "-q").exit_code == 0:
            break
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    if running.returncode == 130:
        assert "stopped; what was done is safe" in said
    assert run("check").exit_code == 0
    assert run("add", "texte", "-q").exit_code == 3
    assert run("check").stdout.startswith("All is well. 202 articles")


def test_a_table_is_added_by_its_columns_and_tried_again_by_its_line(desk: Path) -> None:
    rows = [
        "Nr;Langtext;Kopf;Wann",
        f'1;"{HARBOUR.strip().replace(chr(34), "")}";Hafen;2024-06-05',
        "2;;Leer;2024-06-06",
    ]
    (desk / "export.csv").write_text("\n".join(rows), "utf-8")
    result = run("add", "export.csv", "--columns", "text=Langtext,title=Kopf,published=Wann", "--outlet", "Talbote")
    assert result.exit_code == 3
    hit = json.loads(run("who", "--json", "von:Polizei").stdout)
    assert (hit["title"], hit["published"], hit["outlet"]) == ("Hafen", "2024-06-05", "Talbote")
    assert "export.csv#line=3" in run("refused").stdout
    assert run("add", "export.csv", "--columns", "text:Langtext").exit_code == 2


def test_addresses_are_refused_where_nothing_may_be_fetched_or_where_they_are_not_public(desk: Path) -> None:
    (desk / "liste.txt").write_text("https://127.0.0.1/a\nhttp://[::1]/b\n", "utf-8")
    assert run("add", "liste.txt", "--offline").exit_code == 2
    assert "nothing may be fetched in this run" in run("refused", "--json").stdout
    assert run("add", "liste.txt", "http://127.0.0.1/c").exit_code == 2
    reasons = [json.loads(line)["reason"] for line in run("refused", "--json").stdout.splitlines()]
    assert len(reasons) == 3
    assert all("not public" in reason or "private" in reason or "loopback" in reason for reason in reasons), reasons
    assert run("add", "http://127.0.0.1/c", "--allow", "zehn").exit_code == 2


def test_standard_input_is_read_as_what_it_is(desk: Path) -> None:
    line = json.dumps({"text": HARBOUR, "title": "Hafen"})
    done = subprocess.run(
        [sys.executable, "-m", "reportedly", "add", "-"], input=f"{line}\n{line}\n", capture_output=True, text=True
    )
    assert (done.returncode, "read 1 · already there 1 · refused 0" in done.stderr) == (0, True)


def test_the_weights_of_an_archive_are_chosen_once(desk: Path) -> None:
    assert run("add", "texte", "--weights", "tables").exit_code == 3
    assert run("reread").exit_code == 1, "all are up to date"
    assert run("add", "texte", "--weights", "open").exit_code == 3
    assert "read 2" in run("reread").stderr
    assert run("add", "texte", "--weights", "gold").exit_code == 2


def test_feeds_are_remembered_and_forgotten(desk: Path) -> None:
    assert "there is no archive" in run("watch", "--archive", "neu.db").stderr
    filled()
    assert "no feed is watched" in run("watch").stderr
    (desk / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="T" xmlUrl="https://talbote.example/feed.xml"/></body></opml>', "utf-8"
    )
    listed = run("watch", "feeds.opml", "https://kurier.example/rss", "--list")
    assert listed.stdout.split() == ["https://kurier.example/rss", "https://talbote.example/feed.xml"]
    assert run("watch", "--forget", "feeds.opml").exit_code == 0
    assert run("watch", "--forget", "feeds.opml").exit_code == 1
    assert run("watch", "--list").stdout.split() == ["https://kurier.example/rss"]
    assert run("watch", "texte/flut.txt").exit_code == 2


# --- exports for other programs

FOR_PROGRAMS = {
    "parquet": "lines",
    "jsonld": "jsonld",
    "w3c": "annotations",
    "tei": "tei",
    "xmi": "xmi",
    "spacy": "docbin",
}


@pytest.mark.parametrize("form", [*FOR_PROGRAMS, "csv", "excel"])
def test_what_a_query_shows_is_what_every_format_exports(desk: Path, form: str) -> None:
    """A rejected statement, one put right, one left out by the query: found by the format's own reader as the query shows them."""
    filled()
    hits = {h["content"]: h for h in map(json.loads, run("who", "--all", "--json").stdout.splitlines())}
    first, second = hits["Wir haben zu spät gewarnt"], hits["der Bericht ihn nie erreicht habe"]
    name = "{article}/{statement}".format
    assert run("judge", name(**first), "speaker", "--speaker", "Jo Hallstein", "--by", "mk").exit_code == 0
    assert run("judge", name(**second), "reject", "--by", "mk").exit_code == 0
    shown = list(map(json.loads, run("who", "von:Hallstein", "--all", "--json").stdout.splitlines()))
    assert run("export", "von:Hallstein", "--format", form, "--output", "aus").exit_code == 0
    reader = {"csv": "rows", "excel": "excel", "parquet": "parquet"}.get(form) or FOR_PROGRAMS[form]
    backs = readback.READERS[reader](Path("aus").read_bytes())
    assert {(id_, s.speaker, s.form) for b in backs for id_, s in b.statements.items()} == {
        (h["statement"], h["speaker"], h["form"]) for h in shown
    }
    assert "Jo Hallstein" in {h["speaker"] for h in shown}


@pytest.mark.parametrize("form", ["parquet", "xmi", "spacy"])
def test_a_binary_format_wants_a_file(desk: Path, form: str) -> None:
    filled()
    for words in (("export",), ("show", "0"), ("read", "texte/flut.txt")):
        result = run(*words, "--format", form)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--output NAME." in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_missing_library_is_one_sentence_and_leaves_nothing(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    Path("aus.parquet").write_text("alt")
    for words in (("export",), ("read", "texte/flut.txt")):
        result = run(*words, "--format", "parquet", "--output", "aus.parquet")
        assert result.exit_code == 2
        assert result.stderr == (
            'reportedly: this format needs "pyarrow", which is not installed; install it with: pip install "reportedly[parquet]"\n'
        )
    assert Path("aus.parquet").read_text() == "alt"
    assert not list(desk.glob("*.part"))


@pytest.mark.parametrize("form", ["tei", "xmi"])
def test_an_export_that_breaks_leaves_nothing_half(desk: Path, form: str) -> None:
    filled()

    def broken(written: int) -> None:
        raise ValueError("broken off")

    def export() -> None:
        target = whole_file(desk / "aus", binary=FORMATS[form].binary)
        with reportedly.open_archive("archiv.db") as archive, target as out:
            archive.search("").write(form, out, step=broken)

    with pytest.raises(ValueError, match="broken off"):
        export()
    assert not list(desk.glob("aus*"))


def test_an_export_tells_how_far_it_is_and_wants_the_right_kind_of_file(desk: Path) -> None:
    filled()
    with reportedly.open_archive("archiv.db") as archive:
        found, steps = archive.search(""), []
        assert found.write("xmi", io.BytesIO(), step=steps.append) == len(found) == steps[-1]
        assert len(steps) == 2
        with pytest.raises(reportedly.errors.ReportedlyError, match='mode "wb"'):
            found.write("xmi", io.StringIO())
        with pytest.raises(reportedly.errors.ReportedlyError, match='mode "w"'):
            found.write("tei", io.BytesIO())
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="") as wrapped:
            assert found.write("tei", wrapped) == len(found)


@pytest.mark.parametrize("form", [*FOR_PROGRAMS, "jsonl", "csv", "html"])
def test_read_writes_every_format_too(desk: Path, form: str) -> None:
    result = run("read", "texte/flut.txt", "texte/alt/hafen.md", "--format", form, "--output", "aus", "-q")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len(Path("aus").read_bytes()) > 200
    assert run("read", "texte/flut.txt", "--format", form, "--json").exit_code == 2


def test_the_help_names_every_format() -> None:
    assert FORMAT_NAMES.partition(" (")[0].split(", ") == sorted(NAMES, key=FORMAT_NAMES.index)
    assert set(NAMES.values()) == set(FORMATS)


def test_sides_are_set_beside_each_other_with_the_list_behind(desk: Path) -> None:
    filled()
    rows = [
        json.loads(r)
        for r in run("outlets", "--side", "von:Hallstein", "--side", "von:Brandt", "--json").stdout.splitlines()
    ]
    assert [(r["outlet"], r["side"], r["statements"]["count"]) for r in rows] == [
        ("Talbote", "von:Hallstein", 2),
        ("Talbote", "von:Brandt", 1),
    ]
    for row in rows:
        for counted in [row["statements"], *row["cue_classes"].values()]:
            assert f"{counted['count']} statement" in run("who", counted["query"]).stdout
    shown = run("outlets", "--side", "von:Hallstein", "--side", "von:Brandt").stdout
    assert "von:Hallstein" in shown
    assert "distancing" in shown
    assert run("outlets", "--side", "von:Niemand").exit_code == 1
