"""Do the commands of the lab read small corpora of their own, show what they are asked for, and keep the floors?"""

from __future__ import annotations

import json
import lzma
import re
from pathlib import Path
from typing import Any

import pytest
from gnqa_samples import article, record, statement
from lab.corpora import CorpusMissing, gold, read_lines

from lab import gate, health_alarms, score

TEXT = "Die Wirtin sagte, dass es regne. Der Müller forderte mehr Wind."
INDIRECT = {
    "content": "es regne", "form": "indirect", "cue": "sagte", "frame": "Die Wirtin sagte, dass",
    "speaker": "Die Wirtin", "who": "p1", "mood": "konjunktiv1",
}  # fmt: skip
REPORTED = {
    "content": "mehr Wind", "form": "reported", "cue": "forderte", "frame": "Der Müller forderte",
    "speaker": "Der Müller", "who": "p2", "cue_class": "demand", "by": "de/cues.tsv#fordern",
}  # fmt: skip
SPEAKERS = [{"id": "p1", "name": "Wirtin", "mentions": []}, {"id": "p2", "name": "Müller", "mentions": []}]


def perfect(text: str, title: str | None, published: str | None) -> dict[str, Any]:
    return record(text, statement(text, **INDIRECT), statement(text, **REPORTED), speakers=SPEAKERS)


def half(text: str, title: str | None, published: str | None) -> dict[str, Any]:
    return record(text, statement(text, **REPORTED), speakers=SPEAKERS)


