"""How are words found in PostgreSQL? Every word of a statement is a token with the sign of its column, in an array with an index.

Not a tsvector: it forgets places beyond 16,383 and more than 255 of a word, so that phrases would be missed in long speeches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from reportedly.store.sought import Any, Near, Phrase, Sought, cut, every, leaves
from reportedly.store.tables import NAME, WORD_COLUMNS

_SIGN = {**dict(zip(WORD_COLUMNS, "sSfFpalo", strict=True)), NAME: "n"}
_WEIGHT = dict(zip(WORD_COLUMNS, (4, 2, 2, 1, 6, 3, 3, 2), strict=True))
_LONGEST = 400
"""Signs of a word in the index, which takes 2,700 bytes; of a longer one a digest tells the rest."""
_LAST = "\U0010ffff"
_K1, _B = 1.2, 0.75
_WHOLE = "WITH whole AS MATERIALIZED (SELECT count(*) AS n, avg(many) AS mean FROM words) "

Part = tuple[str, tuple[object, ...]]


def token(column: str, word: str) -> str:
    """A word in a column, as the index has it.

    >>> token("said", "deich"), token("said_keys", "deich")
    ('sdeich', 'Sdeich')
    """
    if len(word) > _LONGEST:
        word = f"{word[:_LONGEST]}#{hashlib.sha256(word.encode()).hexdigest()[:32]}"
    return _SIGN[column] + word


def tokens(words: Sequence[str]) -> list[str]:
    """All tokens of a statement, whose words are given in the order of WORD_COLUMNS."""
    return sorted({token(column, w) for column, held in zip(WORD_COLUMNS, words, strict=True) for w in cut(held)})


class Arrays:
    """What PostgreSQL says in its own way."""

    holds = "strpos"
    texts = "(SELECT json_array_elements_text(CAST(? AS json)))"
    numbers = "(SELECT CAST(json_array_elements_text(CAST(? AS json)) AS bigint))"

    def driving(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """The tables of a search that words drive, its condition and the values of both."""
        return "words w JOIN statement s ON s.key = w.statement", *condition(every(tuple(trees)))

    def keys(self, tree: Sought) -> Part:
        """The SELECT of all statements that have these words, where something else drives the search."""
        where, values = condition(tree)
        return f"SELECT w.statement FROM words w WHERE {where}", values

    def ranking(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """BM25 with the weights of the columns, as SQLite counts it; the better, the smaller."""
        parts = [_score(leaf) for tree in trees for leaf in dict.fromkeys(leaves(tree))]
        return _WHOLE, f"-({' + '.join(sql for sql, _ in parts)})", tuple(v for _, values in parts for v in values)


def condition(tree: Sought) -> Part:
    """Whether a row `w` of the words has what is sought.

    >>> condition(Phrase(("said",), ("deich",)))
    ('w.tokens && CAST(? AS text[])', (['sdeich'],))
    """
    if isinstance(tree, Phrase):
        return _phrase(tree)
    if isinstance(tree, Near):
        return _joined(" OR ", (_near_in(column, tree) for column in tree.columns))
    if not isinstance(tree, Any):
        return _joined(" AND ", map(condition, tree.parts))
    single = [p for p in tree.parts if isinstance(p, Phrase) and len(p.words) == 1 and not p.begun]
    parts = [condition(p) for p in tree.parts if p not in single]
    if single:  # one look into the index for all of them
        parts.insert(0, _one_of(token(column, p.words[0]) for p in single for column in p.columns))
    return _joined(" OR ", parts)


def _one_of(held: Iterable[str]) -> Part:
    return "w.tokens && CAST(? AS text[])", (list(dict.fromkeys(held)),)


def _joined(how: str, parts: Iterable[Part]) -> Part:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    return f"({how.join(sql for sql, _ in parts)})", tuple(v for _, values in parts for v in values)


def _phrase(phrase: Phrase) -> Part:
    if len(phrase.words) == 1 and not phrase.begun:
        return _one_of(token(column, phrase.words[0]) for column in phrase.columns)
    return _joined(" OR ", (_phrase_in(column, phrase) for column in phrase.columns))


def _phrase_in(column: str, phrase: Phrase) -> Part:
    """The index tells which statements have all the words, the column whether they stand one after the other."""
    whole = phrase.words[:-1] if phrase.begun else phrase.words
    parts: list[Part] = []
    if whole:
        parts.append(("w.tokens @> CAST(? AS text[])", ([token(column, w) for w in whole],)))
    if phrase.begun:
        first = _SIGN[column] + phrase.words[-1][:_LONGEST]
        parts.append(
            ("w.tokens && ARRAY(SELECT token FROM token WHERE token >= ? AND token < ?)", (first, first + _LAST))
        )
    if len(phrase.words) > 1 or len(phrase.words[-1]) > _LONGEST:
        end = "" if phrase.begun else " "
        parts.append((f"strpos(' ' || w.{column} || ' ', ?) > 0", (f" {' '.join(phrase.words)}{end}",)))
    return _joined(" AND ", parts)


def _near_in(column: str, near: Near) -> Part:
    """As above; a function counts the words between them."""
    return (
        f"(w.tokens @> CAST(? AS text[]) AND words_near(w.{column}, CAST(? AS text[]), ?))",
        ([token(column, w) for w in near.words], list(near.words), near.reach),
    )


def _score(leaf: Phrase | Near) -> Part:
    """What one thing that is sought adds to the score: the rarer, the more often, the shorter the statement, the more."""
    where, asked = condition(leaf)
    times, counted = _times(leaf)
    rare = (
        "greatest((SELECT ln(((SELECT n FROM whole) - count(*) + 0.5) / (count(*) + 0.5))"
        f" FROM words w WHERE {where}), 1e-6)"
    )
    often = (
        f"(SELECT n * {_K1 + 1} / (n + {_K1} * ({1 - _B} + {_B} * w.many / (SELECT mean FROM whole)))"
        f" FROM (SELECT CAST({times} AS double precision) AS n) AS found)"
    )
    return f"{rare} * {often}", (*asked, *counted)


def _times(leaf: Phrase | Near) -> Part:
    """How often it stands in the columns, each with its weight."""
    sought = [" ".join(leaf.words)] if isinstance(leaf, Phrase) else list(leaf.words)
    begun = isinstance(leaf, Phrase) and leaf.begun
    count = "words_begun" if begun else "words_times"
    each = [(f"{_WEIGHT[column]} * {count}(w.{column}, ?)", words) for column in leaf.columns for words in sought]
    return " + ".join(sql for sql, _ in each), tuple(words for _, words in each)
