"""How does an encoder from a hub stand in for our own? The same place in the network, fed with texts instead of rows.

`Net(encoder=HubEncoder("NAME_OR_FOLDER"))` is trained by `finetune`; `hubexport` writes what `learned/hub.py` reads with.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as F  # noqa: N812  (its usual name)
from torch import Tensor, nn

from reportedly.reading.statements.learned.subwords import Pieces, word_vectors


class HubEncoder(nn.Module):
    """Texts of words (B lists of at most N) to vectors [B, N, W]; `extra` [B, N, W] is added behind the pretrained part.

    `name` is a folder or a name on the Hugging Face hub, which is asked only where the encoder is not on this machine yet.
    Raises ValueError where it cannot be had.
    """

    asks = "texts"

    def __init__(self, name: str, drop: float = 0.1) -> None:
        super().__init__()
        from transformers import AutoModel, AutoTokenizer

        self.name, self.drop = name, drop
        try:
            # encoders that work on bytes (RoBERTa) read single words only with a blank before each
            self.tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True, add_prefix_space=True)
            self.model = AutoModel.from_pretrained(name).float()
        except (OSError, ValueError) as problem:
            reason = " ".join(str(problem).split())
            raise ValueError(f"{name}: no encoder can be loaded from this folder or name ({reason})") from problem
        if not self.tokenizer.is_fast:
            raise ValueError(f"{name}: this encoder has no fast tokenizer, which tells the pieces of each word")
        self.pieces = Pieces(self.tokenizer, self.model)
        self.width = int(self.model.config.hidden_size)
        self.blocks = nn.ModuleList()
        """No convolutions: `Net.arrays` asks for them."""
        self.leave = nn.LayerNorm(self.width)

    def forward(self, texts: Sequence[Sequence[str]], mask: Tensor, extra: Tensor | None = None) -> Tensor:
        x = word_vectors(self.model, self.pieces, texts)
        if extra is not None:
            x = x + extra
        return self.leave(F.dropout(x, self.drop, self.training) * mask)
