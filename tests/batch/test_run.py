"""What comes out of a run, and what of a run that is continued, disturbed, or started twice?"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest

import crowd
from reportedly.archive import open_archive
from reportedly.batch import Wish, read_output, run
from reportedly.batch.room import Room
from reportedly.engines import LocalEngine, Lost
from reportedly.errors import BatchError
from reportedly.intake import take_in_from
from reportedly.intake.parcel import Order
from reportedly.intake.pieces import read_piece
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article, Refusal
from reportedly.model.damage import Damage
from reportedly.model.reading import Reading
from reportedly.pipeline import read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input with everything, and its output in both formats."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "in").mkdir()
    (folder / "in" / "a.jsonl").write_text(
        crowd.lines(0, 14) + "{ kaputt\n" + '{"title": "leer", "text": ""}\n', "utf-8"
    )
    (folder / "in" / "b.jsonl.gz").write_bytes(gzip.compress(crowd.lines(14, 30).encode()))
    (folder / "in" / "halb.txt").write_bytes(
        "Er sagte „a\ud83db“ zu ihr, sagte Maike Thoms.".encode("utf-16-le", "surrogatepass")
    )
    (folder / "in" / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = run(
        [str(folder / "in"), "https://talbote.example/", str(folder / "none")], str(folder / "out"), LocalEngine(2),
        Wish(shard_size=crowd.SIZE, formats=("parquet", "jsonl")), crowd.TABLES,
    )  # fmt: skip
    (folder / "report.json").write_text(json.dumps(report.to_dict()))
    return folder


def expected(folder: Path) -> list[Reading | Refusal]:
    """What reading one article after the other gives."""
    taken = take_in_from([str(folder / "in")])
    return [item if isinstance(item, Refusal) else read(item, crowd.TABLES) for item in taken]


def key(found: Reading | Refusal) -> str:
    return json.dumps(found.to_dict() if isinstance(found, Reading) else [found.origin, found.reason], sort_keys=True)


def test_the_output_holds_every_reading_as_read_gives_it(made: Path) -> None:
    wanted = sorted(map(key, expected(made)))
    assert sorted(map(key, read_output(str(made / "out")))) == wanted
    lines = [
        found
        for p in (made / "out" / "lines").iterdir()
        for found in gzip.decompress(p.read_bytes()).decode().splitlines()
    ]
    assert sorted(json.dumps(json.loads(line), sort_keys=True) for line in lines) == [w for w in wanted if w[0] == "{"]


def test_duckdb_and_polars_read_the_tables(made: Path) -> None:
    out = made / "out"
    readings = [r for r in expected(made) if isinstance(r, Reading)]
    statements = sum(len(r.statements) for r in readings)
    with duckdb.connect() as base:
        table = f"read_parquet('{out}/{{}}/**/*.parquet', hive_partitioning = true)"

        def ask(query: str) -> list[tuple[object, ...]]:
            return base.execute(query).fetchall()

        assert ask(f"select count(*) from {table.format('statements')}") == [(statements,)]
        assert ask(
            f"select count(*) from {table.format('statements')} s join {table.format('articles')} a using (article)"
            " where list_extract(content_spans, 1).end <= a.characters"
        ) == [(statements,)]
        ((words,),) = ask(f"select sum(words) from {table.format('articles')} where year = '2021'")
        assert words == sum(len(r.text.split()) for r in readings if (r.article.published or "").startswith("2021"))
        ((said,),) = ask(f"select sum(statements) from {table.format('speakers')} where speaker_named")
        assert said == sum(
            1 for r in readings for s in r.statements if (who := r.speaker_of(s)) is not None and who.named
        )
        assert ask(f"select count(*) from {table.format('damage')}") == [(sum(len(r.damages) for r in readings),)]
        assert ask(f"select count(*) from '{out}/refused/*.parquet'") == [(3,)]
        assert ask(f"select sum(articles), sum(refused) from '{out}/receipts/*.parquet'") == [(len(readings), 3)]
    frame = polars.read_parquet(f"{out}/statements/**/*.parquet")
    assert len(frame) == statements
    assert set(frame["form"]) == {s.form.value for r in readings for s in r.statements}


def test_the_report_tells_what_was_done(made: Path) -> None:
    report = json.loads((made / "report.json").read_text())
    assert json.loads((made / "out" / "report.json").read_text()) == report
    found = expected(made)
    readings = [r for r in found if isinstance(r, Reading)]
    assert report["now"] == report["whole"]
    assert report["now"]["articles"] == len(readings)
    assert report["now"]["refused"] == 3
    assert sum(report["reasons"].values()) == 3
    assert {u["what"] for u in report["unread"]} == {"https://talbote.example/", str(made / "none")}
    assert sum(n for kinds in report["damage"].values() for n in kinds.values()) == sum(
        len(r.damages) for r in readings
    )
    assert sum(w["words"] for w in report["workers"]) == report["now"]["words"] > 500
    assert 10 < report["memory"] < 1000
    assert {"find_statements", "take in", "write"} <= set(report["stages"])


def test_an_archive_takes_the_output_in(made: Path, tmp_path: Path) -> None:
    with open_archive(tmp_path / "loaded.db") as loaded, open_archive(tmp_path / "added.db") as added:
        first = loaded.take(read_output(str(made / "out")))
        again = loaded.take(read_output(str(made / "out")))
        added.weights = "tables"
        added.add(take_in_from([str(made / "in")]))
        assert (first.read, first.refused) == (again.there, again.refused) == (31, 3)
        assert loaded.fingerprint() == added.fingerprint()
        assert sorted(r.reason for r in loaded.refused()) == sorted(r.reason for r in added.refused())
        assert list(loaded.check()) == []


def test_a_week_later_half_the_input_is_new(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "grows.jsonl").write_text(crowd.lines(0, 20), "utf-8")
    (source / "changes.jsonl").write_text(crowd.lines(100, 110), "utf-8")
    (source / "stays.jsonl").write_text(crowd.lines(200, 210), "utf-8")
    (source / "goes.jsonl").write_text(crowd.lines(300, 310), "utf-8")
    for n in range(8):
        (source / f"{n}.txt").write_text(crowd.row(400 + n)["text"], "utf-8")
    before = crowd.go(out, source)
    assert before.whole.articles == 58
    assert crowd.go(out, source).now.shards == 0, "nothing new, nothing done"

    with (source / "grows.jsonl").open("a", encoding="utf-8") as file:
        file.write(crowd.lines(20, 45))
    (source / "changes.jsonl").write_text(crowd.lines(100, 110, edition=1), "utf-8")
    (source / "goes.jsonl").rename(tmp_path / "goes.jsonl")
    (source / "3.txt").write_text(crowd.row(403, edition=1)["text"], "utf-8")
    (source / "new.jsonl").write_text(crowd.lines(500, 520), "utf-8")
    after = crowd.go(out, source)
    assert after.whole.articles == 58 + 25 + 20
    assert 45 <= after.now.articles < 80, "what stayed as it was is not read again"
    assert after.replaced > 0
    (tmp_path / "goes.jsonl").rename(source / "goes.jsonl")
    assert crowd.go(out, source).now.shards <= 4
    crowd.go(tmp_path / "anew", source)
    for table in ("articles", "statements", "speakers", "damage"):
        assert crowd.sorted_rows(out, table) == crowd.sorted_rows(tmp_path / "anew", table)


def odd(article: Article, *rest: object) -> tuple[Damage, ...]:
    if "Deich 7 " in article.text:
        raise ValueError("seven")
    return ()


def test_a_shard_that_always_fails_is_listed_and_the_rest_is_done(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(crowd.lines(0, 24), "utf-8")
    recipe = replace(crowd.TABLES, inspect=crowd.broken)
    report = run([str(path)], str(out), LocalEngine(2), crowd.wish(), recipe)
    (failed,) = report.quarantined
    assert failed.reason == "ended the process that worked on it, twice (exit code 9)"
    assert failed.what == f"{path}#line=8"
    assert report.whole.articles == 23, "the shard fell into parts; the other articles of it are there"
    with path.open("a", encoding="utf-8") as file:
        file.write(crowd.lines(24, 30))
    whole = crowd.go(out, path)
    assert whole.quarantined == ()
    assert whole.whole.articles == 30
    crowd.go(tmp_path / "calm", path)
    for table in ("articles", "statements", "speakers", "damage"):
        assert crowd.sorted_rows(out, table) == crowd.sorted_rows(tmp_path / "calm", table)


class Weak(crowd.Here):
    """An engine in whose hands what holds a word ends its process."""

    def __init__(self, word: str) -> None:
        self.word = word

    def done(
        self, make: Callable[[], Callable[[Any], Any]], tasks: Iterable[Any], *_: Any
    ) -> Iterator[tuple[Any, Any]]:
        do = make()
        for task in tasks:
            articles = list(read_piece(task, Order()))
            dies = any(isinstance(a, Article) and self.word in a.text for a in articles)
            yield task, Lost("died", ended=True) if dies else do(task)


@pytest.mark.parametrize("kind", ["lines", "packed", "warc", "rows", "files", "small"])
def test_in_every_kind_of_input_one_article_is_left_out_alone(kind: str, tmp_path: Path) -> None:
    rows = [crowd.row(n) for n in range(18)]
    source = tmp_path / "in"
    source.mkdir()
    if kind in ("lines", "small"):
        (source / "a.jsonl").write_text(crowd.lines(0, 18), "utf-8")
    elif kind == "packed":
        (source / "a.jsonl.gz").write_bytes(gzip.compress(crowd.lines(0, 18).encode()))
    elif kind == "rows":
        polars.DataFrame(rows).write_parquet(source / "a.parquet")
    elif kind == "warc":
        (source / "a.warc").write_bytes(b"".join(map(page_record, rows)))
    else:
        for n, row in enumerate(rows):
            (source / f"{n:02}.txt").write_text(row["text"], "utf-8")
    size = 10**6 if kind in ("small", "files") else 3_000
    wish = Wish(shard_size=size, partition="none")
    report = run([str(source)], str(tmp_path / "out"), Weak("Deich 13 "), wish, crowd.TABLES)
    (failed,) = report.quarantined
    assert (report.whole.articles, report.whole.refused) == (17, 0), failed
    again = run([str(source)], str(tmp_path / "out"), Weak("Deich 13 "), wish, crowd.TABLES)
    assert (again.now.shards, again.quarantined) == (0, (failed,)), "tried again, alone"
    whole = run([str(source)], str(tmp_path / "out"), crowd.Here(), wish, crowd.TABLES)
    assert (whole.now.articles, whole.whole.articles, whole.quarantined) == (1, 18, ())
    run([str(source)], str(tmp_path / "calm"), crowd.Here(), wish, crowd.TABLES)
    for table in ("articles", "statements"):
        assert crowd.sorted_rows(tmp_path / "out", table) == crowd.sorted_rows(tmp_path / "calm", table)
    assert run([str(source)], str(tmp_path / "out"), crowd.Here(), wish, crowd.TABLES).now.shards == 0


def page_record(row: dict[str, str]) -> bytes:
    page = f"<html lang=de><title>{row['title']}</title><body><article><p>{row['text']}</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://talbote.example/{row['title'].replace(' ', '-')}\r\n"
        f"WARC-Date: 2024-10-28T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_where_not_one_article_can_be_done_no_article_is_to_blame(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 6), "utf-8")
    report = run([str(path)], str(tmp_path / "out"), Weak("Deich"), crowd.wish(), crowd.TABLES)
    assert len(report.quarantined) == 2
    assert all("lines" in failed.what for failed in report.quarantined), "the shards stay as they were"
    assert crowd.go(tmp_path / "out", path).whole.articles == 6


def test_a_file_counts_once_however_it_is_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = tmp_path / "in" / "a.jsonl", tmp_path / "out"
    path.parent.mkdir()
    path.write_text(crowd.lines(0, 6), "utf-8")
    (tmp_path / "link").symlink_to(path.parent)
    monkeypatch.chdir(path.parent)
    spellings = [str(path), "a.jsonl", "../in/a.jsonl", f"file://{path}", str(tmp_path / "link" / "a.jsonl")]
    report = run(spellings, str(out), crowd.Here(), crowd.wish(), crowd.TABLES)
    assert report.whole.articles == 6
    for spelling in spellings:
        assert run([spelling], str(out), crowd.Here(), crowd.wish(), crowd.TABLES).whole.articles == 6
    crowd.go(tmp_path / "calm", path)
    assert crowd.held(out) == crowd.held(tmp_path / "calm")


def test_without_its_extra_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 1), "utf-8")
    for name in [n for n in sys.modules if n.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BatchError, match=r'pip install "reportedly\[batch\]"'):
        crowd.go(tmp_path / "out", path)
    assert not (tmp_path / "out").exists()


def test_a_store_in_memory_can_be_input_and_output() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/crowd/in/a.jsonl", crowd.lines(0, 6).encode())
    memory.pipe_file("/crowd/in/b.jsonl.gz", gzip.compress(crowd.lines(6, 9).encode()))
    try:
        report = run(["memory://crowd/in"], "memory://crowd/out", crowd.Here(), crowd.wish(), crowd.TABLES)
        assert (report.whole.articles, report.unread) == (9, ())
        assert (
            run(["memory://crowd/in"], "memory://crowd/out", crowd.Here(), crowd.wish(), crowd.TABLES).now.shards == 0
        )
        assert len(list(read_output("memory://crowd/out"))) == 9
    finally:
        memory.rm("/crowd", recursive=True)


class Overtaken(crowd.Here):
    """An engine that is still at work when a second run is begun, and done, in the same store."""

    def __init__(self, other: Callable[[], object]) -> None:
        self.other = other

    def done(
        self, make: Callable[[], Callable[[Any], Any]], tasks: Iterable[Any], *_: Any
    ) -> Iterator[tuple[Any, Any]]:
        do = make()
        for n, task in enumerate(tasks):
            if n == 1:
                self.other()
            try:
                yield task, do(task)
            except BatchError as error:
                yield task, Lost(str(error))


def test_who_begins_a_second_run_in_a_store_goes_on_with_it_and_the_first_ends(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", f"file://{tmp_path}/out"
    path.write_text(crowd.lines(0, 12), "utf-8")

    def second() -> None:
        path.write_text(crowd.lines(0, 12, edition=1), "utf-8")
        assert run([str(path)], out, crowd.Here(), crowd.wish(), crowd.TABLES).whole.articles == 12

    with pytest.raises(BatchError, match="another run has begun to work there"):
        run([str(path)], out, Overtaken(second), crowd.wish(), crowd.TABLES)
    crowd.go(tmp_path / "calm", path)
    assert crowd.held(tmp_path / "out") == crowd.held(tmp_path / "calm"), "nothing of the first edition came late"


def test_a_fault_of_ours_refuses_one_article(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 24), "utf-8")
    report = run([str(path)], str(tmp_path / "out"), crowd.Here(), crowd.wish(), replace(crowd.TABLES, inspect=odd))
    assert (report.whole.articles, report.whole.refused) == (23, 1)
    (refused,) = [f for f in read_output(str(tmp_path / "out")) if isinstance(f, Refusal)]
    assert refused.origin == f"{path}#line=8"
    assert "ValueError: seven" in refused.reason


def test_only_one_run_works_in_a_folder_and_only_with_the_same_wish(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(crowd.lines(0, 3), "utf-8")
    with Room(str(out)).alone(), pytest.raises(BatchError, match="another run is at work"):
        crowd.go(out, path)
    crowd.go(out, path)
    with pytest.raises(BatchError, match="was begun with formats"):
        crowd.go(out, path, formats=("jsonl",))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brief.txt").write_text("mein")
    with pytest.raises(BatchError, match="is not empty and holds no run"):
        crowd.go(tmp_path / "other", path)
    with pytest.raises(BatchError, match="holds no output"):
        list(read_output(str(tmp_path / "other")))


def test_what_other_tables_have_read_is_told_and_renewed_when_wanted(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(crowd.lines(0, 12), "utf-8")
    crowd.go(out, path)
    before = crowd.held(out)
    import reportedly

    version = reportedly.__version__
    try:
        reportedly.__version__ = "9.9.9"
        kept = crowd.go(out, path)
        assert kept.outdated == kept.whole.shards > 1
        assert kept.now.shards == 0
        assert crowd.held(out) == before
        new = run([str(path)], str(out), crowd.Here(), crowd.wish(), crowd.TABLES, renew=True)
    finally:
        reportedly.__version__ = version
    assert new.outdated == 0
    assert new.now.articles == new.whole.articles == 12
    assert crowd.held(out).keys() == before.keys()


def test_what_a_process_left_lying_is_taken_away(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(crowd.lines(0, 6), "utf-8")
    crowd.go(out, path)
    before = crowd.held(out)
    (out / "statements" / ".abc.tmp").write_bytes(b"half")
    (out / "articles" / f"{'0' * 31}1.parquet").write_bytes(b"of no shard")
    crowd.go(out, path)
    assert crowd.held(out) == before


def test_an_object_store_can_be_the_output(tmp_path: Path) -> None:
    import fsspec

    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 8), "utf-8")
    address = f"local://{tmp_path}/store"  # a store that several processes see
    report = run([f"local://{path}"], address, LocalEngine(2), crowd.wish(), crowd.TABLES)
    assert report.whole.articles == 8
    assert run([f"local://{path}"], address, crowd.Here(), crowd.wish(), crowd.TABLES).now.shards == 0
    found = list(read_output(address))
    assert len(found) == 8
    assert all(isinstance(f, Reading) and isinstance(f.analysis, Analysis) for f in found)
    assert not [n for n in fsspec.filesystem("local").find(f"{tmp_path}/store") if n.endswith(".tmp")]
