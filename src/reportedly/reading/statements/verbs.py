"""What is the verb of a clause? Its parts on both sides of the clause, its lemma, whether it is passive."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.languages.lexicon import Lexicon
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.units import Unit


def verb_complex(segments: Sequence[Segment], k: int, lexicon: Lexicon) -> tuple[list[Unit], list[str], bool, int]:
    """The verb of a clause: its units, the lemmas it may have (`mit|teilen`), whether it is passive, the last segment.

    `teilte der Sprecher, Hans Meier, mit`: the particle may stand behind an apposition.
    """
    s = segments[k]
    finite = s.finite
    assert finite is not None
    tail_units: list[Unit] = []
    end = k
    if s.kind == "main":
        tail_units = s.units[s.at + 1 :]
        bracket = _bracket(tail_units)
        front = s.units[s.skip : s.at]
        if not bracket and len(front) == 1 and front[0].has("p") and finite.has("H"):
            bracket = [front[0]]  # "Kritisiert wird die Stiftung"
        if not bracket:
            for j in range(k + 1, min(k + 4, len(segments))):
                t = segments[j]
                if t.kind == "rel" and j + 1 < len(segments):
                    continue
                if t.kind != "frag" or t.before not in {",", "–", "-"}:
                    break
                if t.before == "–" and t.after == "–" and j + 1 < len(segments):
                    continue  # "ist der Streit – von Kennern auch Posse genannt – vorbei"
                found = _bracket(t.units)
                if found and (len(t.units) <= 2 or found[-1].has("p") or j > k + 1):
                    bracket, end = found, j
                    break
    else:
        bracket = []
        i = s.at - 1
        while i >= 0 and (s.units[i].has("piz") and not s.units[i].has("NE")) and len(bracket) < 3:
            bracket.insert(0, s.units[i])
            i -= 1
        if not bracket and i > s.skip and s.units[i].has("T") and not s.units[i].has("P"):
            bracket = [s.units[i]]  # "wie die Bank bekannt gab"
        if s.at + 1 < len(s.units) and s.units[s.at + 1].has("piz"):
            bracket += [u for u in s.units[s.at + 1 :] if u.has("piz")]
    return _lemmas(finite, bracket, end, lexicon)


def _bracket(units: Sequence[Unit]) -> list[Unit]:
    """The closing part of the verb at the end of a clause: participle, infinitive, particle."""
    i = len(units)
    out: list[Unit] = []
    while i > 0 and len(out) < 3:
        u = units[i - 1]
        if u.has("piz") and not u.has("NE"):
            out.insert(0, u)
        elif u.has("T") and i > 1 and units[i - 2 - (i > 2 and units[i - 2].has("B"))].is_("predicative"):
            break  # "hält den Weg für sehr sicher"
        elif u.has("T") and not out and (i > 1 or len(units) == 1):
            out.insert(0, u)
            break
        else:
            break
        i -= 1
    if out:
        apart = units[i - 1] if i > 1 and not any(v.has("T") for v in out) else None
        if apart is not None and apart.has("T") and not apart.has("PDNEB") and "p" in out[0].tags:
            out.insert(0, apart)  # "bekannt gegeben"
        return out
    # a prepositional phrase or a comparison may stand behind the bracket: hat gesagt nach dem Treffen
    for j, u in enumerate(units):
        if (
            u.has("p")
            and not u.has("fNE")
            and j + 1 < len(units)
            and units[j + 1].has("P")
            and units[j - 1 if j else 0].text != ","
        ) or (u.has("T") and not u.has("PD") and j + 1 < len(units) and units[j + 1].has("PB") and not u.has("B")):
            return [u]
    return []


def _lemmas(finite: Unit, bracket: list[Unit], end: int, lexicon: Lexicon) -> tuple[list[Unit], list[str], bool, int]:
    passive = False
    verbs = [u for u in bracket if u.has("piz")]
    particle = bracket[-1] if bracket and bracket[-1].has("T") and not bracket[-1].has("piz") else None
    if finite.has("H") and verbs:
        full = [v for v in verbs if not v.has("H")] or verbs
        main = full[0]
        apart = bracket[0] if bracket[0].has("T") and not bracket[0].has("piz") else None
        if apart is not None:
            joined = [f"{apart.lower}|{lemma}" for lemma in _readings(main, lexicon)]
            passive = "p" in main.tags and (
                finite.is_("passive_auxiliary") or any(v.is_("passive_mark") for v in verbs)
            )
            return [finite, apart, *verbs], [*joined, *_readings(main, lexicon)], passive, end
        worden = any(v.is_("passive_mark") for v in verbs)
        passive = "p" in main.tags and (finite.is_("passive_auxiliary") or worden)
        return [finite, *verbs] if not particle else [finite, *verbs, particle], _readings(main, lexicon), passive, end
    if finite.has("M") and verbs:
        full = [v for v in verbs if not v.has("H")] or verbs
        main = full[0]
        passive = "p" in main.tags and any(v.is_("passive_infinitive") for v in verbs)
        return [finite, *verbs], _readings(main, lexicon), passive, end
    lemmas = _readings(finite, lexicon)
    if particle:
        joined = [f"{particle.lower}|{lemma}" for lemma in lemmas]
        whole = any(lexicon.is_verb(particle.lower + lemma) for lemma in lemmas)  # "steht entgegen" is no "steht"
        return [finite, particle], joined if whole else joined + lemmas, False, end
    return [finite], lemmas, False, end


def _readings(unit: Unit, lexicon: Lexicon) -> list[str]:
    return [lemma for lemma, _ in lexicon.verb(unit.lower)] or [unit.lemma]
