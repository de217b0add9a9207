"""What does a word look like among its neighbours? The encoder as PyTorch trains it; `learned/network.py` runs it in numpy.

Gated convolutions (Dauphin et al. 2017) over three words `d` apart, each one matrix product; six of them with
dilations 1, 2, 4, 8, 16, 1 see 65 words. Shapes: B articles, N words, W width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  (its usual name)
from torch import Tensor, nn

from reportedly.reading.statements.learned.wordrows import ROWS

DIM = 128
WIDTH = 192
DILATIONS = (1, 2, 4, 8, 16, 1)


def shifted(x: Tensor, d: int) -> Tensor:
    """[B, N, W] moved by `d` places along N; zeros move in."""
    if d == 0:
        return x
    return F.pad(x, (0, 0, d, 0))[:, : x.shape[1]] if d > 0 else F.pad(x, (0, 0, 0, -d))[:, -d:]


class GatedConvolution(nn.Module):
    def __init__(self, width: int, dilation: int, drop: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Linear(3 * width, 2 * width)
        self.dilation, self.drop = dilation, drop

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, N, W] and 1 where there is a word [B, N, 1] to [B, N, W]."""
        h = self.norm(x) * mask
        h = torch.cat([shifted(h, self.dilation), h, shifted(h, -self.dilation)], -1)
        return x + F.dropout(F.glu(self.inner(h), -1), self.drop, self.training)


class Encoder(nn.Module):
    """Rows of words [B, N, 7] to vectors [B, N, W]; `extra` [B, N, W] is added before the first convolution."""

    asks = "rows"
    """What of a batch it is given; `HubEncoder` asks for `texts`."""

    def __init__(
        self, width: int = WIDTH, dilations: tuple[int, ...] = DILATIONS, dim: int = DIM, drop: float = 0.1
    ) -> None:
        super().__init__()
        self.table = nn.Embedding(ROWS, dim, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.1)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.enter = nn.Linear(dim, width)
        self.blocks = nn.ModuleList([GatedConvolution(width, d, drop) for d in dilations])
        self.leave = nn.LayerNorm(width)
        self.width, self.drop = width, drop

    def forward(self, rows: Tensor, mask: Tensor, extra: Tensor | None = None) -> Tensor:
        b, n, k = rows.shape
        words = F.embedding_bag(rows.reshape(b * n, k), self.table.weight, mode="sum", padding_idx=0).view(b, n, -1)
        x = self.enter(words)
        if extra is not None:
            x = x + extra
        x = F.dropout(x, self.drop, self.training) * mask
        for block in self.blocks:
            x = block(x, mask)
        return self.leave(x)
