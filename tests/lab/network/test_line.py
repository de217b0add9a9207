"""Does a recipe of lines.toml reach the training as it is written?"""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="needs PyTorch: make testtrain")

from lab.corpora import CORPORA
from lab.train.network import finetune, line

from reportedly.reading.statements.learned import Deciding
from reportedly.reading.statements.learned.proposals import Leanings


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


def test_the_open_line_learns_from_free_corpora_only() -> None:
    recipe = line.LINES["open"]
    for name in (*recipe["raw"], *recipe["begun"], *recipe["labelled"]):
        assert CORPORA[name]["lines"] == "any"
    assert recipe["beginning"]["only"].removesuffix("-messages") in recipe["begun"]
