"""What can be said of words that no table has: a name nobody introduced, an ordinary noun, no noun at all?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reportedly.languages.names import without_genitive
from reportedly.reading.speakers.cut import Cut, spaced
from reportedly.reading.speakers.kinds import looks_like_acronym, looks_like_person
from reportedly.reading.speakers.phrase import Phrase, person, proper
from reportedly.reading.speakers.vocabulary import Vocabulary

_DOMAINS = frozenset("de com org net at ch eu info tv".split())


def stranger(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase:
    """The run of a group, none of whose words is known."""
    run, behind = cut.run, cut.run[1:]
    known = vocabulary.lexicon.noun(run[0])
    # names stand in the lexicon, too, but without gender
    common = known is not None and (bool(known[1]) or bool(cut.adjectives) or known[0] != run[0])
    if (cut.quoted and run == list(cut.quoted)) or (not common and looks_like_acronym(run[0])):
        return _quoted_or_acronym(cut)
    if len(run) == 1 and "." in run[0][1:-1] and run[0].rsplit(".", 1)[-1] in _DOMAINS:
        return proper(run, "medium")
    at = next((k for k in range(min(3, len(run) - 1)) if vocabulary.firstname(run[k]) is not None), 0)
    if at:
        label = (run[at - 1],) if looks_like_person(run[at - 1], vocabulary) else ()
        return person(run[at:], vocabulary.firstname(run[at]), label)  # `Bremer Milliardär Richard Lenz`
    bare = not cut.determined and not cut.adjectives
    state = vocabulary.body(without_genitive(run[0])) if bare and len(run) == 2 and known is None else None
    if state is not None and state.kind == "state" and without_genitive(run[0]) != run[0]:
        return proper(behind, "unknown")  # `Italiens Ansa`
    family = {behind[0], without_genitive(behind[0])} & set(surnames) if len(behind) == 1 else set()
    told = known is not None or (len(run[0]) > 6 and looks_like_person(run[0], vocabulary))
    if told and family and vocabulary.firstname(run[0]) is None and cut.determined != "quantity":
        name = behind[0] if behind[0] in surnames else without_genitive(behind[0])
        return person([name], None, (run[0],) if looks_like_person(run[0], vocabulary) else ())  # `Unschuld Lenz'`
    if (
        common
        and known
        and len(run) == 1
        and bare
        and not cut.rest
        and known[0] == run[0]
        and not _may_be_several(run[0], vocabulary)
    ):
        return person(run)  # `Guttenberg`: a noun that speaks without an article is a name
    if common and (len(run) == 1 or not bare):
        return _labelled(cut, vocabulary) or _common(cut, vocabulary)
    plural = cut.determined == "quantity" or (bool(cut.adjectives) and not cut.determined)
    if cut.determined in {"quantity", "indefinite_article"} or (
        cut.adjectives and not cut.determined and len(run) == 1
    ):
        return _unknown_noun(cut, vocabulary, plural)
    return _bare_name(cut, vocabulary, surnames)


def _may_be_several(word: str, vocabulary: Vocabulary) -> bool:
    """Singular and plural look alike, or it is no word for a person: `Wanderer`, `Unterlagen`, `Ablehnung`."""
    return word.endswith(vocabulary.sets.plural_alike_end) or word.lower().endswith(vocabulary.sets.thing_end)


def _quoted_or_acronym(cut: Cut) -> Phrase:
    kind = "organisation" if not cut.quoted or cut.determined else "medium"  # a name in marks is mostly a paper's
    genders = {g for g, c in cut.readings if c in "nda"} if cut.determined else set()
    return proper(cut.run, kind, next(iter(genders)) if len(genders) == 1 else None)


def _labelled(cut: Cut, vocabulary: Vocabulary) -> Phrase | None:
    """`der Getränkeriese Norvik`: an ordinary noun, then a name."""
    behind = cut.run[1:]
    if not behind or not cut.determined or not behind[0][0].isupper():
        return None
    common = vocabulary.lexicon.noun(behind[0])
    if common and common[1]:
        return None
    found = proper(behind, "unknown")
    return found if not looks_like_person(cut.run[0], vocabulary) else person(behind, None, (cut.run[0],))


def _common(cut: Cut, vocabulary: Vocabulary) -> Phrase:
    """An ordinary noun of the lexicon: `die Befürchtungen`, `Wanderer`."""
    word = cut.run[0]
    noun, gender = vocabulary.inflection.nominative_noun(word, cut.allowed())
    known = vocabulary.lexicon.noun(word)
    bare = not cut.determined and not cut.adjectives and not cut.front
    plural = gender == "p" or (bare and known is not None and known[0] != word)
    noun = word if bare and plural and word.endswith(vocabulary.sets.plural_s_end) else noun  # `Fotos`
    name = cut.describe(noun, gender or "p", [*cut.run[1:], *cut.rest])
    things = noun.lower().endswith(vocabulary.sets.thing_end)
    somebody = looks_like_person(noun, vocabulary) and gender != "n"  # not `das Labor`
    kind = "unknown" if things else "group" if plural else "person" if somebody else "unknown"
    return _described(name, kind, gender, plural, noun, cut)


def _unknown_noun(cut: Cut, vocabulary: Vocabulary, plural: bool) -> Phrase:
    """`mehrere Umsiedler`, `ein Übertrittswilliger`."""
    noun, gender = vocabulary.inflection.nominative_noun(cut.run[0], cut.allowed())
    plural = plural or gender == "p"
    name = cut.describe(noun, gender or "p", [*cut.run[1:], *cut.rest])
    kind = "group" if plural else "person" if looks_like_person(noun, vocabulary) else "unknown"
    return _described(name, kind, gender, plural, noun, cut)


def _described(name: str, kind: str, gender: str, plural: bool, noun: str, cut: Cut) -> Phrase:
    return Phrase(
        "description", name, kind, False, gender if gender in {"m", "f"} else None, plural, noun, noun,
        definite=cut.definite, modified=bool(cut.adjectives or cut.rest), by="speakers/description",
    )  # fmt: skip


def _bare_name(cut: Cut, vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase:
    """`Lenz`, `Thaksin Shinawatra`, `die Lufthansa`, `der Distrikt der Hauptstadt`."""
    if cut.definite and (cut.front or cut.adjectives) and len(cut.run) > 2:
        return person(cut.run[-2:], None, (" ".join(cut.run[:-2]),))  # `der linke Vordenker Noam Lenz`
    words, sets = [*cut.front, *cut.run], vocabulary.sets
    genders = {g for g, c in cut.readings if c in "nd"} if cut.determined else set()
    gender = next(iter(genders)) if len(genders) == 1 else None
    if len(words) == 1 and cut.determined and words[0] in surnames:
        return person(words, gender if gender != "p" else None)
    if len(words) == 1 and cut.determined == "definite" and cut.rest and cut.rest[0] in sets.genitive_link:
        noun, gender_ = vocabulary.inflection.nominative_noun(words[0], cut.allowed())
        name = cut.describe(noun, gender_ or "p", cut.rest)
        return _described(name, "group" if gender_ == "p" else "unknown", gender_, gender_ == "p", noun, cut)
    if cut.genitive and vocabulary.firstname(words[0]) is None:
        words[-1] = without_genitive(words[-1])
    if len(words) == 1 and cut.definite and words[0].lower().endswith(sets.thing_end):
        name = cut.describe(words[0], gender or "p", cut.rest)
        return _described(name, "group" if gender == "p" else "unknown", gender or "", gender == "p", words[0], cut)
    if len(words) == 1 and cut.determined and not cut.adjectives:
        plural = gender == "p"
        name = spaced([words[0], *cut.rest])
        return proper(words, "group" if plural else "organisation", gender, plural, name)
    if not cut.determined and not cut.front and _is_title(words, vocabulary):
        return person(words[1:], vocabulary.firstname(words[1]), (words[0],))
    return person(words, vocabulary.firstname(words[0]))


def _is_title(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Country-Megastar Morgan Lenz`, `Spielgestalter Maodo Lenz`: a noun that the lexicon has, before first name and name."""
    if len(words) < 3 or vocabulary.firstname(words[0]) is not None:
        return False
    front, hyphen, noun = words[0].rpartition("-")
    known = vocabulary.lexicon.noun(noun)
    if known is None or not all(w[0].isupper() and w.isalpha() for w in words[1:]):
        return False
    compound = bool(hyphen) and vocabulary.firstname(front) is None
    common = bool(known[1]) or compound or vocabulary.lexicon.is_person(noun)
    return vocabulary.firstname(words[1]) is not None or common


