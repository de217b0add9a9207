"""Reading many articles: in this process where they are few, in several where they are many. Answers come in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from reportedly.engines import Lost, Workers
from reportedly.model.article import Article, Refusal
from reportedly.model.kept import again, kept
from reportedly.model.reading import Reading

if TYPE_CHECKING:
    from reportedly.pipeline import Recipe

Item = Article | Refusal
Answer = Reading | Refusal | None

_FEW = 12
"""So many are read before other processes are worth their start."""
_SECONDS, _CHARACTERS_A_SECOND = 120.0, 200
"""The time an article may take in a process of its own: a hundred times what the slowest known text needs."""


@dataclass(frozen=True, slots=True)
class Readers:
    """`workers` processes that read by one recipe."""

    recipe: Recipe
    workers: int = 1

    def answers(self, items: Iterable[Item], known: Callable[[Article], bool]) -> Iterator[tuple[Item, Answer]]:
        """Each item with its reading, or a Refusal where reading failed, or None where there is nothing to read: it is a
        refusal itself, or `known`."""
        source = iter(items)

        def skipped(item: Item) -> bool:
            return isinstance(item, Refusal) or known(item)

        read = 0
        while self.workers == 1 or read < _FEW:
            item = next(source, None)
            if item is None:
                return
            if skipped(item):
                yield item, None
            else:
                assert isinstance(item, Article)
                read += 1
                yield item, read_here(item, self.recipe)
        yield from self._elsewhere(source, skipped)

    def _elsewhere(self, source: Iterator[Item], skipped: Callable[[Item], bool]) -> Iterator[tuple[Item, Answer]]:
        line: deque[Item] = deque()
        first = next(source, None)
        if first is None:
            return

        def tasks() -> Iterator[Item]:
            for item in chain([first], source):
                line.append(item)
                yield item

        with Workers(_Make(self.recipe), self.workers, _allowance) as workers:
            for result in workers.results(tasks(), skipped):
                item = line.popleft()
                if isinstance(result, Lost):
                    assert isinstance(item, Article)
                    yield item, Refusal(_name(item), f"{result.reason}; please report it")
                elif isinstance(result, dict):
                    yield item, again(result, item.text)  # type: ignore[union-attr]
                elif result is item:
                    yield item, None
                else:
                    yield item, result


def read_here(article: Article, recipe: Recipe) -> Reading | Refusal:
    """One article in this process; a fault of ours must not stop the others, nor make the article disappear."""
    from reportedly.pipeline import read  # late: who only searches need not wait for what reads

    try:
        return read(article, recipe)
    except Exception as fault:
        reason = (
            f"could not be read because of a fault in reportedly ({type(fault).__name__}: {fault}); please report it"
        )
        return Refusal(_name(article), reason)


def _name(article: Article) -> str:
    return article.origin or article.url or article.id


def _allowance(item: Item) -> float:
    return _SECONDS + len(item.text) / _CHARACTERS_A_SECOND if isinstance(item, Article) else _SECONDS


@dataclass(frozen=True, slots=True)
class _Make:
    """What a process does: an article in, its reading as `kept` writes it down out, because that is small."""

    recipe: Recipe

    def __call__(self) -> Callable[[Any], Any]:
        def one(article: Article) -> dict[str, Any] | Refusal:
            answer = read_here(article, self.recipe)
            return answer if isinstance(answer, Refusal) else kept(answer)

        return one
