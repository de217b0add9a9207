"""Which clauses attribute? Each clause with a verb of saying that satisfies a row of the cue table."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.reading.statements.addressees import find_addressee
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame, run_of
from reportedly.reading.statements.lexical import Cue, CueTables
from reportedly.reading.statements.subjects import find_subject
from reportedly.reading.statements.units import Line, Unit
from reportedly.reading.statements.verbs import verb_complex


def frames_of(line: Line, segments: list[Segment], tables: CueTables) -> Iterator[Frame]:
    """All attributing clauses of a line, left to right."""
    previous: Frame | None = None
    telling: Frame | None = None
    for k, s in enumerate(segments):
        if s.finite is None:
            continue
        verb, lemmas, passive, end = verb_complex(segments, k, tables.lexicon)
        frame = Frame(line, segments, k, (), [], k, end + 1, passive=passive, verb_last=s.kind != "main")
        # "sagte, der Hof habe Platz, und fügte hinzu": he goes on who told it, not the farm
        retold = previous is not None and previous.segment.mood in {"k1", "k2"} and s.mood == "ind"
        find_subject(frame, verb, tables, telling if retold and telling is not None else previous)
        frame.cues = _rows(frame, verb, lemmas, tables)
        if s.kind == "main":
            previous = frame
            telling = frame if s.mood == "ind" else telling
        if frame.speaker is None and s.finite.is_("polite_word"):
            continue  # "Hier, bitte schön"
        if s.verb_first and not s.before and _is_reader(s.units[s.at + 1 :]):
            continue  # "Glauben Sie wirklich, dass …?"
        if not frame.cues or (s.kind == "sub" and s.units[s.skip].is_("condition")) or _is_advice(verb, tables):
            continue  # "wenn er sagt, dass …" reports nothing
        find_addressee(frame, verb, tables)
        yield frame


def _is_reader(behind: list[Unit]) -> bool:
    """`Sie` with a capital or `ihr` behind the verb: the reader is asked or told to."""
    if not behind or not behind[0].is_("reader_pronoun"):
        return False
    return behind[0].text[0].isupper() or (behind[0].has("R") and not (len(behind) > 1 and behind[1].has("NEA")))


def _is_advice(verb: list[Unit], tables: CueTables) -> bool:
    """`Mit Regen ist zu rechnen`: what is to be done nobody did."""
    to_do = len(verb) > 1 and verb[-1].has("iz") and not any(v.has("p") for v in verb)
    return to_do and verb[0].lemma in tables.grammar.words("copula")


def _rows(frame: Frame, verb: list[Unit], lemmas: list[str], tables: CueTables) -> tuple[Cue, ...]:
    """The table rows that this clause satisfies, most demanding first; fills `frame.cue` with the verb."""
    units = [u for j in range(frame.start, frame.stop) for u in frame.segments[j].units]
    reflexive = any(u.is_("reflexive") for u in units)
    own_voice = tables.grammar.words("own_voice")  # verbs that say the same with a `sich` beside them
    plain = any(u.is_("plain_reflexive") for u in units)
    frame.cue = [v.first for v in verb]
    beside = sorted({n for lemma in lemmas for n in tables.states_of.get((lemma, reflexive), ())})
    states = [state for n in beside if run_of(units, (state := tables.states[n]).words)]
    if states:
        return tuple(states)
    found: list[Cue] = []
    for lemma in lemmas:
        if lemma in tables.shadows:
            return ()
        for cue in tables.verbs.get(lemma, ()):
            if cue.reflexive and not reflexive:
                continue
            if not cue.reflexive and plain and not cue.words and not frame.passive and lemma not in own_voice:
                continue
            if cue.words and not run_of(units, cue.words):
                continue
            if cue.wanted and not any(u.has("P") and u.preposition in cue.wanted for u in units):
                continue
            if "never" in cue.takes:
                return ()  # these words beside the verb make it another one: "zu zwei Jahren verurteilt"
            found.append(cue)
        if found and len(verb) > 1 and verb[-1].has("T"):
            break  # teilte … mit is mitteilen, not teilen
    place = frame.speaker or (0, 0)
    heard = any(u.has("Ubv") for u in units if place[0] <= u.first < place[1])
    found = [c for c in found if heard or "media" not in c.takes]  # "erfuhr die Agentur", not "erfuhr der Wirt"
    if found and len(verb) > 1 and not verb[-1].has("pizP") and not any("|" in c.lemma for c in found):
        frame.cue = frame.cue[:-1]  # "sagte offen": no particle of this verb
    return tuple(found)
