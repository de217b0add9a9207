"""Whom has the article spoken of so far? Entities with what is known of them, found again by name, office and recency."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reportedly.languages.names import body_key, fold, shortens, sound, without_genitive
from reportedly.model.span import Span
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.vocabulary import Vocabulary

BODIES = frozenset({"organisation", "medium", "state", "unknown"})
_WINDOW = 80
"""So many entities, the latest mentioned first, are looked at when no name leads to one: work stays linear."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody the article speaks of, as far as it has been read."""

    number: int
    phrase: Phrase
    given: tuple[str, ...] = ()
    keys: set[str] = field(default_factory=set)
    written: dict[str, None] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    roles: dict[str, None] = field(default_factory=dict)
    gender: str | None = None
    affiliation: str | None = None
    members: tuple[Entity, ...] = ()
    spans: dict[Span, None] = field(default_factory=dict)
    sentence: int = -9
    at: int = -1
    subject: bool = False
    quoted: bool = False
    spoke: int = -1
    times: int = 0

    @property
    def kind(self) -> str:
        return self.phrase.kind

    @property
    def plural(self) -> bool:
        return self.phrase.plural


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a mention means, by which rule, how surely."""

    entity: Entity | None
    by: str
    sure: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands; `plural` is what the verb tells, None where it tells nothing; `other` is who speaks to whom the
    mention names: somebody else."""

    span: Span
    sentence: int
    subject: bool = False
    quoted: bool = False
    speaking: bool = False
    plural: bool | None = None
    other: Entity | None = None


