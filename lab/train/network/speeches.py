"""What does a trained network find in Bundestag speeches? Its seeds become cues with their roles, scored as the task says.

    python -m lab.train.network.speeches FILE.pt [MORE.pt]         figures on dev, with intervals and signature
      --set least=.5 --sweep "least=.4,.5;Message=.4,.5"            other lines; a sweep keeps what is better by joint F1,
                                                                    and says what that is worth on pages it has not seen
      --errors N                                                    the first N frames that are not right to the word
Several networks speak with the mean of their scores. `Lines` says what can be set; a role has its own line.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from lab import score
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, digest, gepade
from lab.corpora.gepade import Frame, Speech
from lab.gepade_scores import HEADLINES, Pair, pairs_of, sheet_of
from lab.train.network.articles import ROLE_OF, analysed
from reportedly import __version__
from reportedly.languages import load
from reportedly.measure import Tally, signature, total
from reportedly.model.span import Span
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.network import Seed, sigmoid
from reportedly.reading.statements.learned.shape import LEFT, PARTS, WINDOW

HEARD = 0.02
"""A word that is less likely a cue is not looked at."""
SUREST = 1e-5
"""No word is taken to be surer than this, either way."""
POINTED = {"Source": (1, 2, 0), "Message": (3, 4, 1)}
"""Numbers of the pointers to the first and last word of a role, and of the score that there is none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the decoder draws its lines; chosen on dev."""

    least: float = 0.55
    """What a cue must reach."""
    alone: float = 1.0
    """How much the first word alone counts beside its whole window."""
    doubt: float = 1.0
    """How much of the doubt about its cue a role shares: an unsure cue gives away fewer words, as each is a risk."""
    turn: float = 1.0
    """Price in log odds of beginning another run of words in a role: against crumbs."""
    source_ends: float = 0.5
    """How much the pointers to first and last word count for a Source, beside what is said of each word."""
    message_ends: float = 0.2
    """The same for a Message."""
    roles: Mapping[str, float] = field(
        default_factory=lambda: {
            "Cue": 0.5, "PTC": 0.3, "Message": 0.6, "Source": 0.5, "Addr": 0.6, "Topic": 0.7, "Medium": 0.3, "Evidence": 0.3,
        }
    )  # fmt: skip
    """How likely a word must be part of a role."""

    def but(self, key: str, value: float) -> Lines:
        """The same with one line drawn elsewhere. Raises KeyError."""
        if key in self.roles:
            return replace(self, roles={**self.roles, key: value})
        if key == "roles" or key not in self.__slots__:
            raise KeyError(key)
        return replace(self, **{key: value})


@dataclass(frozen=True, slots=True)
class Page:
    """A speech as the network sees it; `tokens` are the corpus' tokens that each word touches."""

    speech: Speech
    marked: Marked
    tokens: tuple[tuple[int, ...], ...]

    def frame(self, words: Mapping[str, Sequence[int]]) -> Frame:
        """Roles by number of word to roles by number of token."""
        return Frame({r: tuple(sorted({t for w in ids for t in self.tokens[w]})) for r, ids in words.items() if ids})


class Reader(Protocol):
    """A network, or several."""

    def read(self, article: Marked, least: float) -> list[Seed]: ...


class Together:
    """Several networks as one: the mean of their scores for every word that one of them holds for a cue."""

    def __init__(self, networks: Sequence[Reader]) -> None:
        self.networks = networks

    def read(self, article: Marked, least: float) -> list[Seed]:
        heard = [{s.at: s for s in network.read(article, least / 4)} for network in self.networks]
        out = []
        for at in sorted(set().union(*heard)):
            here = [h[at] for h in heard if at in h]
            chance = sum(s.chance for s in here) / len(heard)
            if chance > least:
                parts = {k: np.mean([getattr(s, k) for s in here], 0) for k in ("member", "pointer", "none", "labels")}
                out.append(replace(here[0], chance=chance, valid=sum(s.valid for s in here) / len(here), **parts))
        return out


