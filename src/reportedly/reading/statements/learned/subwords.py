"""How does an encoder of subwords read our words? Words to pieces, pieces to overlapping windows, vectors back to words.

Encoders from a hub cut words into pieces of their own (`Bürgermeisterin` -> `Bürger ##meister ##in`) and read at most so
many pieces at once. The vector of a word is the mean of those of its pieces. Training and reading both use this file, so
the two cannot drift apart. Shapes: B articles, N words of the longest, H width of the encoder.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

MOST = 512
"""Pieces of a window, even where an encoder could read more: the cost grows with the square."""
TOGETHER = 8
"""Windows that are read at once."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` are read together; only the vectors of `begin` to `end` are kept (ends exclusive)."""

    first: int
    last: int
    begin: int
    end: int


def windows_of(sizes: Sequence[int], room: int) -> list[Window]:
    """Windows of at most `room` pieces over words of these sizes. Neighbours share a quarter; what they share is halved
    between them, so that no word is kept from where it stands at the edge.

    >>> windows_of([1, 1, 1, 1, 1, 1], 4)
    [Window(first=0, last=4, begin=0, end=3), Window(first=3, last=6, begin=3, end=6)]
    """
    at = [0, *accumulate(sizes)]
    out: list[Window] = []
    first = begin = 0
    while True:
        last = max(bisect_right(at, at[first] + room) - 1, first + 1)
        if last >= len(sizes):
            return [*out, Window(first, len(sizes), begin, len(sizes))]
        following = min(max(bisect_left(at, at[last] - room // 4), first + 1), last)
        end = max((following + last) // 2, begin)
        out.append(Window(first, last, begin, end))
        first, begin = following, end


class Pieces:
    """A fast tokenizer of transformers with what its encoder wants around and at most."""

    def __init__(self, tokenizer: Any, model: Any) -> None:
        self._tokenizer = tokenizer
        self.before, self.after = _around(tokenizer)
        self.room = longest(tokenizer, model) - len(self.before) - len(self.after)
        instead = tokenizer.mask_token_id if tokenizer.mask_token_id is not None else tokenizer.unk_token_id
        self.instead = instead or 0
        """Stands for a word that has no pieces, and for one that is hidden in training."""
        self.padding = tokenizer.pad_token_id or 0

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of every word, at least one. A word that would fill a quarter of a window is cut off."""
        out: list[list[int]] = [[] for _ in texts]
        if texts:
            read = self._tokenizer(
                list(texts), is_split_into_words=True, add_special_tokens=False, truncation=False, verbose=False
            )
            for piece, word in zip(read["input_ids"], read.word_ids(), strict=True):
                if texts[word]:
                    out[word].append(piece)
        return [word[: max(1, self.room // 4)] or [self.instead] for word in out]


def _around(tokenizer: Any) -> tuple[list[int], list[int]]:
    """The signs that this tokenizer puts before and after a text: `[CLS]`, `[SEP]`."""
    read = tokenizer("a", return_special_tokens_mask=True)
    ids, special = list(read["input_ids"]), list(read["special_tokens_mask"])
    first = special.index(0) if 0 in special else len(ids)
    last = len(ids) - special[::-1].index(0) if 0 in special else len(ids)
    return ids[:first], ids[last:]


def longest(tokenizer: Any, model: Any) -> int:
    """How many pieces an encoder reads at once, signs around them included."""
    places = getattr(model.config, "max_position_embeddings", None) or MOST
    table = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
    padding = getattr(table, "padding_idx", None)
    if padding is not None:  # the family of RoBERTa counts from there
        places -= padding + 1
    return int(min(MOST, places, tokenizer.model_max_length))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A window ready to be read: its pieces; and of those that are kept the place, the word, the share in the word."""

    ids: list[int]
    kept: list[tuple[int, int, float]]


def _cuts(pieces: Pieces, texts: Sequence[str], first: int) -> Iterator[_Cut]:
    """The windows of an article whose words are counted from `first`."""
    words = pieces.of(texts)
    for window in windows_of([len(word) for word in words], pieces.room):
        ids, kept = list(pieces.before), []
        for i in range(window.first, window.last):
            if window.begin <= i < window.end:
                kept += [(len(ids) + k, first + i, 1 / len(words[i])) for k in range(len(words[i]))]
            ids += words[i]
        yield _Cut(ids + pieces.after, kept)


def word_vectors(model: Any, pieces: Pieces, articles: Sequence[Sequence[str]]) -> Any:
    """The words of B articles to a tensor of vectors [B, N, H], zeros behind the shorter ones."""
    import torch

    most = max(len(texts) for texts in articles)
    cuts = [cut for b, texts in enumerate(articles) for cut in _cuts(pieces, texts, b * most)]
    cuts.sort(key=lambda cut: len(cut.ids))
    device = next(model.parameters()).device
    out = torch.zeros(len(articles) * most, model.config.hidden_size, device=device)
    for a in range(0, len(cuts), TOGETHER):
        group = cuts[a : a + TOGETHER]
        width = len(group[-1].ids)
        ids = [cut.ids + [pieces.padding] * (width - len(cut.ids)) for cut in group]
        seen = [[1] * len(cut.ids) + [0] * (width - len(cut.ids)) for cut in group]
        h = model(
            input_ids=torch.tensor(ids, device=device), attention_mask=torch.tensor(seen, device=device)
        ).last_hidden_state.flatten(0, 1)
        kept = [(k * width + place, word, share) for k, cut in enumerate(group) for place, word, share in cut.kept]
        places = torch.tensor([k[0] for k in kept], dtype=torch.long, device=device)
        words = torch.tensor([k[1] for k in kept], dtype=torch.long, device=device)
        shares = torch.tensor([k[2] for k in kept], device=device)
        out = out.index_add(0, words, h[places] * shares[:, None])
    return out.view(len(articles), most, -1)
