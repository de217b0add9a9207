"""What must hold for the file itself: libraries that lose data, old and foreign files, full disks, readers beside writers?"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from fakes import article, flood
from reportedly.errors import ArchiveError
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.query import Query
from reportedly.model.sameness import Bearer, Sameness, Sure
from reportedly.query import parse
from reportedly.store.conditions import asked
from reportedly.store.sqlite import SqliteStore
from reportedly.store.sqlite.connection import VERSION, connect, loses_commits
from reportedly.store.sqlite.words import Fts5

AT = "2024-06-05T08:00:00+00:00"
OLD = sorted((Path(__file__).parent / "archives").glob("version*.db.gz"))


def opened(path: Path, **how: bool) -> SqliteStore:
    return SqliteStore(path, searching_of(load("de")), **how)


def schema(path: Path) -> set[tuple[str, str]]:
    db = apsw.Connection(str(path))
    rows = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    db.close()
    bare = {name: " ".join(line.split("--")[0].strip() for line in sql.splitlines()) for name, sql in rows}
    return {(name, re.sub(r"\s+(?=[,)])", "", sql)) for name, sql in bare.items()}


@pytest.mark.parametrize(
    ("version", "lost"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 45, 0), True),
     ((3, 50, 6), True), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 54, 1), False)],
)  # fmt: skip
def test_which_libraries_lose_commits(version: tuple[int, int, int], lost: bool) -> None:
    assert loses_commits(version) is lost


@pytest.mark.parametrize(("version", "mode"), [((3, 51, 2), "delete"), ((3, 51, 3), "wal")])
def test_a_library_that_loses_commits_gets_the_old_journal(
    tmp_path: Path, version: tuple[int, int, int], mode: str
) -> None:
    db = connect(tmp_path / "a.db", create=True, sqlite=version)
    assert db.execute("PRAGMA journal_mode").fetchone() == (mode,)
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    db.close()


def test_a_library_that_is_too_old_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"3\.40\.1.*pip install"):
        connect(tmp_path / "a.db", create=True, sqlite=(3, 40, 1))


def test_files_that_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("Das ist kein Archiv. " * 100, "utf-8")
    other = apsw.Connection(str(tmp_path / "other.db"))
    other.execute("CREATE TABLE x (y)")
    other.close()
    for name, words in (
        ("text.db", "is not an archive"),
        ("other.db", "not an archive of reportedly"),
        ("none.db", "there is no archive"),
    ):
        with pytest.raises(ArchiveError, match=words):
            opened(tmp_path / name, create=False)


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path / "a.db").close()
    db = apsw.Connection(str(tmp_path / "a.db"))
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(ArchiveError, match="newer reportedly"):
        opened(tmp_path / "a.db")


def test_there_is_an_old_file_of_every_version_before_this() -> None:
    assert [path.name for path in OLD] == [f"version{n}.db.gz" for n in range(1, VERSION)]


@pytest.mark.parametrize("old", OLD, ids=lambda p: p.name)
def test_an_old_archive_opens_and_holds_what_it_held(tmp_path: Path, old: Path) -> None:
    path = tmp_path / "archiv.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    store = opened(path)
    assert store.reading(flood().article.id).to_dict() == flood().to_dict()  # type: ignore[union-attr]
    assert [(j.verdict, j.by, j.why) for j in store.judgements()] == [("reject", "mk", "Ironie"), ("speaker", "mk", "")]
    assert [h.statement for h in store.page(parse("von:Hallstein"), "newest", 0, 9)] == ["s2", "s6"]
    assert [h.statement for h in store.page(parse('von:"Maike Thoms" nicht zusehen'), "newest", 0, 9)] == ["s8"]
    assert [r.origin for r in store.refused()] == ["leer.txt"]
    assert list(store.check()) == []
    kept = store.fingerprint()
    store.close()
    assert opened(path).fingerprint() == kept
    assert (tmp_path / f"archiv.db.{old.name.split('.')[0]}").exists(), "the copy that was made before"
    opened(tmp_path / "new.db").close()
    assert schema(path) == schema(tmp_path / "new.db")


def test_nothing_changes_or_removes_a_judgement(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.judge(Judgement("0123456789abcdef", (), Verdict.ACCEPT, "mk", AT))
    db = apsw.Connection(str(tmp_path / "a.db"))
    store.decide([Sameness(Bearer("person", "A"), Bearer("person", "B"), Sure.SAME, "mk", AT)])
    for command in (
        "DELETE FROM judgement",
        "UPDATE judgement SET by = 'x'",
        "DELETE FROM sameness",
        "UPDATE sameness SET by = 'x'",
    ):
        with pytest.raises(apsw.ConstraintError, match="only ever added"):
            db.execute(command)


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.write(flood(), AT)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[index]
    store._db.execute(f"PRAGMA max_page_count = {pages + 20}")
    written, letter = 1, ""
    while not letter:
        try:
            store.write(article(f"Thoms sagte, der Deich {written} halte.").says("Thoms", "der Deich").reading(), AT)
            written += 1
        except ArchiveError as error:
            letter = str(error)
    assert "disk is full; what was added so far is safe" in letter
    assert store.figures().articles == written
    assert list(store.check()) == []
    store._db.execute("PRAGMA max_page_count = 1000000")
    store.write(article("Thoms sagte, es gehe weiter.").reading(), AT)
    assert store.figures().articles == written + 1


def test_the_doctor_finds_damage_and_never_falls_over_it(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.write(flood(), AT)
    store.close()
    for command in (
        "UPDATE article SET text = x'00'", "DELETE FROM words", "UPDATE statement SET content = '5-99999' WHERE n = 1",
        "UPDATE article SET id = '0000000000000000'", "DELETE FROM sighting", "INSERT INTO harm VALUES (4711, 'x')",
    ):  # fmt: skip
        path = tmp_path / "broken.db"
        path.write_bytes((tmp_path / "a.db").read_bytes())
        db = apsw.Connection(str(path))
        db.execute(command)
        db.close()
        broken = opened(path)
        assert list(broken.check()), command
        broken.close()
        path.unlink()


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_damaged_pages_are_reported(tmp_path: Path, place: float) -> None:
    store = opened(tmp_path / "a.db")
    for n in range(20):
        store.write(article(f"Thoms sagte, der Deich {n} halte.").reading(), AT)
    store.close()
    data = bytearray((tmp_path / "a.db").read_bytes())
    at = int(len(data) * place) // 4096 * 4096
    data[at : at + 4096] = b"\xa5" * 4096
    (tmp_path / "a.db").write_bytes(data)
    told = []
    try:
        told += opened(tmp_path / "a.db").check()
    except ArchiveError as error:
        told.append(error)  # type: ignore[arg-type]
    assert told


def test_a_backup_on_a_stick_that_knows_no_second_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    store = opened(tmp_path / "a.db")
    store.write(flood(), AT)
    store.backup(str(tmp_path / "copy.db"))
    assert opened(tmp_path / "copy.db", create=False).fingerprint() == store.fingerprint()
    with pytest.raises(ArchiveError, match="exists already"):
        store.backup(str(tmp_path / "copy.db"))
    assert list(tmp_path.glob("*.part")) == []


def test_a_search_by_one_property_has_its_index(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    for n in range(30):
        store.write(
            article(f"Thoms sagte, der Deich {n} halte.").says("Thoms", "der Deich", speaker="Thoms").reading(), AT
        )
    for line, index in (
        ("form:indirect", "statement_by_form"), ("cue:neutral", "statement_by_cue"), ("benannt:ja", "statement_by_naming"),
        ("bei:Talbote geschlecht:f", "statement_by_gender"),
        ('von:="Thoms"', "statement_by_name"), ("gesagt:2024", "statement_by_saying"),
    ):  # fmt: skip
        ask = asked(parse(line), searching_of(load("de")), Fts5())
        plan = store._db.execute(f"EXPLAIN QUERY PLAN SELECT count(*) FROM {ask.tables} WHERE {ask.where}", ask.values)  # type: ignore[arg-type]
        assert any(index in str(row) for row in plan), line


WRITER = """
import sys
from fakes import article
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.store.sqlite import SqliteStore
store = SqliteStore(sys.argv[1], searching_of(load("de")))
for n in range(60):
    content = f"der Deich {n} halte"
    store.write(article(f"Thoms sagte, {content}.").says("Thoms", content, cue="sagte", speaker="Thoms").reading(), "2024")
"""


def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = opened(path)
    folder = str(Path(__file__).parent.parent)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path)], env={"PYTHONPATH": folder, "PATH": ""})
        for _ in range(2)
    ]
    seen = asked = 0
    while any(w.poll() is None for w in writers):
        statements, articles = store.count(parse("Deich von:Thoms"))
        assert statements == articles >= seen, "an article is there as a whole or not at all"
        store.page(parse("Deich"), "newest", 0, 20)
        seen, asked = statements, asked + 1
    assert [w.wait() for w in writers] == [0, 0]
    assert store.count(Query()) == (60, 60)
    assert list(store.check()) == []
    print(f"{asked} questions beside two writers, no error")


def test_an_archive_in_memory_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = SqliteStore(":memory:", searching_of(load("de")))
    store.write(flood(), "2024-06-05T08:00:00+00:00")
    assert list(store.check()) == []
    store.close()
    assert list(tmp_path.iterdir()) == []
