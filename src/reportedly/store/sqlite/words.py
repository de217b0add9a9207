"""How is the word index of SQLite (FTS5) asked? Words that are sought -> an expression of it."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.store.sought import Every, Near, Phrase, Sought, every


class Fts5:
    """What SQLite says in its own way."""

    holds = "instr"
    texts = numbers = "(SELECT value FROM json_each(?))"

    def driving(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """The tables of a search that words drive, its condition and the values of both."""
        return (
            "words CROSS JOIN statement s ON s.key = words.rowid",
            "words MATCH ?",
            (expression(every(tuple(trees))),),
        )

    def keys(self, tree: Sought) -> tuple[str, tuple[object, ...]]:
        """The SELECT of all statements that have these words, where something else drives the search."""
        return "SELECT rowid FROM words WHERE words MATCH ?", (expression(tree),)

    def ranking(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """BM25 with the weights of the columns; the better, the smaller."""
        return "", "bm25(words, 4, 2, 2, 1, 6, 3, 3, 2)", ()


def expression(tree: Sought) -> str:
    """The expression for the index. Plain forms hold letters and digits only, the quotes make them nothing but words.

    >>> expression(Phrase(("said", "frame"), ("us", "pras"), begun=True))
    '{said frame} : "us pras" *'
    >>> expression(Near(("said",), ("deich", "bericht"), 5))
    '{said} : NEAR("deich" "bericht", 5)'
    """
    match tree:
        case Phrase(columns, words, begun):
            return f"{{{' '.join(columns)}}} : {_quoted(words)}{' *' if begun else ''}"
        case Near(columns, words, reach):
            return f"{{{' '.join(columns)}}} : NEAR({' '.join(_quoted((w,)) for w in words)}, {reach})"
    joint = " AND " if isinstance(tree, Every) else " OR "
    return joint.join(f"({expression(part)})" for part in tree.parts)


def _quoted(words: Sequence[str]) -> str:
    return '"' + " ".join(w.replace('"', "") for w in words) + '"'
