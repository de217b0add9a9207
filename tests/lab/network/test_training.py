"""Is the network that is trained the network that reads, and can its training be stopped and gone on with?"""

from __future__ import annotations

import argparse
import json
import lzma
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch: make testtrain")

from lab.corpora import gnqa  # noqa: E402
from lab.train.network import export, finetune, pretrain, rawtext  # noqa: E402
from lab.train.network.articles import Known, Labelled, analysed  # noqa: E402
from lab.train.network.batches import Chance, batch_of  # noqa: E402
from lab.train.network.encoder import DILATIONS, Encoder, NearAttention  # noqa: E402
from lab.train.network.model import Net  # noqa: E402

from reportedly.reading.statements.learned.marks import Marked  # noqa: E402
from reportedly.reading.statements.learned.network import Network  # noqa: E402
from reportedly.reading.statements.learned.shape import PARTS, TYPES, Outline  # noqa: E402
from reportedly.weights.mapped import read_arrays  # noqa: E402

TEXTS = (
    "Die Lage sei ernst, sagte Ministerin Karin Oelmann. Der Hirte schob den Wagen auf den Hof.",
    "„Wir warten“, rief der Hirte. Nach Angaben der Gemeinde seien 40 Schafe entlaufen.",
    "Der Bürgermeister lobte den Plan der Gemeinde. Er glaube an den Erfolg, fügte er hinzu.",
)


def labelled(text: str) -> Labelled:
    """What the tables find, taken for gold."""
    _, words, tables = analysed(text)
    known = [
        Known(Outline(o.form, o.parts), o.first, medium="speech", cue_class="neutral", negated=False) for o in tables
    ]
    return Labelled(text[:9], "ours", text, words, tables, known, frozenset(PARTS))


@pytest.fixture(scope="module")
def articles() -> list[Labelled]:
    return [labelled(text) for text in TEXTS]


def options(out: Path, *more: str) -> argparse.Namespace:
    return finetune.parser().parse_args(["--line", "open", "--out", str(out), "--words", "60", *more])


def trained(articles: list[Labelled], out: Path, rounds: int, **more: str) -> Net:
    torch.manual_seed(7)
    finetune.Training(options(out, "--rounds", str(rounds)), articles, Net()).run()
    return finetune.load(out)


@pytest.mark.parametrize("dilations", [DILATIONS, (1, 0, 4, 0)])
def test_numpy_reads_what_torch_has_learned(articles: list[Labelled], dilations: tuple[int, ...]) -> None:
    torch.manual_seed(3)
    net = Net(encoder=Encoder(64, dilations)).eval()
    for block in net.encoder.blocks:
        if isinstance(block, NearAttention):
            torch.nn.init.normal_(block.bias)
    numbers = Network(net.arrays(), net.encoder.table.weight.detach().numpy())
    for a in articles:
        page = Marked(a.words, a.tables, a.convention)
        rows, marks = torch.from_numpy(a.words.rows.astype(np.int64))[None], torch.from_numpy(page.marks)[None]
        with torch.no_grad():
            h = net.encode(rows, torch.ones(1, len(a.words), 1), marks)
            chance = torch.sigmoid(net.seeds(h))[0].numpy()
        assert np.abs(numbers.encode(page) - h[0].numpy()).max() < 1e-4
        for seed in list(numbers.read(page, 0.0))[:20]:
            assert seed.chance == pytest.approx(chance[seed.at, seed.kind], abs=1e-5)
            window = [torch.from_numpy(x[None]) for x in page.window(seed.at, seed.kind)]
            b = {
                "article": torch.tensor([0]), "at": torch.tensor([seed.at]), "kind": torch.tensor([seed.kind]),
                "convention": torch.tensor([page.convention]), "sentence": window[0], "paragraph": window[1], "bits": window[2],
            }  # fmt: skip
            with torch.no_grad():
                member, pointer, none, labels, valid = (x[0].numpy() for x in net.windows(h, b))
            assert np.abs(seed.member - member).max() < 1e-3
            assert np.abs(seed.pointer - pointer).max() < 1e-2
            assert np.abs(seed.none - none).max() < 1e-4
            assert np.abs(seed.labels - labels).max() < 1e-4
            assert seed.valid == pytest.approx(1 / (1 + np.exp(-valid)), abs=1e-4)


