"""What does the cast record: ids, kinds, roles, mentions, owners, addressees, reasons?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly
from clock import seconds
from reportedly.languages import load
from reportedly.model.article import Article
from reportedly.model.span import Span
from reportedly.model.speaker import KINDS, Cast
from reportedly.model.statement import Form, Statement
from reportedly.reading.analysis import analyse
from reportedly.reading.speakers import resolve_speakers

Resolve = Callable[..., Cast]

CHAIN = (
    "[marker Unter Berufung auf] [authority eine Einschätzung des US-Verteidigungsministeriums] sagte [speaker Anna Lenz] "
    "gegenüber [addressee Journalisten], [content es regne]. Das Pentagon schwieg. [2.speaker Sie] [2.cue fügte hinzu], "
    "[2.content es taue]."
)


def test_a_chain_of_authority(resolve: Resolve) -> None:
    cast = resolve(CHAIN)
    speaker, addressee = cast.of("s1"), cast.of("s1", "addressee")
    assert speaker
    assert addressee
    assert cast.speaker(speaker.speaker).name == "Anna Lenz"  # type: ignore[union-attr]
    to = cast.speaker(addressee.speaker)
    assert to
    assert (to.name, to.kind, to.named) == ("Journalisten", "group", False)
    owner = cast.of("s1", "authority", 0)
    assert owner
    assert cast.speaker(owner.speaker).name == "Pentagon"


def test_every_attribution_gives_its_rule(resolve: Resolve) -> None:
    cast = resolve(CHAIN)
    assert [a.by for a in cast.attributions if a.role == "speaker"] == ["speakers/full_name", "speakers/pronoun"]
    assert all(0 < a.sure <= 1 for a in cast.attributions)


def test_ids_run_in_the_order_of_speaking(resolve: Resolve) -> None:
    cast = resolve(
        "[speaker Anna Lenz] [cue sagte], [content es regne]. [2.speaker Jonas Berger] [2.cue sagte], [2.content es taue]."
    )
    assert [(s.id, s.name) for s in cast.speakers] == [("p1", "Anna Lenz"), ("p2", "Jonas Berger")]


def test_roles_gender_and_mentions(resolve: Resolve) -> None:
    marked = "Anna Lenz, Ministerin für Wetter, kam. [speaker Die CDU-Politikerin] [cue sagte], [content es regne]. [2.speaker Lenz] [2.cue rief], [2.content es taue]."
    cast = resolve(marked)
    lenz = cast.speakers[0]
    assert (lenz.name, lenz.gender, lenz.affiliation) == ("Anna Lenz", "f", "CDU")
    assert lenz.roles[0].startswith("Ministerin")
    assert "CDU-Politikerin" in lenz.roles
    plain = "Anna Lenz, Ministerin für Wetter, kam. Die CDU-Politikerin sagte, es regne. Lenz rief, es taue."
    assert next(m.of(plain) for m in lenz.mentions) == "Anna Lenz"
    assert {"Die CDU-Politikerin", "Lenz"} <= {m.of(plain) for m in lenz.mentions}


def test_no_statements_no_cast() -> None:
    language = load("de")
    assert resolve_speakers((), analyse(Article("Anna Lenz kam."), (), language), language) == Cast()


WORDS = st.lists(
    st.sampled_from(
        "der die das Der Minister Frau Dr . , ( ) „ “ und von Lenz Anna Polizei NUB 64 Jahre alte 's sie er Grünen é 🙂 beiden".split()
    ),
    max_size=30,
)


@given(WORDS, st.integers(0, 40), st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_any_span_of_any_text_is_read(words: list[str], start: int, length: int) -> None:
    """Never an exception, every mention inside the text, every id known."""
    language = load("de")
    text = " ".join([*words, "Ende", "."])
    span = Span(min(start, len(text) - 1), min(start + length, len(text)) if start < len(text) - 1 else len(text))
    statement = Statement("s1", Form.INDIRECT, (Span(0, 1),), cue=(span,), speaker=span, addressee=span)
    free = Statement("s2", Form.FREE_INDIRECT, (Span(0, len(text)),))
    cast = resolve_speakers((statement, free), analyse(Article(text), (), language), language)
    ids = {s.id for s in cast.speakers}
    for speaker in cast.speakers:
        assert speaker.kind in KINDS
        assert speaker.name
        assert all(m.end <= len(text) for m in speaker.mentions)
    assert {a.speaker for a in cast.attributions} - {None} <= ids


def test_work_grows_with_the_text_not_its_square() -> None:
    language = load("de")

    def resolving(n: int) -> float:
        text = "Anna Lenz, Sprecherin der Polizei, kam mit Minister Berger. Er sagte, es regne. " * n
        step = len(text) // n
        spans = [Span(i * step + 60, i * step + 62) for i in range(n)]
        statements = tuple(
            Statement(f"s{i}", Form.INDIRECT, (Span(s.end, s.end + 5),), speaker=s) for i, s in enumerate(spans)
        )
        analysis = analyse(Article(text), (), language)
        return seconds(partial(resolve_speakers, statements, analysis, language))

    small = max(resolving(100), 0.02)
    assert resolving(800) < 25 * small


@pytest.mark.parametrize(
    ("leans", "kind"),
    [
        ("einen Gefängniswärter", "person"),
        ("den Bericht des Amtes", "document"),
        ("Regierungskreise", "group"),
        ("Medienberichte", "document"),
        ("die Polizei", "organisation"),
    ],
)
def test_an_authority_is_of_the_kind_that_its_place_names(leans: str, kind: str) -> None:
    text = f"Der Sender meldet unter Berufung auf {leans}, die Tür sei offen."
    (statement,) = reportedly.read(text, weights="tables").to_dict()["statements"]
    assert [a["kind"] for a in statement["authority"]] == [kind]
