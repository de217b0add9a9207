"""Are the parts of a proposal cut where the network means them to be?"""

from __future__ import annotations

import numpy as np
from tests.reading.statements.learned.samples import analysed, said

from reportedly.reading.statements.learned.proposals import Leanings, alike, content_of, proposal_of, run_of
from reportedly.reading.statements.learned.shape import LEFT, WINDOW

TEXT = "Die Lage sei ernst, sagte Ministerin Karin Oelmann den Hirten."


def test_parts_are_the_words_the_network_means() -> None:
    seed = said(
        TEXT, "indirect", "Die Lage sei ernst", cue="sagte", speaker="Ministerin Karin Oelmann", addressee="den Hirten"
    )
    tokens = analysed(TEXT).tokens
    proposal = proposal_of(seed, len(tokens), Leanings())
    words = {part: " ".join(tokens[i].text for i in ids) for part, ids in proposal.outline.parts.items()}
    assert words == {
        "content": "Die Lage sei ernst", "cue": "sagte", "speaker": "Ministerin Karin Oelmann", "addressee": "den Hirten",
    }  # fmt: skip
    assert proposal.speaker_sure > 0.9
    assert not proposal.negated


def test_a_content_ends_where_it_pays_and_leaves_out_a_strong_hole() -> None:
    odds, end = np.full(WINDOW, -5.0), np.full(WINDOW, -9.0)
    odds[LEFT : LEFT + 10] = 4.0
    end[LEFT + 9] = 9.0
    assert content_of(3, 100, odds, end) == list(range(3, 13))
    odds[LEFT + 4 : LEFT + 6] = -3.0
    assert content_of(3, 100, odds, end) == [3, 4, 5, 6, 9, 10, 11, 12]
    odds[LEFT + 4 : LEFT + 6] = -0.2
    assert content_of(3, 100, odds, end) == list(range(3, 13))


def test_a_content_does_not_run_over_the_end_of_the_article() -> None:
    odds, end = np.full(WINDOW, 5.0), np.zeros(WINDOW)
    assert content_of(95, 100, odds, end)[-1] == 99


def test_nobody_is_an_answer() -> None:
    start, end = np.full(WINDOW, -6.0), np.full(WINDOW, -6.0)
    start[LEFT + 5], end[LEFT + 6] = 6.0, 6.0
    assert run_of(start, end, 0.0, 0.0)[0] == (LEFT + 5, LEFT + 6)
    where, sure = run_of(start, end, 12.0, 0.0)
    assert where is None
    assert sure > 0.9


def test_likeness_of_contents() -> None:
    assert alike([1, 2, 3], [1, 2, 3]) == 1
    assert alike([1, 2], [2, 3]) == 0.5
    assert alike([1], [2]) == 0
