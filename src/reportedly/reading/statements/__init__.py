"""Who said what? Every attributed statement of an article, found by tables and grammar, and a network beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.languages import Language
from reportedly.languages.grammar import Grammar, grammar_of
from reportedly.model.analysis import Analysis
from reportedly.model.statement import Form, Statement
from reportedly.reading.statements.acts import act
from reportedly.reading.statements.assemble import Draft, Page, assemble, drafts_of, numbered
from reportedly.reading.statements.backward import refers_back
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.carried import announced, free_indirect, hearsay
from reportedly.reading.statements.circumstances import add_circumstances
from reportedly.reading.statements.clausal import clausal
from reportedly.reading.statements.clauses import Segment, segments_of
from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.frames import frames_of
from reportedly.reading.statements.inserted import wie_clause
from reportedly.reading.statements.lexical import CueTables, cue_tables
from reportedly.reading.statements.nominal import nominal_in
from reportedly.reading.statements.phrased import phrases_in
from reportedly.reading.statements.quoted import doer_of, quoted_in
from reportedly.reading.statements.units import Line, lines_of
from reportedly.weights import TABLES

if TYPE_CHECKING:
    from reportedly.reading.statements.learned import Engine  # it loads numpy: only where a network is asked

__all__ = ["find_statements", "find_with"]


def find_statements(analysis: Analysis, language: Language, weights: str = TABLES) -> tuple[Statement, ...]:
    """All statements in reading order. A language that is not read gives its quotations, without speakers.

    `weights` names the line of the network that reads beside the tables ("tables": they read alone). Raises WeightsError where its file is missing or damaged.
    """
    if not language.reads:
        grammar = grammar_of(language)
        return assemble(_quotations_only(analysis, grammar), analysis, grammar)
    if weights == TABLES:
        return numbered(drafts(analysis, language)[0])
    from reportedly.reading.statements.learned import engine_of

    return find_with(engine_of(language.code, weights), analysis, language)


def find_with(engine: Engine, analysis: Analysis, language: Language) -> tuple[Statement, ...]:
    """What tables and this network decide together."""
    from reportedly.reading.statements.learned import decided
    from reportedly.reading.statements.learned.joined import joined

    from_tables, lines = drafts(analysis, language)
    found = decided(engine, numbered(from_tables), analysis, language)
    return numbered(joined(engine, found, from_tables, lines, Page(analysis, grammar_of(language))))


def drafts(analysis: Analysis, language: Language) -> tuple[list[Draft], list[Line]]:
    """What the tables find, in reading order, and the lines they found it in."""
    tables = cue_tables(language)
    found: list[tuple[Line, list[Segment], list[Candidate]]] = []
    pending: Frame | None = None
    told: Range | None = None
    before: dict[int, Line] = {}  # the line before, in the article's own voice and in each quotation
    for line in lines_of(analysis, tables.grammar, tables.voices.of_article):
        segments = segments_of(line)
        candidates, frames = _in_line(line, segments, tables, pending, told, before.get(id(line.host)))
        before[id(line.host)] = line
        found.append((line, segments, candidates))
        pending = _opens_quotation(line, segments, frames, analysis)
        told = (
            None
            if pending or analysis.tokens[line.last - 1].text != ":"
            else doer_of(line, segments, tables, alone=True)
        )
    candidates = [c for _, _, cs in found for c in cs]
    candidates += free_indirect(found, tables)
    return drafts_of(candidates, Page(analysis, tables.grammar)), [line for line, _, _ in found]


def _in_line(
    line: Line,
    segments: list[Segment],
    tables: CueTables,
    pending: Frame | None,
    told: Range | None,
    before: Line | None,
) -> tuple[list[Candidate], list[Frame]]:
    frames = list(frames_of(line, segments, tables))
    out = quoted_in(line, segments, frames, tables, pending, told)
    used = {i for c in out for i in c.cue}
    inserted = {f.k: c for f in frames if (c := wie_clause(f))}
    for frame in frames:
        if used & set(frame.cue):
            continue
        candidate = (
            inserted.get(frame.k) or clausal(frame, inserted) or refers_back(frame, before) or act(frame, tables)
        )
        if candidate:
            out.append(candidate)
    out += nominal_in(line, segments, tables)
    out += announced(line, segments, tables, out)
    out += phrases_in(line, segments, tables)
    out += hearsay(line, segments, tables, out)
    add_circumstances(line, out, frames, tables)
    return out, frames


def _opens_quotation(line: Line, segments: list[Segment], frames: list[Frame], analysis: Analysis) -> Frame | None:
    """A frame that ends its line with a colon: the quotation stands in the next one."""
    end = line.last - 1
    if end < 0 or analysis.tokens[end].text != ":" or not frames:
        return None
    return frames[-1] if frames[-1].stop >= len(segments) else None


def _quotations_only(analysis: Analysis, grammar: Grammar) -> list[Candidate]:
    """One direct statement for each quotation that can stand alone."""
    return [
        Candidate(Form.DIRECT, [(u.quote.inner_first, u.quote.inner_last)], line, "rule/quotation-alone", 0.3)
        for line in lines_of(analysis, grammar)
        if line.host is None
        for u in line.units
        if u.quote
    ]
