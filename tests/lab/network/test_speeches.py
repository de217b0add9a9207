"""How do the scores of a network become cues with their roles? On speeches and scores of our own."""

from __future__ import annotations

import numpy as np
import pytest
from lab.corpora.gepade import Frame, Speech
from lab.train.network.articles import ROLE_OF, analysed
from lab.train.network.speeches import (
    POINTED,
    Heard,
    Lines,
    Page,
    Together,
    crossed,
    errors,
    frames,
    pointed,
    runs,
    swept,
)  # fmt: skip

from reportedly.measure import total
from reportedly.model.span import Span
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.network import Seed
from reportedly.reading.statements.learned.shape import CLASSES, CUE, LEFT, MEDIA, PARTS, POINTERS, WINDOW

PART_OF = {role: part for part, role in ROLE_OF.items()}
TEXT = "Wir schlagen dem Ausschuss eine Anhörung zum Haushalt vor . Das ist alles ."
WORDS = TEXT.split()


def seed(at: int, chance: float = 0.9, valid: float = 0.9, **roles: dict[int, float]) -> Seed:
    """A seed whose words have these log odds in a role, and -5 everywhere else; its pointers point at the same words."""
    member = np.full((WINDOW, len(PARTS)), -5.0, np.float32)
    pointer, none = np.zeros((WINDOW, len(POINTERS)), np.float32), np.array([20.0, 20.0])
    for role, words in roles.items():
        for word, odds in words.items():
            member[word - at + LEFT, PARTS.index(PART_OF[role])] = odds
        if role in POINTED:
            start, end, nobody = POINTED[role]
            pointer[min(words) - at + LEFT, start] = pointer[max(words) - at + LEFT, end] = 10
            none[nobody] = 0
    return Seed(at, CUE, chance, valid, member, pointer, none, np.zeros(len(MEDIA) + len(CLASSES) + 1))


def proposal() -> Seed:
    """`Wir schlagen dem Ausschuss eine Anhörung zum Haushalt vor`, read rightly."""
    return seed(
        1, Cue={1: 4}, PTC={8: 4}, Source={0: 4}, Addr={2: 3, 3: 4}, Message={4: 3, 5: 4, 6: 2, 7: 2}
    )  # fmt: skip


def page(*gold: Frame) -> Page:
    starts = [TEXT.index(word) if word != "." else -1 for word in WORDS]
    starts = [start if start >= 0 else starts[i - 1] + len(WORDS[i - 1]) + 1 for i, start in enumerate(starts)]
    places = tuple((a, a + len(word)) for a, word in zip(starts, WORDS, strict=True))
    _, words, tables = analysed(TEXT)
    tokens = [tuple(t for t, p in enumerate(places) if w in words.grid.of([Span(*p)])) for w in range(len(words))]
    return Page(
        Speech("speech", TEXT, places, (0,) * len(places), gold), Marked(words, tables, "gepade"), tuple(tokens)
    )


GOLD = Frame({"Cue": (1,), "PTC": (8,), "Source": (0,), "Addr": (2, 3), "Message": (4, 5, 6, 7)})


def test_every_role_comes_back_as_itself() -> None:
    """Particle, Medium and Evidence too: each is learned as a part of its own."""
    assert sorted(ROLE_OF.values()) == sorted(
        ("Cue", "PTC", "Message", "Source", "Addr", "Topic", "Medium", "Evidence")
    )
    (found,) = frames([proposal()], len(WORDS), Lines())
    assert page().frame(found) == GOLD


def test_a_word_is_in_the_cue_that_is_surest() -> None:
    """`eine Frage stellen` is one cue; that `stellen` alone could be one counts for less."""
    whole, alone = seed(1, 0.9, Cue={2: 3}), seed(2, 0.7)
    (found,) = frames([alone, whole], 4, Lines())
    assert found["Cue"] == [1, 2]


def test_pointers_say_how_likely_a_word_lies_between_them() -> None:
    """Half sure that it begins at word 2, half at word 3, certain that it ends at word 4; nothing speaks for `none`."""
    unsure = seed(1, Message={2: 1, 4: 1})
    unsure.pointer[3 - 1 + LEFT, POINTED["Message"][0]] = 10
    at = 1 - LEFT
    found = {k + at: float(p) for k, p in enumerate(pointed(unsure, "Message")) if p > 0.05}
    assert found == pytest.approx({2: 0.5, 3: 1, 4: 1}, abs=0.02)
    assert pointed(unsure, "Source").max() < 0.01


