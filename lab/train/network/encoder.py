"""What does a word look like among its neighbours? The encoder as PyTorch trains it; `learned/network.py` runs it in numpy.

Gated convolutions (Dauphin et al. 2017) over three words `d` apart, each one matrix product; six of them with
dilations 1, 2, 4, 8, 16, 1 see 65 words. A dilation of 0 stands for self-attention over the words near by.
Shapes: B articles, N words, W width.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


NEAR, HEADS = 32, 4


class NearAttention(nn.Module):
    """Each word looks at the words up to `NEAR` away: self-attention (Vaswani et al. 2017) with a window and a bias for
    each distance; computed in pieces of `NEAR` words, each with the piece before and the piece behind."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.inner, self.outer = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.bias = nn.Parameter(torch.zeros(HEADS, 2 * NEAR + 1))
        self.drop = drop
        d = torch.arange(3 * NEAR)[None] - NEAR - torch.arange(NEAR)[:, None]
        self.register_buffer("far", d.abs() > NEAR, persistent=False)
        self.register_buffer("distance", d.clamp(-NEAR, NEAR) + NEAR, persistent=False)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, N, W] and 1 where there is a word [B, N, 1] to [B, N, W]."""
        b, n, w = x.shape
        more = -n % NEAR
        pieces = (n + more) // NEAR
        h = self.inner(F.pad(self.norm(x) * mask, (0, 0, 0, more)))
        q, key, value = h.view(b, pieces, NEAR, 3, HEADS, w // HEADS).permute(3, 0, 1, 4, 2, 5)
        key, value = around(key), around(value)
        there = around(F.pad(mask[..., 0], (0, more)).view(b, pieces, 1, NEAR, 1))[..., 0]
        bias = self.bias[:, self.distance].masked_fill(self.far, -1e4) + (there[:, :, :, None] - 1) * 1e4
        scores = q @ key.transpose(-1, -2) * (w // HEADS) ** -0.5 + bias.to(q.dtype)
        out = torch.softmax(scores, -1) @ value
        out = out.permute(0, 1, 3, 2, 4).reshape(b, n + more, w)[:, :n]
        return x + F.dropout(self.outer(out), self.drop, self.training)


def around(x: Tensor) -> Tensor:
    """Pieces [B, P, H, N, W] with the one before and the one behind: [B, P, H, 3N, W]; zeros at the ends."""
    x = F.pad(x, (0, 0, 0, 0, 0, 0, 1, 1))
    return torch.cat([x[:, :-2], x[:, 1:-1], x[:, 2:]], 3)


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
        self.blocks = nn.ModuleList(
            [GatedConvolution(width, d, drop) if d else NearAttention(width, drop) for d in dilations]
        )
        self.leave = nn.LayerNorm(width)
        self.width, self.dilations, self.drop = width, tuple(dilations), drop

    @classmethod
    def like(cls, saved: Mapping[str, Any], drop: float) -> Encoder:
        """An encoder of the width and dilations with which this state was saved; those of today where it does not say."""
        return cls(saved.get("width", WIDTH), tuple(saved.get("dilations", DILATIONS)), drop=drop)

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
