"""Does the comparison of two versions show the difference in sentences, and the bench time every stage?"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest
from gnqa_samples import record, statement

from lab import bench, bench_limits, compare
from reportedly.model.article import Article
from reportedly.pipeline import STANDARD, Recipe

TABLES_ALONE = replace(STANDARD, weights="tables")
TEXT = "Die Wirtin sagte, dass es regne. Der Müller forderte mehr Wind."
RAIN = statement(TEXT, "es regne", cue="sagte", frame="Die Wirtin sagte, dass", speaker="Die Wirtin", who="p1")
WIND = statement(TEXT, "mehr Wind", "reported", cue="forderte", speaker="Der Müller")
SPEAKERS = [{"id": "p1", "name": "Wirtin"}]


def test_gained_lost_and_the_same() -> None:
    old, new = record(TEXT, RAIN, speakers=SPEAKERS), record(TEXT, RAIN, WIND, speakers=SPEAKERS)
    there = compare.difference(["a"], [old], [new])
    assert (len(there.gained), len(there.lost), len(there.changed), there.same) == (1, 0, 0, 1)
    assert there.gained == [("a", "", "reported: **Der Müller** [forderte] mehr Wind")]
    back = compare.difference(["a"], [new], [old])
    assert (len(back.gained), len(back.lost), back.same) == (0, 1, 1)


def test_changed_says_what_changed() -> None:
    other = {**RAIN, "form": "mixed", "cue": []}
    named = [{"id": "p1", "name": "Olga Reuß"}]
    there = compare.difference(["a"], [record(TEXT, RAIN, speakers=SPEAKERS)], [record(TEXT, other, speakers=named)])
    (name, before, after), *_ = there.changed
    assert name == "a"
    assert before == "indirect: **Wirtin** [sagte] es regne"
    assert after == "mixed: **Olga Reuß** [] es regne *(form, cue, resolved speaker)*"


def test_the_report_is_markdown_and_names_the_versions() -> None:
    broken = {**record(TEXT), "failed": "KeyError('x')", "damage": [{"kind": "stray_space"}]}
    there = compare.difference(["a | b"], [record(TEXT, WIND)], [broken])
    page = compare.markdown(there, 1, "v1", "the working tree", 10)
    assert page.startswith("## Statements from v1 to the working tree, 1 articles")
    assert "0 gained, 1 lost, 0 changed, 0 the same." in page
    assert "| a \\| b | reported: **Der Müller** [forderte] mehr Wind |" in page
    assert "| a \\| b | reads | KeyError('x') |" in page
    assert "| stray_space | 0 | 1 |" in page


def test_workers_side_by_side_find_what_read_finds() -> None:
    articles = [Article(f"{TEXT} Der Deich {n} halte, sagte Maike Thoms.") for n in range(6)]
    lines = bench.side_by_side(articles, "tables")
    assert len(lines) == 4, "one and two threads, one and two processes"
    for line in lines[2:]:
        assert "the same records as read" in line
        words, memory = float(line[28:40]), float(line.split("x one")[1].split("MiB")[0])
        assert words > 1
        assert 20 < memory < 1000
    assert "100% of 1 x one" in lines[0]


def version(folder: Path, reads: str) -> Path:
    """A tiny other version of the house, whose `read` gives one statement with this form."""
    package = folder / "reportedly"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "model" / "__init__.py").write_text("")
    (package / "model" / "article.py").write_text(
        "class Article:\n    def __init__(self, text, title=None, published=None):\n        self.text = text\n"
    )
    (package / "pipeline.py").write_text(
        "class Reading:\n    def __init__(self, text): self.text = text\n"
        f"    def to_dict(self): return {{'text': self.text, 'statements': [], 'speakers': [], 'form': {reads!r}}}\n"
        "def read(article):\n    if not article.text: raise ValueError('empty')\n    return Reading(article.text)\n"
    )
    return folder.resolve()


def test_every_version_reads_in_a_process_of_its_own(tmp_path: Path) -> None:
    old, new = version(tmp_path / "old", "direct"), version(tmp_path / "new", "mixed")
    articles = [{"text": "Äpfel. 😀"}, {"text": ""}]
    assert [compare.read_with(v, articles)[0]["form"] for v in (old, new)] == ["direct", "mixed"]
    second = compare.read_with(old, articles)[1]
    assert second["failed"] == "ValueError('empty')"
    assert second["statements"] == []


def test_a_version_that_cannot_start_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "reportedly").mkdir()
    (tmp_path / "reportedly" / "__init__.py").write_text("raise ImportError('half a house')")
    with pytest.raises(compare.ComparisonFailed, match="cannot read: ImportError: half a house"):
        compare.read_with(tmp_path.resolve(), [{"text": "Ja."}])


def test_an_unknown_commit_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text('{"text": "Ja."}\n', "utf-8")
    assert compare.main(["no-such-commit", "--articles", str(file)]) == 2
    assert '"no-such-commit" is no commit' in capsys.readouterr().err


def test_the_bench_times_every_stage() -> None:
    seconds = bench.measure([Article(TEXT), Article(TEXT)])
    assert set(seconds) == {*(f.name for f in dataclasses.fields(Recipe) if f.name != "weights"), "record", "all of it"}
    parts = sum(value for name, value in seconds.items() if name != "all of it")
    assert 0 < parts <= seconds["all of it"]
    assert all(value > 0 for value in seconds.values())


def test_the_bench_says_on_which_machine_and_against_what() -> None:
    assert "Python 3." in bench.machine()
    assert bench.peak_memory() > 1
    assert bench.yardsticks([Article(TEXT)])["regex: words and marks"] > 0


def test_the_bench_reads_articles_of_the_caller(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "Eins.", "title": "T"}\n{"text": "Zwei."}\n', "utf-8")
    assert [a.text for a in bench.articles_of(lines, tmp_path, 1)] == ["Eins."]
    plain = tmp_path / "a.txt"
    plain.write_text("Drei.", "utf-8")
    assert [a.text for a in bench.articles_of(plain, tmp_path, 5)] == ["Drei."]


def test_the_products_are_timed_and_counted_and_left_as_they_are() -> None:
    from reportedly.pipeline import read
    from reportedly.reading.statements.learned.network import Network

    article, before = Article(TEXT), Network._linear
    found = bench_limits.products([article], "open")
    assert Network._linear is before
    assert 0 < found.seconds < found.whole
    assert found.operations > 1e6
    assert bench_limits.best(64, 64, 64) > 1e8
    assert bench_limits.threads([article] * 4, "tables", [read(article, TABLES_ALONE).to_json()] * 4)[1].endswith(
        "as read"
    )
