"""Are quotation marks paired as a reader pairs them, whatever their style and whatever is broken?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.languages.quotation import pair_quotes
from reportedly.languages.tables import Row

DE, UND = load("de"), load("und")
ROWS = [(language, row) for language in (DE, UND) for row in language.rows("quotes")]


def quoted(text: str, code: str = "de") -> list[str]:
    return [q.inner.of(text) for q in pair_quotes(text, load(code))]


@pytest.mark.parametrize(("language", "row"), ROWS, ids=lambda x: x.address if isinstance(x, Row) else x.code)
def test_every_row_pairs_its_example(language, row):
    marked = read_marked(row["example"])
    wanted = {span for roles in marked.roles.values() for span in roles["quoted"]}
    pairs = [q for q in pair_quotes(marked.text, language) if q.opened and q.closed]
    assert wanted <= {q.inner for q in pairs}
    hit = next(q for q in pairs if q.inner in wanted)
    assert marked.text[hit.outer.start : hit.inner.start] == row["open"]
    assert marked.text[hit.inner.end : hit.outer.end] == row["close"]


def test_a_quotation_within_a_quotation_has_a_level():
    text = "»Sie rief ›Halt!‹ und lief«, sagte er. „Er sagte ‚Nein‘.“"
    found = [(q.inner.of(text), q.level) for q in pair_quotes(text, DE)]
    assert found == [("Sie rief ›Halt!‹ und lief", 0), ("Halt!", 1), ("Er sagte ‚Nein‘.", 0), ("Nein", 1)]


def test_one_forgotten_closing_mark_costs_one_quotation_only():
    text = "„Das reicht, sagte sie. „Wir gehen.“ Dann rief er: „Bleibt!“"
    found = pair_quotes(text, DE)
    assert [(q.inner.of(text), q.closed) for q in found] == [
        ("Das reicht, sagte sie.", False),
        ("Wir gehen.", True),
        ("Bleibt!", True),
    ]


def test_one_forgotten_typed_mark_does_not_turn_the_later_ones_over():
    text = 'Er sagte: "Das ist so. Dann ging er. "Nein", sagte sie. "Doch", sagte er.'
    found = [q.inner.of(text) for q in pair_quotes(text, DE) if q.opened and q.closed]
    assert found == ["Nein", "Doch"]


def test_a_forgotten_opening_mark_reaches_back_to_the_sentence_only():
    text = "Der Rat tagte. Wir haben genug gewartet“, sagte die Bürgermeisterin."
    (found,) = pair_quotes(text, DE)
    assert not found.opened
    assert found.closed
    assert found.inner.of(text) == "Wir haben genug gewartet"


def test_a_torn_quotation_never_reaches_into_another():
    text = "Sie sagte „Wir warten und rief dann „Jetzt“ in den Saal."
    torn, whole = pair_quotes(text, DE)
    assert torn.inner.of(text) == "Wir warten und rief dann"
    assert whole.inner.of(text) == "Jetzt"


def test_paragraphs_that_each_open_are_one_quotation():
    text = "„Das Erste ist die Brücke.\n„Das Zweite ist die Straße.\n„Das Dritte ist der Hafen“, sagte sie."
    (found,) = pair_quotes(text, DE)
    assert found.continued
    assert found.outer.of(text).startswith("„Das Erste")
    assert found.outer.of(text).endswith("Hafen“")


def test_a_paragraph_that_does_not_open_breaks_the_chain():
    text = "„Das Erste fehlt noch.\nEr ging zum Fenster.\n„Das Zweite auch“, sagte sie."
    torn, whole = pair_quotes(text, DE)
    assert not torn.closed
    assert whole.inner.of(text) == "Das Zweite auch"


def test_a_quotation_over_one_line_break_without_a_second_opening():
    text = "„Das Erste ist die Brücke.\nDas Zweite ist die Straße“, sagte sie."
    (found,) = pair_quotes(text, DE)
    assert found.continued
    assert found.opened
    assert found.closed


@pytest.mark.parametrize(
    "text",
    [
        "Hans’ Auto und Doris' Haus, das war’s, geht's noch?",
        'Der Bildschirm misst 27" und kostet 300 Euro.',
        "Ein 5'10\" großer Mann kam '68 an.",
        "Start » Politik » Ausland",
        '"' * 40,
    ],
)
def test_apostrophes_inches_arrows_and_ornaments_are_no_quotations(text):
    assert pair_quotes(text, DE) == ()


def test_an_inch_mark_within_a_quotation_does_not_close_it():
    text = 'Er sagte: "Wir haben 5\'10" große Bretter bestellt." Dann ging er.'
    assert quoted(text)[0] == "Wir haben 5'10\" große Bretter bestellt."


def test_french_quotations_with_inner_blanks():
    assert quoted("« Bonjour », dit-elle. « Au revoir ! »", "fr") == [" Bonjour ", " Au revoir ! "]


def test_displaced_words_leave_the_first_quotation_whole():
    text = "Sie sagte, dass „die Brücke gesperrt ist.“ Altenau.“ Der Rat „berät noch“."
    found = [(q.inner.of(text), q.opened) for q in pair_quotes(text, DE)]
    assert found == [("die Brücke gesperrt ist.", True), ("Altenau.", False), ("berät noch", True)]


def test_crlf_and_wrapped_lines_do_not_tear_a_quotation():
    text = "Sie sagte: „Wir haben die Brücke im Herbst\r\ngesperrt und öffnen sie\r\nerst im Mai wieder“, so der Plan."
    (found,) = pair_quotes(text, DE)
    assert found.closed


@pytest.mark.parametrize("piece", ['"', "„", "“", '" ', "„“", 'a" ', "„a ", "a „‚»b", "'' "])
def test_tens_of_thousands_of_marks_in_a_row_stay_linear(piece):
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    pair_quotes(text, UND)
    assert time.process_time() - start < 3


MARKS = st.text(alphabet="„“”\"'‚‘’«»‹›,ab .\n5", max_size=120)


@settings(max_examples=300, deadline=None)
@given(MARKS)
def test_pairs_lie_in_the_text_and_never_cross(text):
    found = pair_quotes(text, DE)
    assert list(found) == sorted(found, key=lambda q: (q.outer.start, -q.outer.end))
    for quote in found:
        assert quote.outer.covers(quote.inner)
        assert quote.outer.end <= len(text)
    whole = [q.outer for q in found if q.opened and q.closed]
    for a in whole:
        for b in whole:
            assert not a.overlaps(b) or a.covers(b) or b.covers(a)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["„{}“", "»{}«", "“{}”"]), min_size=1, max_size=8))
def test_clean_quotations_are_all_found(styles):
    style = styles[0]
    text = " ".join(f"Sie sagte: {style.format(f'Das ist Nummer {i}')}, und ging." for i, _ in enumerate(styles))
    found = pair_quotes(text, DE)
    assert [q.inner.of(text) for q in found] == [f"Das ist Nummer {i}" for i in range(len(styles))]
    assert all(q.opened and q.closed for q in found)
