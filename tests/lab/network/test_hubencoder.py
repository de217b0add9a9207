"""Is an encoder from a hub trained like our own? Words and pieces align, windows cover, a resumed training is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs reportedly[hub]")
pytest.importorskip("transformers", reason="needs reportedly[hub]")

from lab.train.network import finetune, hubexport  # noqa: E402
from lab.train.network.batches import Chance, batch_of  # noqa: E402
from lab.train.network.hubencoder import HubEncoder  # noqa: E402
from lab.train.network.model import Net  # noqa: E402

from reportedly.reading.statements.learned.subwords import Window, windows_of, word_vectors  # noqa: E402
from tinyhub import ARTICLES, labelled, tiny_bert, tiny_roberta, training  # noqa: E402


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bert(tmp_path_factory.mktemp("bert"))


@pytest.mark.parametrize("room", [4, 5, 12, 60])
def test_windows_cover_every_word_once(room: int) -> None:
    rng = np.random.default_rng(room)
    for count in (0, 1, 3, 40, 300):
        sizes = rng.integers(1, max(2, room // 4 + 1), count).tolist()
        windows = windows_of(sizes, room)
        assert [i for w in windows for i in range(w.begin, w.end)] == list(range(count))
        for w in windows:
            assert w.first <= w.begin <= w.end <= w.last
            assert sum(sizes[w.first : w.last]) <= room


def test_neighbouring_windows_share_words_and_halve_them() -> None:
    assert windows_of([1] * 20, 8)[:2] == [Window(0, 8, 0, 7), Window(6, 14, 7, 13)]


@pytest.mark.parametrize("make", [tiny_bert, tiny_roberta])
def test_a_word_is_the_mean_of_its_own_pieces(make: Callable[[Path], Path], tmp_path: Path) -> None:
    encoder = HubEncoder(str(make(tmp_path))).eval()
    texts = ["Die", "Bürgermeisterin", "räumte", "ein", ",", "", "„Ja“"]
    words = encoder.pieces.of(texts)
    assert len(words) == len(texts)
    assert len(words[1]) > 3
    assert words[5] == [encoder.tokenizer.mask_token_id]
    assert encoder.tokenizer.decode(words[1]).replace(" ", "") == "Bürgermeisterin"
    seen = [*encoder.pieces.before, *(p for word in words if word != words[5] for p in word), *encoder.pieces.after]
    assert seen == encoder.tokenizer(" ".join(filter(None, texts)))["input_ids"]
    ids = [*encoder.pieces.before, *(p for word in words for p in word), *encoder.pieces.after]
    with torch.no_grad():
        vectors = word_vectors(encoder.model, encoder.pieces, [texts, texts[:2]])
        alone = encoder.model(input_ids=torch.tensor([ids])).last_hidden_state[0]
    at = len(encoder.pieces.before)
    for i, word in enumerate(words):
        assert torch.allclose(vectors[0, i], alone[at : at + len(word)].mean(0), atol=1e-5), texts[i]
        at += len(word)
    assert vectors.shape == (2, len(texts), 32)
    assert not vectors[1, 2:].any()


@pytest.mark.parametrize("make", [tiny_bert, tiny_roberta])
def test_a_long_article_is_read_to_its_last_word(make: Callable[[Path], Path], tmp_path: Path) -> None:
    encoder = HubEncoder(str(make(tmp_path))).eval()
    assert encoder.pieces.room == 62
    texts = " ".join(ARTICLES * 3).split()
    with torch.no_grad():
        vectors = word_vectors(encoder.model, encoder.pieces, [texts])[0]
        first = windows_of([len(w) for w in encoder.pieces.of(texts)], 62)[0]
        beginning = word_vectors(encoder.model, encoder.pieces, [texts[: first.last]])[0]
    assert len(vectors) == len(texts)
    assert (vectors.abs().sum(-1) > 0).all()
    assert torch.allclose(vectors[: first.end], beginning[: first.end], atol=1e-5)


def test_a_word_without_end_fills_no_window(bert: Path) -> None:
    encoder = HubEncoder(str(bert)).eval()
    texts = ["Der", "Aaaaaaaabaaaaaa" * 6, "Hafen"]
    assert max(map(len, encoder.pieces.of(texts))) == encoder.pieces.room // 4
    assert len(word_vectors(encoder.model, encoder.pieces, [texts])[0]) == 3


def test_hidden_words_are_hidden_from_the_encoder_too(bert: Path) -> None:
    articles = labelled()
    batch = batch_of(articles, Chance(1, 0.0, 0.0, 0.5, 0.0))
    for a, texts in zip(articles, batch["texts"], strict=True):
        assert len(texts) == len(a.words)
        assert {t for t, w in zip(texts, a.words.texts, strict=True) if t != w} == {""}


def test_the_pretrained_part_learns_at_its_own_rate(bert: Path, tmp_path: Path) -> None:
    made = training(tmp_path / "net.pt", bert, "--hub-rate", "2e-5")
    rate = {id(p): g["lr"] for g in made.optimiser.param_groups for p in g["params"]}
    assert {rate[id(p)] for p in made.net.encoder.model.parameters()} == {2e-5}
    others = [p for n, p in made.net.named_parameters() if not n.startswith("encoder.model.")]
    assert {rate[id(p)] for p in others} == {made.options.rate}


def test_a_resumed_training_equals_an_uninterrupted_one(bert: Path, tmp_path: Path) -> None:
    whole = training(tmp_path / "whole.pt", bert, "--rounds", "3")
    whole.run()
    begun = training(tmp_path / "parts.pt", bert, "--rounds", "3")
    begun.options.rounds = 1
    begun.run()
    gone_on = training(tmp_path / "parts.pt", bert, "--rounds", "3")
    assert gone_on.round == 1
    gone_on.run()
    assert gone_on.step == whole.step
    for name, value in whole.net.state_dict().items():
        assert torch.equal(value, gone_on.net.state_dict()[name]), name
    for name, value in whole.mean.items():
        assert torch.equal(value, gone_on.mean[name]), name


def test_it_learns(bert: Path, tmp_path: Path) -> None:
    made = training(tmp_path / "net.pt", bert, "--rounds", "12", "--drop", "0")
    pieces = made.net.encoder.model.get_input_embeddings().weight
    batch, begin = batch_of(labelled(), Chance(1, 0.0, 0.0, 0.0, 0.0)), pieces.detach().clone()

    def loss() -> float:
        with torch.no_grad():
            return sum(map(float, finetune.losses(made.net.eval(), batch, 0.5)[0].values()))

    before = loss()
    made.run()
    assert loss() < 0.7 * before
    assert not torch.equal(begin, pieces)


def test_our_own_encoder_is_trained_as_before(tmp_path: Path) -> None:
    o = finetune.parser().parse_args(["--line", "open", "--out", str(tmp_path / "own.pt"), "--rounds", "1"])
    made = finetune.Training(o, labelled(), finetune.network(o.drop, None))
    made.run()
    assert isinstance(finetune.load(o.out), Net)
    with pytest.raises(ValueError, match="--encoder"):
        hubexport.export(made.net, tmp_path / "out", licence="", data=[], made="")


def test_an_encoder_without_a_fast_tokenizer_is_refused(bert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import transformers

    class Slow:
        is_fast = False

    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", lambda *_, **__: Slow())
    with pytest.raises(ValueError, match="no fast tokenizer"):
        HubEncoder(str(bert))


def test_an_encoder_that_is_nowhere_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    arguments = ["--line", "open", "--encoder", str(tmp_path / "empty"), "--out", str(tmp_path / "net.pt")]
    monkeypatch.setattr("sys.argv", ["finetune", *arguments])
    assert finetune.main() == 2
    (line,) = capsys.readouterr().out.splitlines()
    assert "empty: no encoder can be loaded from this folder or name (" in line
