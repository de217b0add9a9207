"""What does a noun group say about its bearer: name, roles, kind, gender, number, in the nominative?

`dem Leiter des Kriminaldienstes, Andreas Huber` -> the person Andreas Huber, role `Leiter des Kriminaldienstes`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from reportedly.languages.names import acronym_of
from reportedly.reading.speakers.cut import DETERMINERS
from reportedly.reading.speakers.group import read_group
from reportedly.reading.speakers.kinds import looks_like_acronym
from reportedly.reading.speakers.lists import list_items, split_at_commas
from reportedly.reading.speakers.phrase import Phrase, join
from reportedly.reading.speakers.vocabulary import Vocabulary

_POINTING = ("personal", "demonstrative", "possessive", "first", "nobody", "both")
_EDGES = frozenset({",", ";", ":", ".", "–", "-", "--"})


def read_phrase(words: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str] = ()) -> Phrase | None:
    """The whole group; None where there is nothing to read. `surnames` are family names met elsewhere in the article."""
    return _read(tuple(words), vocabulary, frozenset(surnames))


@lru_cache(maxsize=1 << 14)  # the same groups come again and again, in one article and in the next
def _read(words: tuple[str, ...], vocabulary: Vocabulary, surnames: frozenset[str]) -> Phrase | None:
    sets = vocabulary.sets
    percent = sets.percent_word or "%"
    tidy = [percent if word == "%" else word for word in _tidy(words, vocabulary)]
    while tidy and tidy[-1] in _EDGES:
        tidy.pop()
    while tidy and tidy[0] in _EDGES:
        tidy.pop(0)
    if len(tidy) > 2 and tidy[0] in sets.part_of_day:
        return _read(tuple(tidy[1:]), vocabulary, surnames)  # `am Montag Abend Sprecher Rio Lenz`
    if len(tidy) > 1 and tidy[0].lower() in sets.before_each:
        return _read(tuple(tidy[1:]), vocabulary, surnames)  # `Nur jeder Fünfte`
    for i, word in enumerate(tidy[:-2]):
        if len(word) > 2 and word.endswith("-") and tidy[i + 1] in sets.half_joint and tidy[i + 2][0].isupper():
            whole = _read((*tidy[:i], *tidy[i + 2 :]), vocabulary, surnames)
            return _spelled_out(whole, tidy[i + 2], f"{word} {tidy[i + 1]} {tidy[i + 2]}") if whole else None
    if len(tidy) == 2 and tidy[0].lower() in sets.each and tidy[1][0].isupper():
        share = f"{tidy[0].lower()} {tidy[1]}"  # `jeder Fünfte`
        return Phrase("description", share, "group", definite=False, modified=True, by="speakers/partitive")
    leading = bool(tidy) and tidy[0].lower() in sets.group_preposition
    if len(tidy) > 1 and tidy[1][0].isdigit() and (leading or tidy[0].lower() in sets.about_figure):
        counted = read_phrase(tidy[1:], vocabulary, surnames)  # `über 1.000 Menschen`
        return replace(counted, name=f"{tidy[0].lower()} {counted.name}") if counted else None
    if len(tidy) == 1 and tidy[0].lower() in vocabulary.closed and tidy[0].lower() not in vocabulary.pointers:
        return None  # `Danach`
    many = len(tidy) == 1 and tidy[0].lower() in sets.several
    if many or (len(tidy) == 1 and tidy[0].lower() in sets.someone):
        # nobody's name, though it may open a sentence with a capital
        kind = "group" if many else "person"
        return Phrase("description", tidy[0], kind, plural=many, definite=False, by="speakers/description")
    if leading and len(tidy) > 1 and not tidy[1][0].isdigit() and not vocabulary.pointer(tidy[0], *DETERMINERS):
        tidy.pop(0)  # `von Beobachtern`
    if not tidy:
        return None
    pointing = _pointing(tidy, vocabulary)
    if pointing:
        return pointing
    outside, brackets = _without_brackets(_both_and(tidy, vocabulary))
    if not outside:
        return None
    items = list_items(outside, vocabulary)
    parts = [p for item in items if (p := _bearer(item, [], vocabulary, surnames))] if len(items) > 1 else []
    if len(parts) > 1 and _is_one(parts, items, vocabulary):
        named = parts[0]
        roles = tuple(p.name for p in parts[1:])
        return replace(named, roles=(*named.roles, *roles), gender=named.gender or parts[1].gender)
    if len(parts) > 1:
        joint = vocabulary.joint
        return join(parts, joint if joint in outside else next(w for w in outside if w in sets.list_conjunction))
    return _bearer(outside, brackets, vocabulary, surnames)


def _is_one(parts: Sequence[Phrase], items: Sequence[Sequence[str]], vocabulary: Vocabulary) -> bool:
    """`Karl Lenz, angehender Arzt, Koch und Autor`: one person with all that he is; nothing behind has an article."""
    first, *others = parts
    offices = all(p.form == "role" and p.kind == "person" and not p.plural for p in others)
    held = (
        {p.form for p in others} <= {"role", "description", "body"}
        and not others[0].plural
        and others[0].form != "role"
    )
    offices = offices or held  # `Karl Lenz, Leitung Technik und Gebäude`
    bare = not any(vocabulary.pointer(item[0], *DETERMINERS) for item in items[1:])
    return first.form == "name" and first.kind == "person" and len(first.given) > 1 and offices and bare


def _spelled_out(phrase: Phrase, last: str, whole: str) -> Phrase:
    """`Partei- und Fraktionschef Lenz` is read as `Fraktionschef Lenz`; here the other half comes back into the office."""
    half = whole.removesuffix(last)

    def back(words: str) -> str:
        # the noun stands in the nominative here: Wissenschaftsministeriums, Wissenschaftsministerium
        same = (w for w in words.split() if w[0].isupper() and (last.startswith(w) or w.startswith(last)))
        found = next(same, None)
        return words.replace(found, half + found, 1) if found else words

    by_name = phrase.form == "name" and phrase.kind == "person"
    return replace(phrase, roles=tuple(map(back, phrase.roles)), name=phrase.name if by_name else back(phrase.name))


def _tidy(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Words with the full stop of an initial or `Nr.` put back on, slashes and dashed figures joined."""
    stopped, hissing = vocabulary.sets.abbreviation, vocabulary.sets.hissing_end
    out: list[str] = []
    for i, word in enumerate(words):
        if not word.strip():
            continue
        last = out[-1] if out else ""
        more = i + 1 < len(words)
        initial = last[:1].isupper() and (len(last) <= 2 or last in stopped)
        dashed = last[-1:].isdigit() and word in {"-", "–"} and more and words[i + 1][:1].isdigit()
        if word in {"'", "’"} and last.endswith(hissing) and more:
            out[-1] += word  # `Lenz' Mitarbeiter`
        elif (
            (word == "." and (initial or (last[-1:].isdigit() and more)))
            or (word == "/" and last and more)
            or last.endswith("/")
            or dashed
            or (last[-1:] in {"-", "–"} and last[:1].isdigit() and word[0].isdigit())
        ):
            out[-1] += word
        else:
            out.append(word)
    return out