def pages(data: Path, part: str, limit: int | None = None) -> Iterator[Page]:
    """The speeches of a part. Raises CorpusMissing."""
    for speech in gepade.speeches(data, part, limit):
        _, words, tables = analysed(speech.text)
        tokens: list[list[int]] = [[] for _ in range(len(words))]
        for t, (a, b) in enumerate(speech.tokens):
            for w in words.grid.of([Span(a, b)]):
                tokens[w].append(t)
        yield Page(speech, Marked(words, tables, "gepade"), tuple(map(tuple, tokens)))


def runs(odds: np.ndarray, turn: float) -> np.ndarray:
    """Which words of a row [n] belong to a role: the runs of greatest summed log odds, where each run costs `turn`.

    >>> runs(np.array([-2.0, 3.0, -0.5, 1.0, -4.0, 0.6]), 1.0).nonzero()[0].tolist()
    [1, 2, 3]
    """
    if turn <= 0 or not (odds > 0).any():
        return np.asarray(odds > 0)
    out, inside = 0.0, -np.inf
    came_out, came_in = [], []
    for x in odds.tolist():
        came_out.append(inside > out)
        came_in.append(inside >= out - turn)
        out, inside = max(out, inside), max(inside, out - turn) + x
    now, member = inside > out, np.zeros(len(odds), bool)
    for k in range(len(odds) - 1, -1, -1):
        member[k] = now
        now = came_in[k] if now else came_out[k]
    return member


def pointed(seed: Seed, role: str) -> np.ndarray:
    """How likely each word of the window [L] lies between the first and the last word of a role, by its pointers alone."""
    start, end, none = POINTED[role]
    there, share = 1.0, []
    for scores in (seed.pointer[:, start], seed.pointer[:, end]):
        scores = np.append(scores, seed.none[none]).astype(np.float64)
        chance = np.exp(scores - scores.max())
        chance /= chance.sum()
        there *= 1 - chance[-1]
        share.append(chance[:-1] / max(1 - chance[-1], SUREST))
    begun, going_on = share[0].cumsum(), share[1][::-1].cumsum()[::-1]
    return np.asarray(np.sqrt(there) * begun * going_on)


def frames(seeds: Iterable[Seed], n: int, lines: Lines) -> list[dict[str, list[int]]]:
    """Cues with their roles by number of word, in a speech of `n` words. A word is in one cue only: the surest one's."""
    ranked = [(float(s.chance**lines.alone * s.valid ** (1 - lines.alone)), s) for s in seeds]
    taken: set[int] = set()
    out: list[dict[str, list[int]]] = []
    for sure, seed in sorted(ranked, key=lambda r: (-r[0], r[1].at)):
        if sure < lines.least:
            break
        if seed.at in taken:
            continue
        first = max(0, LEFT - seed.at)
        window = slice(first, min(WINDOW, n - seed.at + LEFT))
        found: dict[str, list[int]] = {}
        for part, role in ROLE_OF.items():
            p = sigmoid(seed.member[:, PARTS.index(part)])
            if role in POINTED:
                ends = lines.source_ends if role == "Source" else lines.message_ends
                p = (1 - ends) * p + ends * pointed(seed, role)
            p, line = np.clip(p[window], SUREST, 1 - SUREST), lines.roles[role]
            odds = np.log(p / (1 - p)) - np.log(line / (1 - line))
            if role in ("Cue", "PTC"):
                belongs = odds > 0
            else:
                belongs = runs(odds + lines.doubt * np.log(max(sure, SUREST)), lines.turn)
            found[role] = [int(k) + seed.at - LEFT + first for k in np.nonzero(belongs)[0]]
        found["Cue"] = sorted({seed.at, *(i for i in found["Cue"] if i not in taken)})
        taken.update(found["Cue"])
        out.append(found)
    return out


@dataclass(frozen=True, slots=True)
class Heard:
    """All pages with what the network says of each: every set of lines can then be tried at little cost."""

    pages: Sequence[Page]
    seeds: Sequence[Sequence[Seed]]

    def pairs(self, lines: Lines) -> Iterator[tuple[Page, list[Pair]]]:
        for page, seeds in zip(self.pages, self.seeds, strict=True):
            found = [page.frame(words) for words in frames(seeds, len(page.marked.words), lines)]
            yield page, pairs_of(page.speech.frames, found)

    def sheets(self, lines: Lines) -> list[dict[str, Tally]]:
        return [sheet_of(pairs) for _, pairs in self.pairs(lines)]


