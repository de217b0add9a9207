"""Many small articles of our own writing, and a run over them that can be killed: `python crowd.py OUTPUT INPUT…`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportedly.batch import Wish, run
from reportedly.engines import Engine, LocalEngine
from reportedly.languages import Language
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.run import RunReport
from reportedly.pipeline import STANDARD

NAMES = ("Maike Thoms", "Okke Petersen", "Ilse Brandt", "Jon Hallstein")
TABLES = replace(STANDARD, weights="tables")
SIZE = 1_200


SLEEP = 0.1


def broken(article: Article, *rest: object) -> tuple[Damage, ...]:
    """A stage that ends its process for one article."""
    if "Deich 7 " in article.text:
        os._exit(9)
    return ()


def slow(article: Article, language: Language) -> tuple[Damage, ...]:
    """A stage that takes its time, so that there is something to disturb, and gives what it always gives."""
    time.sleep(SLEEP)
    return STANDARD.inspect(article, language)


def row(n: int, edition: int = 0) -> dict[str, str]:
    who, other = NAMES[n % 4], NAMES[(n + 1) % 4]
    text = (
        f"Der Deich {n} halte, sagte Landrätin {who} am Montag. „Wir bleiben hier“, erklärte {other} dem Talboten. "
        f"Nach Angaben der Stadt seien {n + edition} Häuser geräumt worden. Das sei „kein Grund zur Sorge“, so {who}."
    )
    return {
        "text": text,
        "title": f"Deich {n}",
        "outlet": ("Talbote", "Küstenfunk")[n % 2],
        "published": f"202{n % 3}-0{n % 9 + 1}-11",
    }


def lines(first: int, last: int, edition: int = 0) -> str:
    return "".join(json.dumps(row(n, edition), ensure_ascii=False) + "\n" for n in range(first, last))


def wish(**other: object) -> Wish:
    return Wish(shard_size=SIZE, partition="none", **other)  # type: ignore[arg-type]


class Here:
    """An engine of this process: for tests whose subject is not what happens to processes."""

    workers = 1
    elsewhere = False

    def done(
        self,
        make: Callable[[], Callable[[Any], Any]],
        tasks: Iterable[Any],
        seconds: Callable[[Any], float] | None = None,
    ) -> Iterator[tuple[Any, Any]]:
        do = make()
        for task in tasks:
            yield task, do(task)


def go(output: Path, *inputs: Path, engine: Engine | None = None, **other: object) -> RunReport:
    return run([str(path) for path in inputs], str(output), engine or Here(), wish(**other), TABLES)


def held(output: Path) -> dict[str, bytes]:
    """All files of the tables and of the lines, with their bytes."""
    folders = ("articles", "statements", "speakers", "damage", "refused", "lines")
    return {
        str(path.relative_to(output)): path.read_bytes()
        for folder in folders
        for path in sorted((output / folder).rglob("*"))
        if path.is_file()
    }


def sorted_rows(output: Path, table: str) -> list[str]:
    """The rows of a table, each as text, in their order."""
    import pyarrow.dataset

    if not (output / table).is_dir():
        return []
    found = pyarrow.dataset.dataset(output / table, format="parquet").to_table()
    return sorted(json.dumps(r, sort_keys=True, default=str) for r in found.to_pylist())


def main(words: list[str]) -> None:
    if words[0] != "--cluster":
        go(Path(words[0]), *map(Path, words[1:]), engine=LocalEngine(2))
        return
    from reportedly.cluster import ClusterEngine

    _, head, output, *inputs = words
    run(inputs, output, ClusterEngine(head, print, start=30), wish(), SLOW)


SLOW = replace(TABLES, inspect=slow)

if __name__ == "__main__":
    main(sys.argv[1:])
