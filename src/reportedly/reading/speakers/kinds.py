"""What kind of speaker is it: person, organisation, state, group, document, medium?"""

from __future__ import annotations

from reportedly.reading.speakers.vocabulary import Noun, Vocabulary


def kind_of_plural(noun: Noun, vocabulary: Vocabulary) -> str:
    """Several parties or firms are a group; authorities stay one organisation (`die Behörden`), media media."""
    if noun.kind == "organisation" and noun.head not in vocabulary.sets.plural_body:
        return "group"
    return noun.kind


def looks_like_acronym(word: str) -> bool:
    """`CDU`, `IWF`, `US-EPA`; not `I.` and not `2024`."""
    letters = [c for c in word if c.isalpha()]
    if not 2 <= len(letters) <= 12 or " " in word.strip() or word.endswith("."):
        return False
    capitals = sum(c.isupper() for c in letters)
    return capitals >= 2 and capitals * 2 > len(letters)


def looks_like_person(noun: str, vocabulary: Vocabulary) -> bool:
    """An ordinary noun whose ending says that a person is meant: `Wanderer`, `Milliardär`."""
    return noun.endswith(vocabulary.sets.person_end)