class Book:
    """All entities, with the ways to find one again."""

    def __init__(self, vocabulary: Vocabulary, full_names: Iterable[Phrase] = ()) -> None:
        self.vocabulary = vocabulary
        self.entities: list[Entity] = []
        self.last_spoke = -1
        self.mentions: list[tuple[int, Entity]] = []
        self.subjects: dict[int, Entity] = {}
        """Who the sentence of this number is about: its first mention that may be the subject."""
        self._by_word: dict[str, list[Entity]] = {}
        self._by_key: dict[str, Entity] = {}
        self._by_name: dict[tuple[str, bool], Entity] = {}
        self._by_head: dict[str, OrderedDict[int, Entity]] = {}
        self._latest: OrderedDict[int, Entity] = OrderedDict()
        self._ahead: dict[str, list[Phrase]] = {}
        for phrase in full_names:
            if len(phrase.given) > 1:
                for word in phrase.given:
                    known = self._ahead.setdefault(_key(word), [])
                    if len(known) < _WINDOW and phrase.given not in (p.given for p in known):
                        known.append(phrase)

    def new(self, phrase: Phrase, members: tuple[Entity, ...] = ()) -> Entity:
        """A further entity."""
        entity = Entity(len(self.entities), phrase, phrase.given if phrase.kind == "person" else (), members=members)
        self.entities.append(entity)
        self._by_name.setdefault((fold(phrase.name), phrase.plural), entity)
        self.learn_keys(entity, phrase)
        self._learn_words(entity, entity.given)
        return entity

    def learn_keys(self, entity: Entity, phrase: Phrase) -> None:
        """Names by which a body may be called from now on."""
        for key in keys_of(phrase):
            entity.keys.add(key)
            if entity.kind in BODIES:
                self._by_key[key] = entity

    def _learn_words(self, entity: Entity, words: Iterable[str]) -> None:
        for word in words:
            called = self._by_word.setdefault(_key(word), [])
            if entity not in called:
                called.append(entity)

    def note(self, entity: Entity, phrase: Phrase, place: Place) -> None:
        """Write down a mention, and what it adds to the picture."""
        entity.spans[place.span] = None
        self.mentions.append((place.span.start, entity))
        if place.subject or place.speaking:
            self.subjects.setdefault(place.sentence, entity)
        entity.sentence, entity.at = place.sentence, place.span.start
        entity.subject, entity.quoted = place.subject or place.speaking, place.quoted
        entity.times += 1
        self._latest[entity.number] = entity
        self._latest.move_to_end(entity.number)
        if place.speaking:
            entity.spoke = self.last_spoke = place.span.start
        if phrase.form == "pronoun":
            sexes = {g for g, _ in phrase.readings} & {"m", "f"}
            if entity.gender is None and entity.kind == "person" and phrase.pointer == "personal" and not place.plural:
                entity.gender = next(iter(sexes)) if len(sexes) == 1 else None
            return
        entity.gender = entity.gender or phrase.gender
        entity.affiliation = entity.affiliation or phrase.affiliation
        if phrase.kind == "person" and phrase.form == "name" and entity.kind == "person":
            self._maybe_fuller(entity, phrase)
        if phrase.form in {"name", "body"} and entity.kind in BODIES and phrase.kind in BODIES:
            entity.written[phrase.name] = None
        if phrase.noun:
            entity.nouns.add(phrase.noun)
        for head in {phrase.head, *(n.head for n in self.vocabulary.nouns(phrase.noun))} - {""}:
            entity.heads.add(head)
            self._by_head.setdefault(head, OrderedDict())[entity.number] = entity
            self._by_head[head].move_to_end(entity.number)
        for role in phrase.roles:
            entity.roles[role] = None
        if (
            phrase.form == entity.phrase.form == "role"
            and len(phrase.name) > len(entity.phrase.name)
            and not entity.phrase.modified
        ):
            entity.phrase = replace(phrase, definite=True)  # `der Polizeichef` is `der Polizeichef von Hagenau`
        if entity.kind == "person" and phrase.form == "role" and entity.phrase.form == "name":
            entity.roles[phrase.name] = None

    def _maybe_fuller(self, entity: Entity, phrase: Phrase) -> None:
        """`Lenz` becomes `Anna Lenz`; a noun in front (`Ministerin Anna Lenz`, mistyped) adds nothing."""
        longer = phrase.given
        if len(longer) <= len(entity.given):
            return
        if entity.given and self.vocabulary.firstname(longer[0]) is None and len(longer[0]) > 2:
            common = self.vocabulary.lexicon.noun(longer[0])
            if (common and common[1]) or len(entity.given) > 1:
                return
        entity.given, entity.phrase = longer, phrase
        self._learn_words(entity, longer)

    def called(self, word: str) -> list[Entity]:
        """People one of whose names sounds like this word."""
        found: dict[int, Entity] = {}
        for form in (word, without_genitive(word)):
            for entity in self._by_word.get(_key(form), ())[-_WINDOW:]:
                found[entity.number] = entity
        return [found[n] for n in sorted(found)]

    def ahead(self, word: str) -> list[Phrase]:
        """Full names with such a word anywhere in the article."""
        return [*self._ahead.get(_key(word), ()), *self._ahead.get(_key(without_genitive(word)), ())]

    def body(self, phrase: Phrase) -> Entity | None:
        """The body that one of this phrase's names belongs to."""
        return next((self._by_key[k] for k in sorted(keys_of(phrase)) if k in self._by_key), None)

    def body_by_name(self, name: str) -> Entity | None:
        return self._by_key.get(body_key(name))

    def described(self, phrase: Phrase) -> Entity | None:
        """An entity with the very same description."""
        return self._by_name.get((fold(phrase.name), phrase.plural))

    def with_head(self, head: str) -> list[Entity]:
        """Entities with this head noun, the latest mentioned first."""
        found = self._by_head.get(head)
        if not found:
            return []
        return [found[n] for n, _ in zip(reversed(found), range(_WINDOW), strict=False)]

    def latest(self) -> list[Entity]:
        """Entities, the latest mentioned first, as far back as anybody would look."""
        return [self._latest[n] for n, _ in zip(reversed(self._latest), range(_WINDOW), strict=False)]


def _key(word: str) -> str:
    """Spellings of one name fall together; `al-Hassan` with `Hassan`."""
    return sound(word.rsplit("-", 1)[-1])


def keys_of(phrase: Phrase) -> set[str]:
    """Names by which a body may be found again."""
    if phrase.kind == "person" and phrase.form != "name":
        return set()
    names = {phrase.name}
    if "/metonyms.tsv#" in phrase.by or "/states.tsv#" in phrase.by:
        names.add(phrase.head)
    if phrase.alias and len(phrase.alias) > 1:
        names.add(phrase.alias)
    if phrase.given and phrase.kind != "person":
        names.add(" ".join(phrase.given))
    return {body_key(n) for n in names if n}


def agree(left: str | None, right: str | None) -> bool:
    """Two genders, either of which may be unknown."""
    return left is None or right is None or left == right


def distinct(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Different people among full names, the longest form of each."""
    out: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda p: (-len(p.given), p.name)):
        if not any(shortens(phrase.given, other.given) for other in out):
            out.append(phrase)
    return out
