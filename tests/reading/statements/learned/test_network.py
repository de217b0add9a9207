"""Does the network in numpy read articles of every length alike?"""

from __future__ import annotations

import numpy as np
import pytest
from tests.reading.statements.learned.samples import analysed, german, random_network

from reportedly.reading.statements.learned import network as numpy_network
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked, Words
from reportedly.reading.statements.learned.network import Several, gelu, sigmoid

TEXT = "Die Ministerin sagte am Montag in Kiel, die Lage sei ernst. „Wir warten“, fügte sie hinzu. "


def page(text: str) -> Marked:
    return Marked(Words(analysed(text), german()), [])


def test_an_empty_article_says_nothing() -> None:
    assert list(random_network().read(page(""), 0.1)) == []


def test_every_place_with_a_chance_is_read_with_its_window() -> None:
    seeds = list(random_network().read(page(TEXT * 3), 0.3))
    assert seeds
    for seed in seeds:
        assert seed.chance > 0.3
        assert 0 < seed.valid < 1
        assert seed.member.shape == (shape.WINDOW, len(shape.PARTS))
        assert np.isfinite(seed.member).all()


@pytest.mark.parametrize("attention", [False, True])
def test_a_long_article_is_read_in_pieces_as_if_it_were_one(monkeypatch: pytest.MonkeyPatch, attention: bool) -> None:
    article, network = page(TEXT * 40), random_network(attention=attention)
    whole = network.encode(article)
    monkeypatch.setattr(numpy_network, "CHUNK", 97)
    assert np.abs(network.encode(article) - whole).max() < 1e-4


def test_the_number_of_windows_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article, network = page(TEXT * 3), random_network()
    whole = list(network.read(article, 0.3))
    monkeypatch.setattr(numpy_network, "SEEDS", 3)
    for one, other in zip(whole, network.read(article, 0.3), strict=True):
        assert (one.at, one.kind) == (other.at, other.kind)
        assert one.valid == pytest.approx(other.valid, abs=1e-5)
        assert np.abs(one.member - other.member).max() < 1e-4


def test_the_functions_are_what_they_are_called() -> None:
    x = np.linspace(-6, 6, 101, dtype=np.float32)
    scipy = pytest.importorskip("scipy.special")
    assert np.abs(gelu(x) - 0.5 * x * (1 + scipy.erf(x / np.sqrt(2)))).max() < 1e-6
    assert np.abs(sigmoid(x) - scipy.expit(x)).max() < 1e-6


def test_several_networks_are_read_as_their_mean() -> None:
    article = page(TEXT * 2)
    one, other = random_network(1), random_network(2)
    both = list(Several([one, other]).read(article, 0.2))
    assert both
    alone = [{(s.at, s.kind): s for s in n.read(article, 0.0)} for n in (one, other)]
    for seed in both:
        mean = sum(a[seed.at, seed.kind].chance for a in alone) / 2
        assert seed.chance == pytest.approx(mean, abs=1e-5)
        assert seed.chance > 0.2
    same = Several([one, one]).read(article, 0.2)
    assert [(s.at, s.kind) for s in same] == [(s.at, s.kind) for s in one.read(article, 0.2)]
