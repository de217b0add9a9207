"""Is a noun group one speaker or several: `CDU, SPD und Grüne` or `Ministerium für Arbeit und Wirtschaft`?"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.speakers.cut import CLOSE, DETERMINERS, OPEN, is_lower_name
from reportedly.reading.speakers.vocabulary import Vocabulary


def list_items(words: Sequence[str], vocabulary: Vocabulary) -> list[list[str]]:
    """The members; one item where the conjunction lies inside a name, a complement or joins adjectives."""
    cuts = [i for i in _conjunctions(words, vocabulary) if _separates(words, i, vocabulary)]
    if not cuts:
        return [list(words)]
    items: list[list[str]] = []
    at = 0
    for cut in [*cuts, len(words)]:
        items.append(list(words[at:cut]))
        at = cut + 1
    pieces = split_at_commas(items[0])
    if len(pieces) > 1 and all(_opens_group(p, vocabulary) for p in pieces) and not _apposed(pieces, vocabulary):
        items = pieces + items[1:]
    return items


def split_at_commas(words: Sequence[str], marks: frozenset[str] = frozenset({","})) -> list[list[str]]:
    """The pieces between commas, empty ones left out."""
    pieces: list[list[str]] = [[]]
    quoted = False
    for word in words:
        if word in OPEN or word in CLOSE:
            quoted = not quoted
        if word in marks and not quoted:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [p for p in pieces if p]


def _conjunctions(words: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """Where `und` stands outside quotation marks."""
    out: list[int] = []
    quoted = False
    for i, word in enumerate(words):
        if word in OPEN or word in CLOSE:
            quoted = not quoted
        elif word in vocabulary.sets.list_conjunction and not quoted and 0 < i < len(words) - 1:
            out.append(i)
    return out


def _separates(words: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    left, right = words[:i], words[i + 1 :]
    if left[-1].endswith("-") or left[-1] == "," or not _opens_group(right, vocabulary):
        return False
    if left[-1][0].islower() and not is_lower_name(left[-1], vocabulary):
        return False  # adjectives joined
    return not (
        _in_complement(left, right, vocabulary)
        or _one_bearer(left, right, vocabulary)
        or _second_office(left, right, vocabulary)
        or _in_body_name(left, right, vocabulary)
    )


def _opens_group(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    word = words[0]
    if vocabulary.pointer(word, *DETERMINERS) or word[0].isupper() or word in OPEN or word[0].isdigit():
        return True
    # a lower-case adjective opens a member only before a noun: `Politiker und westliche Regierungen`
    return bool(vocabulary.inflection.stem(word)) and len(words) > 1 and words[1][0].isupper()


def _in_complement(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Politiker von SPD und Grünen`, `Forscher der Universität und des Museums`: what is joined stands below."""
    sets = vocabulary.sets
    determined = vocabulary.pointer(right[0], *DETERMINERS) is not None
    if len(left) > 2 and left[-2] in sets.pool_link and not determined:
        return True
    heads = [n for w in left for n in vocabulary.nouns(w)]
    last = vocabulary.body(right[-1])
    if heads and heads[0].person and heads[-1].gender == "p" and not determined and last and last.kind == "state":
        return vocabulary.body(left[-1]) is not None  # `die Außenminister Frankreichs und Italiens`
    genitive = right[0] in sets.genitive_article
    if heads and heads[0].kind == "document" and genitive and not sets.genitive_link.isdisjoint(left[1:]):
        return True  # `Erklärung des Verbands und der Gewerkschaft`
    if not heads or not heads[0].person or sets.holder_link.isdisjoint(left[1:]) or "," in right:
        return False
    core = next((w for w in right if w[0].isupper()), right[0])
    if right[0] not in sets.sure_genitive and any(n.person for n in vocabulary.nouns(core)):
        return False
    return (genitive or not determined) and vocabulary.firstname(core) is None


def _one_bearer(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`der frühere Bürgermeister und Senator Lenz`: one determiner in the singular, two offices."""
    start = vocabulary.pointer(left[0], "definite", "indefinite_article")
    if start is None or vocabulary.pointer(right[0], *DETERMINERS) is not None:
        return False
    if not any(n.person and n.gender != "p" for w in right[:2] for n in vocabulary.nouns(w)):
        return False
    genders = {g for g, c in start.readings if g != "p"}
    return any(n.person and n.gender in genders for w in left for n in vocabulary.nouns(w))


def _second_office(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Jonas Berger, der Dekan der Fakultät und Vorsitzende des Ausschusses` is one person."""
    core = next((w for w in right if w[0].isupper()), "")
    if "," not in left or not any(n.person for n in vocabulary.nouns(core)):
        return False
    pieces = split_at_commas(left)
    title = next((w for w in pieces[-1] if w[0].isupper()), "")
    office = any(n.person and n.gender != "p" for n in vocabulary.nouns(title))
    return office and not any(n.person for w in pieces[0] for n in vocabulary.nouns(w))


def _in_body_name(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Ministerium für Arbeit und Wirtschaft`, `Gewerkschaft Erziehung und Wissenschaft`."""
    if vocabulary.pointer(right[0], *DETERMINERS) is not None:
        return False
    for_task = not vocabulary.sets.task_preposition.isdisjoint(left)
    if for_task and not vocabulary.body(right[0]) and vocabulary.firstname(right[0]) is None:
        return True
    heads = [n for w in left for n in vocabulary.nouns(w)]
    bodies = any(n.kind == "organisation" for n in heads) and all(n.gender != "p" for n in heads)
    nouns = vocabulary.nouns(right[0])
    plain = not nouns or all(n.kind == "group" and not n.person for n in nouns)
    return bodies and plain and vocabulary.lexicon.noun(right[0]) is not None and len(left) > 1


def _apposed(pieces: Sequence[Sequence[str]], vocabulary: Vocabulary) -> bool:
    """Is the second piece an apposition of the first (`Lenz, Chef der Polizei`) rather than a further member?"""
    second = pieces[1]
    determined = vocabulary.pointer(second[0], *DETERMINERS)
    core = second[1] if determined and len(second) > 1 else second[0]
    first = pieces[0][0]
    return any(n.person for n in vocabulary.nouns(core)) and not any(n.person for n in vocabulary.nouns(first))
