"""What does a query ask of the tables? A Query -> a condition in SQL with its values; no word of a user becomes SQL."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.query import Choice, Clause, Condition, Days, Figures, How, Query, Where, Words
from reportedly.store.base import Wording
from reportedly.store.sqlite.rows import shown

_PLAIN = {
    Where.ANYWHERE: "said frame speaker",
    Where.SPEAKER: "speaker",
    Where.ADDRESSEE: "addressee",
    Where.AUTHORITY: "authority",
    Where.ABOUT: "said",
    Where.PLACE: "place",
}
_ALL = {**_PLAIN, Where.ANYWHERE: "said said_keys frame frame_keys speaker", Where.ABOUT: "said said_keys"}
_COLUMNS = {"form": "s.form", "cue_class": "s.cue_class", "language": "s.language"}
_NOWHERE = "0"


@dataclass(frozen=True, slots=True)
class Asked:
    """`tables` and `where` of a SELECT that finds the statements, with the `values` of both; `ranked` where words are sought."""

    tables: str
    where: str
    values: tuple[object, ...]
    ranked: bool


def asked(query: Query, wording: Wording) -> Asked:
    """The SELECT of a query. Words that all hits must have drive it; everything else is asked of the statements they give."""
    matches: list[str] = []
    where: list[str] = []
    values: list[object] = []
    for clause in query.clauses:
        if not clause.negated and all(isinstance(c, Words) for c in clause.any):
            found = [m for c in clause.any if isinstance(c, Words) and (m := match(c, wording))]
            if found:
                matches.append(_either(found))
            else:
                where.append(_NOWHERE)
            continue
        condition, given = _clause(clause, wording)
        where.append(condition)
        values.extend(given)
    if query.written.strip() and not query.clauses:  # signs alone: nothing can be found by them
        where.append(_NOWHERE)
    where.append("(s.shown OR s.judged = 'reject')" if _asks_for_rejected(query) else "s.shown")
    tables = "statement s"
    if matches:
        tables = "words CROSS JOIN statement s ON s.key = words.rowid"
        where.insert(0, "words MATCH ?")
        values.insert(0, " AND ".join(f"({m})" for m in matches))
    return Asked(tables, " AND ".join(where), tuple(values), bool(matches))


def match(condition: Words, wording: Wording) -> str:
    """The expression of the word index for some words; empty where there is no word in them."""
    sought = wording.sought(condition.text)
    if not sought:
        return ""
    plain = [part for word in sought for part, _ in word]
    in_order = f"{{{_PLAIN[condition.where]}}} : "
    anywhere = f"{{{_ALL[condition.where]}}} : "
    match condition.how:
        case How.PHRASE:
            return in_order + _phrase(plain)
        case How.NEAR if len(plain) > 1:
            return f"{in_order}NEAR({' '.join(_phrase([p]) for p in plain)}, {min(condition.reach, 200)})"
        case How.PREFIX:
            return f"{in_order}{_phrase(plain)} *"
    return " AND ".join(dict.fromkeys(f"({anywhere}{_word(word)})" for word in sought))


def _word(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """One word in any of its forms; a hyphenated one as it is, written in one, or by its parts."""
    if len(parts) == 1:
        plain, keys = parts[0]
        return f"({_either([_phrase([k]) for k in dict.fromkeys((plain, *keys))])})"
    plain_parts = [plain for plain, _ in parts]
    ways = [_phrase(plain_parts), _phrase(["".join(plain_parts)])]
    if any(len(p) > 3 for p in plain_parts):
        ways.append(f"({' AND '.join(_word((part,)) for part in parts)})")
    return f"({_either(ways)})"


def _either(ways: list[str]) -> str:
    return " OR ".join(f"({w})" if " AND " in w and len(ways) > 1 else w for w in ways)


def _phrase(words: list[str]) -> str:
    """Words as the index takes them: plain forms hold letters and digits only, the quotes make them nothing but words."""
    return '"' + " ".join(w.replace('"', "") for w in words) + '"'


def _clause(clause: Clause, wording: Wording) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for condition in clause.any:
        part, given = _condition(condition, wording)
        parts.append(part)
        values.extend(given)
    joined = f"({' OR '.join(parts)})"
    return (f"NOT coalesce({joined}, 0)" if clause.negated else joined), values


def _condition(condition: Condition, wording: Wording) -> tuple[str, list[object]]:
    match condition:
        case Words():
            expression = match(condition, wording)
            if not expression:
                return _NOWHERE, []
            return "s.key IN (SELECT rowid FROM words WHERE words MATCH ?)", [expression]
        case Days(first, last, said):
            low, high = ("s.said_last", "s.said_first") if said else ("s.day", "s.day")
            ends = [f"{column} {sign} ?" for column, sign, day in ((low, ">=", first), (high, "<=", last)) if day]
            return f"({' AND '.join(ends)})", [day for day in (first, last) if day]
        case Figures():
            return _figures(condition)
        case Choice():
            return _choice(condition, wording)


def _figures(condition: Figures) -> tuple[str, list[object]]:
    """A figure with its value between the two; a range of the text that overlaps them."""
    if condition.low is None and condition.high is None:
        return "s.figures > 0", []
    low = condition.low if condition.low is not None else -1e308
    high = condition.high if condition.high is not None else 1e308
    unit = " AND q.unit = ?" if condition.unit else ""
    return (
        "s.figures > 0 AND EXISTS (SELECT 1 FROM quantity q WHERE q.statement = s.key AND "
        f"(q.value BETWEEN ? AND ? OR (q.value IS NULL AND q.low <= ? AND q.high >= ?)){unit})",
        [low, high, high, low, *([condition.unit] if condition.unit else [])],
    )


def _choice(condition: Choice, wording: Wording) -> tuple[str, list[object]]:
    value = shown(condition.value) or ""
    match condition.field:
        case "outlet" if condition.exact:
            return "s.outlet IN (SELECT key FROM outlet WHERE name = ? OR folded = ?)", [value, wording.folded(value)]
        case "outlet":
            return "s.outlet IN (SELECT key FROM outlet WHERE instr(folded, ?))", [wording.folded(value)]
        case "speaker":
            return "s.shared IN (SELECT key FROM name WHERE name = ?)", [value]
        case "damage" if value in ("yes", "no"):
            return ("s.damaged" if value == "yes" else "NOT s.damaged"), []
        case "damage":
            return "s.key IN (SELECT statement FROM harm WHERE kind = ?)", [value]
        case "named":
            return ("s.named = 1" if value == "yes" else "s.named < 1"), []
        case "figure":
            return "s.figures = 0", []
        case "judged" if value in ("yes", "no"):
            return f"s.judged IS {'NOT ' if value == 'yes' else ''}NULL", []
        case "judged":
            return "s.judged = ?", [value]
    return f"{_COLUMNS[condition.field]} = ?", [value]


def _asks_for_rejected(query: Query) -> bool:
    return any(
        isinstance(c, Choice) and c.field == "judged" and c.value in ("reject", "yes")
        for clause in query.clauses
        if not clause.negated
        for c in clause.any
    )


def wanted_forms(query: Query, wording: Wording) -> frozenset[str]:
    """All forms of the words that a query asks for, to mark them in what is found."""
    forms: set[str] = set()
    for clause in query.clauses:
        for c in clause.any if not clause.negated else ():
            if isinstance(c, Words) and c.where in (Where.ANYWHERE, Where.ABOUT) and c.how is not How.PREFIX:
                for word in wording.sought(c.text):
                    for plain, keys in word:
                        forms.add(plain)
                        if c.how is How.WORD:
                            forms.update(keys)
    return frozenset(forms)
