"""How fast is an archive filled and asked, how large is it, how much memory does it take?

    python -m lab.bench_archive [--data FOLDER] [--limit 2000]      adds articles of news-de, then asks 50 questions
    python -m lab.bench_archive --archive FILE                      asks an archive that is there
    python -m lab.bench_archive --archive FILE --pages              how long one waits for its pages in the reading room

The questions are made from the archive itself (its speakers, outlets, frequent and rare words), so that no text of the corpus stands
here. Each is asked four times; the best of the last three counts: the archive is warm then.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from lab.bench import machine, peak_memory
from lab.bench_pages import measured
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, read_lines
from reportedly.archive import Archive, open_archive
from reportedly.engines import cores
from reportedly.intake import take_in_text
from reportedly.intake.published import carried_date
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
        about = {name: a.get(name) or None for name in ("title", "outlet", "url")}
        yield take_in_text(a["text"], language="de", published=carried_date(a.get("published") or ""), **about)


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


def added(archive: Archive, folder: Path, limit: int) -> str:
    """Fill the archive with all cores: how long it takes, and what all processes together compute."""
    text_bytes = 0

    def counted() -> Iterator[Article]:
        nonlocal text_bytes
        for article in articles(folder, limit):
            text_bytes += len(article.text.encode("utf-8", "surrogatepass"))
            yield article

    start, before = time.perf_counter(), computed()
    done = archive.add(counted(), workers=cores())
    seconds, spent = time.perf_counter() - start, computed() - before
    size = archive.figures().bytes
    return (
        f"added {done.read} articles with {cores()} processes: {done.read / seconds:.1f}/s by the clock, {done.read / spent:.1f} for each second"
        f" of a core; {size / max(text_bytes, 1):.2f} bytes of archive for a byte of text"
    )


def computed() -> float:
    """Seconds that this process and those it started and has ended spent computing."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def cold(path: Path) -> float:
    """Seconds of `reportedly who` in a process of its own."""
    command = [sys.executable, "-m", "reportedly", "who", "die", "-a", str(path), "-q"]
    times = []
    for _ in range(_TRIES):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def report(archive: Archive, path: Path, folder: Path | None, limit: int) -> str:
    """Everything measured, as text."""
    lines = [machine()]
    if folder is not None:
        lines.append(added(archive, folder, limit))
    figures = archive.figures()
    lines.append(
        f"{figures.articles} articles, {figures.statements} statements, {figures.characters / 1e6:.1f} million characters"
    )
    lines.append(
        f"{figures.bytes / 1e6:.1f} MB, {figures.bytes / max(figures.characters, 1):.2f} bytes a character of text"
    )
    lines += asked(archive)
    lines.append(f"reportedly who, from a cold start: {cold(path):.2f} s (best of {_TRIES})")
    lines.append(f"peak memory of this process {peak_memory():.0f} MiB")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    options.add_argument("--limit", type=int, default=2000, help="how many articles")
    options.add_argument("--archive", type=Path, help="ask this one instead")
    options.add_argument("--pages", action="store_true", help="ask for pages of the reading room, nothing else")
    given = options.parse_args(arguments)
    try:
        if given.archive:
            with open_archive(given.archive, create=False) as archive:
                if given.pages:
                    for line in chain([machine()], measured(archive, given.archive, questions(archive))):
                        print(line, flush=True)
                else:
                    print(report(archive, given.archive, None, 0))
            return 0
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "archiv.db"
            with open_archive(path) as archive:
                print(report(archive, path, given.data, given.limit))
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
