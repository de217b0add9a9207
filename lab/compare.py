"""What does a change gain and lose? Two versions read the same articles; the difference is shown in sentences.

    python lab/compare.py main                     the working tree against main
    python lab/compare.py v0.1.0 --to main         two commits
    python lab/compare.py main --articles FILE     over articles of your own (JSON Lines: text, title, published)

The fixed sample: every third article of GNQA dev and forty articles of many outlets from news-de. Every version is
exported into a temporary folder and reads in a process of its own. The report is Markdown on standard output; as it
holds sentences of the articles, it belongs into a review, not into the repository.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.corpora import DEFAULT_FOLDER, CorpusMissing, gnqa, read_lines
from lab.corpora.gold import DETERMINERS
from reportedly.measure.statements import ROLES, match, name_of, part, same_name

ROOT = Path(__file__).resolve().parents[1]
Article = Mapping[str, Any]

_CHILD = """
import json, sys
import reportedly
assert reportedly.__file__.startswith(sys.argv[1]), f"{reportedly.__file__} is not the version asked for"
from reportedly.model.article import Article
from reportedly.pipeline import read
for line in sys.stdin.buffer:
    a = json.loads(line)
    try:
        record = read(Article(a["text"], title=a.get("title"), published=a.get("published"))).to_dict()
    except Exception as error:
        record = {"text": a["text"], "statements": [], "speakers": [], "damage": [], "failed": repr(error)}
    print(json.dumps(record))