def test_what_ends_and_words_say_is_weighed() -> None:
    """The words leave a hole in the Message that the pointers do not see."""
    holed = seed(1, Message={2: 4, 4: 4})
    assert frames([holed], 6, Lines(message_ends=0, turn=0))[0]["Message"] == [2, 4]
    assert frames([holed], 6, Lines(message_ends=1, turn=0))[0]["Message"] == [2, 3, 4]


def test_an_unsure_cue_stays_out_or_gives_away_fewer_words() -> None:
    unsure = seed(1, 0.6, 0.6, Topic={3: 0.6, 4: 3})
    lines = Lines(least=0.5, turn=0).but("Topic", 0.6)
    assert frames([unsure], 6, lines.but("least", 0.7)) == []
    assert frames([unsure], 6, lines.but("doubt", 0))[0]["Topic"] == [3, 4]
    assert frames([unsure], 6, lines.but("doubt", 1))[0]["Topic"] == [4]


def test_words_outside_the_speech_are_never_found() -> None:
    """At the first and at the last word half of the window is empty."""
    for at in (0, 2):
        everywhere = seed(at)
        everywhere.member[:] = 5
        (found,) = frames([everywhere], 3, Lines())
        assert found["Topic"] == [0, 1, 2]


def test_runs_close_small_holes_and_drop_crumbs() -> None:
    odds = np.array([0.4, -2.0, 3.0, -0.5, 1.0, -4.0])
    assert runs(odds, 0).nonzero()[0].tolist() == [0, 2, 4]
    assert runs(odds, 1).nonzero()[0].tolist() == [2, 3, 4]
    assert not runs(odds, 9).any()


def test_lines_can_be_drawn_elsewhere_by_name() -> None:
    assert Lines().but("Message", 0.3).roles["Message"] == 0.3
    assert Lines().but("least", 0.3).least == 0.3
    with pytest.raises(KeyError):
        Lines().but("Massage", 0.3)


def test_a_sweep_keeps_what_scores_better() -> None:
    """The addressee is only found with a lower line."""
    heard = Heard([page(GOLD)], [[seed(1, Source={0: 4}, Addr={2: 0, 3: 0})]])
    lines = swept(heard, Lines(), "Addr=.6,.1;least=.99")
    assert (lines.roles["Addr"], lines.least) == (0.1, Lines().least)
    assert total(heard.sheets(lines))["role/Addr"].f1 == 1


def test_lines_of_one_half_are_scored_on_the_other() -> None:
    """The first page finds its addressee with a lower line only, the second without any: neither helps the other."""
    low, high = seed(1, Source={0: 4}, Addr={2: 0, 3: 0}), proposal()
    heard = Heard([page(GOLD), page(GOLD)], [[low], [high]])
    first, second = crossed(heard, Lines(), "Addr=.6,.1")
    assert total([first])["role/Addr"].f1 == 0
    assert total([second])["role/Addr"].f1 == 1
    first, second = crossed(Heard([page(GOLD)] * 2, [[low], [low]]), Lines(), "Addr=.6,.1")
    assert total([first, second])["role/Addr"].f1 == 1


def test_an_error_is_shown_role_by_role() -> None:
    heard = Heard([page(GOLD)], [[seed(1, Source={0: 4}, Message={5: 4})]])
    shown = "\n".join(errors(heard, Lines(), 5))
    assert "= Source   Wir" in shown
    assert "- Message  eine Anhörung zum Haushalt" in shown
    assert "+ Message  Anhörung" in shown
    assert "- PTC      vor" in shown


class Says:
    """A network that says these seeds."""

    def __init__(self, *seeds: Seed) -> None:
        self.seeds = seeds

    def read(self, article: Marked, least: float) -> list[Seed]:
        return [s for s in self.seeds if s.chance > least]


def test_two_networks_speak_with_the_mean_of_their_scores() -> None:
    """A cue that only one of them hears is half as likely."""
    both = Together([Says(seed(1, 0.9), seed(4, 0.8)), Says(seed(1, 0.5))])
    assert [(s.at, pytest.approx(s.chance)) for s in both.read(page().marked, 0.02)] == [(1, 0.7), (4, 0.4)]
