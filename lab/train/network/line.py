"""Makes the weights of one line from raw text to the package: `make weights` calls it for each.

    python -m lab.train.network.line open --data ../shared/data --room build/weights

What is finished is not made again; what was interrupted goes on. Hours on one core for the pretraining, minutes for the
rest. `--seeds 3` trains the labelled part with three seeds and says the mean of the scores; the first one is shipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.corpora import DEFAULT_FOLDER, CorpusMissing
from lab.train.network import export, finetune, rawtext
from lab.train.network.choose import Part, network_of
from lab.train.network.recipes import LINES, RECIPES
from reportedly.reading.statements.learned import Deciding, Engine
from reportedly.reading.statements.learned.proposals import Leanings

SCORED = {
    "gnqa": ("messages", "roles", "joint", "form guarded", "role/addressee", "type/Reported"),
    "gold": ("content", "role/speaker", "speaker exact"),
}


def run(module: str, *arguments: object) -> None:
    """One stage as a process of its own, so that its memory is given back."""
    subprocess.run([sys.executable, "-m", f"lab.train.network.{module}", *map(str, arguments)], check=True)


def pretrained(line: str, data: Path, room: Path) -> Path:
    """The encoder of a recipe; where it says `wide`, a larger one that goes on from the words of the small one, and where it
    says `again`, a second stretch of that one, whose rate rises and falls anew (Loshchilov & Hutter 2017)."""
    recipe = RECIPES[line]
    for name in recipe["raw"]:
        rawtext.make(data, room / "shards", name)
    out, wide = room / f"pre.{line}.pt", room / f"wide.{line}.pt"
    common = (
        "pretrain", "--shards", room / "shards", "--names", ",".join(recipe["raw"]), "--targets",
        room / f"targets.{line}.json",
    )  # fmt: skip
    run(*common, "--out", out, "--words", recipe["pretrained_words"])
    if "wide" not in recipe:
        return out
    run(*common, "--out", wide, "--start", out, *_options(recipe["wide"]))
    if "again" not in recipe:
        return wide
    again = room / f"again.{line}.pt"
    run(*common, "--out", again, "--start", wide, *_options({**recipe["wide"], **recipe["again"]}))
    return again


def _finished(path: Path, rounds: int) -> bool:
    """Has this part of the training run all its rounds?"""
    import torch

    return path.exists() and int(torch.load(path, weights_only=True)["round"]) >= rounds


def trained(line: str, data: Path, room: Path, start: Path, seed: int) -> Path:
    """The network of one seed, begun with something like the task where the recipe says so."""
    recipe = RECIPES[line]
    out = room / f"net.{line}.{seed}.pt"
    if _finished(out, recipe["training"]["rounds"]):
        return out
    common = ("finetune", "--line", recipe.get("line", line), "--data", data, "--seed", seed)
    begin: tuple[object, ...] = ("--start", start)
    if "beginning" in recipe:
        begun = room / f"begun.{line}.{seed}.pt"
        if not _finished(begun, recipe["beginning"]["rounds"]):
            run(*common, *begin, "--out", begun, *_options(recipe["beginning"]))
        begin = ("--begin", begun)
    only = ("--only", ",".join(recipe["labelled"]))
    run(*common, *begin, "--out", out, *only, *_options(recipe["training"]))
    return out


def _options(chosen: Mapping[str, object]) -> list[object]:
    """`encoder_rate = 0.6` as `--encoder-rate 0.6`, `clean = true` as `--clean`."""
    out: list[object] = []
    for key, value in chosen.items():
        out += [f"--{key.replace('_', '-')}", *([] if value is True else [value])]
    return out


def engine_with(path: Path, line: str) -> Engine:
    """A trained network with the settings of a line."""
    recipe = LINES[line]
    deciding: dict[str, Any] = {**recipe["deciding"], "ours": frozenset(recipe["deciding"]["ours"])}
    return Engine(network_of(path), Leanings(**recipe["leanings"]), Deciding(**deciding), line)


def scores(line: str, nets: list[Path], data: Path) -> list[dict[str, float]]:
    """F1 on the dev parts that are there, one dictionary a network: a line builds with its own corpora alone."""
    parts = []
    for name in SCORED:
        try:
            parts.append(Part(name, data, "ours"))
        except CorpusMissing as missing:
            print(f"not scored: {missing}", flush=True)
    out = []
    for path in nets:
        engine = engine_with(path, line)
        tallies = {p.name: p.tallies(engine) for p in parts}
        out.append({f"{n} {m}": t[m].f1 for n, t in tallies.items() for m in SCORED[n] if m in t})
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("line", choices=sorted(LINES))
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--room", type=Path, default=Path("build/weights"))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a pretrained encoder, instead of making one")
    parser.add_argument("--out", type=Path, default=export.TARGET, help="where the weight files go")
    o = parser.parse_args(arguments)
    o.room.mkdir(parents=True, exist_ok=True)
    try:
        start = o.start or pretrained(o.line, o.data, o.room)
        nets = [trained(o.line, o.data, o.room, start, seed) for seed in range(1, o.seeds + 1)]
        found = scores(o.line, nets, o.data)
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    for name in found[0]:
        each = [f[name] for f in found]
        print(f"{name:24}{100 * sum(each) / len(each):6.1f}   " + "  ".join(f"{100 * x:.1f}" for x in each))
    shipped = [finetune.load(net) for net in nets[: LINES[o.line]["networks"]]]
    export.write(shipped, o.line, LINES[o.line], found, o.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
