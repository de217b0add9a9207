"""What must hold for the database itself: letters without passwords, rights, old and foreign tables, writers beside writers?"""

from __future__ import annotations

import gzip
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes import article, flood
from pgserver import address, clean
from reportedly.archive import open_archive
from reportedly.errors import ArchiveError
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.model.article import Refusal
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.query import Query
from reportedly.query import parse
from reportedly.store import tables
from reportedly.store.postgres import PostgresStore, connection
from reportedly.store.postgres.address import shown_address
from reportedly.store.postgres.connection import VERSION, connect, refuse_unfit
from reportedly.store.sqlite import SqliteStore

AT = "2024-06-05T08:00:00+00:00"
OLD = sorted((Path(__file__).parent / "archives").glob("postgres*.sql.gz"))
SECRET = "geheim!1"


def opened(place: str, **how: bool) -> PostgresStore:
    return PostgresStore(place, searching_of(load("de")), **how)


def says(content: str, **about: object):  # type: ignore[no-untyped-def]
    return article(f"Thoms sagte, {content}.", **about).says("Thoms", content, cue="sagte", speaker="Thoms").reading()


@pytest.fixture
def database() -> str:
    """The address of a database without an archive."""
    return clean()


@pytest.fixture
def server(database: str) -> Iterator[Any]:
    """A connection of the one who owns the server."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as db:
        db.execute("SET client_min_messages = error")
        yield db


# --- opening


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (f"postgresql://mk:{SECRET}@db.example.org:5433/presse", "postgresql://mk@db.example.org:5433/presse"),
        (f"postgresql://db.example.org/presse?user=mk&password={SECRET}", "postgresql://mk@db.example.org/presse"),
        (f"postgres://mk:{SECRET}@/presse?host=/run/pg&sslpassword={SECRET}", "postgresql://mk@/presse?host=/run/pg"),
        (f"postgresql://mk:{SECRET}@h@/x/y?z@{SECRET}", "postgresql://…"),
        ("postgresql:///presse", "postgresql:///presse"),
    ],
)
def test_an_address_is_shown_without_its_password(place: str, shown: str) -> None:
    assert shown_address(place) == shown


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ('FATAL:  password authentication failed for user "mk"', "does not let this user in"),
        ("fe_sendauth: no password supplied", "does not let this user in"),
        ("FATAL:  Passwort-Authentifizierung für Benutzer »mk« fehlgeschlagen", "does not let this user in"),
        ('FATAL:  database "x" does not exist', "no such database; `createdb"),
        ("FATAL:  Datenbank »x« existiert nicht", "no such database; `createdb"),
        ('FATAL:  role "mk" does not exist', "no such user"),
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("FATAL:  the database system is starting up", "starting or stopping"),
        ("could not translate host name", "no server answers"),
    ],
)
def test_why_no_connection_came_about(complaint: str, words: str) -> None:
    assert words in connection._why(complaint)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (f"postgresql://mk:{SECRET}@127.0.0.1:1/presse", "no server answers there"),
        (f"postgresql://mk:{SECRET}@nowhere.invalid/presse", "no server answers there"),
        (f"postgresql://mk:{SECRET}@h@/x?y={SECRET}", "cannot be understood"),
    ],
)
def test_a_server_that_is_not_there(place: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words) as letter:
        open_archive(place)
    assert SECRET not in "".join(traceback.format_exception(letter.value))


def test_a_database_or_user_that_is_not_there(database: str) -> None:
    for place, words in (
        (address("nirgends"), "no such database"),
        (address(user="niemand"), "knows no such user"),
    ):
        with pytest.raises(ArchiveError, match=words):
            open_archive(place)


def test_a_wrong_password(server: Any) -> None:
    """Over the network interface of the same machine, where the server asks for one."""
    folder = server.execute("SHOW data_directory").fetchone()[0]
    rules = Path(folder) / "pg_hba.conf"
    before = rules.read_text()
    server.execute(f"DROP ROLE IF EXISTS gast; CREATE ROLE gast LOGIN PASSWORD '{SECRET}'")
    try:
        rules.write_text("local all gast scram-sha-256\n" + before)
        server.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")
        for given, words in ((f":falsch{SECRET}", "does not let this user in"), ("", "does not let this user in")):
            with pytest.raises(ArchiveError, match=words) as letter:
                open_archive(address(user=f"gast{given}"))
            assert SECRET not in str(letter.value)
    finally:
        rules.write_text(before)
        server.execute("SELECT pg_reload_conf(), pg_sleep(0.1)")


def test_without_psycopg_there_is_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ArchiveError, match=r"pip install 'reportedly\[postgres\]'"):
        open_archive(f"postgresql://mk:{SECRET}@localhost/presse")


def test_an_archive_is_made_by_adding_not_by_mistake(database: str) -> None:
    with pytest.raises(ArchiveError, match="there is no archive; `reportedly add"):
        open_archive(database, create=False)
    with pytest.raises(ArchiveError, match="there is no archive"):
        opened(database, read_only=True)
    opened(database).close()
    opened(database, create=False).close()


def test_a_schema_of_somebody_else(server: Any, database: str) -> None:
    server.execute("CREATE SCHEMA reportedly; CREATE TABLE reportedly.article (x integer)")
    with pytest.raises(ArchiveError, match="something else than an archive"):
        open_archive(database)


def test_a_newer_archive_is_left_alone(server: Any, database: str) -> None:
    opened(database).close()
    server.execute("INSERT INTO reportedly.migration (version) VALUES (%s)", (VERSION + 1,))
    with pytest.raises(ArchiveError, match="newer reportedly"):
        open_archive(database)


def test_servers_and_databases_that_cannot_hold_an_archive() -> None:
    for server_, encoding, words in (
        (120_010, "UTF8", "PostgreSQL 12; archives need 13"),
        (150_000, "LATIN1", "as LATIN1"),
    ):
        with pytest.raises(ArchiveError, match=words):
            refuse_unfit("x", server_, encoding)
    refuse_unfit("x", 130_000, "UTF8")


# --- versions of the tables


def test_there_is_an_old_dump_of_every_version_before_the_next() -> None:
    assert [path.name for path in OLD] == [f"postgres{n}.sql.gz" for n in range(1, VERSION + 1)]


def shape(db: Any) -> list[Any]:
    """Columns, indices, functions and triggers of the tables."""
    return sorted(
        str(row)
        for question in (
            "SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns WHERE table_schema = 'reportedly'",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'reportedly'",
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = CAST('reportedly' AS regnamespace)",
            "SELECT tgname, tgtype FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT conname, contype FROM pg_constraint WHERE connamespace = CAST('reportedly' AS regnamespace)",
        )
        for row in db.execute(question).fetchall()
    )


@pytest.mark.parametrize("old", OLD, ids=lambda p: p.name)
def test_an_old_archive_opens_and_holds_what_it_held(server: Any, database: str, old: Path) -> None:
    opened(database).close()
    wanted = shape(server)
    clean()
    lines = gzip.decompress(old.read_bytes()).decode().splitlines()
    server.execute("\n".join(line for line in lines if not line.startswith("\\")))
    store = opened(database)
    assert store.reading(flood().article.id).to_dict() == flood().to_dict()  # type: ignore[union-attr]
    assert [(j.verdict, j.by, j.why) for j in store.judgements()] == [("reject", "mk", "Ironie"), ("speaker", "mk", "")]
    assert [h.statement for h in store.page(parse("von:Hallstein"), "newest", 0, 9)] == ["s2", "s6"]
    assert [h.statement for h in store.page(parse('von:"Maike Thoms" nicht zusehen'), "newest", 0, 9)] == ["s8"]
    assert [r.origin for r in store.refused()] == ["leer.txt"]
    assert list(store.check()) == []
    assert store.write(says("der Deich halte"), AT) == "new"
    store.close()
    assert shape(server) == wanted


def test_a_migration_is_done_once_and_as_a_whole(server: Any, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(database).close()
    shipped = connection.sql
    steps = {
        f"migrations/{VERSION + 1:04}.sql": "CREATE TABLE extra (n integer); INSERT INTO extra VALUES (1)",
        f"migrations/{VERSION + 2:04}.sql": "DROP TABLE extra; SELECT 1 / 0",
    }
    monkeypatch.setattr(connection, "sql", lambda name: steps.get(name) or shipped(name))
    for _ in range(2):
        connect(database, create=False, version=VERSION + 1).close()
    with pytest.raises(ArchiveError, match="division by zero"):
        connect(database, create=False, version=VERSION + 2)
    assert server.execute("SELECT n FROM reportedly.extra").fetchall() == [(1,)]
    assert server.execute("SELECT max(version) FROM reportedly.migration").fetchone() == (VERSION + 1,)
    with pytest.raises(ArchiveError, match="open it once for writing"):
        connect(database, create=False, read_only=True, version=VERSION + 2)


# --- what PostgreSQL cannot hold


def test_texts_that_postgresql_cannot_hold_come_back_to_the_character(database: str) -> None:
    odd = "\0 \ud800 \udfff 🌊"
    with open_archive(database) as archive:
        store = archive.store
        reading = says(
            f"der Deich {odd} halte", title=f"T{odd}", outlet=f"O{odd}", url=f"https://example.org/{odd}", origin=odd
        )
        assert store.write(reading, AT) == "new"
        assert store.write(reading, AT) == "there"
        store.refuse(Refusal(f"x{odd}", f"r{odd}"), AT)
        judgement = Judgement(reading.article.id, reading.statements[0].content, Verdict.ACCEPT, odd, AT, why=odd)
        assert (store.judge(judgement), store.judge(judgement)) == (True, False)
        back = store.reading(reading.article.id)
        assert back is not None
        assert back.to_dict() == reading.to_dict()
        assert store.judgements() == [judgement]
        assert store.page(Query(), "newest", 0, 1)[0].title == "T\ufffd \ufffd \ufffd 🌊"
        assert store.resolve("\0\ud800") == []
        assert list(store.check()) == []


def test_names_and_words_longer_than_an_index_takes(database: str) -> None:
    long = "".join(chr(97 + n * n % 23) for n in range(9000))
    store = opened(database)
    store.write(says(f"der {long} halte", title=long, outlet=long, url=f"https://example.org/{long}", origin=long), AT)
    store.write(says(f"der {long[:500]}quer halte", outlet=long), AT)
    store.refuse(Refusal(long + "x", long), AT)
    assert store.count(parse(f'bei:"{long[:3000]}"'))[0] == 0
    assert store.count(parse(long[:2000]))[0] == 0
    assert store.count(parse(f"{long[:450]}*"))[0] == 2
    assert store.count(parse(f"{long[:600]}*"))[0] == 1
    assert store.count(parse(f"{long[:500]}quer"))[0] == 1
    assert store.outlets()[0].articles == 2
    assert list(store.check()) == []


# --- judgements, rights


def test_nothing_changes_or_removes_a_judgement(server: Any, database: str) -> None:
    import psycopg

    store = opened(database)
    store.judge(Judgement("0123456789abcdef", (), Verdict.ACCEPT, "mk", AT))
    for command in ("DELETE FROM judgement", "UPDATE judgement SET by = 'x'", "TRUNCATE judgement"):
        with pytest.raises(psycopg.errors.IntegrityError, match="only ever added"):
            server.execute(f"SET search_path = reportedly; {command}")
    assert len(store.judgements()) == 1


def test_rights_of_readers_and_writers_as_the_docs_give_them(server: Any, database: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "teams.md").read_text("utf-8")
    grants = page.split("```sql")[1].split("```")[0]
    server.execute("DROP OWNED BY leser, schreiber" if server.execute("SELECT 1 FROM pg_roles WHERE rolname = 'leser'").fetchone() else "CREATE ROLE leser LOGIN; CREATE ROLE schreiber LOGIN")  # fmt: skip
    opened(database).close()
    server.execute(grants)
    writer, reader = opened(address(user="schreiber")), opened(address(user="leser"), create=False)
    writer.write(flood(), AT)
    writer.judge(Judgement(flood().article.id, flood().statements[2].content, Verdict.REJECT, "mk", AT))
    writer.renew(flood())
    writer.refuse(Refusal("a.txt", "is empty"), AT)
    writer.tidy()
    assert reader.count(parse("von:Hallstein"))[0] == 2
    assert list(reader.check()) == []
    assert reader.fingerprint() == writer.fingerprint()
    with pytest.raises(ArchiveError, match="may not do that"):
        reader.write(says("der Deich halte"), AT)
    server.execute("DROP OWNED BY leser, schreiber")


# --- many at once, and what may go wrong


WRITER = """
import sys
from fakes import article
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.store.postgres import PostgresStore
store = PostgresStore(sys.argv[1], searching_of(load("de")))
order = range(40) if sys.argv[2] == "0" else reversed(range(40))
for n in order:
    content = f"der Deich {n} halte"
    about = {"url": f"https://example.org/{n // 2}", "outlet": f"Bote {n % 7}", "origin": f"{n}.txt"}
    store.write(article(f"Thoms {n % 5} sagte, {content}.", **about).says(f"Thoms {n % 5}", content, cue="sagte", speaker="Thoms").reading(), "2024")
