"""Plain text and Markdown: what each line is, and that every line has its place."""

from __future__ import annotations

import pytest

from reportedly.intake import take_in, take_in_text
from reportedly.model.article import Article

PARAGRAPH = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt."


def roles(text: str) -> list[tuple[str, str]]:
    """(role, words) of each block."""
    return [(b.role.value, b.span.of(text)) for b in take_in_text(text).blocks]


def test_headline_lead_heading_paragraph() -> None:
    text = f"Brücke bleibt gesperrt\n\n{PARAGRAPH}\n\nKritik am Rathaus\n\n„Das dauert“, sagte ein Anwohner, der nicht genannt werden will."
    assert [r for r, _ in roles(text)] == ["headline", "lead", "heading", "paragraph"]
    assert take_in_text(text).title == "Brücke bleibt gesperrt"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n", "\u2029"])
def test_every_kind_of_line_end(end: str) -> None:
    text = f"Brücke bleibt gesperrt{end}{PARAGRAPH}{end}„Das dauert“, sagte ein Anwohner.{end}"
    assert roles(text) == [
        ("headline", "Brücke bleibt gesperrt"),
        ("lead", PARAGRAPH),
        ("paragraph", "„Das dauert“, sagte ein Anwohner."),
    ]


def test_a_text_that_begins_with_a_sentence_has_no_headline() -> None:
    article = take_in_text(f"{PARAGRAPH}\n\n{PARAGRAPH}")
    assert [b.role.value for b in article.blocks] == ["paragraph", "paragraph"]
    assert article.title is None


@pytest.mark.parametrize("text", ["Er kam", "Nein", "Rosen\nVeilchen\nNelken"])
def test_short_lines_alone_are_no_headlines(text: str) -> None:
    assert {r for r, _ in roles(text)} == {"paragraph"}


def test_kicker_above_and_headline_in_quotation_marks() -> None:
    text = f"Verkehr\n„Das wird teuer“: Streit um die Brücke\n\n{PARAGRAPH}"
    assert [r for r, _ in roles(text)] == ["heading", "headline", "lead"]


def test_markdown() -> None:
    text = (
        "# Brücke bleibt **gesperrt**\n\n"
        f"{PARAGRAPH}\n\n"
        "![Die Brücke am Morgen. Foto: Ole Brandt](bilder/bruecke.jpg)\n\n"
        "## Kritik\n\n"
        "- „Das dauert“, sagte ein Anwohner.\n"
        "> Wir bedauern das.\n\n"
        "---\n\n"
        "[Lesen Sie auch: Umleitungen](https://talbote.example/umleitung)\n"
        "| Jahr | Kosten |\n"
        "Fazit des Tages\n===============\n\n"
        "Man warte ab, hieß es.\n"
    )
    assert [r for r, _ in roles(text)] == [
        "headline", "lead", "caption", "heading", "paragraph", "paragraph", "other", "teaser", "other", "heading", "other",
        "paragraph",
    ]  # fmt: skip
    assert take_in_text(text).title == "Brücke bleibt gesperrt"


def test_front_matter_is_read_and_kept() -> None:
    text = (
        '---\ntitle: "Brücke bleibt zu: Streit im Rat"\ndate: 2024-10-28T14:05:00+01:00\noutlet: Talbote\n'
        f"url: https://talbote.example/a\ntags:\n  - Verkehr\n---\n\n{PARAGRAPH}\n"
    )
    article = take_in_text(text)
    assert article.title == "Brücke bleibt zu: Streit im Rat"
    assert article.published == "2024-10-28T14:05:00+01:00"
    assert article.outlet == "Talbote"
    assert article.url == "https://talbote.example/a"
    assert [r for r, _ in roles(text)] == ["other", "paragraph"]
    assert article.text == text


def test_what_the_caller_says_goes_first() -> None:
    article = take_in_text("---\ntitle: Alt\ndate: 28.10.2024\n---\nText.", title="Neu", outlet="Talbote")
    assert (article.title, article.outlet, article.published) == ("Neu", "Talbote", "2024-10-28")


@pytest.mark.parametrize(
    "text",
    [
        "---\nDas ist nur ein Strich: kein Kopf.\nUnd Text.\n---\n",
        "---\ntitle: offen\nText ohne Ende",
        "---\n---\nText.",
    ],
)
def test_a_rule_is_not_a_front_matter(text: str) -> None:
    assert take_in_text(text).title is None


def test_a_web_address_that_is_none_is_not_taken() -> None:
    assert take_in_text("---\nurl: javascript:alert(1)\n---\nText.").url is None


def test_hard_wrapped_text_is_joined_to_paragraphs() -> None:
    text = (
        "Brücke bleibt gesperrt\n\n"
        "Die Stadt teilte am Montag mit, die Brücke im Zentrum bleibe noch bis\n"
        "Ostern gesperrt. Der Grund seien Risse in den Pfeilern, die man bei einer\n"
        "Prüfung gefunden habe. Der Neubau werde nach ersten Schätzungen rund vier\n"
        "Millionen Euro kosten.\n\n"
        "„Das dauert uns viel zu lange“, sagte ein Anwohner, der seinen Namen in der\n"
        "Zeitung nicht lesen will. Er habe seit Wochen keine Kunden mehr, und die\n"
        "Stadt antworte auf keine seiner Fragen.\n"
    )
    found = roles(text)
    assert [r for r, _ in found] == ["headline", "lead", "paragraph"]
    assert found[1][1].endswith("Millionen Euro kosten.")


def test_a_stray_line_break_in_a_sentence_is_joined() -> None:
    text = (
        f"{PARAGRAPH}\nDer Sprecher der Stadtverwaltung erklärte am Abend auf Anfrage,\ndass man abwarte.\n{PARAGRAPH}"
    )
    assert [w for _, w in roles(text)][1].endswith("auf Anfrage,\ndass man abwarte.")


def test_right_to_left_text_emoji_nul_and_zero_width_stay() -> None:
    text = "\u202bقال الوزير\u202c 😀 \0 sagte\u200b er\r\n\ufeff„Ja“\x85"
    article = take_in_text(text)
    assert article.text == text
    assert take_in(text.encode()) == take_in_text(text, origin="<bytes>")


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\0", "\ufeff"])
def test_an_empty_text_is_an_empty_article(text: str) -> None:
    article = take_in_text(text)
    assert isinstance(article, Article)
    assert article.text == text


def test_very_many_lines_are_one_paragraph_and_a_note() -> None:
    article = take_in_text("a\n" * 300_001)
    assert article.blocks == ()
    assert "300,000 lines" in article.notes[0]
