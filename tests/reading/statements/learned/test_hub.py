"""Does a folder with an encoder from a hub read an article, and does it say what is wrong with it in one sentence?"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs reportedly[hub]")
pytest.importorskip("transformers", reason="needs reportedly[hub]")

from lab.train.network import hubexport  # noqa: E402
from lab.train.network.batches import Chance, batch_of  # noqa: E402
from lab.train.network.finetune import load as trained_net  # noqa: E402

from reportedly.errors import WeightsError  # noqa: E402
from reportedly.languages import load  # noqa: E402
from reportedly.model.article import Article  # noqa: E402
from reportedly.model.statement import Statement  # noqa: E402
from reportedly.pipeline import STANDARD  # noqa: E402
from reportedly.reading.statements import find_statements  # noqa: E402
from reportedly.reading.statements.learned.hub import card_of, engine_from_folder  # noqa: E402
from reportedly.reading.statements.learned.marks import Marked  # noqa: E402
from tinyhub import ARTICLES, labelled, tiny_bert, training  # noqa: E402


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A trained network and the folder it was exported to, by the commands themselves."""
    room = tmp_path_factory.mktemp("hub")
    encoder = tiny_bert(room / "base")
    training(room / "net.pt", encoder, "--rounds", "30", "--drop", "0.05", "--rate", "3e-3", "--mean", "0.9").run()
    folder = room / "newsroom"
    arguments = [
        str(room / "net.pt"),
        "--out",
        str(folder),
        "--licence",
        "CC BY 4.0",
        "--learned-from",
        "four articles",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["hubexport", *arguments])
        assert hubexport.main() == 0
    return room / "net.pt", folder


@pytest.fixture
def folder(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(made[1], tmp_path / "newsroom"))


def read(text: str, weights: str) -> tuple[Statement, ...]:
    article, language = Article(text), load("de")
    analysis = STANDARD.analyse(article, STANDARD.inspect(article, language), language)
    return find_statements(analysis, language, weights)


def test_it_reads_what_it_has_learned(made: tuple[Path, Path]) -> None:
    for text in ARTICLES:
        found = [(s.form, s.content) for s in read(text, f"hub:{made[1]}")]
        assert found == [(s.form, s.content) for s in read(text, "tables")]


def test_a_long_article_is_read(made: tuple[Path, Path]) -> None:
    statements = read("\n\n".join(ARTICLES * 4), f"hub:{made[1]}")
    assert len({s.content[0].start for s in statements}) > 20


def test_no_place_of_the_machine_gets_into_the_record(made: tuple[Path, Path]) -> None:
    engine = engine_from_folder(made[1])
    assert engine.line == "hub:newsroom"
    assert str(made[1].parent) not in repr([card_of(made[1]), read(ARTICLES[0], f"hub:{made[1]}")])


def test_it_computes_what_was_trained(made: tuple[Path, Path]) -> None:
    net, network = trained_net(made[0]), engine_from_folder(made[1]).network
    for a in labelled():
        batch = batch_of([a], Chance(1, 0.0, 0.0, 0.0, 0.0))
        with torch.no_grad():
            h = net.encode(batch["texts"], batch["mask"], batch["marks"])
        page = Marked(a.words, a.tables, a.convention)
        assert np.abs(network.encode(page) - h[0].numpy()).max() < 1e-4


def test_the_card_says_what_it_is(made: tuple[Path, Path]) -> None:
    card = card_of(made[1])
    assert card["licence"] == "CC BY 4.0"
    assert card["data"] == ["four articles"]
    assert card["encoder"]["name"] == "base"
    assert "encoder/model.safetensors" in card["encoder"]["sha256"]


def test_settings_travel_with_the_heads(made: tuple[Path, Path], tmp_path: Path) -> None:
    settings = '{"deciding": {"least": 0.33, "ours": ["cue"]}, "leanings": {"part": 0.4}}'
    hubexport.export(trained_net(made[0]), tmp_path, licence="", data=[], made="", settings=settings)
    engine = engine_from_folder(tmp_path)
    assert (engine.deciding.least, engine.deciding.ours, engine.leanings.part) == (0.33, {"cue"}, 0.4)


def test_exporting_twice_gives_the_same_bytes(made: tuple[Path, Path], tmp_path: Path) -> None:
    for _ in range(2):
        hubexport.export(trained_net(made[0]), tmp_path, licence="", data=[], made="")
    assert card_of(tmp_path)["sha256"] == card_of(made[1])["sha256"]
    assert card_of(tmp_path)["encoder"] == card_of(made[1])["encoder"]


def test_an_encoder_that_lies_in_the_way_is_not_overwritten(made: tuple[Path, Path], tmp_path: Path) -> None:
    tiny_bert(tmp_path / "encoder")
    with pytest.raises(ValueError, match="holds a folder encoder that is no export of ours"):
        hubexport.export(trained_net(made[0]), tmp_path, licence="", data=[], made="")
    assert (tmp_path / "encoder" / "model.safetensors").exists()


# --- what can be wrong


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nowhere: there is no such folder; name one .*docs/hub\.md"):
        read(ARTICLES[0], f"hub:{tmp_path / 'nowhere'}")


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"this is no exported network, card\.toml is missing"):
        engine_from_folder(tmp_path)
    (tmp_path / "card.toml").write_text("= =", "utf-8")
    with pytest.raises(WeightsError, match=r"card\.toml cannot be read"):
        engine_from_folder(tmp_path)


@pytest.mark.parametrize("name", ["heads.safetensors", "encoder/model.safetensors", "encoder/tokenizer.json"])
def test_a_changed_file(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(WeightsError, match=rf"the file {name} does not match card\.toml; export the folder again"):
        engine_from_folder(folder)


@pytest.mark.parametrize("name", ["heads.safetensors", "encoder/config.json"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=f"the file {name} is missing; export the folder again"):
        engine_from_folder(folder)


def test_a_file_that_the_card_does_not_know(folder: Path) -> None:
    (folder / "encoder" / "more.py").write_text("print('executed')", "utf-8")
    with pytest.raises(WeightsError, match=r"encoder/more\.py does not match"):
        engine_from_folder(folder)


def test_heads_that_belong_to_another_encoder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.reading.statements.learned import hub

    real = hub.read_arrays
    monkeypatch.setattr(hub, "read_arrays", lambda path: (real(path)[0] | {"extra.bias": np.zeros(7)}, {}))
    with pytest.raises(WeightsError, match=r"heads\.safetensors was not made for this encoder"):
        engine_from_folder(folder)


def test_an_encoder_that_nothing_can_load(folder: Path) -> None:
    config = folder / "encoder" / "config.json"
    old = card_of(folder)["encoder"]["sha256"]["encoder/config.json"]
    config.write_text('{"model_type": "unheard-of"}', "utf-8")
    from reportedly.reading.statements.learned.hub import sha256

    card = folder / "card.toml"
    card.write_text(card.read_text("utf-8").replace(old, sha256(config)), "utf-8")
    with pytest.raises(WeightsError, match=r"this network cannot be read \(.*; export the folder again") as caught:
        engine_from_folder(folder)
    assert "\n" not in str(caught.value)


def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(WeightsError, match=r"needs PyTorch and transformers; pip install 'reportedly\[hub\]'"):
        engine_from_folder(folder)


def test_reading_never_asks_the_network(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reading opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert engine_from_folder(made[1]).network.read(Marked(labelled()[0].words, []), 0.1) is not None
