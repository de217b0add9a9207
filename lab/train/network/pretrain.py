"""What can be learned from text without labels? The encoder guesses hidden words (after Devlin et al. 2019).

    python -m lab.train.network.pretrain --shards FOLDER --names bt20,bt19 --out FILE.pt [--from FILE.pt]

Of every five words one is chosen; 85 % of these are hidden, 7 % replaced by another word, 8 % left. The target is the
word among the 16,000 most frequent, else capital and last three letters; the softmax is sampled. Seeded; the state is
saved every three minutes and on SIGTERM, and the same command goes on from there. The first shard is held out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from lab.train.network.encoder import DILATIONS, DIM, WIDTH, Encoder
from reportedly.reading.statements.learned import wordrows
from reportedly.reading.statements.learned.wordrows import HIDDEN

VOCABULARY, ENDINGS = 16_000, 1_500
CHOSEN, HIDE, REPLACE = 0.2, 0.85, 0.07
BATCH, LENGTH = 24, 170
SAMPLED = 3_000
SAVE_EVERY = 180.0
TOGETHER = 6
"""Shards read at once and mixed: a file may be sorted by outlet."""


def ending(form: str) -> str:
    return ("X" if form[:1].isupper() else "x") + form[-3:].lower()


@dataclass
class Corpus:
    """Shards of several sources with one list of targets."""

    folder: Path
    names: list[str]
    words: list[str]
    endings: list[str]

    @property
    def classes(self) -> int:
        return len(self.words) + len(self.endings) + 1

    @classmethod
    def of(cls, folder: Path, names: list[str], targets: Path) -> Corpus:
        """`targets` keeps the list of classes, so that a second text is learned with the same ones."""
        if not targets.exists():
            count: Counter[str] = Counter()
            for name in names:
                forms = (folder / f"{name}.forms").read_text("utf-8").split("\n")
                form_of = np.load(folder / f"{name}.formof.npy")
                seen = np.zeros(len(forms), np.int64)
                for shard in sorted(folder.glob(f"{name}.[0-9]*.npy")):
                    ids = np.load(shard)
                    seen += np.bincount(form_of[ids[ids >= 0]], minlength=len(forms))
                for form, n in zip(forms, seen.tolist(), strict=True):
                    count[form] += n
            words = [w for w, _ in count.most_common(VOCABULARY)]
            ends: Counter[str] = Counter()
            for form, n in count.items():
                ends[ending(form)] += n
            endings = [e for e, _ in ends.most_common(ENDINGS)]
            targets.write_text(json.dumps({"words": words, "endings": endings}, ensure_ascii=False), "utf-8")
        known = json.loads(targets.read_text("utf-8"))
        return cls(folder, names, known["words"], known["endings"])

    def tables(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows [types, 7] and target class [types] of a source."""
        word = {w: i for i, w in enumerate(self.words)}
        end = {e: len(word) + i for i, e in enumerate(self.endings)}
        forms = (self.folder / f"{name}.forms").read_text("utf-8").split("\n")
        classes = np.array([word.get(f, end.get(ending(f), self.classes - 1)) for f in forms])
        return np.load(self.folder / f"{name}.types.npy"), classes[np.load(self.folder / f"{name}.formof.npy")]

    def shards(self) -> list[tuple[str, Path]]:
        return [(n, p) for n in self.names for p in sorted(self.folder.glob(f"{n}.[0-9]*.npy"))]

    def batches(self, skip: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """Without end: number of the groups of shards read so far, rows [B, N, 7], targets [B, N] (-1 between texts)."""
        tables = {name: self.tables(name) for name in self.names}
        order, chance, number = self.shards()[1:], random.Random(5), 0
        while True:
            chance.shuffle(order)
            for first in range(0, len(order), TOGETHER):
                number += 1
                if number <= skip:
                    continue
                mixed: list[tuple[str, np.ndarray]] = []
                for name, path in order[first : first + TOGETHER]:
                    ids = np.load(path)
                    lines = ids[: len(ids) // LENGTH * LENGTH].reshape(-1, LENGTH)
                    lines = lines[np.random.default_rng(number).permutation(len(lines))]
                    mixed += [(name, lines[i : i + BATCH]) for i in range(0, len(lines) - BATCH + 1, BATCH)]
                chance.shuffle(mixed)
                for name, part in mixed:
                    yield number, *_looked_up(part, *tables[name])

    def held_out(self, count: int = 10) -> list[tuple[np.ndarray, np.ndarray]]:
        name, path = self.shards()[0]
        rows, target = self.tables(name)
        ids = np.load(path)
        lines = ids[: len(ids) // LENGTH * LENGTH].reshape(-1, LENGTH)
        parts = [lines[i * BATCH * 5 :][:BATCH] for i in range(count)]
        return [_looked_up(part, rows, target) for part in parts if len(part)]


def _looked_up(ids: np.ndarray, rows: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.where(ids[..., None] >= 0, rows[ids], 0), np.where(ids >= 0, target[ids], -1)


class Guess(nn.Module):
    """Vectors [M, W] of hidden words to scores over the classes."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.down, self.norm = nn.Linear(width, DIM), nn.LayerNorm(DIM)
        self.out, self.bias = nn.Embedding(classes, DIM), nn.Parameter(torch.zeros(classes))
        nn.init.normal_(self.out.weight, std=0.05)

    def forward(self, h: Tensor) -> Tensor:
        return self.norm(F.gelu(self.down(h)))


def hidden(rows: np.ndarray, target: np.ndarray, chance: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Rows with some words hidden or replaced, and which ones were chosen [B, N]."""
    rows = rows.copy()
    chosen = (chance.random(target.shape) < CHOSEN) & (target >= 0)
    way = chance.random(target.shape)
    hide = chosen & (way < HIDE)
    rows[hide] = 0
    rows[hide, 0] = HIDDEN
    other = chosen & (way > 1 - REPLACE)
    flat = rows.reshape(-1, wordrows.WIDTH)
    rows[other] = flat[chance.integers(0, len(flat), int(other.sum()))]
    return torch.from_numpy(rows.astype(np.int64)), torch.from_numpy(chosen)


class Pretraining:
    def __init__(self, options: argparse.Namespace) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(options.seed)
        self.options, self.chance = options, np.random.default_rng(options.seed)
        self.corpus = Corpus.of(options.shards, options.names.split(","), options.targets)
        self.encoder = Encoder(options.width, options.dilations, drop=0.05)
        self.guess = Guess(self.encoder.width, self.corpus.classes)
        both = [*self.encoder.named_parameters(), *self.guess.named_parameters()]
        kept = [p for n, p in both if p.ndim < 2 or "table" in n or "out.weight" in n]
        decayed = [p for n, p in both if not (p.ndim < 2 or "table" in n or "out.weight" in n)]
        groups = [{"params": decayed, "weight_decay": 0.02}, {"params": kept, "weight_decay": 0.0}]
        self.parameters = [*decayed, *kept]
        self.optimiser = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), fused=True)
        self.seen = self.shard = 0
        state = options.out if options.out.exists() else options.start
        if state:
            saved = torch.load(state, weights_only=True)
            same = Encoder.like(saved, 0.0)
            if (same.width, same.dilations) == (self.encoder.width, self.encoder.dilations):
                self.encoder.load_state_dict(saved["encoder"])
                self.guess.load_state_dict(saved["guess"])
                if saved["names"] == options.names:  # another stretch: what has not been read first
                    self.shard = saved["shard"]
            else:  # another shape: what was learned of the words themselves
                self.encoder.table.load_state_dict({"weight": saved["encoder"]["table.weight"]})
                self.guess.out.load_state_dict({"weight": saved["guess"]["out.weight"]})
                self.guess.bias.data.copy_(saved["guess"]["bias"])
            if state == options.out:
                self.optimiser.load_state_dict(saved["optimiser"])
                self.seen, self.shard = saved["seen"], saved["shard"]

    def loss(self, rows: np.ndarray, target: np.ndarray, *, whole: bool = False) -> tuple[Tensor, float]:
        """Cross-entropy of the chosen words and, over all classes (`whole`), the share guessed right."""
        given, chosen = hidden(rows, target, self.chance)
        mask = (given[..., 0] > 0).float()[..., None]
        h = self.guess(self.encoder(given, mask)[chosen])
        gold = torch.from_numpy(target)[chosen]
        if whole:
            scores = h @ self.guess.out.weight.T + self.guess.bias
            return F.cross_entropy(scores, gold), float((scores.argmax(-1) == gold).float().mean())
        # sampled softmax: the words of the batch, and others by chance, frequent ones more often
        some = np.exp(self.chance.random(SAMPLED) * np.log(self.corpus.classes)).astype(np.int64) - 1
        rivals = torch.from_numpy(np.unique(np.concatenate([gold.numpy(), some.clip(0, self.corpus.classes - 1)])))
        where = torch.full((self.corpus.classes,), -1, dtype=torch.long)
        where[rivals] = torch.arange(len(rivals))
        return F.cross_entropy(h @ self.guess.out(rivals).T + self.guess.bias[rivals], where[gold]), 0.0

    def held_out(self) -> tuple[float, float]:
        self.encoder.eval()
        before = self.chance
        self.chance = np.random.default_rng(0)
        with torch.no_grad():
            found = [(float(x), y) for x, y in (self.loss(*b, whole=True) for b in self.corpus.held_out())]
        self.chance = before
        self.encoder.train()
        return float(np.mean([x for x, _ in found])), float(np.mean([y for _, y in found]))

    def save(self) -> None:
        path = self.options.out
        torch.save(
            {
                "encoder": self.encoder.state_dict(),
                "guess": self.guess.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "seen": self.seen,
                "shard": self.shard,
                "names": self.options.names,
                "width": self.encoder.width,
                "dilations": self.encoder.dilations,
            },
            path.with_suffix(".tmp"),
        )
        os.replace(path.with_suffix(".tmp"), path)

    def run(self) -> None:
        stopped: list[int] = []
        signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
        total, begin, words, losses = self.options.words, time.process_time(), 0, []
        saved = begin
        if self.seen >= total:
            return
        for shard, rows, target in self.corpus.batches(self.shard):
            rate = min(1, (self.seen + 1) / min(400e3, total / 6)) * max(0.03, 1 - self.seen / total)
            for group in self.optimiser.param_groups:
                group["lr"] = self.options.rate * rate
            with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
                loss, _ = self.loss(rows, target)
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimiser.step()
            self.seen += target.size
            words += target.size
            losses.append(loss.item())
            now = time.process_time()
            done = bool(stopped) or self.seen >= total
            if done or now - saved > SAVE_EVERY:
                saved, self.shard = now, shard
                cross, right = self.held_out()
                print(
                    f"{time.strftime('%H:%M:%S')}  {self.seen / 1e6:.2f} M words  train {np.mean(losses):.3f}  "
                    f"held out {cross:.3f}, {right:.1%} right  {words / (now - begin):,.0f} words a CPU second",
                    flush=True,
                )
                losses = []
                self.save()
            if done:
                break


def _numbers(given: str) -> tuple[int, ...]:
    return tuple(map(int, given.split(",")))


def parser() -> argparse.ArgumentParser:
    out = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    out.add_argument("--shards", type=Path, required=True)
    out.add_argument("--names", required=True, help="sources, with commas between them")
    out.add_argument("--targets", type=Path, required=True, help="the list of classes; made where it is missing")
    out.add_argument("--out", type=Path, required=True)
    out.add_argument("--start", type=Path, help="weights to begin with")
    out.add_argument("--words", type=float, default=26e6, help="words over which the learning rate falls")
    out.add_argument("--rate", type=float, default=2e-3)
    out.add_argument("--seed", type=int, default=1)
    out.add_argument("--width", type=int, default=WIDTH, help="of the encoder")
    out.add_argument("--dilations", type=_numbers, default=DILATIONS, help="of its convolutions, 0 for attention")
    out.add_argument(
        "--bf16",
        action="store_true",
        help="products of half precision: two to three times as fast where the CPU has them",
    )
    return out


def main() -> int:
    Pretraining(parser().parse_args()).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
