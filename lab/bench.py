"""How fast is a reading, stage by stage, how much memory does it take, how long until the first word?

    python lab/bench.py [--data FOLDER]              200 articles of many outlets (news-de)
    python lab/bench.py --articles FILE              JSON Lines (text, title, published), or a plain text file

Speeds depend on the machine, so every figure also stands as a ratio to plain work measured in the same run on the same
text: splitting into words and marks with one regular expression, lemmatising every word with simplemma, and spaCy's German tokeniser and pipeline
(where it is not installed: `pip install 'reportedly[spacy]'`). Compare ratios, not seconds.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import os
import platform
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.bench_limits import limits, spacy_reads, threads
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, read_lines
from reportedly.engines import Lost, Pool
from reportedly.model.article import Article
from reportedly.pipeline import STANDARD, Recipe, read
from reportedly.weights import LINES, OPEN

_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")
STARTS = 5
_SIDE_BY_SIDE = 60
"""Articles read by one worker, by two, and by none, for comparison."""


class Clock:
    """Seconds of the processor by name (on a quiet machine those of the clock, and of the same use where others work); wraps a function so that its time is added to its name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def add(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            start = time.process_time()
            try:
                return function(*arguments)
            finally:
                self.add(name, time.process_time() - start)

        return run


def stages(clock: Clock, weights: str) -> Recipe:
    """The standard recipe with a clock on each of its stages."""
    names = [field.name for field in dataclasses.fields(Recipe) if callable(getattr(STANDARD, field.name))]
    timed = {name: clock.timed(name, getattr(STANDARD, name)) for name in names}
    return dataclasses.replace(STANDARD, weights=weights, **timed)


def measure(articles: Sequence[Article], weights: str = OPEN) -> dict[str, float]:
    """Seconds by stage over all articles with a line of weights; tables, lexicon and network already loaded."""
    clock = Clock()
    recipe = stages(clock, weights)
    read(articles[0], recipe).to_dict()
    clock.seconds.clear()
    for article in articles:
        start = time.process_time()
        reading = read(article, recipe)
        middle = time.process_time()
        reading.to_dict()
        end = time.process_time()
        clock.add("record", end - middle)
        clock.add("all of it", end - start)
    return clock.seconds


def yardsticks(articles: Sequence[Article]) -> dict[str, float]:
    """Seconds that plain work on the same text takes on this machine now."""
    clock = Clock()
    words = clock.timed("regex: words and marks", lambda: [_WORD_OR_MARK.findall(a.text) for a in articles])()
    if importlib.util.find_spec("simplemma"):
        import simplemma

        simplemma.lemmatize("Wort", lang="de")
        clock.timed("simplemma: lemmas", lambda: [simplemma.lemmatize(w, lang="de") for ws in words for w in ws])()
    if importlib.util.find_spec("spacy"):
        with Pool(spacy_reads, 1) as pool:  # by itself: what it holds in memory must not be counted as ours
            found = pool.submit([a.text for a in articles]).result()
        if isinstance(found, Lost):
            raise SystemExit(f"spaCy {found.reason}")
        clock.seconds.update(found)
    return clock.seconds


@dataclasses.dataclass(frozen=True)
class Apart:
    """What a process of its own does: an article in; its record, the most memory it ever held, the seconds of the processor out."""

    weights: str

    def __call__(self) -> Callable[[Article], tuple[str, float, float]]:
        recipe = dataclasses.replace(STANDARD, weights=self.weights)

        def one(article: Article) -> tuple[str, float, float]:
            start = time.process_time()
            return read(article, recipe).to_json(), peak_memory(), time.process_time() - start

        return one


@dataclasses.dataclass(frozen=True)
class Together:
    """The same articles read by some workers: seconds once all are warm, seconds of the processor in all of them, the most memory of
    one, and the records. Where other work is done beside it, only the processor's seconds can be compared."""

    workers: int
    seconds: float
    busy: float
    memory: float
    records: list[str]


def together(articles: Sequence[Article], workers: int, weights: str = OPEN) -> Together:
    """Read by processes of their own. Raises SystemExit where one of them was lost."""
    with Pool(Apart(weights), workers) as pool:
        for future in [pool.submit(articles[0]) for _ in range(4 * workers)]:
            future.result()
        start = time.perf_counter()
        found = [future.result() for future in [pool.submit(article) for article in articles]]
        seconds = time.perf_counter() - start
    lost = next((answer for answer in found if isinstance(answer, Lost)), None)
    if lost:
        raise SystemExit(f"a worker was lost: {lost.reason}")
    done = [answer for answer in found if not isinstance(answer, Lost)]
    busy, memory = sum(answer[2] for answer in done), max(answer[1] for answer in done)
    return Together(workers, seconds, busy, memory, [answer[0] for answer in done])


def side_by_side(articles: Sequence[Article], weights: str = OPEN) -> list[str]:
    """One worker, then as many as the machine has cores (at most two): rates, memory, and whether they find what `read` finds."""
    words = sum(len(a.text.split()) for a in articles)
    recipe = dataclasses.replace(STANDARD, weights=weights)
    expected = [read(article, recipe).to_json() for article in articles]
    lines = threads(articles, weights, expected)
    one: Together | None = None
    for workers in (1, 2):
        found = together(articles, workers, weights)
        one = one or found
        ratio = one.seconds / found.seconds / workers
        same = "the same records as read" if found.records == expected else "OTHER RECORDS THAN READ"
        lines.append(
            f"{f'{workers} worker(s), {weights}':28}{words / found.seconds:12.0f}{100 * ratio:7.0f}% of {workers} x one"
            f"{found.memory:8.0f} MiB a worker   {same}"
            f"   {words / found.busy:.0f} words in a second of the processor, {100 * one.busy / found.busy:.0f}% of one"
        )
    return lines


def cold_start(text: str) -> dict[str, float]:
    """Best of a few: seconds from nothing to the record of one article, and of an empty Python."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_text(text, "utf-8")
        commands = {
            "python (nothing)": [sys.executable, "-c", "pass"],
            "import reportedly": [sys.executable, "-c", "import reportedly"],
            "reportedly read FILE --json": [sys.executable, "-m", "reportedly", "read", str(file), "--json"],
        }
        out = {}
        for name, command in commands.items():
            if name.startswith("reportedly") and not importlib.util.find_spec("reportedly.__main__"):
                continue
            tries = []
            for _ in range(STARTS):
                start = time.perf_counter()
                done = subprocess.run(command, capture_output=True, check=False)
                tries.append(time.perf_counter() - start)
                if done.returncode not in (0, 1):
                    raise SystemExit(f"{name} failed: {done.stderr.decode().strip()}")
            out[name] = min(tries)
    return out


def peak_memory() -> float:
    """The most that this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def machine() -> str:
    """What this was measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8"), re.MULTILINE)
        model = named[1] if named else model
    return (
        f"{platform.system()} {platform.machine()}, {model}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )


def articles_of(file: Path | None, folder: Path, limit: int) -> list[Article]:
    """Articles from a file of the caller, or a spread over the outlets of news-de. Raises CorpusMissing."""
    if file is None:
        every = max(1, 39_000 // limit)
        raw = islice(read_lines(folder / "news-de" / "open.jsonl.xz", every), limit)
    elif file.suffix == ".jsonl":
        raw = (json.loads(line) for line in islice(file.open(encoding="utf-8"), limit))
    else:
        raw = iter([{"text": file.read_text("utf-8")}])
    return [Article(a["text"], title=a.get("title"), published=a.get("published")) for a in raw]


def report(articles: Sequence[Article]) -> str:
    """Everything measured, as a text table."""
    words = sum(len(a.text.split()) for a in articles)
    plain = yardsticks(articles)
    spent = measure(articles)
    whole = spent.pop("all of it")
    lines = [
        machine(),
        f"{len(articles)} articles, {words} words",
        "",
        f"{'stage':28}{'words/s':>12}{'share':>8}" + "".join(f"{'x ' + name.split(':')[0]:>15}" for name in plain),
    ]
    for name, seconds in [*spent.items(), ("all of it", whole), *plain.items()]:
        share = f"{100 * seconds / whole:7.1f}%" if name in spent else " " * 8
        ratios = "".join(f"{seconds / base:15.1f}" for base in plain.values())
        lines.append(f"{name:28}{words / seconds:12.0f}{share}{ratios}")
    memory = peak_memory()
    lines.append("")
    for line in LINES:
        other = whole if line == OPEN else measure(articles, line)["all of it"]
        ratios = "".join(f"{other / base:15.1f}" for base in plain.values())
        lines.append(f"{'all of it, ' + line:28}{words / other:12.0f}{'':8}{ratios}")
    lines += ["", f"peak memory {memory:.0f} MiB ({OPEN})", ""]
    some = articles[:: max(1, len(articles) // _SIDE_BY_SIDE)][:_SIDE_BY_SIDE]
    lines += [*limits(some, OPEN), ""]
    lines += [f"{len(some)} of them in threads, then in processes of their own", *side_by_side(some), ""]
    starts = cold_start(articles[0].text)
    empty = starts["python (nothing)"]
    lines += [f"{name:28}{seconds:8.2f} s{seconds / empty:8.1f} x an empty Python" for name, seconds in starts.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    options.add_argument("--articles", type=Path, help="JSON Lines or a text file instead")
    options.add_argument("--limit", type=int, default=200, help="how many articles")
    given = options.parse_args(arguments)
    try:
        articles = articles_of(given.articles, given.data, given.limit)
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(report(articles))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
