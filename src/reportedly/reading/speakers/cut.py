"""Where in a noun group are the determiner, the adjectives, the capitalised words and the rest?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.languages.names import is_particle
from reportedly.reading.speakers.inflection import ANY, Readings
from reportedly.reading.speakers.vocabulary import Noun, Vocabulary

DETERMINERS = ("definite", "indefinite_article", "quantity", "demonstrative", "possessive")
OPEN, CLOSE = frozenset('„“"‚‘»«›‹”') | {"''"}, frozenset('“”"‘’«»‹›') | {"''"}


@dataclass(slots=True)
class Cut:
    """The parts of `die [drei] [neuen] [Sprecher Lenz] [aus Hagenau]`.

    `front` are capital adjectives that belong to a name (`Staatlichen`), `owner` a genitive before (`Kenias`), `quoted`
    the words of the run that stood in quotation marks. `determined` is the type of the determiner, "" for none.
    """

    vocabulary: Vocabulary
    keep: str = ""
    readings: Readings = ANY
    determined: str = ""
    adjectives: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    quoted: tuple[str, ...] = ()
    front: list[str] = field(default_factory=list)
    owner: str = ""

    @property
    def definite(self) -> bool:
        return self.determined in {"definite", "demonstrative", "genitive"}

    @property
    def genitive(self) -> bool:
        """True where the determiner can only be a genitive (`des`)."""
        return bool(self.determined) and {c for _, c in self.readings} == {"g"}

    def allowed(self) -> Readings:
        """What determiner, figures and adjectives together say about gender and case."""
        found = self._allowed()
        many = any(a[-1].isdigit() and a.replace(".", "").isdigit() and a != "1" for a in self.adjectives)
        return (frozenset(r for r in found if r[0] == "p") or found) if many else found

    def _allowed(self) -> Readings:
        inflection = self.vocabulary.inflection
        adjectives = [a for a in [*self.adjectives, *self.front] if inflection.stem(a)]
        last = adjectives[-1] if adjectives else ""
        if not last:
            return self.readings
        if not self.determined:
            return inflection.strong_fits(last)
        if self.determined in {"definite", "demonstrative"} and last[0].islower():
            return self.readings & inflection.weak_fits(last) or self.readings
        if self.determined == "indefinite_article":
            return self.readings & inflection.fits_after_ein(last) or self.readings
        return self.readings

    def agreeing(self, nouns: Sequence[Noun]) -> Noun:
        """The reading of a noun that determiner and adjectives allow; a bare one before a name is one person."""
        allowed, inflection = self.allowed(), self.vocabulary.inflection
        fitting = [n for n in nouns if n.readings & allowed] or list(nouns)
        bare = not self.determined and not any(inflection.stem(a) for a in [*self.adjectives, *self.front])
        if len({n.gender for n in fitting}) < 2 or not bare:
            return fitting[0]
        if len(self.run) == 1 and inflection.is_nominative(self.run[0], "m") and any(n.adjectival for n in fitting):
            return next((n for n in fitting if n.gender == "m"), fitting[0])  # `Jonas Lenz, Vorsitzender der NUB`
        if len(self.run) == 1:
            return next((n for n in fitting if n.gender == "p"), fitting[0])
        singular = [n for n in fitting if n.gender != "p"] or fitting
        if inflection.is_nominative(self.run[0], "f"):
            # `Grünen-Vorsitzende Lenz`
            return next((n for n in singular if n.gender == "f"), singular[0])
        return singular[0]

    def describe(self, noun: str, gender: str, tail: Sequence[str] = (), lowered: bool = False) -> str:
        """The group in the nominative without its definite article: adjectives, noun, and what follows."""
        inflection, joints = self.vocabulary.inflection, self.vocabulary.sets.half_joint
        of_places = self.vocabulary.place_adjectives  # always written with a capital
        weak = self.determined in {"definite", "demonstrative", "genitive", "possessive"}
        adjectives = [
            w if not w[-1].isalpha() or w in joints or w[0].isupper() else inflection.nominative_adjective(w, gender)
            for w in self.adjectives
        ]
        names = [w if w in of_places else inflection.nominative_adjective(w, gender, weak) for w in self.front]
        if lowered:
            names = [
                n[0].lower() + n[1:] if not inflection.of_place(n) or (gender == "m" and n not in of_places) else n
                for n in names
            ]
        return spaced([w for w in (self.keep, self.owner, *adjectives, *names, noun, *tail) if w])


def cut_up(words: Sequence[str], vocabulary: Vocabulary) -> Cut:
    """Read from left to right; nothing is decided about who is meant."""
    cut = Cut(vocabulary)
    i = _determiner(words, cut, vocabulary)
    i = _adjectives(words, i, cut, vocabulary)
    i = _run(words, i, cut, vocabulary)
    cut.rest = list(words[i:])
    return cut


def _determiner(words: Sequence[str], cut: Cut, vocabulary: Vocabulary) -> int:
    found = vocabulary.pointer(words[0], "definite", "indefinite_article", "quantity")
    found = found or vocabulary.pointer(words[0], "demonstrative", "possessive")
    if found is None or len(words) < 2:
        return 0
    cut.keep, cut.determined = found.keep, found.type
    cut.readings = found.readings
    if found.type == "possessive":
        cut.readings = vocabulary.inflection.possessive_fits(words[0])
    return 2 if len(words) > 2 and vocabulary.pointer(words[1], "quantity") else 1


def _adjectives(words: Sequence[str], i: int, cut: Cut, vocabulary: Vocabulary) -> int:
    sets = vocabulary.sets
    while i < len(words):
        word = words[i]
        if _measures(words, i, cut):
            cut.adjectives.append(word)
            i += 1
            continue
        if word in OPEN or any(c.isupper() for c in word) or (is_lower_name(word, vocabulary) and i + 1 == len(words)):
            break
        if cut.determined and (word in sets.group_preposition or word in sets.plain_reflexive):
            after = _after_participle(words, i, vocabulary)
            if after > i:
                cut.adjectives, i = [], after
                continue
        if word in sets.group_preposition or vocabulary.pointer(word, "definite", "indefinite_article"):
            break
        cut.adjectives.append(word)
        i += 1
    return i


def _measures(words: Sequence[str], i: int, cut: Cut) -> bool:
    """`Jahre` in `64 Jahre alter`, `Seiten` in `330 Seiten starke`: part of the adjective behind."""
    counted = bool(cut.adjectives) and cut.adjectives[-1].replace(".", "").isdigit() and words[i][0].isupper()
    if not counted or i + 2 >= len(words) or not words[i + 1][0].islower():
        return False
    behind, sets = words[i + 1], cut.vocabulary.sets
    if behind in sets.group_preposition or behind.startswith(sets.article_start):
        return False
    return bool(cut.vocabulary.inflection.stem(behind)) and words[i + 2][0].isupper()


def _after_participle(words: Sequence[str], i: int, vocabulary: Vocabulary) -> int:
    """`die zur Stanford University gehörende Hoover Institution`: on to the noun that the determiner belongs to."""
    sets, stem = vocabulary.sets, vocabulary.inflection.stem
    for j in range(i + 2, len(words) - 1):
        following = words[j + 1]
        bent = words[j][0].islower() and len(words[j]) > 4
        behind_noun = words[j - 1][0].isupper() and bool(stem(words[j]))  # `die für die Region zuständige Ministerin`
        ended = bent and (words[j].endswith(sets.attribute_end) or behind_noun)
        opens = following[0].isupper() or following in OPEN or (following[0].islower() and bool(stem(following)))
        if ended and opens and following not in sets.group_preposition:
            return j + 1
    return i


def _run(words: Sequence[str], i: int, cut: Cut, vocabulary: Vocabulary) -> int:
    quoted: list[str] = []
    in_quotes = False
    while i < len(words):
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else ""
        if word in OPEN or word in CLOSE:
            in_quotes = not in_quotes
        elif in_quotes:
            quoted.append(word)
            cut.run.append(word)
        elif (
            word[0].isupper()
            or word[0].isdigit()
            or is_lower_name(word, vocabulary)
            or _joins(word, following, cut.run, vocabulary)
        ):
            cut.run.append(word)
        elif cut.run and opens_double(words[i : i + 3], cut.run[-1], vocabulary):
            cut.run += [word, following]
            i += 1
        else:
            break
        i += 1
    cut.quoted = tuple(quoted)
    return i


def _joins(word: str, following: str, run: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Small words inside a name: `Thomas de Lenz`, `University of Hagen`, `Gewerkschaft Erziehung und Wissenschaft`."""
    if not run or not following[:1].isupper():
        return False
    sets, lower = vocabulary.sets, word.lower()
    if word in sets.foreign_link:
        return True
    if word == vocabulary.joint:
        return len(run) > 1 and any(not n.person for n in vocabulary.nouns(run[0]))
    if lower in sets.name_particle:
        return vocabulary.firstname(run[-1]) is not None
    return is_particle(word) and lower not in sets.never_particle


