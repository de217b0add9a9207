"""The network as PyTorch trains it: an encoder over the article, a head for seeds, a head for the window of each seed.

`reportedly/reading/statements/learned/network.py` runs the same in numpy; sizes and columns are in `learned/shape.py`.
The window head adds what seed and word say, alone and together (a low-rank biaffine product, after Dozat & Manning
2017), and lets three gated convolutions smooth it along the window.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from lab.train.network.encoder import Encoder, GatedConvolution
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.shape import CLASSES, CONVENTIONS, INSIDE, LEFT, MEDIA, PARTS, RIGHT, TYPES

PAIR, BLOCKS = 64, 3
"""Width of a window, and how many convolutions smooth it, each twice as far apart as the one before."""
RARE = {"content": -1.5, "cue": -4.0, "frame": -3.0, "speaker": -4.0}


class Net(nn.Module):
    def __init__(
        self, drop: float = 0.2, pair: int = PAIR, encoder: nn.Module | None = None, blocks: int = BLOCKS
    ) -> None:
        super().__init__()
        self.encoder = encoder or Encoder(drop=drop)
        w = self.encoder.width
        self.extra = nn.Linear(shape.MARKS, w)
        self.seed1, self.seed2 = nn.Linear(w, 128), nn.Linear(128, len(TYPES))
        self.tags = nn.Linear(w, 2 * len(PARTS))
        """Of each word: is it in a part of any statement, is it its first? Teaches the encoder, is not shipped."""
        self.form, self.convention = nn.Embedding(len(TYPES), w), nn.Embedding(len(CONVENTIONS), w)
        self.seed_in, self.word_in = nn.Linear(w, 2 * pair), nn.Linear(w, 2 * pair)
        self.far, self.sentence, self.paragraph = nn.Embedding(54, pair), nn.Embedding(13, pair), nn.Embedding(5, pair)
        self.bits_in = nn.Linear(shape.BITS, pair)
        self.blocks = nn.ModuleList([GatedConvolution(pair, 2**k, drop) for k in range(blocks)])
        self.norm = nn.LayerNorm(pair)
        self.out = nn.Linear(pair, len(PARTS) + len(shape.POINTERS))
        self.none = nn.Linear(w, 2)
        self.labels = nn.Linear(w + pair, len(MEDIA) + len(CLASSES) + 1)
        self.valid1, self.valid2 = nn.Linear(w + 4 * pair, 64), nn.Linear(64, 1)
        self.drop = drop
        nn.init.constant_(self.seed2.bias, -5.0)
        nn.init.constant_(self.tags.bias, -2.5)
        with torch.no_grad():
            self.extra.weight *= 0.3
            self.out.weight *= 0.3
            self.out.bias[: len(PARTS)] = torch.tensor([RARE.get(p, -5.0) for p in PARTS])
            self.out.bias[len(PARTS) :] = 0
        self.register_buffer("buckets", torch.from_numpy(shape.buckets()), persistent=False)

    def encode(self, words: Any, mask: Tensor, marks: Tensor) -> Tensor:
        """Words as the encoder `asks` for them (rows [B, N, 7], or texts), mask [B, N, 1], marks [B, N, MARKS] to vectors
        [B, N, W]."""
        return self.encoder(words, mask, self.extra(marks))

    def seeds(self, h: Tensor) -> Tensor:
        """[B, N, W] to log odds [B, N, TYPES]."""
        return self.seed2(F.gelu(self.seed1(F.dropout(h, self.drop, self.training))))

    def windows(self, h: Tensor, b: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """For seeds at word `at` of article `article` [S]: member [S, L, PARTS], pointers [S, L, POINTERS], none [S, 2],
        labels [S, …], valid [S]; all as log odds or scores."""
        s = h[b["article"], b["at"]] + self.form(b["kind"]) + self.convention(b["convention"])
        sa, sm = self.seed_in(s).chunk(2, -1)
        words = F.pad(self.word_in(h), (0, 0, LEFT, RIGHT))
        near = words[b["article"][:, None], b["at"][:, None] + torch.arange(shape.WINDOW, device=h.device)]
        wa, wm = near.chunk(2, -1)
        x = sa[:, None] + wa + sm[:, None] * wm + self.far(self.buckets)
        x = x + self.sentence(b["sentence"] + 6) + self.paragraph(b["paragraph"] + 2) + self.bits_in(b["bits"])
        x = F.dropout(F.gelu(x), self.drop, self.training)
        inside = b["bits"][..., INSIDE:]
        for block in self.blocks:
            x = block(x, inside)
        x = self.norm(x)
        y = self.out(x)
        pointer = y[..., len(PARTS) :].masked_fill(inside == 0, -1e4)
        weight = torch.sigmoid(y[..., :2].detach()) * inside
        pooled = [(x * weight[..., k : k + 1]).sum(1) / (weight[..., k : k + 1].sum(1) + 1e-3) for k in (0, 1)]
        pooled += [(x + (inside - 1) * 1e4).amax(1), x[:, LEFT]]
        labels = self.labels(torch.cat([s, pooled[0]], -1))
        both = F.dropout(torch.cat([s, *pooled], -1), self.drop, self.training)
        valid = self.valid2(F.gelu(self.valid1(both)))[:, 0]
        return y[..., : len(PARTS)], pointer, self.none(s), labels, valid

    def arrays(self) -> dict[str, Any]:
        """What `learned/network.py` needs, by name; matrices turned so that a row times a matrix is the next row.

        The table of words is left out, it is a file of its own; so is the pretrained part of an encoder from a hub.
        """
        looked_up = ("far.", "sentence.", "paragraph.", "form.", "convention.")
        out = {}
        for name, value in self.state_dict().items():
            if name.startswith(("tags.", "encoder.table.", "encoder.model.")):
                continue
            array = value.detach().cpu().numpy()
            turned = array.ndim == 2 and not name.startswith(looked_up)
            out[name] = array.T.copy() if turned else array
        out["shape.encoder"] = torch.tensor(getattr(self.encoder, "dilations", ())).numpy()
        out["shape.window"] = torch.tensor([b.dilation for b in self.blocks]).numpy()
        return out