def test_training_learns_and_goes_on_where_it_stopped(articles: list[Labelled], tmp_path: Path) -> None:
    whole = trained(articles, tmp_path / "whole.pt", 3)
    interrupted = finetune.Training(options(tmp_path / "parts.pt", "--rounds", "3"), articles, _net())
    interrupted.options.rounds = 1
    interrupted.run()
    later = finetune.Training(options(tmp_path / "parts.pt", "--rounds", "3"), articles, _net())
    assert later.round == 1
    assert later.step == interrupted.step
    later.run()
    assert all(torch.isfinite(p).all() for p in whole.parameters())
    chance = Chance(1, 0, 0, 0, 0)
    before, _ = finetune.losses(_net().eval(), batch_of(articles, chance), 0.5)
    after, _ = finetune.losses(finetune.load(tmp_path / "parts.pt"), batch_of(articles, chance), 0.5)
    assert sum(float(x.detach()) for x in after.values()) < sum(float(x.detach()) for x in before.values())


def test_products_of_half_precision_learn_nearly_the_same(articles: list[Labelled], tmp_path: Path) -> None:
    first: list[dict[str, float]] = []
    for more in ((), ("--bf16",)):
        training = finetune.Training(options(tmp_path / f"half{len(more)}.pt", *more), articles, _net())
        first.append(training._step(list(articles)))
        assert {p.dtype for p in training.net.parameters()} == {torch.float32}
    whole, half = first
    assert half != whole
    for name, value in whole.items():
        assert half[name] == pytest.approx(value, rel=0.05, abs=0.02)


def _net() -> Net:
    torch.manual_seed(7)
    return Net()


def test_a_batch_asks_for_what_the_corpus_marks_and_nothing_else(articles: list[Labelled]) -> None:
    a = labelled(TEXTS[0])
    a.marked = frozenset({"content", "cue"})
    b = batch_of([a], Chance(1, 0, 0, 0, 0))
    asked = {part for k, part in enumerate(PARTS) if b["member_weight"][:, 0, k].any()}
    assert asked == {"content", "cue"}
    assert int(b["target"].sum()) == len(a.known)
    seed = a.known[0]
    assert b["target"][0, seed.seed, seed.outline.form] == 1
    assert (b["pointer"][:, 1:] == -100).all()


def test_the_pretraining_goes_on_where_it_stopped(tmp_path: Path) -> None:
    shards = rawtext.Shards(tmp_path, "probe")
    for n in range(300):
        shards.add(f"Am Tag {n} sagte die Hirtin, der Hof {n % 7} sei leer. " * 8)
        if n % 100 == 99:
            shards._write()
    shards.close()
    common = {
        "shards": tmp_path, "names": "probe", "targets": tmp_path / "t.json", "out": tmp_path / "p.pt", "start": None,
        "rate": 2e-3, "seed": 1, "width": 48, "dilations": (1, 2, 0), "bf16": False,
    }  # fmt: skip
    first = pretrain.Pretraining(argparse.Namespace(**common, words=9_000))
    start, _ = first.held_out()
    first.run()
    again = pretrain.Pretraining(argparse.Namespace(**common, words=60_000))
    assert again.seen == first.seen > 0
    again.run()
    assert again.held_out()[0] < start
    saved = torch.load(tmp_path / "p.pt", weights_only=True)
    assert (saved["width"], tuple(saved["dilations"])) == (48, (1, 2, 0))
    assert (finetune.network(0.0, None, like=saved).encoder.dilations) == (1, 2, 0)
    # a second stretch: the same numbers, another text first, the rate from the beginning
    stretch = common | {"out": tmp_path / "s.pt", "start": tmp_path / "p.pt", "seed": 2}
    second = pretrain.Pretraining(argparse.Namespace(**stretch, words=9_000))
    assert torch.equal(second.encoder.enter.weight, again.encoder.enter.weight)
    assert (second.seen, second.shard) == (0, again.shard)
    assert second.shard > 0
    # an encoder of another shape begins with the words that were learned
    other = common | {"out": tmp_path / "o.pt", "start": tmp_path / "p.pt", "width": 32, "bf16": True}
    begun = pretrain.Pretraining(argparse.Namespace(**other, words=9_000))
    assert torch.equal(begun.encoder.table.weight, again.encoder.table.weight)
    begun.run()
    assert np.isfinite(begun.held_out()[0])


