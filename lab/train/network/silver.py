"""What do tables and trained networks agree on in raw text? Silver articles to learn from before the gold ones.

    python -m lab.train.network.silver --teachers A.pt,B.pt --source news --articles 2000 --line research --out FILE.pt

Every article is read by the tables and by the mean of the teachers. What they hold for likely is taken for a statement,
what they doubt is not learned from at all. The network that comes out is where the labelled part may begin
(`finetune --begin FILE.pt`): self-training (Yarowsky 1995), and several teachers distilled into one where they are several.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from lab.corpora import CORPORA, DEFAULT_FOLDER, CorpusMissing
from lab.train.network import finetune
from lab.train.network.articles import Known, Labelled, analysed
from lab.train.network.choose import network_of
from lab.train.network.model import Net
from lab.train.network.rawtext import texts
from reportedly.reading.statements.learned import choose
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.network import Several
from reportedly.reading.statements.learned.shape import CLASSES, MEDIA, PARTS

SURE, DOUBTED = 0.8, 0.15
EVERY = 15
LONGEST = 6_000


def articles(source: Path, teacher: Any, count: int) -> Iterator[Labelled]:
    """Articles of a source with what was agreed on; `teacher` is an engine. Raises CorpusMissing."""
    for number, text in enumerate(islice(texts(source), 0, count * EVERY, EVERY)):
        _, words, tables = analysed(text[:LONGEST])
        if not len(words):
            continue
        page = Marked(words, tables, "ours")
        known = []
        for decided in choose(teacher, page):
            p = decided.proposal
            outline = p.outline
            if decided.row is not None and p.valid > SURE:
                parts = dict(outline.parts)
                parts |= {k: v for k, v in page.outlines[decided.row].parts.items() if k in teacher.deciding.ours}
                outline.parts = parts
            known.append(
                Known(
                    outline,
                    outline.first,
                    optional=p.valid < SURE,
                    medium=p.medium if p.medium in MEDIA else None,
                    cue_class=p.cue_class if p.cue_class in CLASSES else None,
                    negated=p.negated,
                )
            )
        yield Labelled(f"silver {number}", "ours", text[:LONGEST], words, tables, known, frozenset(PARTS))


def main(arguments: Sequence[str] | None = None) -> int:
    from dataclasses import replace

    from lab.train.network.line import engine_with

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--teachers", required=True, help="trained networks, with commas")
    parser.add_argument("--source", choices=("news", "bt19", "bt20"), required=True)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--line", choices=("open", "research"), required=True)
    parser.add_argument("--start", type=Path, required=True, help="the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True)
    o = parser.parse_args(arguments)
    paths = [Path(p) for p in o.teachers.split(",")]
    engine = engine_with(paths[0], o.line)
    if len(paths) > 1:
        engine = replace(engine, network=Several([network_of(p) for p in paths]))
    engine = replace(engine, deciding=replace(engine.deciding, least=DOUBTED))
    begin = time.process_time()
    try:
        found = list(articles(o.data / CORPORA[o.source]["path"], engine, o.articles))
    except CorpusMissing as missing:
        print(missing)
        return 2
    sure = sum(not k.optional for a in found for k in a.known)
    print(
        f"{len(found)} articles, {sum(len(a.words) for a in found):,} words, {sure:,} statements agreed on, "
        f"{sum(len(a.known) for a in found) - sure:,} doubted, {time.process_time() - begin:.0f} CPU s",
        flush=True,
    )
    import torch

    net = Net(0.1)
    net.encoder.load_state_dict(torch.load(o.start, weights_only=True)["encoder"])
    given = ["--line", o.line, "--out", str(o.out), "--rounds", "1", "--words", "1600", "--hide-tables", ".3"]
    finetune.Training(finetune.parser().parse_args(given), found, net).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
