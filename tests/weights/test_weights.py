"""Are weight files found, checked against their card, and missed politely?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import reportedly
from reportedly import weights
from reportedly.errors import WeightsError

HERE = Path(weights.__file__).parent


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The weights in a folder of their own, nothing cached."""
    shutil.copytree(HERE, tmp_path / "weights")
    monkeypatch.setattr(weights, "_HERE", tmp_path / "weights")
    for cached in (weights.load, weights.card):
        cached.cache_clear()
    yield tmp_path / "weights"
    for cached in (weights.load, weights.card):
        cached.cache_clear()


def test_every_weight_file_matches_its_card() -> None:
    files = sorted(HERE.rglob("*.json"))
    assert files
    for path in files:
        name = f"{path.parent.name}/{path.name.split('.')[0]}"
        assert weights.load(name, path.name.split(".")[1])
        card = weights.card(name)
        assert {"sha256", "script", "licence", "data", "seed"} <= set(card)


def test_the_open_line_holds_no_data_that_forbids_selling() -> None:
    for path in HERE.rglob("*.open.toml"):
        card = weights.card(f"{path.parent.name}/{path.name.split('.')[0]}")
        text = " ".join([card["licence"], *card["data"]])
        assert "NC" not in text
        assert "GNQA" not in text


def test_a_damaged_file_says_what_to_do(elsewhere: Path) -> None:
    with (elsewhere / "de/confidence.open.json").open("a") as file:
        file.write(" ")
    with pytest.raises(WeightsError, match=r"confidence\.open\.json.*does not match its card.*make weights"):
        weights.load("de/confidence")
    assert weights.digest("de/confidence") == "none"


def test_without_weights_the_tables_still_read_and_the_signature_tells(elsewhere: Path) -> None:
    (elsewhere / "de/confidence.open.json").unlink()
    reading = reportedly.read("Die Sprecherin sagte, die Lage sei ernst.", language="de")
    assert [s.form.value for s in reading.statements] == ["indirect"]
    assert reading.confidence == {"s1": reading.statements[0].sure}
    assert reading.signature.endswith("|confidence-none")


def test_confidence_is_a_probability_and_tells_good_from_doubtful() -> None:
    reading = reportedly.read(
        "„Wir bleiben“, sagte Ministerin Karin Oelmann am Montag in Kiel. Der Wagen gilt als sicher.", language="de"
    )
    sure = {s.form.value: reading.confidence[s.id] for s in reading.statements}
    assert all(0 < p < 1 for p in sure.values())
    assert sure["direct"] > 0.7
    assert sure.get("reported", 0.0) < 0.7