def opens_double(words: Sequence[str], before: str, vocabulary: Vocabulary) -> bool:
    """`von der` in `Ursula von der Leyen`, `van den` in `Piet van den Berg`; not in `Anna von der Polizei`."""
    sets = vocabulary.sets
    if (
        len(words) < 3
        or words[1] not in sets.second_particle
        or not is_particle(words[0])
        or not words[2][:1].isupper()
    ):
        return False
    if len(words[2]) > 1 and words[2].isupper():
        return False  # `Karl Lenz von der IG Metall`
    if words[0].lower() in sets.german_particle and vocabulary.firstname(before) is None:
        return False
    return not vocabulary.nouns(words[2]) and vocabulary.body(words[2]) is None


def is_lower_name(word: str, vocabulary: Vocabulary) -> bool:
    """`t-online.de`, `flugwacht24`, `ver.di`, `dpa`, `al-Hassan`, `verdi-Sprecher`: names written small."""
    if word in vocabulary.sets.small_name or ("." in word[1:-1] and word[-1].isalpha() and word[0].isalpha()):
        return True
    if len(word) > 3 and word[0].isalpha() and word[-1].isdigit():
        return True  # `flugwacht24`
    last = word.partition("-")[2]
    return last[:1].isupper()


def spaced(words: Sequence[str]) -> str:
    """Words with the spaces that print puts between them."""
    out = ""
    glue = True
    quotes = 0
    for word in words:
        opening = word in {"„", "‚", "»", "("} or (word in {'"', "“", "''"} and quotes % 2 == 0)
        closing = word in {",", ".", ";", ")", ":", "!", "?"} or (not opening and word in CLOSE)
        if word in OPEN or word in CLOSE:
            quotes += 1
        out += word if glue or closing or not out else " " + word
        glue = opening
    return out
