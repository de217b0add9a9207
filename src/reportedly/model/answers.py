"""What does an archive answer? Records that command line, browser and programmer share, each with its JSON twin."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from reportedly.model.query import Note
from reportedly.model.sameness import Bearer
from reportedly.model.span import Span


class Known(StrEnum):
    """What became of an article that was added."""

    NEW = "new"
    VERSION = "version"
    THERE = "there"
    ABSENT = "absent"


class Record:
    """What all answers have in common: the JSON twin."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON-ready data; places are `[start, end]`."""
        data: dict[str, Any] = _plain(asdict(self))  # type: ignore[call-overload]
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"start", "end"}:
            return [value["start"], value["end"]]
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """One statement that a query shows, with all that a line of results needs.

    `place` is where the content stands in the text of the article; `marks` are the words of the query within `content`.
    `speaker` is the resolved name, `written` the words of the text that name them here. `said_first` and `said_last` are the days between
    which it was said, where the text tells them; mostly one.
    """

    article: str
    statement: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    form: str
    cue_class: str
    speaker: str | None
    named: bool
    written: str | None
    cue: str
    content: str
    place: tuple[Span, ...]
    confidence: float
    damaged: bool
    judged: str | None = None
    marks: tuple[Span, ...] = ()
    said_first: str | None = None
    said_last: str | None = None


@dataclass(frozen=True, slots=True)
class FacetRow(Record):
    """A value, how many of the hits have it, what to add to the query for exactly these, and how many `of` the whole archive have it."""

    value: str
    count: int
    query: str
    of: int = 0


@dataclass(frozen=True, slots=True)
class Facet(Record):
    """What the hits are like in one respect; `more` values beyond those shown."""

    field: str
    rows: tuple[FacetRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class DayCount(Record):
    """How many statements of one form fall on a day; `known`: the text tells that it was said then, else it was published then."""

    day: str
    known: bool
    form: str
    count: int


@dataclass(frozen=True, slots=True)
class TimeRow(Record):
    """What somebody said, day by day; `query` finds these alone, `names` are all spellings. No name: those who have none."""

    name: str
    query: str
    statements: int
    days: tuple[DayCount, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverTime(Record):
    """When what a query shows was said: a row for everybody who says most, all statements of all rows day by day (`whole`), how many rows
    are not shown (`more`), how many statements no day is known of."""

    rows: tuple[TimeRow, ...]
    whole: tuple[DayCount, ...]
    more: int
    undated: int


@dataclass(frozen=True, slots=True)
class Alone(Record):
    """What one requirement of a query without hits finds by itself, and what the query finds without it."""

    written: str
    alone: int
    without: int


@dataclass(frozen=True, slots=True)
class Page(Record):
    """A page of results: `hits` from `first` on, of `statements` in `articles`; what was read otherwise in `notes`.

    `why_none` tells, where nothing was found, which requirement it was.
    """

    hits: tuple[Hit, ...]
    first: int
    statements: int
    articles: int
    notes: tuple[Note, ...] = ()
    facets: tuple[Facet, ...] = ()
    why_none: tuple[Alone, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleRow(Record):
    """A role, in how many articles it is given, and in the first and last of which days."""

    role: str
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SpeakerRow(Record):
    """Somebody who speaks in the archive: all that judgements make one, else all of one name; without a name each article has its
    own. `names` are the spellings, the most frequent first, `held` the roles with their days, `ids` those of gazetteers,
    `office` the key of an office or seat that it is ("government RU")."""

    name: str
    kind: str
    named: bool
    statements: int
    articles: int
    first: str | None
    last: str | None
    roles: tuple[str, ...]
    query: str
    article: str | None = None
    names: tuple[str, ...] = ()
    held: tuple[RoleRow, ...] = ()
    ids: tuple[str, ...] = ()
    office: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """What an article says of a bearer of a name: the sentence that names it first, and where that stands in the text."""

    article: str
    outlet: str | None
    published: str | None
    name: str
    roles: tuple[str, ...]
    sentence: str
    place: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Why(Record):
    """A judgement on two names, as a line: `left` and `right` as `reportedly same` takes them."""

    left: str
    right: str
    verdict: str
    by: str
    at: str
    why: str
    sure: float


@dataclass(frozen=True, slots=True)
class Doubt(Record):
    """Two who may be one, with what articles say of both. `pair` is whom `Archive.same` takes, also where both bear one name."""

    why: Why
    left: tuple[Evidence, ...]
    right: tuple[Evidence, ...]
    pair: tuple[Bearer, ...]


@dataclass(frozen=True, slots=True)
class Count(Record):
    """A count and the query that lists what was counted."""

    count: int
    query: str


@dataclass(frozen=True, slots=True)
class SpeakerPage(Record):
    """All about one speaker: `says` and `about` (what others say with the name in it) as counts with their queries and the newest
    hits, `spellings` with their days, `chain` why these are one, `doubts` who else it may be (the likeliest, and `more_doubts`),
    `kept_apart` who it is not."""

    row: SpeakerRow
    says: Count
    newest: tuple[Hit, ...]
    about: Count
    spellings: tuple[RoleRow, ...]
    chain: tuple[Why, ...]
    doubts: tuple[Doubt, ...]
    kept_apart: tuple[Why, ...]
    more_doubts: int = 0


@dataclass(frozen=True, slots=True)
class OutletRow(Record):
    """What an outlet quotes: counts, no verdict; each with the query for the list behind it. `genders` counts statements of persons
    with a name: f, m, u (unknown)."""

    outlet: str
    articles: int
    statements: Count
    forms: dict[str, Count]
    cue_classes: dict[str, Count]
    unnamed: Count
    nobody: int
    verbatim: Count
    genders: dict[str, Count] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideRow(Record):
    """How an outlet introduces what one side says: `side` is the query that tells which, counts by class of cue with their lists."""

    outlet: str
    side: str
    statements: Count
    cue_classes: dict[str, Count]


@dataclass(frozen=True, slots=True)
class Refused(Record):
    """An input that could not be read: where it came from, why, when it was tried first and last, how often."""

    origin: str
    reason: str
    first: str
    last: str
    times: int


@dataclass(frozen=True, slots=True)
class Version(Record):
    """Where a text was met; the texts of one address are its versions, numbered as they came."""

    article: str
    version: int
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    origin: str | None
    added: str


@dataclass(frozen=True, slots=True)
class Problem(Record):
    """Something in an archive that is not as it should be: where, what, and what to do."""

    where: str
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Figures(Record):
    """How much an archive holds. `characters` of all texts, `bytes` on the disk, `version` of the tables;
    `engine` is the program that keeps them."""

    articles: int
    statements: int
    refused: int
    judgements: int
    characters: int
    bytes: int
    version: int
    engine: str


@dataclass(frozen=True, slots=True)
class Progress(Record):
    """How far an import is, in counts. `left` is None where nobody can know how much is still to come."""

    read: int = 0
    new_versions: int = 0
    there: int = 0
    refused: int = 0
    statements: int = 0
    left: int | None = None
    current: str = ""


@dataclass(frozen=True, slots=True)
class Looked(Record):
    """One look at many feeds: what was taken, and how many feeds were due. Of these `failed` gave no feed, `put_off` were not asked (their
    host was silent, or the time was over: they come first next time); `resting` failed before and are not due yet."""

    feeds: int = 0
    failed: int = 0
    put_off: int = 0
    resting: int = 0
    seconds: float = 0.0
    taken: Progress = Progress()
