"""Does a recipe of lines.toml reach the training as it is written?"""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs PyTorch: make testtrain")

from lab.corpora import CORPORA
from lab.train.network import finetune, line, pretrain, rawtext

from reportedly.reading.statements.learned import Deciding
from reportedly.reading.statements.learned.proposals import Leanings
from reportedly.weights.mapped import read_arrays

TEXT = "Die Ministerin sagte, der Deich sei sicher. Der Hirte schob den Wagen auf den Hof."


def test_settings_become_options() -> None:
    assert line._options({"encoder_rate": 0.6, "clean": True, "rounds": 3}) == [
        "--encoder-rate", 0.6, "--clean", "--rounds", 3,
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(line.LINES))
def test_every_recipe_is_understood(name: str) -> None:
    recipe = line.LINES[name]
    for step in ("beginning", "training"):
        given = [str(x) for x in line._options(recipe.get(step, {}))]
        assert finetune.parser().parse_args(["--line", name, "--out", "x", *given]).rounds >= 1
    Deciding(**{**recipe["deciding"], "ours": frozenset(recipe["deciding"]["ours"])})
    Leanings(**recipe["leanings"])
    assert {*recipe["raw"], *recipe["begun"], *recipe["labelled"]} <= set(CORPORA)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The stages that would run, in their order; none does."""
    calls: list[list[str]] = []
    monkeypatch.setattr(line, "run", lambda *a: calls.append([str(x) for x in a]))
    monkeypatch.setattr(rawtext, "make", lambda *a: None)
    return calls


@pytest.mark.parametrize("name", sorted(line.RECIPES))
def test_every_stage_knows_what_it_is_asked(name: str, asked: list[list[str]], tmp_path: Path) -> None:
    start = line.pretrained(name, tmp_path, tmp_path)
    line.trained(name, tmp_path, tmp_path, start, 3)
    for module, *options in asked:
        read = {"pretrain": pretrain.parser, "finetune": finetune.parser}[module]().parse_args(options)
        second = module == "pretrain" and "again." in read.out.name
        assert read.seed == (3 if module == "finetune" else 2 if second else 1)
    assert [call[0] for call in asked].count("finetune") == (2 if "beginning" in line.RECIPES[name] else 1)


def test_the_wide_encoder_begins_with_the_small_one(asked: list[list[str]], tmp_path: Path) -> None:
    start = line.pretrained("speeches", tmp_path, tmp_path)
    small, wide, again = (pretrain.parser().parse_args(call[1:]) for call in asked)
    assert (small.width, small.bf16, small.start) == (192, False, None)
    assert (wide.width, wide.bf16, wide.start) == (256, True, small.out)
    assert wide.dilations.count(0) == 2
    assert wide.words == 26e6
    assert (again.dilations, again.words, again.start, again.out) == (wide.dilations, wide.words, wide.out, start)
    assert again.rate < wide.rate


def test_the_open_line_learns_from_free_corpora_only() -> None:
    recipe = line.LINES["open"]
    for name in (*recipe["raw"], *recipe["begun"], *recipe["labelled"]):
        assert CORPORA[name]["lines"] == "any"
    assert recipe["beginning"]["only"].removesuffix("-messages") in recipe["begun"]


def packed(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


@pytest.fixture
def free_corpora(tmp_path: Path) -> Path:
    """What the open line learns from, in small and of our own writing, and no other file."""
    packed(tmp_path / "bundestag/bt19.txt.xz", *["Die Lage ist ernst, und der Deich hält."] * 800)
    packed(tmp_path / "bundestag/bt20.txt.xz", *["Wer das sagt, der war nie auf dem Hof."] * 800)
    statement = {
        "id": "s1", "form": "indirect", "content": [[22, 42]], "quoted": [], "cue": [[15, 20]], "frame": [[0, 21]], "speaker": [[0, 14]],
        "speaker_is": "Ministerin", "addressee": None, "authority": [], "occasion": None, "time": None, "medium": "speech",
        "cue_class": "neutral", "negated": False, "optional": False,
    }  # fmt: skip
    article = {
        "title": "Probe", "published": "2024-10-28", "text": TEXT, "statements": [statement],
        "speakers": [{"name": "Ministerin", "kind": "person", "named": False}],
    }  # fmt: skip
    made = [
        json.dumps({**article, "text": TEXT + tail, "id": str(n), "part": part})
        for n, (part, tail) in enumerate((("train", " Ende."), ("train", " Schluss."), ("dev", "")))
    ]
    packed(tmp_path / "gold/gold.jsonl.xz", *made)
    speech = {
        "Sentences": [{"SentenceId": 0, "Tokens": ["Ich", "sage", ":", "Der", "Deich", "hält", "."]}],
        "Annotations": [
            {"Cue": ["0:1"], "Source": ["0:0"], "Message": ["0:3", "0:4", "0:5"], "Topic": [], "Addr": [], "Medium": [], "Evidence": [], "PTC": []}
        ],
    }  # fmt: skip
    (tmp_path / "gepade").mkdir()
    with tarfile.open(tmp_path / "gepade/gepade-traindev.tar.xz", "w:xz") as archive:
        data = json.dumps(speech).encode()
        info = tarfile.TarInfo("./SpkAtt/data/train/task1/eins.json")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return tmp_path


def test_the_open_line_is_built_from_its_own_corpora_with_no_other_file_there(
    free_corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    recipe = line.LINES["open"]
    small = {**recipe, "pretrained_words": 5_000, "training": {**recipe["training"], "rounds": 1}}
    small |= {"beginning": {**recipe["beginning"], "rounds": 1}}
    monkeypatch.setitem(line.LINES, "open", small)
    monkeypatch.setitem(line.RECIPES, "open", small)
    out = tmp_path / "out"
    out.mkdir()
    arguments = ["open", "--data", str(free_corpora), "--room", str(tmp_path / "room"), "--out", str(out)]
    assert line.main(arguments) == 0
    shown = capfd.readouterr().out
    assert "not scored" in shown
    assert "gnqa" in shown
    assert shown.count("1 articles") == 1, "the speech"
    assert shown.count("2 articles") == 1, "gold"
    numbers, meta = read_arrays(out / "statements.open.safetensors")
    assert "shape.encoder" in numbers
    assert json.loads(meta["settings"])["deciding"]["least"] == recipe["deciding"]["least"]
    card = (out / "statements.open.toml").read_text("utf-8")
    assert "GePaDe" in card
    assert "NC" not in card
    assert line.main([*arguments, "--data", str(tmp_path / "nowhere")]) == 0, "what is finished is not made again"
