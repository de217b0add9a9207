"""How does a trained network get into the package? Half-precision arrays, the settings it decides with, and its card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lab.corpora import origins
from lab.train.network.model import Net
from reportedly import __version__
from reportedly.weights.mapped import write_arrays

TARGET = Path(__file__).parents[3] / "src/reportedly/weights/de"


def write(
    nets: Sequence[Net],
    line: str,
    recipe: Mapping[str, Any],
    scores: Sequence[Mapping[str, float]],
    folder: Path = TARGET,
) -> None:
    """`words.LINE` (the table of words) and `statements.LINE` (the rest), each with its card.

    `nets` share the table of words and are read as one; `scores` are F1 on dev by name, one dictionary a seed.
    """
    settings = {"deciding": recipe["deciding"], "leanings": recipe["leanings"]}
    table = nets[0].encoder.table.weight.detach().numpy().astype(np.float16)
    numbers = {}
    for n, net in enumerate(nets):
        for name, a in net.arrays().items():
            half = a.astype(np.float16) if a.dtype == np.float32 else a
            numbers[name if len(nets) == 1 else f"{n}.{name}"] = half
    write_arrays(folder / f"words.{line}.safetensors", {"table": table}, {})
    write_arrays(folder / f"statements.{line}.safetensors", numbers, {"settings": json.dumps(settings, sort_keys=True)})
    made = {"seed": 1 if len(nets) == 1 else list(range(1, len(nets) + 1))}
    pretraining = {"seed": 1, "words_read": int(recipe["pretrained_words"])}
    card(folder, "words", line, recipe, "lab/train/network/pretrain.py", pretraining)
    training = {**made, "rounds": recipe["training"]["rounds"], **_columns(scores)}
    card(folder, "statements", line, recipe, "lab/train/network/finetune.py", training)


def card(
    folder: Path, name: str, line: str, recipe: Mapping[str, Any], script: str, more: Mapping[str, object]
) -> None:
    """The card beside a weight file: what it is, what it was made from, what it may be used for."""
    path = folder / f"{name}.{line}.safetensors"
    labelled = [*recipe["begun"], *recipe["labelled"]] if name == "statements" else ()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    lines = [
        f"# made by {script}; do not edit",
        f'name = "{name}, German, {line} line"',
        f'sha256 = "{digest}"',
        f'script = "{script}"',
        f'version = "{__version__}"',
        f'licence = "{recipe["licence"]}"',
        f"data = {_list(origins([*recipe['raw'], *labelled]))}",
    ]
    lines += [f"{key} = {json.dumps(value)}" for key, value in more.items()]
    path.with_suffix(".toml").write_text("\n".join(lines) + "\n", "utf-8")


def _list(items: Sequence[str]) -> str:
    return "[\n" + "".join(f"  {json.dumps(item, ensure_ascii=False)},\n" for item in items) + "]"


def _columns(scores: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """`dev_gnqa_messages = [0.76, 0.75, 0.76]`: one figure a seed."""
    names = scores[0] if scores else ()
    return {f"dev_{n.replace(' ', '_').replace('/', '_')}": [round(s[n], 4) for s in scores] for n in names}
