"""What do tables and network say together? `decided(...)`: which proposals of both stand.

The network sees what the tables found as marks on the words. Every statement of theirs is put to it, and it proposes its
own; each proposal has one score, and the surest of those that claim the same words stays. Where both mean the same
statement, the row of the tables stays its reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.statement import Statement
from reportedly.reading.statements.learned.marks import Marked, Words, outlines_of
from reportedly.reading.statements.learned.network import Network, Several, network_from
from reportedly.reading.statements.learned.proposals import Leanings, Proposal, alike, proposal_of
from reportedly.reading.statements.learned.shape import TYPES
from reportedly.weights import arrays

STATEMENTS, WORDS = "statements", "words"


@dataclass(frozen=True, slots=True)
class Deciding:
    """How tables and network are scored together; chosen on dev, kept in the weight file."""

    least: float = 0.45
    """What a proposal must reach."""
    alone: float = 0.12
    """How much the first word alone counts beside the whole window."""
    row: float = 0.2
    """How much the trust of a row adds where the tables found it too."""
    new: float = 0.0
    """What a proposal must reach beyond that where the tables know nothing of it."""
    same: float = 0.6
    """Word F1 of contents from which on two proposals are rivals."""
    forms: dict[str, float] = field(default_factory=dict)
    """What is added for a form."""
    agree: float = 0.8
    """Word F1 of contents from which on network and tables mean the same statement."""
    ours: frozenset[str] = frozenset({"content", "cue", "frame", "addressee"})
    """Parts that are taken from the tables where both mean the same."""
    speaker: float = 0.0
    """How sure the network must be of its speaker to overrule the one of the tables."""
    named: float = 0.0
    """How sure it must be to name one where the tables name none."""
    keep_bounds: bool = False
    """Where both mean the same speaker, does it end where the tables say?"""


@dataclass(slots=True)
class Decided:
    """A statement to be made: the proposal, its score, and the number of the statement of the tables it agrees with."""

    proposal: Proposal
    score: float
    row: int | None


@dataclass(frozen=True, slots=True)
class Engine:
    """A network with its settings."""

    network: Network | Several
    leanings: Leanings
    deciding: Deciding
    line: str


@lru_cache(maxsize=4)
def engine_of(code: str, line: str) -> Engine:
    """The network of a language and a line, or over an encoder from a hub ("hub:FOLDER"). Raises WeightsError."""
    if line.startswith("hub:"):
        from reportedly.reading.statements.learned.hub import engine_from_folder

        return engine_from_folder(line.removeprefix("hub:"))
    numbers, meta = arrays(f"{code}/{STATEMENTS}", line)
    words, _ = arrays(f"{code}/{WORDS}", line)
    return engine_from(network_from(numbers, words["table"]), meta, line)


def engine_from(network: Network | Several, meta: Mapping[str, str], line: str) -> Engine:
    """An engine with the settings that a weight file carries in its metadata."""
    settings = json.loads(meta.get("settings", "{}"))
    deciding = dict(settings.get("deciding", {}))
    if "ours" in deciding:
        deciding["ours"] = frozenset(deciding["ours"])
    return Engine(network, Leanings(**settings.get("leanings", {})), Deciding(**deciding), line)


def decided(engine: Engine, statements: Sequence[Statement], analysis: Analysis, language: Language) -> list[Decided]:
    """What stands, by score; `statements` are those of the tables. Every one of them is put to the network."""
    words = Words(analysis, language)
    page = Marked(words, outlines_of(statements, words.grid), "ours")
    return choose(engine, page)


def choose(engine: Engine, page: Marked) -> list[Decided]:
    """The proposals that stand, best first."""
    how = engine.deciding
    ranked: list[tuple[float, Proposal, bool]] = []
    for seed in engine.network.read(page, engine.leanings.seed):
        proposal = proposal_of(seed, len(page.words), engine.leanings)
        score = float(seed.chance**how.alone * seed.valid ** (1 - how.alone))
        found = page.begins.get((seed.at, seed.kind))
        if found is not None:
            score += how.row * page.outlines[found].sure
        ranked.append((score + how.forms.get(TYPES[seed.kind], 0.0), proposal, found is not None))
    ranked.sort(key=lambda r: (-r[0], r[1].first, r[1].outline.form))
    kept: list[Decided] = []
    for score, proposal, from_tables in ranked:
        if score < how.least:
            break
        row = _agreeing(proposal, page, how.agree)
        if row is None and score < how.least + how.new:
            continue
        if not any(_rivals(proposal, k, from_tables and k.row is not None, how.same) for k in kept):
            kept.append(Decided(proposal, score, row))
    return kept


def _rivals(proposal: Proposal, other: Decided, both_from_tables: bool, same: float) -> bool:
    """Do two claim the same words? Two statements of the tables have settled that between them already."""
    if both_from_tables and (proposal.first, proposal.outline.form) != (
        other.proposal.first,
        other.proposal.outline.form,
    ):
        return False
    return alike(proposal.outline.parts["content"], other.proposal.outline.parts["content"]) > same


def _agreeing(proposal: Proposal, page: Marked, least: float) -> int | None:
    """Number of the statement of the tables that means the same: it begins there in the same form, or has the same words."""
    found = page.begins.get((proposal.first, proposal.outline.form))
    if found is not None:
        return found
    content, best, which = proposal.outline.parts["content"], least, None
    for k, o in enumerate(page.outlines):
        if o.parts["content"][-1] < content[0] or o.parts["content"][0] > content[-1]:
            continue
        how = alike(content, o.parts["content"])
        if how > best:
            best, which = how, k
    return which
