"""Does the network see of an article what it should?"""

from __future__ import annotations

import numpy as np
from tests.reading.statements.learned.samples import analysed, german

from reportedly.reading.statements import find_statements
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked, Words, outlines_of
from reportedly.reading.statements.learned.shape import LEFT, PARTS, TYPES, WINDOW
from reportedly.reading.statements.learned.wordrows import HIDDEN, ROWS, WIDTH, rows_of, shape_of

TEXT = "Die Lage sei ernst, sagte Ministerin Karin Oelmann.\n\n„Wir warten“, fügte sie hinzu."


def page(text: str = TEXT, **more: bool) -> tuple[Words, Marked]:
    analysis = analysed(text)
    words = Words(analysis, german())
    return words, Marked(words, outlines_of(find_statements(analysis, german()), words.grid), **more)


def test_a_word_is_seven_rows_of_the_table() -> None:
    rows = rows_of("Ministerin", "Ministerin", frozenset("N"))
    assert len(rows) == WIDTH
    assert all(HIDDEN < r < ROWS for r in rows)
    assert rows_of("ministerin", "Ministerin", frozenset("N"))[:2] == rows[:2]
    assert rows_of("40.000", "40.000", frozenset("X")) == rows_of("38.512", "38.512", frozenset("X"))
    assert rows_of("40", "40", frozenset("X")) != rows_of("400", "400", frozenset("X"))


def test_the_shape_of_a_word() -> None:
    assert [shape_of(w) for w in ("Merkel", "40.000", "US-Präsident", "sagte", "…")] == ["Xx", "9.9", "X-Xx", "x", "…"]


def test_marks_tell_quotations_sentences_paragraphs_and_cue_words() -> None:
    words, _ = page()
    by_text = dict(zip(words.texts, words.marks, strict=True))
    assert by_text["Die"][shape.PARAGRAPH] == 1
    assert by_text["„"][shape.OPENS] == 1
    assert by_text["“"][shape.CLOSES] == 1
    assert by_text["„"][shape.PARAGRAPH] == 1
    assert by_text["Wir"][shape.DEPTH.start + 1] == 1
    assert by_text["Lage"][shape.DEPTH.start] == 1
    assert by_text["sagte"][shape.VERB] == 1
    assert by_text["Lage"][shape.VERB] == 0
    assert by_text["sagte"][shape.CUES].sum() == 1
    assert words.marks.shape == (len(words), shape.MARKS)


def test_what_the_tables_found_stands_on_its_words() -> None:
    words, marked = page()
    first = marked.outlines[0]
    content = marked.marks[first.parts["content"]]
    assert (content[:, shape.CONTENT + TYPES.index("indirect")] == 1).all()
    assert (content[:, shape.TRUST] > 0).all()
    cue = marked.marks[first.parts["cue"], shape.OTHERS + PARTS.index("cue") - 1]
    assert (cue == 1).all()
    assert words.marks[:, shape.TABLES].sum() == 0


def test_where_the_tables_are_not_asked_nothing_of_theirs_is_seen() -> None:
    _, marked = page(asked=False)
    assert marked.outlines == []
    assert (marked.marks[:, shape.UNASKED] == 1).all()
    assert marked.marks[:, shape.CONTENT : shape.UNASKED].sum() == 0


def test_a_window_lies_around_its_seed_and_ends_with_the_article() -> None:
    words, marked = page()
    seed = marked.outlines[0].first
    sentence, paragraph, bits = marked.window(seed, marked.outlines[0].form)
    inside = bits[:, shape.INSIDE]
    assert inside.sum() == len(words)
    assert inside[LEFT - seed] == 1
    assert seed == 0 or inside[LEFT - seed - 1] == 0
    assert bits[LEFT, 0] == 1
    assert bits[LEFT, len(PARTS) + 1] == 1
    assert sentence[LEFT] == paragraph[LEFT] == 0
    assert sentence[LEFT + len(words) - 1 - seed] >= 1
    assert paragraph[LEFT + len(words) - 1 - seed] == 1
    assert len(bits) == WINDOW


def test_the_source_of_a_carried_statement_is_who_spoke_before() -> None:
    text = "Die Lage sei ernst, sagte Karin Oelmann. Man werde helfen. Das Geld sei da."
    words, marked = page(text)
    carried = [o for o in marked.outlines if TYPES[o.form] == "free_indirect"]
    assert carried
    assert [words.texts[i] for i in carried[0].of("source")] == ["Karin", "Oelmann"]


def test_an_empty_article_has_no_words() -> None:
    words, marked = page("")
    assert len(words) == 0
    assert np.array(marked.marks).shape == (0, shape.MARKS)
