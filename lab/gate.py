"""May this state of the house be merged? Measures it, holds it against the floors, writes docs/quality.md.

    python lab/gate.py [--data FOLDER]       measure and compare with lab/floors.json; exit 1 below a floor
    python lab/gate.py --write               also write docs/quality.md
    python lab/gate.py --update              raise the floors to what was measured
    python lab/gate.py --update --allow-regression    lower floors too (say why in the changelog)

Floors are a ratchet: `--update` refuses to lower one. They hold for the corpora whose digests stand beside them. Exit 2
where a corpus is missing or is another one than the floors were made on.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab import calibration, corpora, health_alarms
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, gnqa, gold
from lab.score import Reader, reader_with, score_gnqa, score_gold
from reportedly import __version__
from reportedly.languages import load
from reportedly.measure import Tally, intervals, signature, total
from reportedly.weights import LINES, card, shipped, signed

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "lab" / "floors.json"
QUALITY = ROOT / "docs" / "quality.md"
ROUNDS, SEED = 1000, 20241028
EPSILON = 0.0005
"""Readings are the same on every machine; only sums of floats may differ in their last digits."""

GATED = {
    "gnqa": ("messages", "roles", "joint", "form guarded"),
    "gold": ("content", "exact", "form", "role/speaker", "speaker exact"),
}
"""Figures with a floor: the ones that say how good the whole is. The others are shown, and may be traded."""

BESIDE = {
    "gnqa": (*GATED["gnqa"], "type/Reported", "role/addressee", "given quote/speaker"),
    "gold": GATED["gold"],
}
CORPUS = {"gnqa": "GNQA dev", "gold": "own gold dev"}

TITLES = {
    "messages": "Messages", "roles": "Roles", "joint": "Joint", "form guarded": "Form, guarded",
    "stwr guarded": "STWR (medium), guarded", "messages guarded": "Messages, guarded", "roles guarded": "Roles, guarded",
    "joint guarded": "Joint, guarded", "form": "Form", "stwr": "STWR (medium)",
    "detected": "found (half of the words agree)", "exact": "found to the word",
    "content": "content", "speaker exact": "who spoke (resolved name)", "speaker lenient": "who spoke, lenient",
    "speaker given content": "who spoke, where the content is right", "cue_class": "class of the cue",
    "medium": "medium", "negated": "negated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpus:
    """The figures of one line on one corpus: sums a measure, the 95 % interval of its F1, and the line that says how they came."""

    sums: Mapping[str, Tally]
    bounds: Mapping[str, tuple[float, float]]
    signature: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by line and corpus, what the confidences of each line are worth, and the false alarms of the detectors."""

    corpora: Mapping[tuple[str, str], Corpus]
    said: Mapping[tuple[str, str], Sequence[calibration.Said]]
    digests: Mapping[str, str]
    alarms: Mapping[str, int]
    segments: int

    @property
    def lines(self) -> list[str]:
        return list(dict.fromkeys(line for line, _ in self.corpora))

    def figures(self) -> dict[str, float]:
        """Every figure that has a floor, by name."""
        return {f"{line} {name} {m}": c.sums[m].f1 for (line, name), c in self.corpora.items() for m in GATED[name]}


def measure(folder: Path, readers: Mapping[str, Reader]) -> Measured:
    """Score both corpora with every line and count the false alarms. Raises CorpusMissing."""
    digests = {"gnqa/dev": corpora.digest(gnqa.path_of(folder, "dev")), "gold": corpora.digest(gold.path_of(folder))}
    language = load("de")
    out, said = {}, {}
    for line, reader in readers.items():
        for name, source, scorer, sayings in (
            ("gnqa", "gnqa/dev", score_gnqa, calibration.on_gnqa),
            ("gold", "gold", score_gold, calibration.on_gold),
        ):
            once = _remembering(reader)
            scored = scorer(folder, "dev", None, once)
            sums = total(scored.sheets)
            signed_by = signature(
                {
                    "version": __version__, "tables": f"{language.code}-{language.digest}", "weights": signed(language.code, line),
                    "corpus": f"{source}-{digests[source]}", "part": "dev", "articles": len(scored.sheets),
                    "pairs": "official" if name == "gnqa" else "words", "rounds": ROUNDS, "seed": SEED,
                }
            )  # fmt: skip
            bounds = intervals(scored.sheets, sorted(sums), rounds=ROUNDS, seed=SEED)
            out[line, name] = Corpus(sums, bounds, signed_by)
            said[line, name] = sayings(folder, "dev", once)
    if not (folder / "wmt-de-en").is_dir():
        raise CorpusMissing(folder / "wmt-de-en")
    return Measured(out, said, digests, health_alarms.alarms(folder), health_alarms.segments(folder))


def _remembering(reader: Reader) -> Reader:
    """Each article is read once."""
    known: dict[str, dict[str, Any] | None] = {}

    def read(text: str, title: str | None, published: str | None) -> dict[str, Any] | None:
        if text not in known:
            known[text] = reader(text, title, published)
        return known[text]

    return read


