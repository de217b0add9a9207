"""Who is meant here? A walk through the mentions in text order, one small rule for each kind of mention.

Rather silent than wrong: where two candidates are equally good, nobody is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reportedly.languages.names import acronym_of, body_key, fold, same_name, same_word, shortens
from reportedly.model.span import Span
from reportedly.reading.speakers.inflection import Readings
from reportedly.reading.speakers.kinds import looks_like_acronym
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.vocabulary import Vocabulary

_BODIES = frozenset({"organisation", "medium", "state", "unknown"})
_ANYBODY = frozenset(
    [
        "Mann",
        "Frau",
        "Jähriger",
        "Deutscher",
        "Amerikaner",
        "Franzose",
        "Brite",
        "Russe",
        "Italiener",
        "Spanier",
        "Pole",
        "Österreicher",
        "Schweizer",
        "Berliner",
        "Hamburger",
        "Junge",
        "Täter",
        "Verdächtiger",
    ]
)
_REACH = 3
"""Sentences over which a pronoun may look back."""


@dataclass(slots=True)
class Entity:
    """Somebody the article speaks of, as far as it has been read."""

    number: int
    phrase: Phrase
    given: tuple[str, ...] = ()
    keys: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    affiliation: str | None = None
    members: tuple[Entity, ...] = ()
    spans: list[Span] = field(default_factory=list)
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
    """Where a mention stands; `plural` is what the verb tells, None where it tells nothing."""

    span: Span
    sentence: int
    subject: bool = False
    quoted: bool = False
    speaking: bool = False
    plural: bool | None = None


class Coreference:
    """The entities met so far, and the rules that find the one meant."""

    def __init__(self, vocabulary: Vocabulary, full_names: Iterable[Phrase] = ()) -> None:
        self.vocabulary = vocabulary
        self.entities: list[Entity] = []
        self.ahead = [p for p in full_names if len(p.given) > 1]

    def take(self, phrase: Phrase, place: Place) -> Link:
        """The entity that this mention means; new ones are made for names, offices and bodies, never for pronouns."""
        link = self._link(phrase, place)
        if link.entity is not None:
            self._note(link.entity, phrase, place)
        return link

    def _link(self, phrase: Phrase, place: Place) -> Link:
        if phrase.form == "pronoun":
            return self._pronoun(phrase, place)
        if phrase.form == "list":
            return self._list(phrase, place)
        if phrase.form == "name":
            return self._person(phrase, place) if phrase.kind == "person" else self._body_name(phrase, place)
        if phrase.form == "role":
            return self._role(phrase, place)
        if phrase.form == "body":
            return self._body(phrase, place)
        return self._description(phrase, place)

    def _note(self, entity: Entity, phrase: Phrase, place: Place) -> None:
        if place.span not in entity.spans:
            entity.spans.append(place.span)
        entity.sentence, entity.at = place.sentence, place.span.start
        entity.subject, entity.quoted = place.subject or place.speaking, place.quoted
        entity.times += 1
        if place.speaking:
            entity.spoke = place.span.start
        if phrase.form == "pronoun":
            if entity.gender is None and entity.kind == "person" and phrase.pointer == "personal":
                sexes = {g for g, _ in phrase.readings} & {"m", "f"}
                entity.gender = next(iter(sexes)) if len(sexes) == 1 and not place.plural else None
            return
        if phrase.gender and (entity.gender is None or entity.kind == "person"):
            entity.gender = entity.gender or phrase.gender
        if (
            phrase.form == "name"
            and phrase.kind == "person"
            and len(phrase.given) > len(entity.given)
            and entity.kind == "person"
        ):
            common = self.vocabulary.lexicon.noun(phrase.given[0])
            if (
                len(entity.given) > 1
                and same_name(phrase.given[-len(entity.given) :], entity.given)
                and len(phrase.given[0]) > 2
            ):
                common = common or ("", "m") if self.vocabulary.firstname(phrase.given[0]) is None else None
            if self.vocabulary.firstname(phrase.given[0]) is not None or not (common and common[1]):
                entity.given, entity.phrase = phrase.given, phrase
        if phrase.form in {"name", "body"} and entity.kind in _BODIES and phrase.kind in _BODIES:
            entity.written.append(phrase.name)
        entity.affiliation = entity.affiliation or phrase.affiliation
        if phrase.head:
            entity.heads.add(phrase.head)
        if phrase.noun:
            entity.nouns.add(phrase.noun)
        offices = list(phrase.roles)
        if entity.kind == "person" and phrase.form == "role" and entity.phrase.form == "name":
            offices.append(phrase.name)
        for role in offices:
            if role not in entity.roles:
                entity.roles.append(role)

    def _new(self, phrase: Phrase) -> Entity:
        entity = Entity(len(self.entities), phrase, phrase.given if phrase.kind == "person" else ())
        entity.keys |= _keys(phrase)
        self.entities.append(entity)
        return entity

    # -- names ------------------------------------------------------------------------------------------------------

    def _person(self, phrase: Phrase, place: Place) -> Link:
        people = [e for e in self.entities if e.kind == "person" and e.given]
        given = phrase.given
        if len(given) > 1:
            same = [e for e in people if same_name(given, e.given)]
            same = same or [
                e for e in people if len(e.given) > 1 and (shortens(given, e.given) or shortens(e.given, given))
            ]
            same = same or [
                e for e in people if len(e.given) == 1 and shortens(e.given, given) and _agree(e.gender, phrase.gender)
            ]
            return Link(same[-1] if same else self._new(phrase), "speakers/full_name", 0.97)
        fitting = [e for e in people if shortens(given, e.given) and _agree(e.gender, phrase.gender)]
        fuller = [e for e in fitting if len(e.given) > 1]
        if len(fitting) > 1 and fuller:
            fitting = fuller
        if len(fitting) == 1:
            return Link(fitting[0], "speakers/short_name", 0.95)
        if len(fitting) > 1:
            return Link(max(fitting, key=lambda e: e.at), "speakers/short_name_recent", 0.7)
        if not phrase.roles or self.vocabulary.firstname(given[0]) is None:
            first = [e for e in people if len(e.given) > 1 and same_word(given[0], e.given[0])]
            if len(first) == 1:
                return Link(first[0], "speakers/given_name", 0.8)
            body = self._by_key(phrase)
            if body:
                return Link(body, "speakers/known_name", 0.85)
        middle = [e for e in people if len(e.given) > 2 and any(same_word(given[0], w) for w in e.given[1:-1])]
        if len(middle) == 1:
            return Link(middle[0], "speakers/second_family_name", 0.85)
        later = _distinct([p for p in self.ahead if shortens(given, p.given) and _agree(p.gender, phrase.gender)])
        if not later and (not phrase.roles or self.vocabulary.firstname(given[0]) is None):
            later = _distinct([p for p in self.ahead if same_word(given[0], p.given[0])])
            later = later or _distinct([p for p in self.ahead if any(same_word(given[0], w) for w in p.given[1:-1])])
        if len(later) == 1:
            return Link(self._new(later[0]), "speakers/name_given_later", 0.9)
        return Link(self._new(phrase), "speakers/only_name", 0.85)

    def _by_key(self, phrase: Phrase) -> Entity | None:
        keys = _keys(phrase)
        return next((e for e in reversed(self.entities) if e.kind in _BODIES and keys & e.keys), None)

    def _body_name(self, phrase: Phrase, place: Place) -> Link:
        found = self._by_key(phrase)
        if found is None and phrase.given and len(phrase.given) == 1:
            people = [e for e in self.entities if e.kind == "person" and shortens(phrase.given, e.given)]
            if people and phrase.kind == "unknown" and not phrase.by.startswith("de/"):
                return Link(people[-1], "speakers/short_name", 0.8)
            found = self._spelled_out(phrase.given[0])
        if found is None and len(phrase.given) == 2 and looks_like_acronym(phrase.given[0]):
            # `die GEW Niedersachsen`: the branch of a body already named
            short = body_key(phrase.given[0])
            found = next((e for e in self.entities if short in e.keys), None) or self._spelled_out(phrase.given[0])
            if found is not None:
                return Link(found, "speakers/branch", 0.7)
        if found is not None:
            found.keys |= _keys(phrase)
            return Link(found, "speakers/known_name", 0.95)
        return Link(self._new(phrase), "speakers/proper_name", 0.92)

    def _spelled_out(self, acronym: str) -> Entity | None:
        """`GEW` after `Gewerkschaft Erziehung und Wissenschaft`: first letters of the words, one candidate only."""
        letters = fold(acronym)
        if not acronym.isupper() or not 3 <= len(letters) <= 6:
            return None
        fitting = [e for e in self.entities if e.kind in _BODIES and any(_initials(w) == letters for w in e.written)]
        return fitting[0] if len(fitting) == 1 else None

    # -- offices ----------------------------------------------------------------------------------------------------

    def _role(self, phrase: Phrase, place: Place) -> Link:
        if phrase.plural:
            return self._people(phrase, place)
        same = [e for e in self.entities if fold(e.phrase.name) == fold(phrase.name) and not e.plural]
        if phrase.definite:
            fitting = [e for e in self._persons(phrase, place) if _holds(e, phrase)]
            best = _one_or_latest(fitting, exact=lambda e: phrase.noun in e.nouns)
            if best is not None:
                return Link(best, "speakers/role", 0.9 if len(fitting) == 1 else 0.75)
            if not phrase.affiliation:
                recent = self._recent_speaker(phrase, place)
                if recent is not None:
                    return Link(recent, "speakers/role_of_last_speaker", 0.65)
        if same:
            return Link(same[-1], "speakers/same_description", 0.8)
        return Link(self._new(phrase), "speakers/description", 0.85)

    def _persons(self, phrase: Phrase, place: Place) -> list[Entity]:
        return [e for e in self.entities if e.kind == "person" and _agree(e.gender, phrase.gender) and not e.plural]

    def _recent_speaker(self, phrase: Phrase, place: Place) -> Entity | None:
        """`der Politiker`, `der 54-Jährige`: the one person in sight, if there is one."""
        people = [
            e
            for e in self._persons(phrase, place)
            if 0 <= place.sentence - e.sentence <= 2 and e.at < place.span.start and not e.quoted
        ]
        spoken = [e for e in people if e.spoke >= 0]
        pool = spoken or people
        if len(pool) == 1 and not _other_office(pool[0], phrase):
            return pool[0]
        return None

    def _people(self, phrase: Phrase, place: Place) -> Link:
        if phrase.name.lower().startswith(("beide ", "beiden ")):
            both = self._both(phrase, place)
            if both.entity is not None:
                return both
        same = [e for e in self.entities if e.plural and fold(e.phrase.name) == fold(phrase.name)]
        if same:
            return Link(same[-1], "speakers/same_description", 0.85)
        if phrase.definite and not phrase.modified:
            fitting = [
                e for e in self.entities if e.plural and phrase.head in e.heads and place.sentence - e.sentence <= 8
            ]
            fitting = [e for e in fitting if e.spoke >= 0] or fitting
            if fitting:
                return Link(max(fitting, key=lambda e: e.at), "speakers/group_again", 0.75)
        return Link(self._new(phrase), "speakers/description", 0.85)

    # -- bodies -----------------------------------------------------------------------------------------------------

    def _body(self, phrase: Phrase, place: Place) -> Link:
        if phrase.plural and phrase.name.lower().startswith(("beide ", "beiden ")):
            both = self._both(phrase, place)
            if both.entity is not None:
                return both
        found = self._by_key(phrase)
        if found is not None and found.kind == phrase.kind:
            return Link(found, "speakers/same_body", 0.93)
        same = [e for e in self.entities if fold(e.phrase.name) == fold(phrase.name) and e.kind == phrase.kind]
        if same:
            return Link(same[-1], "speakers/same_body", 0.93)
        if phrase.definite and not phrase.plural and not phrase.modified:
            fitting = [e for e in self.entities if e.kind == phrase.kind and not e.plural and _names_kind(e, phrase)]
            if fitting:
                if len(fitting) == 1:
                    return Link(fitting[0], "speakers/body_again", 0.85)
                exact = [e for e in fitting if phrase.noun in e.nouns] or fitting
                spoken = [e for e in exact if e.spoke >= 0] or exact
                return Link(max(spoken, key=lambda e: e.at), "speakers/body_again", 0.65)
        if phrase.definite and phrase.plural and not phrase.modified:
            fitting = [e for e in self.entities if e.plural and e.kind == phrase.kind and phrase.noun in e.nouns]
            if len(fitting) == 1:
                return Link(fitting[0], "speakers/body_again", 0.75)
        if phrase.definite and not phrase.plural and not phrase.modified and _is_label(self.vocabulary, phrase):
            near = [
                e for e in self.entities
                if e.kind == phrase.kind and e.phrase.named and e.at < place.span.start and 0 <= place.sentence - e.sentence <= 2
                and not e.plural and _gender_unknown_or_same(e, phrase)
            ]  # fmt: skip
            spoken = [e for e in near if e.spoke >= 0]
            pool = near if len(near) == 1 else spoken
            if len(pool) == 1:
                return Link(pool[0], "speakers/label_again", 0.6)
        return Link(self._new(phrase), "speakers/description", 0.85)

    def _description(self, phrase: Phrase, place: Place) -> Link:
        same = [e for e in self.entities if fold(e.phrase.name) == fold(phrase.name)]
        if same:
            return Link(same[-1], "speakers/same_description", 0.8)
        if phrase.definite and not phrase.modified and len(phrase.noun) > 5:
            longer = [e for e in self.entities if any(n.lower().endswith(phrase.noun.lower()) for n in e.nouns)]
            if len(longer) == 1:
                return Link(longer[0], "speakers/description_again", 0.7)
        return Link(self._new(phrase), "speakers/description", 0.75)

    def _list(self, phrase: Phrase, place: Place) -> Link:
        members = []
        for part in phrase.parts:
            link = self._link(part, place)
            if link.entity is None:
                return Link(None, "speakers/list", 0.3)
            self._note(link.entity, part, Place(place.span, place.sentence, False, place.quoted))
            link.entity.spans.remove(place.span) if place.span in link.entity.spans else None
            members.append(link.entity)
        key = tuple(members)
        same = [e for e in self.entities if e.members == key]
        if same:
            return Link(same[0], "speakers/list", 0.85)
        entity = self._new(phrase)
        entity.members = key
        return Link(entity, "speakers/list", 0.85)

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def _pronoun(self, phrase: Phrase, place: Place) -> Link:
        if phrase.pointer in {"nobody", "first"}:
            return Link(None, "speakers/nobody", 0.8)
        if phrase.pointer == "both":
            return self._both(phrase, place)
        scored = sorted(
            (
                (self._salience(e, phrase, place), e.at, e)
                for e in self.entities
                if self._fits(e, phrase.readings, place)
            ),
            key=lambda item: item[:2],
        )
        if not scored:
            return Link(None, "speakers/pronoun", 0.3)
        best = scored[-1]
        if len(scored) > 1 and best[0] - scored[-2][0] < 0.5:
            return Link(None, "speakers/pronoun_open", 0.3)
        margin = best[0] - scored[-2][0] if len(scored) > 1 else 4.0
        return Link(best[2], "speakers/pronoun", min(0.9, 0.6 + 0.08 * margin))

    def _both(self, phrase: Phrase, place: Place) -> Link:
        """`die beiden`, `beide Parteien`: the last pair, or the only two in sight."""
        pairs = [e for e in self.entities if len(e.members) == 2 and place.sentence - e.sentence <= 6]
        if pairs:
            return Link(max(pairs, key=lambda e: e.at), "speakers/both", 0.75)
        bodies = phrase.kind in _BODIES
        near = [
            e for e in self.entities
            if 0 <= place.sentence - e.sentence <= 3 and not e.plural and e.phrase.named and (e.kind in _BODIES) == bodies
            and not e.members and e.at < place.span.start
        ]  # fmt: skip
        if phrase.gender in {"m", "f"}:
            near = [e for e in near if e.gender == phrase.gender]
        if len(near) != 2:
            return Link(None, "speakers/both", 0.3)
        parts = (near[0].phrase, near[1].phrase)
        entity = self._new(
            Phrase("list", "", "group", all(p.named for p in parts), plural=True, parts=parts, by="speakers/list")
        )
        entity.members = (near[0], near[1])
        return Link(entity, "speakers/both", 0.65)

    def _fits(self, entity: Entity, readings: Readings, place: Place) -> bool:
        if entity.at < 0 or entity.at >= place.span.start or place.sentence - entity.sentence > _REACH:
            return False
        if (
            entity.kind in {"document", "group", "unknown"}
            and not entity.plural
            and entity.spoke < 0
            and not entity.members
        ):
            return False
        genders = {g for g, _ in readings}
        plural = entity.plural or bool(entity.members)
        if place.plural is True:
            return plural and "p" in genders
        if place.plural is False and plural and entity.kind != "state":
            return False
        if plural:
            return "p" in genders
        if entity.gender is None:
            return (
                bool(genders & {"m", "f"})
                if entity.kind == "person"
                else bool(genders & {"m", "f", "n"}) and entity.phrase.named
            )
        return entity.gender in genders

    def _salience(self, entity: Entity, phrase: Phrase, place: Place) -> float:
        distance = place.sentence - entity.sentence
        score = -2.0 * distance
        if entity.subject:
            score += 2.5 if phrase.pointer != "demonstrative" else -1.0
        if entity.spoke >= 0:
            score += 1.5 + (1.0 if entity.spoke == max(e.spoke for e in self.entities) else 0.0)
        if entity.kind == "person" or entity.members:
            score += 1.5
        if entity.gender is None and entity.kind != "person":
            score -= 2.0
        if entity.quoted:
            score -= 1.5
        if entity.phrase.named:
            score += 0.5
        return score + min(entity.times, 4) * 0.25


def _keys(phrase: Phrase) -> set[str]:
    if phrase.kind == "person" and phrase.form != "name":
        return set()
    names = {phrase.name}
    if phrase.by.startswith("de/metonyms") or phrase.by.startswith("de/states"):
        names.add(phrase.head)
    if phrase.alias and len(phrase.alias) > 1:
        names.add(phrase.alias)
    if phrase.given and phrase.kind != "person":
        names.add(" ".join(phrase.given))
    return {body_key(n) for n in names if n}


def _agree(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _distinct(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Different people among full names that come later; the longest form of each."""
    out: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda p: -len(p.given)):
        if not any(shortens(phrase.given, other.given) for other in out):
            out.append(phrase)
    return out