"""


class ComparisonFailed(Exception):  # noqa: N818  (it says what happened, in the words of a letter)
    """A version that could not be exported or could not read."""


def sample(folder: Path) -> Iterator[Article]:
    """The fixed sample. Raises CorpusMissing."""
    for n, article in enumerate(gnqa.articles(folder, "dev")):
        if n % 3 == 0:
            yield {"name": article.name, "text": article.text, "title": article.title, "published": article.published}
    news = folder / "news-de" / "open.jsonl.xz"
    for article in read_lines(news, every=1000):
        yield {
            "name": f"{article.get('outlet')}: {article.get('title')}", "text": article["text"],
            "title": article.get("title"), "published": article.get("published"),
        }  # fmt: skip


def read_with(source: Path, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """The records that the version in `source` (a folder that holds `reportedly/`) makes of the articles."""
    lines = "".join(json.dumps(a) + "\n" for a in articles).encode()
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(source)], input=lines, capture_output=True, env=environment, check=False
    )
    if done.returncode:
        raise ComparisonFailed(f"The version in {source} cannot read: {done.stderr.decode().strip().splitlines()[-1]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def export(ref: str, into: Path) -> Path:
    """The `src` folder of a commit, written below `into`."""
    done = subprocess.run(["git", "-C", str(ROOT), "archive", ref, "src"], capture_output=True, check=False)
    if done.returncode:
        raise ComparisonFailed(f'"{ref}" is no commit with a src folder: {done.stderr.decode().strip()}')
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(into, filter="data")
    return (into / "src").resolve()


@dataclass(slots=True)
class Difference:
    """Statements gained, lost, changed, as (article, before, after) with the words of each; and how many stayed."""

    gained: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[tuple[str, str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    same: int = 0
    damage: dict[str, list[int]] = field(default_factory=dict)


def difference(names: Sequence[str], before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> Difference:
    """Article by article, statements paired by their contents."""
    out = Difference()
    for name, old, new in zip(names, before, after, strict=True):
        if old.get("failed") or new.get("failed"):
            out.failed.append((name, old.get("failed") or "reads", new.get("failed") or "reads"))
        for pair in match(old, new):
            if pair.gold is None and pair.found is not None:
                out.gained.append((name, "", in_words(pair.found, new)))
            elif pair.found is None and pair.gold is not None:
                out.lost.append((name, in_words(pair.gold, old), ""))
            elif pair.gold is not None and pair.found is not None:
                unlike = [f for f in ("form", "content", *ROLES) if _unlike(f, pair.gold, pair.found)]
                if not _same_speaker(name_of(pair.gold, old), name_of(pair.found, new)):
                    unlike.append("resolved speaker")
                if unlike:
                    note = f" *({', '.join(unlike)})*"
                    out.changed.append((name, in_words(pair.gold, old), in_words(pair.found, new) + note))
                else:
                    out.same += 1
        for side, found in enumerate((old, new)):
            for damage in found.get("damage", ()):
                out.damage.setdefault(damage["kind"], [0, 0])[side] += 1
    return out


def _unlike(name: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return left["form"] != right["form"] if name == "form" else part(left, name) != part(right, name)


def _same_speaker(left: str | None, right: str | None) -> bool:
    return left == right or same_name(left, right, DETERMINERS)


def in_words(statement: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    """A statement on one line: form, who (resolved), the cue in brackets, what."""

    def words(role: str) -> str:
        return " … ".join(" ".join(record["text"][a:b].split()) for a, b in part(statement, role))

    who = name_of(statement, record) or words("speaker") or "?"
    content = words("content")
    content = content if len(content) <= 240 else content[:237] + "…"
    return f"{statement['form']}: **{who}** [{words('cue')}] {content}"


def markdown(difference: Difference, articles: int, before: str, after: str, lines: int) -> str:
    """The report: counts, then what was lost, gained, changed (losses first: they hurt)."""
    d = difference
    out = [
        f"## Statements from {before} to {after}, {articles} articles",
        f"{len(d.gained)} gained, {len(d.lost)} lost, {len(d.changed)} changed, {d.same} the same.",
    ]
    if d.failed:
        out.append(_table("Could not be read", d.failed, ("before", "after"), lines))
    out.append(_table("Lost", d.lost, ("before",), lines))
    out.append(_table("Gained", d.gained, ("after",), lines))
    out.append(_table("Changed", d.changed, ("before", "after"), lines))
    moved = {kind: counts for kind, counts in sorted(d.damage.items()) if counts[0] != counts[1]}
    if moved:
        table = [f"| {kind} | {old} | {new} |" for kind, (old, new) in moved.items()]
        out.append("\n".join(["### Damage", "", "| kind | before | after |", "|---|---:|---:|", *table]))
    return "\n\n".join(part for part in out if part) + "\n"


def _table(title: str, rows: Sequence[tuple[str, str, str]], columns: Sequence[str], lines: int) -> str:
    if not rows:
        return ""
    out = [
        f"### {title} ({len(rows)})",
        "",
        "| article | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for article, old, new in rows[:lines]:
        cells = [article[:40], *(cell for cell, shown in ((old, "before"), (new, "after")) if shown in columns)]
        out.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    if len(rows) > lines:
        out.append(f"\n… and {len(rows) - lines} more (--lines)")
    return "\n".join(out)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ref", help="the commit before")
    options.add_argument("--to", help="the commit after; the working tree where none is named")
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    options.add_argument("--articles", type=Path, help="JSON Lines instead of the fixed sample")
    options.add_argument("--limit", type=int, help="only the first N articles")
    options.add_argument("--lines", type=int, default=100, help="rows a table")
    given = options.parse_args(arguments)
    try:
        if given.articles:
            articles = [json.loads(line) for line in given.articles.read_text("utf-8").splitlines() if line.strip()]
        else:
            articles = list(islice(sample(given.data), given.limit))
        articles = articles[: given.limit]
        with tempfile.TemporaryDirectory() as folder:
            old = read_with(export(given.ref, Path(folder) / "before"), articles)
            now = export(given.to, Path(folder) / "after") if given.to else (ROOT / "src").resolve()
            new = read_with(now, articles)
    except (CorpusMissing, ComparisonFailed) as problem:
        print(problem, file=sys.stderr)
        return 2
    names = [str(a.get("name") or a.get("title") or n) for n, a in enumerate(articles, 1)]
    print(markdown(difference(names, old, new), len(articles), given.ref, given.to or "the working tree", given.lines))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
