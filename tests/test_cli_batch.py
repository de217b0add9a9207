"""Do the commands for many articles do what they say, and say what they do?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import crowd
from reportedly.cli import app

TABLES = ("--weights", "tables", "--workers", "1")


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"LC_ALL": "C", "COLUMNS": "100"})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 12) + "kaputt\n", "utf-8")
    return path


def test_a_run_its_report_and_the_way_into_an_archive(source: Path, tmp_path: Path) -> None:
    out, archive = tmp_path / "out", tmp_path / "a.db"
    done = call("batch", source, out, "--shard-size", "2kB", "--format", "jsonl", "--format", "parquet", *TABLES)
    assert done.exit_code == 3, done.output
    assert re.search(
        r"this run: \d shards · 12 articles · \d+ words · \d+ statements · \d+ damages · refused 1", done.stdout
    )
    assert "articles/s" in done.stdout
    assert "1  is not JSON" in done.stdout
    assert "12 articles in 0:" in done.stderr
    again = call(
        "batch", source, out, "--shard-size", "2kB", "--format", "parquet", "--format", "jsonl", "--json", *TABLES
    )
    report = json.loads(again.stdout)
    assert (report["now"]["shards"], report["whole"]["articles"]) == (0, 12)
    assert "nothing new; 12 articles in the output" in again.stderr
    german = call(
        "batch", source, out, "--shard-size", "2kB", "--format", "parquet", "--format", "jsonl", "--lang", "de", *TABLES
    )
    assert "im Ergebnis: " in german.stdout
    loaded = call("load", out, "--archive", archive)
    assert loaded.exit_code == 0
    assert "read 12" in loaded.stderr
    assert "refused 1" in loaded.stderr
    assert call("who", "Thoms", "--archive", archive).exit_code == 0


def test_a_sample_says_how_long_it_will_take_and_writes_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = call("batch", "--dry-run", source, out, *TABLES)
    assert done.exit_code == 0, done.output
    assert not out.exists()
    found = json.loads(call("batch", "--dry-run", "--json", source, out, *TABLES).stdout)
    assert found["exact"] is True
    assert found["articles"] == [13, 13]
    assert found["refused"] == 1
    words = sum(len(crowd.row(n)["text"].split()) for n in range(12))
    assert found["words"] == words
    assert 0 < found["hours"][0] < found["hours"][1] < 0.1
    assert found["output_bytes"] > 10_000
    many = tmp_path / "many.jsonl"
    many.write_text(crowd.lines(0, 8_000), "utf-8")
    found = json.loads(call("batch", "--dry-run", "--json", many, out, *TABLES).stdout)
    assert found["exact"] is False
    assert found["articles"][0] <= 8_000 <= found["articles"][1]
    assert found["articles"][1] < 9_000


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("batch", "OUT"), "name at least one input"),
        (("batch", "IN", "OUT", "--format", "xml"), '--format "xml" is not known; give parquet, jsonl'),
        (("batch", "IN", "OUT", "--partition", "day"), '--partition "day" is not known'),
        (("batch", "IN", "OUT", "--shard-size", "groß"), '"groß" is no size; write for example 8MB'),
        (("batch", "IN", "OUT", "--weights", "none"), "there are none called"),
        (("batch", "IN", "OUT", "--published", "gestern"), "gestern"),
        (("load", "OUT", "--archive", "a.db"), "holds no output of `reportedly batch`"),
        (("worker", "--host", "0.0.0.0"), "needs a token"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: tuple[str, ...], why: str, source: Path, tmp_path: Path) -> None:
    places = {"IN": str(source), "OUT": str(tmp_path / "out"), "a.db": str(tmp_path / "a.db")}
    done = call(*(places.get(word, word) for word in words))
    assert done.exit_code == 2
    assert why in done.stderr
    assert "Traceback" not in done.output


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = call("batch", tmp_path / "none.jsonl", tmp_path / "out", *TABLES)
    assert done.exit_code == 2
    assert "Cannot be opened" in done.stdout
    assert "does not exist" in done.stdout
