"""Are weight files found, checked against their card, and missed politely?"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab.corpora import CORPORA, origins

import reportedly
from reportedly import weights
from reportedly.errors import InputError, WeightsError
from reportedly.reading.statements.learned import engine_of

HERE = Path(weights.__file__).parent
ROOT = Path(__file__).parents[2]
RECIPES = tomllib.loads((ROOT / "lab/train/network/lines.toml").read_text("utf-8"))
CACHED = (weights.load, weights.arrays, weights.card, weights.digest)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The weights in a folder of their own, nothing cached."""
    shutil.copytree(HERE, tmp_path / "weights")
    monkeypatch.setattr(weights, "_HERE", tmp_path / "weights")
    for cached in (*CACHED, engine_of):
        cached.cache_clear()
    yield tmp_path / "weights"
    for cached in (*CACHED, engine_of):
        cached.cache_clear()


def shipped_files() -> list[Path]:
    return sorted([*HERE.rglob("*.json"), *HERE.rglob("*.safetensors")])


def test_every_weight_file_matches_its_card() -> None:
    assert len(shipped_files()) == len(weights.shipped())
    for path in shipped_files():
        name, line = f"{path.parent.name}/{path.name.split('.')[0]}", path.name.split(".")[1]
        assert weights.load(name, line) if path.suffix == ".json" else weights.arrays(name, line)
        card = weights.card(name, line)
        assert {"sha256", "script", "licence", "data", "seed", "version"} <= set(card)
        assert (ROOT / card["script"]).exists()


def test_a_line_is_small_enough_for_a_package() -> None:
    for line in weights.LINES:
        assert sum(p.stat().st_size for p in shipped_files() if p.name.split(".")[1] == line) <= 40e6


def test_the_cards_name_what_the_recipes_name() -> None:
    for line, recipe in ((line, r) for line, r in RECIPES.items() if "licence" in r):
        card = weights.card("de/statements", line)
        assert card["data"] == origins([*recipe["raw"], *recipe["begun"], *recipe["labelled"]])
        assert card["licence"] == recipe["licence"]


@pytest.mark.parametrize("line", [weights.OPEN, weights.TABLES])
def test_what_is_open_holds_nothing_that_forbids_selling(line: str) -> None:
    free = set(origins(name for name, corpus in CORPORA.items() if corpus["lines"] == "any"))
    for path in HERE.rglob(f"*.{line}.toml"):
        card = weights.card(f"{path.parent.name}/{path.name.split('.')[0]}", line)
        assert "NC" not in card["licence"]
        for item in card["data"]:
            assert item in free or item.startswith("our own gold")
            assert "NC" not in item
    speeches = [*RECIPES["speeches"]["raw"], *(n.removesuffix("-cues") for n in RECIPES["speeches"]["labelled"])]
    for name in (*RECIPES["open"]["raw"], *RECIPES["open"]["begun"], *RECIPES["open"]["labelled"], *speeches):
        assert CORPORA[name]["lines"] == "any"


def test_what_is_learned_from_non_commercial_text_says_so() -> None:
    for path in HERE.rglob("*.research.toml"):
        assert weights.card(f"{path.parent.name}/{path.name.split('.')[0]}", "research")["licence"] == "CC BY-NC-SA 4.0"


def test_a_damaged_file_says_what_to_do(elsewhere: Path) -> None:
    with (elsewhere / "de/confidence.tables.json").open("a") as file:
        file.write(" ")
    with pytest.raises(WeightsError, match=r"confidence\.tables\.json.*does not match its card.*make weights"):
        weights.load("de/confidence", "tables")
    assert weights.digest("de/confidence", "tables") == "none"


TEXT = "Die Sprecherin sagte, die Lage sei ernst."


@pytest.mark.parametrize("harm", ["missing", "damaged"])
@pytest.mark.parametrize("line", [weights.OPEN, weights.RESEARCH])
def test_without_the_network_the_tables_read_and_one_sentence_says_so(elsewhere: Path, harm: str, line: str) -> None:
    path = elsewhere / f"de/statements.{line}.safetensors"
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    reading = reportedly.read(TEXT, language="de", weights=line)
    alone = reportedly.read(TEXT, language="de", weights="tables")
    assert reading.statements == alone.statements
    (note,) = [n for n in reading.notes if "weight file" in n]
    assert path.name in note
    assert note.endswith("the tables read alone")
    assert reading.signature == alone.signature


def test_without_any_weights_the_rows_trust_is_given(elsewhere: Path) -> None:
    shutil.rmtree(elsewhere / "de")
    reading = reportedly.read(TEXT, language="de")
    assert [s.form.value for s in reading.statements] == ["indirect"]
    assert reading.confidence == {"s1": reading.statements[0].sure}
    assert reading.signature.endswith("|tables-none")


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(InputError, match=r'"best".*open, research, tables'):
        reportedly.read(TEXT, language="de", weights="best")


def test_the_signature_tells_the_lines_apart() -> None:
    seen = {reportedly.read(TEXT, language="de", weights=line).signature for line in weights.LINES}
    assert len(seen) == len(weights.LINES)


def test_confidence_is_a_probability_and_tells_good_from_doubtful() -> None:
    reading = reportedly.read(
        "„Wir bleiben“, sagte Ministerin Karin Oelmann am Montag in Kiel. Der Wagen gilt als sicher.",
        language="de",
        weights="tables",
    )
    sure = {s.form.value: reading.confidence[s.id] for s in reading.statements}
    assert all(0 < p < 1 for p in sure.values())
    assert sure["direct"] > 0.7
    assert sure.get("reported", 0.0) < 0.7