"""


def test_writers_and_a_reader_at_once_begin_with_an_empty_database(database: str) -> None:
    folder = str(Path(__file__).parent.parent)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, database, str(n % 2)], env={"PYTHONPATH": folder, "PATH": ""})
        for n in range(3)
    ]
    store = opened(database)
    seen = asked = 0
    while any(w.poll() is None for w in writers):
        _, articles = store.count(parse("Deich von:Thoms"))
        page = store.page(parse("Deich"), "newest", 0, 20)
        assert all(hit.content.startswith("der Deich") for hit in page)
        assert store.count(Query())[1] >= articles - 40
        seen, asked = max(seen, articles), asked + 1
    assert [w.wait() for w in writers] == [0, 0, 0]
    assert store.figures().articles == 40
    assert store.count(Query()) == (20, 20), "of each address the newest version"
    versions = [v.version for id_ in store.ids() for v in store.versions(id_) if v.article == id_]
    assert sorted(versions) == [1] * 20 + [2] * 20
    assert list(store.check()) == []
    print(f"{asked} questions beside three writers, no error")


def test_a_question_that_takes_too_long_is_broken_off(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.store.postgres import tables as ours

    store = opened(database)
    store.write(flood(), AT)
    monkeypatch.setattr(ours, "LONGEST_QUESTION", 0.05)
    store._db.execute("CREATE FUNCTION slow(text, text) RETURNS integer LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(1)'")
    monkeypatch.setattr(store._speech, "holds", "slow", raising=False)
    with pytest.raises(ArchiveError, match="takes longer than"):
        store.count(parse("bei:Bote"))
    monkeypatch.undo()
    assert store.count(parse("bei:Bote"))[0] == 8


def test_a_lost_connection_is_a_letter_and_loses_nothing(server: Any, database: str) -> None:
    store = opened(database)
    store.write(flood(), AT)
    server.execute("SELECT pg_terminate_backend(%s)", (store._db.info.backend_pid,))
    with pytest.raises(ArchiveError, match="connection was lost; what was added so far is safe"):
        store.write(says("der Deich halte"), AT)
    again = opened(database)
    assert again.figures().articles == 1
    assert list(again.check()) == []


def test_a_write_that_fails_leaves_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(database)
    before = store.fingerprint()

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "_index", fails)
    with pytest.raises(ZeroDivisionError):
        store.write(flood(), AT)
    monkeypatch.undo()
    assert store.fingerprint() == before
    assert store.write(flood(), AT) == "new"


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE article SET text = '\\x00'", "DELETE FROM words", "UPDATE statement SET content = '5-99999' WHERE n = 1",
        "UPDATE article SET id = '0000000000000000'", "DELETE FROM sighting", "DELETE FROM token", "DELETE FROM statement WHERE n = 3",
        "DROP TABLE words",
    ],
)  # fmt: skip
def test_the_doctor_finds_damage_and_never_falls_over_it(server: Any, database: str, command: str) -> None:
    store = opened(database)
    store.write(flood(), AT)
    assert list(store.check()) == []
    server.execute(f"SET search_path = reportedly; {command}")
    assert list(store.check())


# --- moving


def test_from_a_file_into_a_database_and_back(database: str, tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as file:
        file.store.write(flood(), AT)
        file.store.write(says("der Deich halte", url="https://example.org/x", origin="\0"), AT)
        file.store.write(says("der Deich breche", url="https://example.org/x"), AT)
        file.store.refuse(Refusal("leer.txt", "is empty"), AT)
        file.judge((flood().article.id, "s3"), "reject", by="mk")
        with open_archive(database) as team:
            team.restore(tmp_path / "a.db")
            assert team.fingerprint() == file.fingerprint()
            assert list(team.check()) == []
            for line in ("", "Deich", "von:Hallstein", "judged:reject", '"der Deich"', "Quitt*"):
                assert list(team.search(line)) == list(file.search(line)), line
            assert team.store.write(says("der Deich sei neu"), AT) == "new", "keys go on behind those that came"
            team.backup(tmp_path / "b.db")
            with open_archive(tmp_path / "b.db", create=False) as back:
                assert back.fingerprint() == team.fingerprint()
                assert [h.content for h in back.search("neu")] == ["der Deich sei neu"]
            with pytest.raises(ArchiveError, match="holds something already"):
                team.restore(tmp_path / "a.db")
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix not in (".db-shm", ".db-wal")) == ["a.db", "b.db"]


def test_what_moves_is_every_table(server: Any, database: str, tmp_path: Path) -> None:
    opened(database).close()
    theirs = {row[0] for row in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'reportedly'")}
    assert theirs == {*tables.TABLES, "words", "called", "token", "migration"}
    store, file = opened(database), SqliteStore(tmp_path / "a.db", searching_of(load("de")))
    for table in tables.TABLES:
        assert store._columns(table) == file._columns(table), table