def write(path: Path, *lines: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """One invented article in both corpora's files, and an empty one of clean segments."""
    made = article(TEXT)
    where = {TEXT[a:b]: n for n, (a, b) in enumerate(made.tokens)}

    def part(words: str) -> dict[str, Any]:
        return {"tokenIds": [where[word] for word in re.findall(r"\w+|[.,]", words)]}

    def quote(type_: str, words: str, speaker: str, cue: str = "", frame: str = "") -> dict[str, Any]:
        return {
            "type": type_, "medium": "Speech", "isNested": False, "quote": part(words), "speaker": part(speaker),
            "cue": part(cue), "frame": part(frame), "addressee": part(""),
        }  # fmt: skip

    gnqa_line = {
        "documentName": "7 - Probe (2024-10-28)",
        "originalText": TEXT,
        "tokens": [{"id": n, "charBegin": a, "charEnd": b} for n, (a, b) in enumerate(made.tokens)],
        "sentences": [{"charBegin": a, "charEnd": b} for a, b in made.sentences],
        "annotations": [
            quote("Indirect", "dass es regne", "Die Wirtin", "sagte", "Die Wirtin sagte ,"),
            quote("Reported", "Der Müller forderte mehr Wind .", "Der Müller"),
        ],
    }
    # in this text the words of the second sentence stand once, but the marks twice: the last full stop is meant
    write(tmp_path / "gnqa" / "dev.jsonl.xz", gnqa_line)
    gold_statements = [
        {
            **statement(TEXT, **fields), "speaker": statement(TEXT, **fields)["speaker"]["span"], "optional": False,
            "speaker_is": {"p1": "Wirtin", "p2": "Müller"}[fields["who"]], "addressee": None, "time": None,
        }
        for fields in (INDIRECT, REPORTED)
    ]  # fmt: skip
    gold_line = {
        "id": "7", "title": "Probe", "published": "2024-10-28", "part": "dev", "text": TEXT,
        "statements": gold_statements,
        "speakers": [{"name": "Wirtin", "kind": "person", "named": False}],
    }  # fmt: skip
    write(tmp_path / "gold" / "gold.jsonl.xz", gold_line, {**gold_line, "part": "train"})
    (tmp_path / "wmt-de-en").mkdir()
    return tmp_path


def test_corpora_are_read_part_by_part(corpora: Path) -> None:
    assert [a.part for a in gold.articles(corpora)] == ["dev", "train"]
    only = next(gold.articles(corpora, "dev"))
    assert [s["name"] for s in only.record["speakers"]] == ["Wirtin", "Müller"]
    with pytest.raises(CorpusMissing, match=r"train\.jsonl\.xz is not there: name the folder"):
        next(read_lines(corpora / "gnqa" / "train.jsonl.xz"))


def test_a_perfect_reading_scores_all_and_half_a_reading_less(corpora: Path) -> None:
    for scorer in (score.score_gnqa, score.score_gold):
        measured = {reader: scorer(corpora, "dev", None, reader).sheets[0] for reader in (perfect, half)}
        key = "messages" if scorer is score.score_gnqa else "content"
        assert measured[perfect][key].f1 == 1.0
        assert measured[half][key].recall == 0.5
        assert measured[half][key].precision == 1.0


def test_the_table_has_figures_intervals_and_confusion(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main(["gnqa", "--data", str(corpora)], half) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^messages +100\.0 +50\.0 +66\.7 +66\.7 -  66\.7 +1 +2$", shown, re.MULTILINE)
    assert re.search(r"^Indirect +0 +0 +1$", shown, re.MULTILINE)


def test_missed_shows_the_sentence_and_what_was_missed(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score.main(["gnqa", "--data", str(corpora), "--missed", "Ind"], half)
    shown = capsys.readouterr().out
    assert "Die Wirtin sagte, dass es regne." in shown
    assert "- quote     dass es regne" in shown
    assert "1 of 1 shown" in shown


def test_spurious_speakers_and_rows(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def wrong(text: str, title: str | None, published: str | None) -> dict[str, Any]:
        swapped = {**REPORTED, "speaker": "Die Wirtin"}
        invented = {**INDIRECT, "content": "Der Müller", "by": "rule/invented"}
        return record(text, statement(text, **swapped), statement(text, **invented), speakers=SPEAKERS)

    score.main(["gold", "--data", str(corpora), "--spurious"], wrong)
    assert "rule/invented" in capsys.readouterr().out
    score.main(["gold", "--data", str(corpora), "--speakers"], wrong)
    shown = capsys.readouterr().out
    assert "- speaker   Der Müller\n      +           Die Wirtin" in shown
    assert "= who       Müller" in shown
    score.main(["gold", "--data", str(corpora), "--names"], wrong)
    assert "0 of 0 shown" in capsys.readouterr().out
    score.main(["gold", "--data", str(corpora), "--rows"], wrong)
    assert re.search(r"^rule/invented +1 +0 +1 +0%", capsys.readouterr().out, re.MULTILINE)


def test_a_missing_corpus_is_one_sentence_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main(["gold", "--data", str(tmp_path)], perfect) == 2
    assert gate.main(["--data", str(tmp_path)], {"open": perfect}, tmp_path / "floors.json") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 2
    assert "name the folder that holds the corpora" in shown.err


def test_our_own_annotation_can_stand_for_the_engine(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main(["gnqa", "--data", str(corpora), "--own-gold"], half) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^messages +100\.0 +100\.0 +100\.0", shown, re.MULTILINE)
    assert score.score_gnqa(corpora, "dev", None, lambda *_: None).sheets == []


@pytest.fixture
def no_alarms(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Damage alarms as the test says, on a thousand segments."""
    counted: dict[str, int] = {}
    monkeypatch.setattr(health_alarms, "alarms", lambda folder: counted)
    monkeypatch.setattr(health_alarms, "segments", lambda folder: 1000)
    return counted


def test_floors_rise_and_hold(corpora: Path, no_alarms: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    floors = corpora / "floors.json"
    arguments = ["--data", str(corpora)]
    assert gate.main([*arguments, "--update"], {"open": half}, floors) == 0
    low = json.loads(floors.read_text())["floors"]
    assert gate.main([*arguments, "--update"], {"open": perfect}, floors) == 0
    high = json.loads(floors.read_text())["floors"]
    assert high["open gnqa messages"] == high["open gold content"] == 1.0 > low["open gnqa messages"]
    capsys.readouterr()

    assert gate.main(arguments, {"open": perfect}, floors) == 0
    assert gate.main(arguments, {"open": half}, floors) == 1
    assert "open gnqa messages: 66.67 is below its floor of 100.00" in capsys.readouterr().err

    assert gate.main([*arguments, "--update"], {"open": half}, floors) == 1
    assert "would fall: open gnqa messages from 100.00 to 66.66" in capsys.readouterr().err
    assert json.loads(floors.read_text())["floors"] == high
    assert gate.main([*arguments, "--update", "--allow-regression"], {"open": half}, floors) == 0
    assert json.loads(floors.read_text())["floors"] == low


def test_another_corpus_is_no_comparison(
    corpora: Path, no_alarms: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    floors = corpora / "floors.json"
    gate.main(["--data", str(corpora), "--update"], {"open": perfect}, floors)
    write(corpora / "gnqa" / "dev.jsonl.xz")
    assert gate.main(["--data", str(corpora)], {"open": perfect}, floors) == 2
    assert "not the ones the floors were made on" in capsys.readouterr().err


def test_a_detector_that_cries_wolf_closes_the_gate(
    corpora: Path, no_alarms: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    no_alarms.update(stray_space=2, credit=1)
    assert gate.main(["--data", str(corpora)], {"open": perfect}, corpora / "floors.json") == 1
    shown = capsys.readouterr()
    assert "damage stray_space: 2.00 false alarms in 1,000" in shown.err
    assert "credit" not in shown.err


def test_the_page_carries_figures_floors_and_signatures(corpora: Path, no_alarms: dict[str, int]) -> None:
    measured = gate.measure(corpora, {"open": perfect})
    page = gate.report(measured, {"floors": {"open gnqa messages": 0.6}})
    assert "| Messages | 100.0 | 100.0 | **100.0** | 100.0 - 100.0 | 60.0 | 2 | 2 |" in page
    assert re.search(
        r"`version:[\d.]+\|tables:de-\w{8}\|weights:open-[\w-]+\|corpus:gnqa/dev-\w{8}\|part:dev\|articles:1\|",
        page,
    )
    assert re.search(r"corpus:gold-\w{8}", page)


def test_the_page_sets_the_lines_side_by_side_and_says_how_sure_they_were(
    corpora: Path, no_alarms: dict[str, int]
) -> None:
    page = gate.report(gate.measure(corpora, {"open": perfect, "research": perfect, "tables": half}), {})
    assert "| | open | research | tables |" in page
    assert re.search(r"\| GNQA dev: Messages \| \*\*100\.0\*\*.*\| \*\*66\.7\*\*", page)
    assert "**open, GNQA dev**: error 0.200" in page
    assert "**tables, own gold dev**: error 0.200" in page