def headless(words: Sequence[str], cut: Cut) -> Phrase | None:
    """`einige der Befragten`, `der 81-jährige`, `Einer der Putschisten`: no noun of its own."""
    if not cut.rest and not cut.adjectives:
        return None
    many, sets = cut.determined == "quantity", cut.vocabulary.sets
    if cut.determined in {"quantity", "indefinite_article"} and cut.rest:
        name = spaced(words if not cut.keep else [cut.keep, *words[1:]])
        kind = "group" if many else "person"
        return Phrase(
            "description", name, kind, False, None, many, definite=False, modified=True, by="speakers/partitive"
        )
    if cut.adjectives and cut.determined == "definite":
        sex = next((g for g, c in sorted(cut.readings) if c == "n" and g in {"m", "f"}), None)
        head = sets.aged_word if cut.adjectives[-1].endswith(sets.aged_end) else ""
        return Phrase(
            "role", " ".join(cut.adjectives), "person", False, sex, head=head, noun=head, by="speakers/headless"
        )
    if not cut.determined and cut.rest and cut.rest[0] in sets.of_bare:
        return Phrase(
            "description", spaced(words), "group", plural=True, definite=False, modified=True, by="speakers/partitive"
        )
    if not cut.determined and not words[0][0].isdigit():
        return None  # `demnach`
    return Phrase("description", spaced(words), definite=False, by="speakers/description")
