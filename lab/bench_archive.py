"""How fast is an archive filled and asked, how large is it, how much memory does it take?

    python -m lab.bench_archive [--data FOLDER] [--limit 2000]      adds articles of news-de, then asks 50 questions
    python -m lab.bench_archive --archive FILE                      asks an archive that is there

The questions are made from the archive itself (its speakers, outlets, frequent and rare words), so that no text of the corpus stands
here. Each is asked four times; the best of the last three counts: the archive is warm then.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from lab.bench import machine, peak_memory
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, read_lines
from reportedly.archive import Archive, open_archive
from reportedly.intake import take_in_text
from reportedly.model.article import Article

QUESTIONS = 50
_TRIES = 3
_MADE = (
    "", "zahl:100..1000 Menschen", "zahl:ja", "cue:denial", "cue:warning", "cue:demand -form:direct", "form:direct", "form:reported",
    "benannt:nein", "schaden:ja", "an:Journalisten", "laut:Bericht", "von:Minister", "von:Sprecher über:Polizei", "Regierung",
    "Häuser", "Straße OR Strasse", "Krise -Regierung", "Regier*", '"der Menschen"', '"Regierung Menschen"~8', "die", "sagte",
    "Menschen Regierung Polizei",
)  # fmt: skip


def articles(folder: Path, limit: int) -> Iterator[Article]:
    """Articles spread over the corpus. Raises CorpusMissing."""
    every = max(1, 39_000 // limit)
    for a in islice(read_lines(folder / "news-de" / "open.jsonl.xz", every), limit):
        about = {name: a.get(name) or None for name in ("title", "outlet", "url", "published")}
        yield take_in_text(a["text"], language="de", **about)


def questions(archive: Archive) -> list[str]:
    """Fifty different ones, no two alike."""
    names = [row.query for row in archive.speakers(most=14)]
    words = [f"von:{row.name.split()[-1]}" for row in archive.speakers(most=60)[20:28]]
    outlets = [f"{row.statements.query} form:direct" for row in archive.outlets()[:6]]
    return list(dict.fromkeys([*_MADE, *names, *words, *outlets]))[:QUESTIONS]


def best(ask: Callable[[], object], clock: Callable[[], float]) -> float:
    """Milliseconds, warm."""
    ask()
    tries = []
    for _ in range(_TRIES):
        start = clock()
        ask()
        tries.append(1000 * (clock() - start))
    return min(tries)


def asked(archive: Archive) -> list[str]:
    """The first page of every question, without and with facets; by the clock, and what a busy machine does not change."""
    asked_ = questions(archive)
    lines = []
    for name, facets in (("first page", 0), ("with facets", 8)):
        for clock, by in ((time.perf_counter, "by the clock"), (time.process_time, "of one core")):
            times = sorted(best(lambda q=q, f=facets: archive.search(q).page(facets=f), clock) for q in asked_)  # type: ignore[misc]
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            lines.append(
                f"{name:12} {by:13} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   slowest {times[-1]:7.1f} ms   ({len(times)} queries)"
            )
    return lines


def report(archive: Archive, folder: Path | None, limit: int) -> str:
    """Everything measured, as text."""
    lines = [machine()]
    if folder is not None:
        start, cpu = time.perf_counter(), time.process_time()
        done = archive.add(articles(folder, limit))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        lines.append(
            f"added {done.read} articles: {done.read / seconds:.1f}/s by the clock, {done.read / cpu:.1f}/s of one core"
        )
    figures = archive.figures()
    lines.append(
        f"{figures.articles} articles, {figures.statements} statements, {figures.characters / 1e6:.1f} million characters"
    )
    lines.append(
        f"{figures.bytes / 1e6:.1f} MB, {figures.bytes / max(figures.characters, 1):.2f} bytes a character of text"
    )
    lines += asked(archive)
    lines.append(f"peak memory {peak_memory():.0f} MiB")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    options.add_argument("--limit", type=int, default=2000, help="how many articles")
    options.add_argument("--archive", type=Path, help="ask this one instead")
    given = options.parse_args(arguments)
    try:
        if given.archive:
            with open_archive(given.archive, create=False) as archive:
                print(report(archive, None, 0))
            return 0
        with tempfile.TemporaryDirectory() as place, open_archive(Path(place) / "archiv.db") as archive:
            print(report(archive, given.data, given.limit))
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
