"""What can be learned from labelled articles? Seeds, parts, pointers, labels and validity together, over a pretrained encoder.

    python -m lab.train.network.finetune --line research --start pre.pt --out FILE.pt [--seed 1]
    python -m lab.train.network.finetune --line open --encoder NAME_OR_FOLDER --out FILE.pt      (from a hub: docs/hub.md)

Seeded; saved after every round (epoch), and the same command goes on from there. The table of words stays as pretrained,
so that several networks can share it. The mean of the weights over the last steps is what is kept (exponential moving
average).
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from lab.corpora import DEFAULT_FOLDER, CorpusMissing, gold
from lab.train.network import articles as corpora
from lab.train.network.articles import Labelled
from lab.train.network.batches import NO, Batch, Chance, batch_of, groups
from lab.train.network.encoder import Encoder
from lab.train.network.hubencoder import HubEncoder
from lab.train.network.model import BLOCKS, PAIR, Net
from reportedly.reading.statements.learned.shape import CLASSES, INSIDE, MEDIA

WARM, CLIP, DECAY = 0.08, 2.0, 0.05
SEEN_AGAIN = 120
"""So many wrong seeds of a batch are remembered for the next round."""
RARE = torch.tensor([0.3, 0.5, 0.5, 0.5, 3.0, 2.0, 2.0, 0.5])
"""Extra weight of the words that do belong to a part, by PARTS."""


def losses(net: Net, b: Batch, tags: float) -> tuple[dict[str, Tensor], Tensor]:
    """The parts of the loss by name, and the log odds of seeds [B, N, TYPES]."""
    h = net.encode(b[net.encoder.asks], b["mask"], b["marks"])
    seed = net.seeds(h).float()
    target = b["target"]
    cross = F.binary_cross_entropy_with_logits
    out = {"seed": cross(seed, target, weight=b["weight"] * (1 + target), reduction="sum") / (target.sum() + 4)}
    tagged = cross(net.tags(h).float(), b["tags"], weight=b["tag_weight"], reduction="sum") / (
        b["tag_weight"].sum() + 1
    )
    out["tags"] = tags * 16 * tagged
    if not len(b["at"]):
        return out, seed
    member, pointer, none, labels, valid = (x.float() for x in net.windows(h, b))
    right = b["valid"]
    count = right.sum() + 1
    weight = b["member_weight"] * b["bits"][..., INSIDE:] * (1 + RARE * b["member"]) * right[:, None, None]
    out["member"] = cross(member, b["member"], weight=weight, reduction="sum") / count / 12
    pointing = _cross(pointer[..., 0], b["pointer"][:, 0])
    for k in range(1, 5):
        scores = torch.cat([pointer[..., k], none[:, (k - 1) // 2, None]], 1)
        pointing = pointing + _cross(scores, b["pointer"][:, k]) * (0.7 if k < 3 else 0.4)
    out["pointer"] = pointing / count / 2
    medium, cue_class, negated = b["labels"].T
    named = _cross(labels[:, : len(MEDIA)], medium) + _cross(labels[:, len(MEDIA) :][:, : len(CLASSES)], cue_class)
    known = (negated >= 0).float()
    denied = cross(labels[:, -1], negated.clamp(min=0).float(), weight=known, reduction="sum")
    out["labels"] = (0.5 * named + denied) / count * 0.3
    out["valid"] = cross(valid, right, weight=b["valid_weight"], reduction="sum") / (len(valid) + 1)
    return out, seed


def _cross(scores: Tensor, target: Tensor) -> Tensor:
    return F.cross_entropy(scores, target, ignore_index=NO, reduction="sum")


class Training:
    def __init__(self, options: argparse.Namespace, articles: Sequence[Labelled], net: Net) -> None:
        torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        self.options, self.articles, self.net = options, articles, net
        self.order = random.Random(options.seed)
        self.chance = Chance(
            options.seed, options.hide_tables, options.hide_outline, options.hide_word, options.hide_form
        )
        if hasattr(net.encoder, "table"):
            net.encoder.table.weight.requires_grad_(False)
        by_rate: dict[tuple[float, float], list[nn.Parameter]] = {}
        for name, p in net.named_parameters():
            if p.requires_grad:
                rate = options.rate * (options.encoder_rate if name.startswith("encoder.") else 1.0)
                if name.startswith("encoder.model."):
                    rate = options.hub_rate
                by_rate.setdefault((rate, DECAY if p.ndim > 1 else 0.0), []).append(p)
        made = [{"params": ps, "lr": rate, "weight_decay": decay} for (rate, decay), ps in by_rate.items()]
        self.optimiser = torch.optim.AdamW(made, betas=(0.9, 0.98), fused=True)
        self.rates = [g["lr"] for g in self.optimiser.param_groups]
        self.learned = [p for p in net.parameters() if p.requires_grad]
        self.mean = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
        self.steps = len(groups(articles, options.words, random.Random(0))) * options.rounds
        self.step = self.round = 0
        self.spent = 0.0
        if options.out.exists():
            saved = torch.load(options.out, weights_only=True)
            net.load_state_dict(saved["net"])
            self.optimiser.load_state_dict(saved["optimiser"])
            self.mean, self.step, self.round = saved["mean"], saved["step"], saved["round"]
            self.spent = saved["seconds"]
            self.order.seed(options.seed + 1000 * self.round)
            if "chance" in saved:
                order, chance, drop = saved["chance"]
                self.order.setstate(order)
                self.chance.rng.bit_generator.state = chance
                torch.set_rng_state(drop)
                for a in articles:
                    a.rejected = set(saved["rejected"].get(a.name, ()))

    def run(self) -> None:
        while self.round < self.options.rounds:
            begin = time.process_time()
            sums: dict[str, float] = {}
            todo = groups(self.articles, self.options.words, self.order)
            self.net.train()
            for group in todo:
                for name, value in self._step(group).items():
                    sums[name] = sums.get(name, 0.0) + value / len(todo)
            self.round += 1
            self.spent += time.process_time() - begin
            parts = "  ".join(f"{name} {value:.3f}" for name, value in sums.items())
            print(f"{time.strftime('%H:%M:%S')}  round {self.round}, {self.spent:.0f} CPU s  {parts}", flush=True)
            self.save()

    def _step(self, group: list[Labelled]) -> dict[str, float]:
        rate = min(1, (self.step + 1) / (WARM * self.steps)) * max(0.0, 1 - self.step / self.steps) ** 0.8 + 0.01
        for g, full in zip(self.optimiser.param_groups, self.rates, strict=True):
            g["lr"] = full * rate
        b = batch_of(group, self.chance)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
            parts, seed = losses(self.net, b, self.options.tags)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.learned, CLIP)
        self.optimiser.step()
        self.step += 1
        keep = min(self.options.mean, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            now = dict(self.net.named_parameters())
            torch._foreach_lerp_(list(self.mean.values()), [now[n].detach() for n in self.mean], 1 - keep)
            wrong = (torch.sigmoid(seed) > 0.15) & (b["target"] < 0.5) & (b["weight"] > 0)
        for a in group:
            a.rejected.clear()
        for article, i, kind in wrong.nonzero().tolist()[:SEEN_AGAIN]:
            group[article].rejected.add((i, kind))
        return {name: float(value.detach()) for name, value in parts.items()}

    def save(self) -> None:
        path = self.options.out
        torch.save(
            {
                "net": self.net.state_dict(),
                "mean": self.mean,
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "round": self.round,
                "seconds": self.spent,
                "hub": getattr(self.net.encoder, "name", None),
                **{k: getattr(self.net.encoder, k) for k in ("width", "dilations") if hasattr(self.net.encoder, k)},
                "chance": (self.order.getstate(), self.chance.rng.bit_generator.state, torch.get_rng_state()),
                "rejected": {a.name: sorted(a.rejected) for a in self.articles},
            },
            path.with_suffix(".tmp"),
        )
        os.replace(path.with_suffix(".tmp"), path)


def network(
    drop: float, hub: str | None, pair: int = PAIR, blocks: int = BLOCKS, like: Mapping[str, Any] | None = None
) -> Net:
    """A network before it has learned, over our own encoder (of the shape that was saved in `like`) or over one from a hub."""
    return Net(drop, pair, HubEncoder(hub, drop) if hub else Encoder.like(like or {}, drop), blocks)


def load(path: Path) -> Net:
    """A trained network with the means of its weights, ready to read."""
    saved = torch.load(path, weights_only=True)
    blocks = len({name.split(".")[1] for name in saved["net"] if name.startswith("blocks.")})
    net = network(0.0, saved.get("hub"), len(saved["net"]["norm.weight"]), blocks, saved)
    net.load_state_dict(saved["net"] | saved["mean"])
    return net.eval()


def examples(
    data: Path,
    line: str,
    *,
    clean: bool,
    only: str | None = None,
    limit: int | None = None,
) -> list[Labelled]:
    """The articles a line may learn from. `clean` leaves out of the news corpus what our gold holds out: its articles are
    the same. Raises CorpusMissing."""
    wanted = only.split(",") if only else ["gold", "gnqa"] if line == "research" else ["gold"]
    held = frozenset(a.text for a in gold.articles(data, "dev")) if clean else frozenset[str]()
    out: list[Labelled] = []
    if "gold" in wanted:
        out += corpora.from_gold(data, "train", limit)
    if "gnqa" in wanted:
        out += corpora.from_gnqa(data, "train", held, limit)
    if "gold-cues" in wanted:
        out += corpora.from_gold_cues(data, "train", limit)
    if "gepade" in wanted:
        out += corpora.from_gepade(data, "train", limit)
    if "gepade-messages" in wanted:
        out += corpora.from_gepade_messages(data, "train", limit)
    return out


def parser() -> argparse.ArgumentParser:
    out = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    out.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    out.add_argument("--line", choices=("open", "research"), required=True)
    out.add_argument(
        "--only", help="corpora to learn from, with commas: gold, gnqa, gepade, gold-cues, gepade-messages"
    )
    encoders = out.add_mutually_exclusive_group()
    encoders.add_argument("--start", type=Path, help="a pretrained encoder")
    encoders.add_argument("--encoder", help="one from a hub instead: a folder, or its name there")
    out.add_argument("--begin", type=Path, help="a trained network to begin with (silver.py)")
    out.add_argument("--out", type=Path, required=True)
    out.add_argument("--clean", action="store_true", help="without the articles of our gold's dev part")
    out.add_argument("--seed", type=int, default=1)
    out.add_argument("--rounds", type=int, default=6)
    out.add_argument("--words", type=int, default=800, help="words in a batch")
    out.add_argument("--rate", type=float, default=1.6e-3)
    out.add_argument("--encoder-rate", type=float, default=1.0, help="as a share of the rate")
    out.add_argument("--hub-rate", type=float, default=3e-5, help="of the pretrained part of an encoder from a hub")
    out.add_argument(
        "--threads", type=int, default=1, help="more are faster; the last digits then depend on the machine"
    )
    out.add_argument("--pair", type=int, default=PAIR, help="width of the windows of seeds")
    out.add_argument("--blocks", type=int, default=BLOCKS, help="convolutions along a window")
    out.add_argument("--drop", type=float, default=0.2)
    out.add_argument("--mean", type=float, default=0.997)
    out.add_argument("--tags", type=float, default=0.5)
    out.add_argument("--hide-tables", type=float, default=0.15)
    out.add_argument("--hide-outline", type=float, default=0.1)
    out.add_argument("--hide-word", type=float, default=0.06)
    out.add_argument("--hide-form", type=float, default=0.12)
    out.add_argument("--bf16", action="store_true", help="products of half precision: faster where the CPU has them")
    out.add_argument("--limit", type=int, help="only the first N articles of each corpus")
    return out


def main() -> int:
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    given = torch.load(options.start or options.begin, weights_only=True) if options.start or options.begin else {}
    try:
        net = network(options.drop, options.encoder, options.pair, options.blocks, given)
    except ValueError as problem:
        print(problem)
        return 2
    if options.start:
        net.encoder.load_state_dict(given["encoder"])
    if options.begin:
        net.load_state_dict(load(options.begin).state_dict())
    try:
        begin = time.process_time()
        articles = examples(
            options.data,
            options.line,
            clean=options.clean,
            only=options.only,
            limit=options.limit,
        )
    except CorpusMissing as missing:
        print(missing)
        return 2
    words, known = sum(len(a.words) for a in articles), sum(len(a.known) for a in articles)
    size = sum(p.numel() for n, p in net.named_parameters() if "encoder.table" not in n)
    print(
        f"{len(articles)} articles, {words:,} words, {known:,} statements read in {time.process_time() - begin:.0f} CPU s; "
        f"{size:,} numbers to learn",
        flush=True,
    )
    Training(options, articles, net).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
