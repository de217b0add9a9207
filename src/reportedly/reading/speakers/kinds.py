"""What kind of speaker is it: person, organisation, state, group, document, medium?"""

from __future__ import annotations

from reportedly.reading.speakers.vocabulary import Noun

_PLURAL_BODIES = frozenset(
    "Behörde Gericht Ministerium Amt Regierung Staatsanwaltschaft Kammer Streitkräfte Dienst Geheimdienst".split()
)


def kind_of_noun(noun: Noun) -> str:
    """The kind that the table gives to the head noun."""
    return noun.kind


def kind_of_plural(noun: Noun) -> str:
    """Several parties or firms are a group; authorities stay one organisation (`die Behörden`), media media."""
    if noun.kind == "organisation" and noun.head not in _PLURAL_BODIES:
        return "group"
    return noun.kind


def looks_like_acronym(word: str) -> bool:
    """`CDU`, `IWF`, `ver.di`, `US-EPA`; not `I.` and not `2024`."""
    letters = [c for c in word if c.isalpha()]
    if not 2 <= len(letters) <= 12:
        return False
    capitals = sum(c.isupper() for c in letters)
    return " " not in word.strip() and capitals >= 2 and capitals * 2 > len(letters) and not word.endswith(".")
