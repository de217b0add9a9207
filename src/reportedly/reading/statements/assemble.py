"""Which proposals become statements? Rivals, edges, quoted stretches, nesting, reading order, ids, places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.languages.grammar import Grammar
from reportedly.model.analysis import Analysis, QuotePair, Token
from reportedly.model.joins import Near
from reportedly.model.span import Pieces, Span, hull, overlap, pieces
from reportedly.model.statement import Authority, Form, Medium, Mood, Statement
from reportedly.reading.statements.candidate import AuthorityFound, Candidate, Range

_EDGE = frozenset({",", ";", ":", "–", "—", "-", "--"})
_STOP = frozenset({".", "…", "..."})


Draft = tuple[Candidate, Statement]
"""A proposal and the statement it would make, without number and neighbours."""


def assemble(candidates: Sequence[Candidate], analysis: Analysis, grammar: Grammar) -> tuple[Statement, ...]:
    """Statements in reading order, their places in the original text."""
    return numbered(drafts_of(candidates, Page(analysis, grammar)))


def drafts_of(candidates: Sequence[Candidate], page: Page) -> list[Draft]:
    """The proposals that stand against their rivals, in reading order."""
    kept = _rivals([c for c in candidates if c.content], page)
    return in_order([(c, s) for c in kept if (s := draft_of(c, page)) is not None])


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: (_start(d[0]), -d[0].stop, -_size(d[0])))


def numbered(drafts: Sequence[Draft]) -> tuple[Statement, ...]:
    """The statements of drafts in reading order: their numbers, who stands in whom, and who goes on speaking."""
    within = _nesting([s for _, s in drafts])
    out: list[Statement] = []
    for n, (c, s) in enumerate(drafts):
        holder, implied = within[n], None
        if c.carried and s.speaker is None:
            source = _source(n, drafts, within)
            implied = None if source is None else f"s{source + 1}"
        outer = None if holder is None else f"s{holder + 1}"
        out.append(replace(s, id=f"s{n + 1}", within=outer, implied=implied))
    return tuple(out)


def _start(c: Candidate) -> int:
    return min([c.start, *[a for a, _ in c.frame]])


def _rivals(candidates: list[Candidate], page: Page) -> list[Candidate]:
    """Of proposals that share their cue, or claim nearly the same content under the same frame, the surer one stays."""
    kept: list[Candidate] = []
    cells: dict[int, list[Candidate]] = {}
    for c in sorted(candidates, key=lambda c: (-c.sure, c.start)):
        mine = _cells(c)
        if own_voice(c, page) or any(_clash(c, other) for cell in mine for other in cells.get(cell, ())):
            continue
        kept.append(c)
        for cell in mine:
            cells.setdefault(cell, []).append(c)
    return kept


def _cells(c: Candidate) -> set[int]:
    """The stretches of 64 tokens that a proposal touches: rivals share one."""
    return {cell for a, b in c.content for cell in range(a // 64, b // 64 + 1)} | {i // 64 for i in c.cue}


def _clash(c: Candidate, other: Candidate) -> bool:
    """May only one of the two stand? `other` is the surer one."""
    if other.line is not c.line and other.form is not Form.DIRECT:
        return False
    mine, theirs = set(c.cue), set(other.cue)
    shared = _shared(other, c)
    if mine & theirs and (mine <= theirs or theirs <= mine or shared > 0):
        return True
    noun = c.by.split("#")[0].endswith("nouns.tsv") and not other.by.split("#")[0].endswith("nouns.tsv")
    if noun and c.sure < 0.7 and any(a <= i < b for i in c.cue for a, b in other.content):
        return True  # "wertet das als Hinweis, dass …": the noun stands in what was said
    if c.form is Form.FREE_INDIRECT and c.by != "rule/konjunktiv-eins" and shared > 0:
        return True
    return shared > 0.9 * min(_size(other), _size(c)) and abs(_size(other) - _size(c)) <= 2


def own_voice(c: Candidate, page: Page) -> bool:
    """`ich glaube`: inside one's own direct speech and in the writer's own voice no statement of another (annotation,
    settled case 8)."""
    if c.speaker is None:
        return c.line.host is not None and not c.cue
    words = {page.tokens[i].lower for i in range(*c.speaker)}
    return words <= page.first_person or words <= page.pointers


def _size(c: Candidate) -> int:
    return sum(b - a for a, b in c.content)


def _shared(a: Candidate, b: Candidate) -> int:
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a.content for y in b.content)


def _trim(r: Range, tokens: Sequence[Token], stops: bool = True) -> Range | None:
    a, b = r
    while a < b and (tokens[a].text in _EDGE or tokens[a].text in _STOP):
        a += 1
    while b > a and (tokens[b - 1].text in _EDGE or (stops and tokens[b - 1].text in _STOP)):
        b -= 1
    if b - a > 1 and sum("Q" in t.tags for t in tokens[a:b]) % 2:
        # an odd mark at the edge belongs to its neighbour: `sagte, dass „`
        if "Q" in tokens[b - 1].tags:
            return _trim((a, b - 1), tokens, stops)
        if "Q" in tokens[a].tags:
            return _trim((a + 1, b), tokens, stops)
    return (a, b) if a < b else None


def _places(ranges: Sequence[Range], page: Page, *, stops: bool = True, quotes: Sequence[QuotePair] = ()) -> Pieces:
    out: list[Span] = []
    for r in ranges:
        trimmed = _trim(r, page.tokens, stops)
        if trimmed is None:
            continue
        out.extend(page.places(*trimmed))
    return pieces(_balanced(s, page) for s in out)


def _balanced(span: Span, page: Page) -> Span:
    """A mark at the edge whose partner lies outside goes; so do two marks that enclose all of it."""
    text = page.text
    for pair in page.quotes_at(span):
        if pair.outer.start <= span.start and pair.outer.end >= span.end:
            start = max(span.start, pair.inner.start)
            end = min(span.end, pair.inner.end)
            if start < end:
                span = Span(start, end)
        elif pair.inner.end == span.end and pair.outer.end > span.end and pair.outer.start >= span.start:
            span = Span(span.start, pair.outer.end)  # the closing mark belongs to a stretch inside
        elif pair.outer.start < span.start == pair.inner.start and pair.outer.end <= span.end:
            span = Span(pair.outer.start, span.end)
    return span.trimmed(text)


class Page:
    """The analysis with its quotations ready for look-up by place."""

    def __init__(self, analysis: Analysis, grammar: Grammar) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.text = analysis.text
        self.first_person = grammar.words("first_person")
        self.pointers = grammar.words("pointer")
        self._near = Near([p.outer for p in analysis.quotes])

    def quotes_at(self, span: Span) -> list[QuotePair]:
        return [self.analysis.quotes[i] for i in self._near.touching([span])]

    def places(self, first: int, last: int) -> Pieces:
        return self.analysis.places(first, last)

    def span(self, first: int, last: int) -> Span:
        return self.analysis.span(first, last)


def draft_of(c: Candidate, page: Page) -> Statement | None:
    direct = c.form is Form.DIRECT
    c = _with_bracket(c, page.tokens)
    places = pieces(s for r in c.content for s in page.places(*r))
    content = places if direct else _places(c.content, page)
    if not content:
        return None
    quoted: Pieces = ()
    form = c.form
    if not direct:
        quoted = _quoted(content, page, c.judges)
        if quoted and form in (Form.INDIRECT, Form.REPORTED):
            form = Form.MIXED
    frame = _frame(_minus(c.frame, c.content if not c.hearsay else []), c.content, page)
    speaker = _place(c.speaker, page)
    return Statement(
        "",
        form,
        content,
        quoted,
        _runs(c.cue, page),
        frame,
        speaker,
        _place(c.addressee, page),
        tuple(_authority(a, page) for a in c.authority),
        _places(c.occasion, page),
        _places(c.time, page),
        None,
        Medium(c.medium),
        c.cue_class,
        _mood(c, page),
        c.negated,
        None,
        c.by,
        c.sure,
        tuple(c.trace),
    )


def _runs(tokens: Sequence[int], page: Page) -> Pieces:
    """Token numbers as places, neighbours in one piece: `Nach Angaben`, `habe … gesagt`."""
    out: list[Span] = []
    run: list[int] = []
    for i in sorted(tokens):
        if run and i != run[-1] + 1:
            out.append(page.span(run[0], run[-1] + 1))
            run = []
        run.append(i)
    if run:
        out.append(page.span(run[0], run[-1] + 1))
    return pieces(out)


def _frame(ranges: Sequence[Range], content: Sequence[Range], page: Page) -> Pieces:
    """The frame with the comma or colon that leads to the content, without the one before it."""
    out: list[Range] = []
    for a, b in ranges:
        trimmed = _trim((a, b), page.tokens)
        if trimmed is None:
            continue
        last = trimmed[1]
        leads = any(last < start <= last + 3 for start, _ in content) or any(b == start for start, _ in content)
        if leads and last < len(page.tokens) and page.tokens[last].text in {",", ":"}:
            last += 1
        out.append((trimmed[0], last))
    return pieces(s for r in out for s in page.places(*r))


def _minus(frame: Sequence[Range], content: Sequence[Range]) -> list[Range]:
    out = list(frame)
    for a, b in content:
        rest: list[Range] = []
        for x, y in out:
            if b <= x or y <= a:
                rest.append((x, y))
                continue
            if x < a:
                rest.append((x, a))
            if b < y:
                rest.append((b, y))
        out = rest
    return out


def _place(r: Range | None, page: Page) -> Span | None:
    if r is None:
        return None
    trimmed = _trim((r[0], _past_bracket(r[1], page.tokens)), page.tokens)
    if trimmed is None:
        return None
    return hull([_balanced(s, page) for s in page.places(*trimmed)])


def _past_bracket(b: int, tokens: Sequence[Token]) -> int:
    """A bracket right behind a name belongs to it: `Karin Oelmann (Grüne)`."""
    if b < len(tokens) and tokens[b].text == "(" and tokens[b - 1].text[:1].isupper():
        return next((j + 1 for j in range(b + 1, min(b + 14, len(tokens))) if tokens[j].text == ")"), b)
    return b


def _with_bracket(c: Candidate, tokens: Sequence[Token]) -> Candidate:
    """`Laut Karin Oelmann (Grüne) [sei es so]`: the bracket of the speaker is frame, not content."""
    stop = c.speaker[1] if c.speaker else 0
    after = _past_bracket(stop, tokens) if stop else 0
    if after == stop or c.form is Form.DIRECT or all(a != stop for a, _ in c.content):
        return c
    content = [(after if a == stop else a, b) for a, b in c.content]
    frame = [(a, after if b == stop else b) for a, b in c.frame]
    return replace(c, content=[(a, b) for a, b in content if a < b], frame=frame)


def _authority(a: AuthorityFound, page: Page) -> Authority:
    span = _places([(first, _past_bracket(last, page.tokens)) for first, last in a.span], page)
    return Authority(_places(a.marker, page), span, a.kind, _place(a.owner, page))


def _quoted(content: Pieces, page: Page, judges: bool) -> Pieces:
    """Quoted stretches inside the content; a name, a title or a single term kept at a distance is none."""
    whole = hull(content)
    assert whole is not None
    out: list[Span] = []
    for pair in page.quotes_at(whole):
        inner = pair.inner.trimmed(page.text, ".,")
        if len(inner) == 0 or overlap([inner], content) < len(inner):
            continue
        if any(s.covers(pair.inner) for s in out):
            continue
        words = pair.inner.of(page.text).split()
        small = [w for w in words if w[:1].islower()]
        if not judges and (len(words) == 1 or not small):
            continue
        out.append(pair.inner)
    return pieces(out)


def _mood(c: Candidate, page: Page) -> Mood | None:
    if c.hearsay:
        return Mood.HEARSAY
    seen: set[str] = set()
    for a, b in c.content:
        first_person = any(t.lower in page.first_person for t in page.tokens[a:b])
        for t in page.tokens[a:b]:
            if (t.text[:1].isupper() and "E" in t.tags) or "N" in t.tags:
                continue
            if "1" in t.tags and not ("f" in t.tags and (first_person or c.form is Form.DIRECT)):
                seen.add("1")
            elif "2" in t.tags and "f" not in t.tags:
                seen.add("2")
            elif "f" in t.tags and not t.tags & {"p", "i"}:
                seen.add("f")
    if c.form is Form.DIRECT:
        return Mood.INDICATIVE if "f" in seen else Mood.KONJUNKTIV2 if "2" in seen else None
    if "1" in seen:
        return Mood.KONJUNKTIV1
    if "2" in seen:
        return Mood.KONJUNKTIV2
    return Mood.INDICATIVE if seen else None


def _nesting(statements: Sequence[Statement]) -> list[int | None]:
    """For each statement the number of the smallest other one whose content holds its content."""
    hulls = [hull(s.content) or Span(0, 0) for s in statements]
    sizes = [sum(map(len, s.content)) for s in statements]
    near = Near(hulls)
    out: list[int | None] = []
    for n, s in enumerate(statements):
        best: int | None = None
        for m in near.touching([Span(hulls[n].start, hulls[n].start + 1)]):
            other = statements[m]
            if m == n or not hulls[m].covers(hulls[n]) or overlap(s.content, other.content) < 0.9 * sizes[n]:
                continue
            outer = s.cue and overlap(s.cue, other.content) > overlap(other.cue, s.content)
            if sizes[m] < sizes[n] or (sizes[m] == sizes[n] and not outer):
                continue
            if best is None or sizes[m] < sizes[best]:
                best = m
        out.append(best)
    return out


def _source(n: int, drafts: Sequence[Draft], within: Sequence[int | None]) -> int | None:
    """The statement before this one, on its own level, whose speaker may go on."""
    for m in range(n - 1, max(-1, n - 200), -1):
        if within[m] is not None and within[m] != within[n]:
            continue
        if drafts[m][0].line.host is not drafts[n][0].line.host:
            continue
        if within[n] == m:
            continue
        return m
    return None