def judge(measured: Measured, floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is wrong, one sentence each: figures below their floor, detectors that cry wolf."""
    out = []
    figures = measured.figures()
    for name, floor in floors.get("floors", {}).items():
        if figures.get(name, 0.0) < floor - EPSILON:
            out.append(f"{name}: {100 * figures.get(name, 0.0):.2f} is below its floor of {100 * floor:.2f}")
    for kind, count in measured.alarms.items():
        rate = 1000 * count / measured.segments
        if rate > health_alarms.LIMIT:
            out.append(
                f"damage {kind}: {rate:.2f} false alarms in 1,000 clean segments, {health_alarms.LIMIT:g} allowed"
            )
    return out


def raised(
    measured: Measured, floors: Mapping[str, Mapping[str, float]], *, allow_regression: bool
) -> dict[str, object]:
    """New floors from what was measured. Raises ValueError where one would fall and nobody allowed it."""
    old = floors.get("floors", {})
    new = {name: int(value * 10_000) / 10_000 for name, value in measured.figures().items()}
    fallen = [
        f"{n} from {100 * old[n]:.2f} to {100 * new[n]:.2f}" for n in new if n in old and new[n] < old[n] - EPSILON
    ]
    if fallen and not allow_regression:
        raise ValueError(
            f"No floor was moved, for these would fall: {', '.join(fallen)}. "
            "Mend the readings, or say --allow-regression and write the reason into the changelog."
        )
    kept = new if allow_regression else {name: max(value, old.get(name, 0.0)) for name, value in new.items()}
    return {
        "corpora": dict(measured.digests),
        "signatures": {f"{line} {name}": c.signature for (line, name), c in measured.corpora.items()},
        "floors": kept,
    }


def report(measured: Measured, floors: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as a page in Markdown: the same text in the terminal and in docs/quality.md."""
    first = measured.lines[0]
    gnqa_sums, gold_sums = measured.corpora[first, "gnqa"], measured.corpora[first, "gold"]
    pages = [
        "# Quality",
        "Generated by `make gate`; do not edit. Figures are in per cent. The interval says where F1 would lie in 95 of 100"
        " other samples of articles of this kind (bootstrap over articles). Rules are written looking at the train parts;"
        " dev decides between variants, so it flatters a little. The corpus' test part is not looked at.",
        "## The lines of weights side by side",
        "F1 and its interval. *open* is the default, *research* may not be used commercially (`--weights research`),"
        " *tables* reads without learned numbers. Beside it stands the published rule-based system (QUiTE), which has Messages"
        " 48.8, Roles 34.9, Joint 38.9 on GNQA dev. The network of *research* has read the 155 articles of our gold's dev part"
        " under neither annotation." if "research" in measured.lines else "F1 and its interval.",
        _beside(measured, floors),
        *_seeds(measured.lines),
        f"## German news quotation corpus (GNQA), part dev, {first}",
        "150 articles, 653 quotes, in the corpus' own convention (`lab/adapter_gnqa.py`) and by its official definition:"
        " one quote, one vote. *Guarded*: a pair of quotes that shares no word is no pair.",
        _table(gnqa_sums, f"{first} gnqa", ("messages", "roles", "joint"), floors),
        _table(
            gnqa_sums, f"{first} gnqa",
            ("messages guarded", "roles guarded", "joint guarded", "form guarded", "stwr guarded", "form", "stwr", "detected", "exact"),
            floors,
        ),
        "By type (precision over found quotes of the type, recall over gold quotes of the type), by role, and by role where the"
        " quote is found:",
        _table(gnqa_sums, f"{first} gnqa", _starting(gnqa_sums, "type/", "role/", "given quote/"), floors),
        f"`{gnqa_sums.signature}`",
        f"## Our own gold, part dev, {first}",
        "155 articles that we annotated ourselves (`docs/annotation.md`), in the convention of the record. Content is"
        " counted in words, one vote a statement; *optional* statements count neither as missed nor as wrong. Who spoke"
        " compares the resolved names: equal but for a leading article; lenient: one name holds the other.",
        _table(gold_sums, f"{first} gold", ("content", "exact", "detected", "form", "speaker exact", "speaker lenient"), floors),
        "By form, by role, and the labels of statements that were found:",
        _table(
            gold_sums, f"{first} gold",
            (*_starting(gold_sums, "content/", "form/", "role/"), "speaker given content", "cue_class", "medium", "negated"),
            floors,
        ),
        f"`{gold_sums.signature}`",
        "## Is a confidence of .8 right eight times in ten?",
        "A statement is right where content (F1 of at least .8) and speaker are. Each line is a tenth of the found statements,"
        " doubtful ones first: the bar is how many were right, the mark (|) what was said. The error is the mean distance of the"
        " two (expected calibration error); with so few statements a confidence that is perfect would show one too, which stands beside it;"
        " last the root mean square without the part of chance (Kumar, Liang & Ma 2019).",
        *(_reliability(f"{line}, {CORPUS[name]}", said) for (line, name), said in measured.said.items() if said),
        "## False alarms of the damage detectors",
        f"On {measured.segments:,} clean German segments (sources and human translations of WMT22 and WMT23); at most"
        f" {health_alarms.LIMIT:g} in 1,000 is allowed. A detector that does not stand here gave none.",
        "\n".join(
            ["| kind | false alarms | in 1,000 segments |", "|---|---:|---:|"]
            + [f"| {k} | {n} | {1000 * n / measured.segments:.2f} |" for k, n in sorted(measured.alarms.items())]
        ),
    ]  # fmt: skip
    return "\n\n".join(pages) + "\n"


def _reliability(name: str, said: Sequence[calibration.Said]) -> str:
    mean, most = calibration.chance_of(said)
    left = calibration.debiased_error_of(said)
    head = (
        f"**{name}**: error {calibration.error_of(said):.3f}; perfect would be {mean:.3f}, in 19 of 20 cases below {most:.3f}; "
        f"left without the part of chance {left:.3f}"
    )
    return f"{head}\n\n```text\n{calibration.plot(said)}\n```"


def _beside(measured: Measured, floors: Mapping[str, Mapping[str, float]]) -> str:
    """The gated figures and a few more, one column a line."""
    lines = [f"| | {' | '.join(measured.lines)} |", "|---|" + "---|" * len(measured.lines)]
    for name, measures in BESIDE.items():
        for m in measures:
            cells = []
            for line in measured.lines:
                corpus = measured.corpora[line, name]
                if m not in corpus.sums:
                    cells.append("")
                    continue
                low, high = corpus.bounds[m]
                cells.append(f"**{100 * corpus.sums[m].f1:.1f}** ({100 * low:.1f} - {100 * high:.1f})")
            if any(cells):
                lines.append(f"| {CORPUS[name]}: {TITLES.get(m, m.replace('/', ': '))} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _seeds(lines: Sequence[str]) -> list[str]:
    """What the cards of the networks say of the same training with other seeds; the first one is shipped."""
    rows = []
    for line in lines:
        known = card("de/statements", line) if ("de/statements", line) in shipped() else {}
        for name, figures in known.items():
            if name.startswith("dev_"):
                mean = sum(figures) / len(figures)
                each = " ".join(f"{100 * x:.1f}" for x in figures)
                rows.append(
                    f"| {line} | {name.removeprefix('dev_').replace('_', ' ')} | **{100 * mean:.1f}** | {each} |"
                )
    if not rows:
        return []
    table = "\n".join(["| line | F1 | mean | seed by seed |", "|---|---|---:|---|", *rows])
    return [
        "### The same with other seeds",
        "Each network alone, trained from three seeds. Of *open* the first is shipped; *research* reads with all three.",
        table,
    ]


def _starting(corpus: Corpus, *beginnings: str) -> tuple[str, ...]:
    return tuple(name for beginning in beginnings for name in sorted(corpus.sums) if name.startswith(beginning))


def _table(corpus: Corpus, name: str, measures: Sequence[str], floors: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| | P | R | F1 | 95 % | floor | found | gold |", "|---|---:|---:|---:|---|---:|---:|---:|"]
    for m in measures:
        if m not in corpus.sums:
            continue
        t, (low, high) = corpus.sums[m], corpus.bounds[m]
        floor = floors.get("floors", {}).get(f"{name} {m}")
        lines.append(
            f"| {TITLES.get(m, m.replace('/', ': '))} | {100 * t.precision:.1f} | {100 * t.recall:.1f} | "
            f"**{100 * t.f1:.1f}** | {100 * low:.1f} - {100 * high:.1f} | "
            f"{'' if floor is None else f'{100 * floor:.1f}'} | {t.found:.0f} | {t.gold:.0f} |"
        )
    return "\n".join(lines)


def main(
    arguments: Sequence[str] | None = None, readers: Mapping[str, Reader] | None = None, floors_file: Path = FLOORS
) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    options.add_argument("--write", action="store_true", help="write docs/quality.md")
    options.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    options.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    given = options.parse_args(arguments)
    try:
        measured = measure(given.data, readers or {line: reader_with(line) for line in LINES})
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    floors = json.loads(floors_file.read_text("utf-8")) if floors_file.exists() else {}
    pinned = floors.get("corpora", measured.digests)
    if pinned != measured.digests and not given.update:
        print(
            f"The corpora are not the ones the floors were made on ({pinned}, here {measured.digests}): their figures "
            "cannot be compared. Fetch the right ones, or make new floors with --update.",
            file=sys.stderr,
        )
        return 2
    if given.update:
        try:
            floors = raised(measured, floors, allow_regression=given.allow_regression)
        except ValueError as refused:
            print(refused, file=sys.stderr)
            return 1
        floors_file.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", "utf-8")
    text = report(measured, floors)
    print(text)
    if given.write:
        QUALITY.write_text(text, "utf-8")
    wrong = judge(measured, floors)
    for sentence in wrong:
        print(f"BELOW: {sentence}", file=sys.stderr)
    if not wrong:
        print("The gate is open: no figure is below its floor.")
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
