"""How is an article read with an encoder from a hub? `engine_from_folder(...)`: the same network over another encoder.

`lab/train/network/hubexport.py` writes the folder (docs/hub.md): `encoder/` as transformers saves it, `heads.safetensors`
(everything behind the encoder), `card.toml`. Needs `pip install 'reportedly[hub]'`; reads from the disk only.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.errors import WeightsError
from reportedly.reading.statements.learned import Engine, engine_from
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.network import Network
from reportedly.reading.statements.learned.subwords import Pieces, word_vectors
from reportedly.weights import HUB
from reportedly.weights.mapped import read_arrays

CARD, HEADS, ENCODER = "card.toml", "heads.safetensors", "encoder"
_REMEDY = "export the folder again (docs/hub.md)"


class HubNetwork(Network):
    """The network whose words are read by an encoder of transformers."""

    def __init__(self, arrays: Mapping[str, np.ndarray], model: Any, tokenizer: Any) -> None:
        super().__init__(arrays, np.zeros((0, 0), np.float32))
        self._model, self._pieces = model, Pieces(tokenizer, model)

    def encode(self, article: Marked) -> np.ndarray:
        """A vector for every word [n, w]."""
        import torch

        with torch.inference_mode():
            x = word_vectors(self._model, self._pieces, [article.words.texts])[0].numpy()
        return self._norm("encoder.leave", x + self._linear("extra", article.marks))


def engine_from_folder(place: Path | str) -> Engine:
    """An engine over the encoder of this folder, which stays in memory. Raises WeightsError."""
    folder = Path(place).expanduser()
    card = card_of(folder)
    _check(folder, card)
    try:
        arrays, meta = read_arrays(folder / HEADS)
        model, tokenizer = _encoder(folder)
        if arrays["extra.bias"].shape != (model.config.hidden_size,):
            raise WeightsError(f"{folder}: {HEADS} was not made for this encoder; {_REMEDY}")
        network = HubNetwork(arrays, model, tokenizer)
    except (ValueError, KeyError, OSError) as problem:
        raise WeightsError(f"{folder}: this network cannot be read ({_first_line(problem)}); {_REMEDY}") from problem
    return engine_from(network, dict(meta), HUB + folder.resolve().name)


def card_of(folder: Path) -> dict[str, Any]:
    """What the folder says of itself. Raises WeightsError."""
    if not folder.is_dir():
        raise WeightsError(f"{folder}: there is no such folder; name one that was exported as docs/hub.md says")
    try:
        return tomllib.loads((folder / CARD).read_text("utf-8"))
    except (OSError, ValueError) as problem:
        reason = "is missing" if isinstance(problem, FileNotFoundError) else "cannot be read"
        raise WeightsError(
            f"{folder}: this is no exported network, {CARD} {reason}; name a folder that was exported as docs/hub.md says"
        ) from problem


def files_of(folder: Path) -> Iterator[Path]:
    """What is read of a folder, its card left out."""
    yield folder / HEADS
    yield from sorted(p for p in (folder / ENCODER).rglob("[!.]*") if p.is_file())


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(folder: Path, card: Mapping[str, Any]) -> None:
    """Is every file there, and what the card says? Raises WeightsError."""
    promised = {HEADS: card.get("sha256"), **card.get("encoder", {}).get("sha256", {})}
    there = {str(p.relative_to(folder).as_posix()): p for p in files_of(folder)}
    for name in sorted(promised.keys() | there.keys()):
        if name not in there or not there[name].exists():
            raise WeightsError(f"{folder}: the file {name} is missing; {_REMEDY}")
        if sha256(there[name]) != promised.get(name):
            raise WeightsError(f"{folder}: the file {name} does not match {CARD}; {_REMEDY}")


def _encoder(folder: Path) -> tuple[Any, Any]:
    """Model and tokenizer. Raises WeightsError, OSError, ValueError."""
    try:
        import torch  # noqa: F401  (transformers alone gives no model)
        from transformers import AutoModel, AutoTokenizer
    except ImportError as problem:
        raise WeightsError(
            f"{folder}: an encoder from a hub needs PyTorch and transformers; pip install 'reportedly[hub]'"
        ) from problem
    place = str(folder / ENCODER)
    with _silent():
        tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=True, use_fast=True)
        # numbers only, nothing that could be executed
        model = AutoModel.from_pretrained(place, local_files_only=True, use_safetensors=True)
    return model.float().eval(), tokenizer


@contextmanager
def _silent() -> Iterator[None]:
    """Without the progress bars of transformers; afterwards as it was."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _first_line(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
