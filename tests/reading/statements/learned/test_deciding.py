"""Who decides what, where tables and network both speak?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tests.reading.statements.learned.samples import Told, analysed, german, random_network, said

from clock import seconds
from reportedly.model.statement import Statement
from reportedly.reading.statements import find_statements, find_with
from reportedly.reading.statements.learned import Deciding, Engine, choose
from reportedly.reading.statements.learned.marks import Marked, Words, outlines_of
from reportedly.reading.statements.learned.network import Seed
from reportedly.reading.statements.learned.proposals import Leanings

TEXT = "Die Lage sei ernst, sagte Ministerin Karin Oelmann. Der Hirte schob den Wagen auf den Hof."


def read(text: str, seeds: Sequence[Seed], deciding: Deciding | None = None) -> tuple[Statement, ...]:
    engine = Engine(Told(seeds), Leanings(), deciding or Deciding(), "probe")  # type: ignore[arg-type]
    return find_with(engine, analysed(text), german())


def test_where_both_mean_the_same_the_row_stays_the_reason() -> None:
    (tables,) = find_statements(analysed(TEXT), german())
    (both,) = read(TEXT, [said(TEXT, "indirect", "Die Lage sei ernst", speaker="Ministerin Karin Oelmann")])
    assert both.by == tables.by
    assert both.content == tables.content
    assert both.cue == tables.cue
    assert both.opinion is not None
    assert both.opinion[0] == 0.9
    assert any("agree" in reason for reason in both.trace)


def test_what_the_network_does_not_believe_falls() -> None:
    assert read(TEXT, []) == ()


def test_what_only_the_network_finds_says_so() -> None:
    first = said(TEXT, "indirect", "Die Lage sei ernst", speaker="Ministerin Karin Oelmann")
    new = said(TEXT, "reported", "den Wagen auf den Hof", cue="schob", speaker="Der Hirte")
    _, own = read(TEXT, [first, new])
    assert own.by == "weights/probe#reported"
    assert own.speaker is not None
    assert own.speaker.of(TEXT) == "Der Hirte"
    assert [s.of(TEXT) for s in own.content] == ["den Wagen auf den Hof"]


def test_the_network_may_name_another_speaker() -> None:
    (other,) = read(TEXT, [said(TEXT, "indirect", "Die Lage sei ernst", speaker="Karin Oelmann")])
    assert other.speaker is not None
    assert other.speaker.of(TEXT) == "Karin Oelmann"


def test_where_a_name_ends_the_tables_may_know_better() -> None:
    seeds = [said(TEXT, "indirect", "Die Lage sei ernst", speaker="Karin Oelmann")]
    (kept,) = read(TEXT, seeds, Deciding(keep_bounds=True))
    assert kept.speaker is not None
    assert kept.speaker.of(TEXT) == "Ministerin Karin Oelmann"


def test_a_doubtful_speaker_overrules_nobody() -> None:
    (kept,) = read(TEXT, [said(TEXT, "indirect", "Die Lage sei ernst", speaker="Karin Oelmann")], Deciding(speaker=1.1))
    assert kept.speaker is not None
    assert kept.speaker.of(TEXT) == "Ministerin Karin Oelmann"


def test_parts_left_to_the_tables_stay_theirs() -> None:
    ours = Deciding(ours=frozenset({"content", "cue", "frame", "speaker", "addressee"}))
    (kept,) = read(TEXT, [said(TEXT, "indirect", "Die Lage sei", speaker="Karin Oelmann")], ours)
    assert kept.speaker is not None
    assert kept.speaker.of(TEXT) == "Ministerin Karin Oelmann"
    assert [s.of(TEXT) for s in kept.content] == ["Die Lage sei ernst"]


def test_of_rivals_the_surer_one_stays() -> None:
    weak = said(TEXT, "reported", "den Wagen auf den Hof", valid=0.6)
    strong = said(TEXT, "indirect", "Wagen auf den Hof", valid=0.9)
    found = read(TEXT, [weak, strong])
    assert [s.form.value for s in found] == ["indirect"]


def test_the_trust_of_a_row_counts() -> None:
    doubtful = said(TEXT, "indirect", "Die Lage sei ernst", chance=0.4, valid=0.4)
    assert read(TEXT, [doubtful], Deciding(row=0.0)) == ()
    assert len(read(TEXT, [doubtful], Deciding(row=0.4))) == 1


def test_time_grows_with_the_text_and_not_faster() -> None:
    def choosing(count: int) -> float:
        text = "\n\n".join(f"Der Hirte Till Ohm{n} sagte, der Hof {n} sei leer. Es regnet." for n in range(count))
        engine = Engine(random_network(), Leanings(), Deciding(least=0.0, row=1.0), "probe")
        analysis = analysed(text)
        words = Words(analysis, german())
        page = Marked(words, outlines_of(find_statements(analysis, german()), words.grid))
        spent = seconds(partial(choose, engine, page))
        assert len(choose(engine, page)) >= count
        return spent

    choosing(5)
    assert choosing(80) < 10 * choosing(20)  # the square would be 16
