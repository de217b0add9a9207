"""Do two full names belong to one person? The name alone decides where it can; else what the articles say of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.across.profile import Profile, genders_differ, offices_differ, shared_roles
from reportedly.languages.names import fold, is_particle, same_name, same_word, without_genitive
from reportedly.languages.searching import plain_form
from reportedly.model.sameness import Sure

_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What comes of comparing two bearers; `why` is the rule with its evidence, as `Sameness.why` keeps it."""

    verdict: Sure
    sure: float
    why: str


def because(rule: str, **evidence: object) -> str:
    """A rule with its evidence in one line: "people/role; role=president RU"."""
    return "; ".join([rule, *(f"{name}={str(value).replace(';', ',')}" for name, value in evidence.items())])


def compare(left: Profile, right: Profile) -> Finding | None:
    """Two people with full names; None where the names have nothing to do with each other."""
    likeness = alike(left.words, right.words)
    if likeness is None:
        return None
    rule, alone = likeness
    if genders_differ(left, right):
        return Finding(Sure.DIFFERENT, 0.97, because("people/gender"))
    if offices_differ(left, right):
        return Finding(
            Sure.UNSURE, 0.3, because("people/other_office", left=sorted(left.held)[0], right=sorted(right.held)[0])
        )
    if left.articles & right.articles and rule != "genitive":  # that article tells two apart
        return Finding(
            Sure.UNSURE, 0.4, because("people/one_article_only", article=min(left.articles & right.articles)[:8])
        )
    roles = shared_roles(left, right)
    if roles:
        return Finding(Sure.SAME, max(alone, 0.97), because(f"people/{rule}_role", role=roles[0]))
    if alone >= 0.95:
        return Finding(Sure.SAME, alone, because(f"people/{rule}"))
    return Finding(Sure.UNSURE, alone, because(f"people/{rule}_only"))


def alike(left: Sequence[str], right: Sequence[str]) -> tuple[str, float] | None:
    """How two full names are alike, and how far that goes by itself: (rule, confidence).

    >>> alike(["Kim", "Jong-un"], ["Kim", "Jong", "Un"]), alike(["Peter", "Meier"], ["Peter", "Meyer"])
    (('spelling', 0.99), ('sound', 0.6))
    >>> alike(["Wolodymyr", "Selenskyj"], ["Volodymyr", "Zelenskyy"]), alike(["Anna", "Lenz"], ["Peter", "Lenz"])
    (('sound', 0.96), None)
    """
    if _parts(left) == _parts(right):
        return ("spelling", 0.99) if _umlauts(left) == _umlauts(right) else ("umlaut", 0.6)
    if _genitive(left, right):
        return "genitive", 0.97
    if same_name(left, right):
        both = plain_form(left[0]) != plain_form(right[0]) and plain_form(left[-1]) != plain_form(right[-1])
        return "sound", 0.96 if both else 0.6
    if not same_word(left[-1], right[-1]):
        return _double(left, right)
    given, other = ([w for w in words[:-1] if not is_particle(w)] for words in (left, right))
    short, long = sorted((given, other), key=len)
    if not short:
        return None
    if same_word(short[0], long[0]):
        extra = [w for w in long if not any(_given(w, s) for s in short)]
        if len(short) < len(long) and len(extra) == len(long) - len(short):
            return "middle_name", 0.96 if all(_is_initial(w) for w in extra) else 0.7
        return None
    if (_is_initial(short[0]) or _is_initial(long[0])) and _given(short[0], long[0]):
        return "initial", 0.7
    first, second = short[0].split("-"), long[0].split("-")
    if len(first) != len(second) and same_word(first[0], second[0]):
        return "part_of_given", 0.5
    return None


def _parts(words: Sequence[str]) -> list[str]:
    return [plain_form(part) for word in words for part in word.split("-") if plain_form(part)]


def _umlauts(words: Sequence[str]) -> str:
    """The name with its umlauts spelled out: `Köhler` is `Koehler` and not `Kohler`."""
    joined = "".join(part for word in words for part in word.split("-")).casefold()
    return fold("".join(_SPELLED.get(c, c) for c in joined))


def _genitive(left: Sequence[str], right: Sequence[str]) -> bool:
    """`Angela Merkels` and `Angela Merkel`: all but the ending agrees."""
    if len(left) != len(right) or _parts(left[:-1]) != _parts(right[:-1]):
        return False
    a, b = left[-1], right[-1]
    return fold(without_genitive(a)) == fold(b) or fold(a) == fold(without_genitive(b))


def _double(left: Sequence[str], right: Sequence[str]) -> tuple[str, float] | None:
    """`Lea Brandt-Ohm` and `Lea Brandt`: half a double name."""
    a, b = left[-1].split("-"), right[-1].split("-")
    if len(a) == len(b) or _parts(left[:-1]) != _parts(right[:-1]):
        return None
    short, long = sorted((a, b), key=len)
    return ("half_of_family", 0.5) if len(short) == 1 and any(same_word(short[0], w) for w in long) else None


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _given(left: str, right: str) -> bool:
    if _is_initial(left) or _is_initial(right):
        return fold(left)[:1] == fold(right)[:1]
    return same_word(left, right)
