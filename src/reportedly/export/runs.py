"""What does a run over many articles look like in a terminal: while it goes, when it is done, and before it is begun?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from reportedly.export import Look
from reportedly.export.answers import clock
from reportedly.export.ink import DIM, STRONG, WARN, console, ink
from reportedly.export.safe import line, shorten
from reportedly.export.words import Tongue, count, number, word
from reportedly.model.run import Estimate, RunReport, RunStep, Unread

_MOST = 12


def step(now: RunStep, seconds: float, tongue: Tongue) -> str:
    """How far a run is, on one line."""
    parts = [count(tongue, "run.shards", now.shards), count(tongue, "article", now.articles)]
    if now.refused:
        parts.append(word(tongue, "run.refused").format(n=number(tongue, now.refused)))
    if now.failed:
        parts.append(count(tongue, "run.failed", now.failed))
    if seconds >= 1:
        parts.append(f"{count(tongue, 'word', round(now.words / seconds))}/s")
    if now.total and now.left:
        parts.append(word(tongue, "run.left").format(n=number(tongue, min(round(100 * now.left / now.total), 100))))
    return " · ".join(parts)


def ended(report: RunReport, tongue: Tongue) -> str:
    """How a run ended, in one sentence."""
    now, seconds = report.now, max(report.seconds, 0.01)
    if not now.shards:
        return f"{report.output}: {word(tongue, 'run.nothing')}; {count(tongue, 'article', report.whole.articles)} {word(tongue, 'run.whole')}"
    told = word(tongue, "run.done").format(
        articles=count(tongue, "article", now.articles),
        clock=clock(report.seconds),
        words=count(tongue, "word", round(now.words / seconds)),
        statements=count(tongue, "statement", now.statements),
    )
    return f"{report.output}: {told}"


def report(found: RunReport, out: TextIO, look: Look) -> None:
    """The report of a run: what was done, by whom, how fast, and what was not."""
    page, tongue = console(out, look), look.tongue
    for name, counted in (("run.now", found.now), ("run.whole", found.whole)):
        parts = [
            count(tongue, "run.shards", counted.shards),
            count(tongue, "article", counted.articles),
            count(tongue, "word", counted.words),
            count(tongue, "statement", counted.statements),
            count(tongue, "damage", counted.damages),
            word(tongue, "run.refused").format(n=number(tongue, counted.refused)),
        ]
        page.print(ink((f"{word(tongue, name)}: ", STRONG), " · ".join(parts)))
    for name, n in (("run.outdated", found.outdated), ("run.replaced", found.replaced)):
        if n:
            page.print(ink((word(tongue, name).format(n=count(tongue, "run.shards", n)), WARN)))
    rates = []
    for row in found.workers:
        rate = word(tongue, "run.a_second").format(
            articles=number(tongue, row.articles_per_second),
            words=number(tongue, round(row.words_per_second)),
            statements=number(tongue, row.statements_per_second),
        )
        rates.append((row.worker, f"{rate}, {number(tongue, round(row.memory))} MiB"))
    spent = sum(found.stages.values()) or 1.0
    stages = sorted(found.stages.items(), key=lambda pair: -pair[1])
    damage = sorted(found.damage.items(), key=lambda pair: -sum(pair[1].values()))
    lists: tuple[tuple[str, list[tuple[str, str]]], ...] = (
        ("run.workers", rates),
        ("run.stages", [(n, f"{number(tongue, round(s, 1))} s, {round(100 * s / spent)} %") for n, s in stages]),
        ("run.reasons", [(number(tongue, n), reason) for reason, n in found.reasons.items()]),
        ("run.damage", [(outlet or word(tongue, "no_outlet"), _kinds(kinds, tongue)) for outlet, kinds in damage]),
        ("run.bytes", [(table, megabytes(size, tongue)) for table, size in found.bytes.items()]),
        ("run.quarantined", _told(found.quarantined)),
        ("run.unread", _told(found.unread)),
    )
    for name, rows in lists:
        if rows:
            page.print()
            page.print(ink((word(tongue, name), STRONG)))
            for left, right in rows[:_MOST]:
                page.print(ink(f"  {shorten(line(left), 60)}  ", (line(right), DIM)))
            if len(rows) > _MOST:
                page.print(ink((f"  {word(tongue, 'and_more_values').format(n=len(rows) - _MOST)}", DIM)))
    if found.memory:
        page.print()
        page.print(ink(word(tongue, "run.memory").format(n=number(tongue, round(found.memory)))))


def estimate(found: Estimate, out: TextIO, look: Look) -> None:
    """What the whole would take."""
    page, tongue = console(out, look), look.tongue
    page.print(ink((word(tongue, "dry.head").format(n=number(tongue, found.sampled)), STRONG)))

    def about(n: int) -> str:
        return word(tongue, "dry.about").format(n=number(tongue, n))

    low, high = found.articles
    articles = number(tongue, low) if found.exact else between(number(tongue, low), number(tongue, high), tongue)
    workers = count(tongue, "dry.process", found.workers)
    hours = word(tongue, "dry.hours.is").format(
        low=clock(3600 * found.hours[0]), high=clock(3600 * found.hours[1]), workers=workers
    )
    rows = [
        ("dry.input", f"{count(tongue, 'file', found.files)}, {megabytes(found.input_bytes, tongue)}"),
        ("dry.articles", articles),
        ("dry.words", about(found.words)),
        ("dry.statements", about(found.statements)),
        ("dry.rate", word(tongue, "dry.rate.is").format(n=number(tongue, round(found.words_per_second)))),
        ("dry.hours", hours),
        ("dry.output", word(tongue, "dry.about").format(n=megabytes(found.output_bytes, tongue))),
        ("dry.memory", word(tongue, "run.memory").format(n=number(tongue, round(found.memory)))),
    ]
    if found.refused:
        rows.append(("dry.refused", number(tongue, found.refused)))
    for name, value in rows:
        page.print(ink(f"  {word(tongue, name):<14}", value))
    for what, reason in _told(found.unread)[:_MOST]:
        page.print(ink((f"  {line(what)}: {line(reason)}", WARN)))


def between(low: str, high: str, tongue: Tongue) -> str:
    return low if low == high else word(tongue, "dry.between").format(low=low, high=high)


def megabytes(size: int, tongue: Tongue) -> str:
    """A size as people say it: 12.3 MB, 4.5 GB."""
    for unit, step in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= step:
            return f"{number(tongue, round(size / step, 1))} {unit}"
    return f"{number(tongue, size)} B"


def _kinds(kinds: dict[str, int], tongue: Tongue) -> str:
    most = sorted(kinds.items(), key=lambda pair: -pair[1])[:5]
    told = ", ".join(f"{word(tongue, f'damage.{kind}')} {number(tongue, n)}" for kind, n in most)
    return f"{number(tongue, sum(kinds.values()))}: {told}"


def _told(unread: Iterable[Unread]) -> list[tuple[str, str]]:
    return [(one.what, one.reason) for one in unread]