def _holds(entity: Entity, phrase: Phrase) -> bool:
    """Does this person hold the office that the phrase names? `der Minister` fits `Außenminister`."""
    if phrase.noun in entity.nouns:
        return _same_complement(entity, phrase)
    if not phrase.noun:
        return False
    fits = any(n.lower().endswith(phrase.noun.lower()) or phrase.noun.lower().endswith(n.lower()) for n in entity.nouns)
    return (fits and _same_complement(entity, phrase)) or (
        phrase.head in entity.heads and not phrase.modified and len(phrase.noun) <= len(phrase.head) + 3
    )


def _same_complement(entity: Entity, phrase: Phrase) -> bool:
    if phrase.affiliation is None or entity.affiliation is None:
        return True
    return body_key(phrase.affiliation) == body_key(entity.affiliation)


def _other_office(entity: Entity, phrase: Phrase) -> bool:
    """`der Richter` is not the person just introduced as `Verteidiger`."""
    if phrase.head in _ANYBODY:
        return False
    return bool(
        entity.phrase.form == "role"
        or (entity.heads and phrase.head in {"Sprecher", "Richter", "Anwalt", "Staatsanwalt", "Verteidiger"})
    )


def _one_or_latest(fitting: Sequence[Entity], exact: Callable[[Entity], bool]) -> Entity | None:
    if not fitting:
        return None
    pool = [e for e in fitting if exact(e)] or list(fitting)
    named = [e for e in pool if e.phrase.named] or pool
    return max(named, key=lambda e: e.at)


def _names_kind(entity: Entity, phrase: Phrase) -> bool:
    """`das Kartellamt` fits `Bundeskartellamt`, `die Universität` fits `Universität Hagenau`."""
    noun = phrase.noun.lower()
    return any(n.lower() == noun or n.lower().endswith(noun) for n in entity.nouns)


def _gender_unknown_or_same(entity: Entity, phrase: Phrase) -> bool:
    return bool(entity.phrase.by)


def _is_label(vocabulary: Vocabulary, phrase: Phrase) -> bool:
    return any(n.label for n in vocabulary.nouns(phrase.noun)) and phrase.noun == phrase.head


def _initials(name: str) -> str:
    return fold("".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper()))


def expands(acronym: str, words: Sequence[str]) -> bool:
    """Is the bracket the long form of the name before it: `NUB (Nationale Umweltbehörde)`?"""
    return len(words) > 1 and acronym_of(acronym, words)