def _both_and(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """`sowohl A als auch B` names the same speakers as `A und B`; the last word may be missing."""
    for first, second, third in vocabulary.sets.both_and_phrase:
        if words[0].lower() != first or second not in words:
            continue
        at = len(words) - 1 - words[::-1].index(second)
        behind = words[at + 2 :] if words[at + 1 : at + 2] == [third] else words[at + 1 :]
        return [*words[1:at], vocabulary.joint, *behind] if at > 1 and behind else words
    return words


def _pointing(words: Sequence[str], vocabulary: Vocabulary) -> Phrase | None:
    """Pronouns, `die beiden`, a possessive that stands for its owner."""
    sets, lower = vocabulary.sets, tuple(w.lower() for w in words[:2])
    if len(words) == 2 and lower in sets.pair_phrase:
        return Phrase("pronoun", " ".join(words), plural=True, pointer="both", by="speakers/both")
    if len(words) > 2 or (len(words) == 2 and lower[1] not in sets.after_pronoun):
        return None
    found = vocabulary.pointer(words[0], *_POINTING) or vocabulary.pointer(words[0], "definite")
    if found is None:
        return None
    pointer = "demonstrative" if found.type == "definite" else found.type
    return Phrase("pronoun", words[0], pointer=pointer, readings=found.readings, by=found.address)


def _without_brackets(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words outside brackets, and what stood inside them."""
    out: list[str] = []
    inside: list[list[str]] = []
    depth = 0
    for word in words:
        if word in "([":
            depth += 1
            inside.append([])
        elif word in ")]":
            depth = max(0, depth - 1)
        elif depth:
            inside[-1].append(word)
        else:
            out.append(word)
    return out, [" ".join(i) for i in inside if i]


def _bearer(
    words: Sequence[str], brackets: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str]
) -> Phrase | None:
    """One bearer, with its appositions between commas: a person's name counts most, then any name."""
    groups: list[Phrase] = []
    bare: Phrase | None = None
    for n, piece in enumerate(split_at_commas(words, frozenset({",", "–", "--"}))):
        if n and (piece[0].lower() in vocabulary.sets.aside or _is_relative(piece, vocabulary)):
            break
        found = read_group(piece, vocabulary, surnames)
        if found:
            groups.append(found)
            if (
                found.form == "name"
                and n
                and "," in words
                and vocabulary.joint in words[: words.index(",")]
                and tuple(piece) == found.given
            ):
                bare = found
    if not groups:
        return None
    people = [g for g in groups if g.form == "name" and g.kind == "person"]
    if bare is not None and people and people[0] is not bare:
        # `des Arztes und Beraters von Anna Lenz, Jonas Berger`: she is only whom he advises
        groups = [g for g in groups if g is not people[0]]
        people = [bare]
    best = (people or [g for g in groups if g.form == "name"] or groups)[0]
    if best.kind == "person":
        for other in groups:
            if other is best:
                continue
            if other.form in {"role", "description"}:
                best = replace(best, roles=(*best.roles, other.name), gender=best.gender or other.gender)
                best = replace(best, head=best.head or other.head, noun=best.noun or other.noun)
            best = replace(best, affiliation=best.affiliation or other.affiliation)
    for inside in brackets:
        best = _with_bracket(best, inside.strip(), vocabulary)
    return replace(best, roles=tuple(dict.fromkeys(best.roles)))


def _with_bracket(phrase: Phrase, inside: str, vocabulary: Vocabulary) -> Phrase:
    """`Anna Lenz (CDU)`, `Nationale Umweltbehörde (NUB)`, `NUB (Nationale Umweltbehörde)`."""
    known = vocabulary.body(inside)
    if phrase.kind in {"person", "unknown"} and phrase.form in {"name", "role"}:
        if known or looks_like_acronym(inside):
            party = known.name if known and len(inside) > 6 else inside
            return replace(phrase, affiliation=phrase.affiliation or party)
        return phrase
    if " " in inside and looks_like_acronym(phrase.name) and acronym_of(phrase.name, inside.split()):
        return replace(phrase, name=inside, given=tuple(inside.split()), alias=phrase.name)
    same = vocabulary.body(phrase.name)
    short = looks_like_acronym(inside) or (2 < len(inside) < 7 and acronym_of(inside, phrase.name.split()))
    if " " not in inside and short and (known is None or same is None or known == same):
        return replace(phrase, alias=inside)
    return phrase


def _is_relative(piece: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`der gestern kam`: a pronoun, and a verb at the end."""
    first, sets = piece[0].lower(), vocabulary.sets
    if first in sets.relative_pronoun:
        return True
    if first not in sets.relative_article or len(piece) < 2:
        return False
    return piece[-1][0].islower() and bool(vocabulary.lexicon.verb(piece[-1].lower()))
