"""Where should tables and network draw their lines together? Scores a trained network on dev, and sweeps the settings.

    python -m lab.train.network.choose FILE.pt [MORE.pt] [--convention gnqa] [--set least=.5] [--sweep "least=.4,.5;row=.1,.3"]

Every article is read by the network once; a setting then costs only the decisions and what follows them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from lab import score
from lab.corpora import DEFAULT_FOLDER, gnqa, gold
from reportedly.languages import load
from reportedly.languages.grammar import grammar_of
from reportedly.measure import Tally, total
from reportedly.model.article import Article
from reportedly.model.fact import Facts
from reportedly.pipeline import STANDARD, read
from reportedly.reading.statements import drafts
from reportedly.reading.statements.assemble import Page, numbered
from reportedly.reading.statements.learned import Engine, choose, engine_from
from reportedly.reading.statements.learned.joined import joined
from reportedly.reading.statements.learned.marks import Marked, Words, outlines_of
from reportedly.reading.statements.learned.network import Network, Seed, Several
from reportedly.weights import TABLES

SHOWN = {
    "gnqa": (
        "messages", "roles", "joint", "form guarded", "role/speaker", "role/cue", "role/frame", "role/addressee", "type/Reported",
        "type/Direct", "type/Indirect", "type/IndirectFreeIndirect", "type/FreeIndirect",
    ),
    "gold": (
        "content", "exact", "form", "role/speaker", "speaker exact", "role/cue", "role/frame", "role/addressee", "role/authority",
        "role/occasion", "cue_class",
    ),
}  # fmt: skip
HEADLINE = {"gnqa": ("messages", "joint"), "gold": ("content", "role/speaker")}


class Once:
    """A network that gives back what it said of an article before, whatever is asked of it later."""

    def __init__(self, network: Any, least: float = 0.1) -> None:
        self.network, self.least = network, least
        self.known: dict[int, tuple[Marked, list[Seed]]] = {}

    def read(self, page: Marked, least: float) -> list[Seed]:
        found = self.known.get(id(page))
        if found is None:
            found = self.known[id(page)] = (page, self.network.read(page, self.least))
        return [s for s in found[1] if s.chance > least or (s.at, s.kind) in page.begins]


@dataclass
class Part:
    """The articles of a dev part, each analysed and marked once."""

    name: str
    data: Path
    convention: str
    limit: int | None = None

    def __post_init__(self) -> None:
        language = load("de")
        self.ready: dict[str, tuple[Article, Any, Any, Any, Page, Marked]] = {}
        source = (
            gnqa.articles(self.data, "dev", self.limit)
            if self.name == "gnqa"
            else gold.articles(self.data, "dev", self.limit)
        )
        for a in source:
            article = Article(a.text, title=a.title, published=a.published)
            analysis = STANDARD.analyse(article, STANDARD.inspect(article, language), language)
            found, lines = drafts(analysis, language)
            words = Words(analysis, language)
            page = Marked(words, outlines_of(numbered(found), words.grid), self.convention)
            self.ready[a.text] = (article, analysis, found, lines, Page(analysis, grammar_of(language)), page)

    def tallies(self, engine: Engine) -> dict[str, Tally]:
        def reader(text: str, title: str | None, published: str | None) -> dict[str, Any]:
            article, analysis, found, lines, places, page = self.ready[text]
            statements = numbered(joined(engine, choose(engine, page), found, lines, places))
            recipe = replace(
                STANDARD,
                inspect=lambda article, language: (),
                analyse=lambda article, damages, language: analysis,
                find_statements=lambda analysis, language, weights: statements,
                find_facts=lambda article, analysis, language: Facts(),
                weights=TABLES,
            )
            return read(article, recipe).to_dict()

        scored = (score.score_gnqa if self.name == "gnqa" else score.score_gold)(self.data, "dev", self.limit, reader)
        return total(scored.sheets)


def line_of(name: str, tallies: Mapping[str, Tally]) -> str:
    first = HEADLINE[name][0]
    found = " ".join(f"{k.split('/')[-1]} {100 * tallies[k].f1:.1f}" for k in SHOWN[name] if k in tallies)
    return f"{name}: {found}  P {100 * tallies[first].precision:.1f} R {100 * tallies[first].recall:.1f}"


def changed(engine: Engine, key: str, value: Any) -> Engine:
    """The engine with one setting changed; `forms.reported`, `ours` (with + between the parts) and plain numbers."""
    if key == "ours":
        return replace(engine, deciding=replace(engine.deciding, ours=frozenset(str(value).split("+")) - {""}))
    if key.startswith("forms."):
        forms = {**engine.deciding.forms, key.removeprefix("forms."): float(value)}
        return replace(engine, deciding=replace(engine.deciding, forms=forms))
    if key in ("part", "addressee", "nobody"):
        return replace(engine, leanings=replace(engine.leanings, **{key: float(value)}))
    if key == "keep_bounds":
        return replace(engine, deciding=replace(engine.deciding, keep_bounds=value == "yes"))
    return replace(engine, deciding=replace(engine.deciding, **{key: float(value)}))


def network_of(path: Path) -> Network:
    """The network of a file of `finetune`, or of a folder of `hubexport`."""
    if path.is_dir():
        from reportedly.reading.statements.learned.hub import engine_from_folder

        return engine_from_folder(path).network
    import torch

    from lab.train.network.finetune import load as trained

    torch.set_num_threads(1)
    net = trained(path)
    return Network(net.arrays(), net.encoder.table.weight.detach().numpy())


def settings_of(engine: Engine) -> str:
    deciding = {**asdict(engine.deciding), "ours": sorted(engine.deciding.ours)}
    return json.dumps({"deciding": deciding, "leanings": asdict(engine.leanings)})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("networks", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--on", default="gnqa,gold")
    parser.add_argument("--convention", default="ours")
    parser.add_argument("--set", default="", help="settings, with blanks between them")
    parser.add_argument("--sweep", default="", help='"least=.4,.5;row=.1,.2"')
    parser.add_argument("--limit", type=int)
    o = parser.parse_args()
    nets = [network_of(p) for p in o.networks]
    network = Once(nets[0] if len(nets) == 1 else Several(nets))
    engine = engine_from(network, {}, "lab")  # type: ignore[arg-type]
    for item in o.set.split():
        engine = changed(engine, *item.split("="))
    parts = [Part(name, o.data, o.convention if name == "gnqa" else "ours", o.limit) for name in o.on.split(",")]

    def judged(e: Engine) -> tuple[float, list[str]]:
        found = [(p.name, p.tallies(e)) for p in parts]
        worth = sum(t[key].f1 for name, t in found for key in HEADLINE[name])
        return worth, [line_of(name, t) for name, t in found]

    best, lines = judged(engine)
    print("\n".join(lines), flush=True)
    for sweep in filter(None, o.sweep.split(";")):
        key, values = sweep.split("=")
        for value in values.split(","):
            other = changed(engine, key, value)
            worth, lines = judged(other)
            mark = "*" if worth > best + 0.0004 else " "
            print(f"{mark} {key} {value} {100 * worth:.2f}\n    " + "\n    ".join(lines), flush=True)
            if worth > best + 0.0004:
                best, engine = worth, other
    print(settings_of(engine))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