def hear(networks: Sequence[Path], ready: Sequence[Page]) -> Heard:
    """Every page read once."""
    from lab.train.network.choose import network_of

    nets: list[Reader] = [network_of(path) for path in networks]
    reader = nets[0] if len(nets) == 1 else Together(nets)
    return Heard(ready, [list(reader.read(page.marked, HEARD)) for page in ready])


def swept(heard: Heard, lines: Lines, sweep: str) -> Lines:
    """The lines after a walk along `sweep`: a value stays where joint F1 gains from it."""
    best = total(heard.sheets(lines))["joint"].f1
    for step in filter(None, sweep.split(";")):
        key, values = step.split("=")
        for value in values.split(","):
            other = lines.but(key, float(value))
            f1 = total(heard.sheets(other))["joint"].f1
            if f1 > best + 0.0003:
                best, lines = f1, other
    return lines


def crossed(heard: Heard, lines: Lines, sweep: str) -> list[dict[str, Tally]]:
    """Every page scored with lines that were walked on the other half of the pages: how much does choosing flatter?"""
    out: list[dict[str, Tally]] = [{}] * len(heard.pages)
    for half in (0, 1):
        others = swept(Heard(heard.pages[1 - half :: 2], heard.seeds[1 - half :: 2]), lines, sweep)
        out[half::2] = Heard(heard.pages[half::2], heard.seeds[half::2]).sheets(others)
    return out


def errors(heard: Heard, lines: Lines, limit: int) -> Iterator[str]:
    """Frames that are not right to the word: - what gold has, + what was found, = what both have."""
    for page, pairs in heard.pairs(lines):
        text, tokens = page.speech.text, page.speech.tokens
        for gold, found in sorted(pairs, key=lambda p: min((p[0] or p[1]).of("Cue"))):  # type: ignore[union-attr]
            if gold and found and gold.roles == found.roles:
                continue
            if limit <= 0:
                return
            limit -= 1
            places = [i for side in (gold, found) if side for ids in side.roles.values() for i in ids]
            near = tokens[max(0, min(places) - 4)][0], tokens[min(len(tokens) - 1, max(places) + 4)][1]
            yield f"{page.speech.name}\n    {text[slice(*near)][:700]}"
            for role in ROLE_OF.values():
                a, b = (
                    " ".join(text[slice(*tokens[i])] for i in sorted(s.of(role))) if s else "" for s in (gold, found)
                )
                if a == b:
                    yield from [f"      = {role:9}{a}"] if a else ()
                else:
                    yield from [f"      {sign} {role:9}{words}" for sign, words in (("-", a), ("+", b)) if words]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    parser.add_argument("--set", default="", help='lines, with blanks between them: "least=.4 Message=.5"')
    parser.add_argument("--sweep", default="", help='"least=.4,.5;Message=.4,.5"')
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--limit", type=int, help="only the first N speeches")
    o = parser.parse_args()
    lines = Lines()
    try:
        for item in o.set.split():
            key, value = item.split("=")
            lines = lines.but(key, float(value))
        heard = hear(o.networks, list(pages(o.data, o.part, o.limit)))
        halves = crossed(heard, lines, o.sweep) if o.sweep else None
        lines = swept(heard, lines, o.sweep)
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except KeyError as unknown:
        print(
            f"{unknown}: there is no such line; there are {', '.join([*(k for k in lines.__slots__ if k != 'roles'), *lines.roles])}",
            file=sys.stderr,
        )
        return 2
    if o.errors:
        print("\n".join(errors(heard, lines, o.errors)))
        return 0
    sheets = heard.sheets(lines)
    print(score.table(sheets, HEADLINES))
    if halves is not None:
        print(f"\nlines of one half of the pages, scored on the other: joint {100 * total(halves)['joint'].f1:.1f}")
    named = {
        "version": __version__, "tables": f"de-{load('de').digest}", "weights": "+".join(digest(p) for p in o.networks),
        "corpus": f"gepade-{digest(gepade.path_of(o.data))}", "part": o.part, "speeches": len(sheets),
    }  # fmt: skip
    print(f"\n{signature(named)}")
    print(json.dumps({k: getattr(lines, k) for k in lines.__slots__}))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