def test_what_is_exported_is_read_from_the_package_as_it_was(articles: list[Labelled], tmp_path: Path) -> None:
    net = _net().eval()
    recipe = {
        "licence": "CC BY 4.0", "raw": ["bt19"], "begun": [], "labelled": ["gold"], "pretrained_words": 0, "training": {"rounds": 1},
        "deciding": {"least": 0.5, "ours": ["cue"]}, "leanings": {},
    }  # fmt: skip
    export.write([net], "probe", recipe, [{"gold content": 0.5}], tmp_path)
    numbers, meta = read_arrays(tmp_path / "statements.probe.safetensors")
    words, _ = read_arrays(tmp_path / "words.probe.safetensors")
    assert json.loads(meta["settings"])["deciding"]["least"] == 0.5
    page = Marked(articles[0].words, articles[0].tables)
    shipped, own = Network(numbers, words["table"]), Network(net.arrays(), net.encoder.table.weight.detach().numpy())
    assert np.abs(shipped.encode(page) - own.encode(page)).max() < 0.05
    assert sum(p.stat().st_size for p in tmp_path.glob("*.safetensors")) < 40e6
    for name in ("words", "statements"):
        assert "CC BY 4.0" in (tmp_path / f"{name}.probe.toml").read_text("utf-8")


def test_quotes_of_the_news_corpus_in_our_convention() -> None:
    from lab.train.network import fromgnqa
    from tests.lab.gnqa_samples import article

    text = "Nach Angaben der Gemeinde seien 40 Schafe entlaufen. „Wir warten“, rief der Hirte."
    a = article(text)

    def ids(part: str) -> frozenset[int]:
        at = text.index(part)
        return frozenset(i for i, (x, y) in enumerate(a.tokens) if x >= at and y <= at + len(part))

    quotes = (
        gnqa.Quote("Indirect", "SW", ids("seien 40 Schafe entlaufen"), ids("Angaben der Gemeinde"), ids("Nach"), ids("Nach Angaben der Gemeinde")),
        gnqa.Quote("Direct", "Speech", ids("„Wir warten“"), ids("der Hirte"), ids("rief"), ids(", rief der Hirte")),
    )  # fmt: skip
    found = list(fromgnqa.statements(article(text, *quotes)))
    words = [{k: [text[a:b] for a, b in s[k] or ()] for k in ("content", "cue", "speaker", "frame")} for s in found]
    assert words[0] == {
        "content": ["seien 40 Schafe entlaufen"], "cue": ["Nach Angaben"], "speaker": ["der Gemeinde"], "frame": ["Nach Angaben der Gemeinde"],
    }  # fmt: skip
    assert words[1] == {
        "content": ["Wir warten"],
        "cue": ["rief"],
        "speaker": ["der Hirte"],
        "frame": ["rief der Hirte"],
    }
    assert [TYPES.index(s["form"]) for s in found] == [TYPES.index("indirect"), TYPES.index("direct")]


def test_raw_text_is_read_from_a_file_or_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "bundestag").mkdir()
    with lzma.open(tmp_path / "bundestag/bt19.txt.xz", "wt", encoding="utf-8") as file:
        file.write("Die Hirtin sprach lange.\n" * 400)
    rawtext.make(tmp_path, tmp_path / "out", "bt19")
    ids = np.load(tmp_path / "out/bt19.000.npy")
    assert (ids >= 0).sum() == 2000
    forms = (tmp_path / "out/bt19.forms").read_text("utf-8").split("\n")
    assert forms[np.load(tmp_path / "out/bt19.formof.npy")[ids[1]]] == "Hirtin"
    from lab.corpora import CorpusMissing

    with pytest.raises(CorpusMissing, match="bt20"):
        rawtext.make(tmp_path, tmp_path / "out", "bt20")
