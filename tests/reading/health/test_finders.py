"""Does each finder see its damage at its place, and keep quiet about sound sentences that look alike?"""

from __future__ import annotations

import pytest

from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.model.article import Article, Block, Role
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span
from reportedly.reading.health import inspect

DE = load("de")


def damage(text: str, code: str = "de") -> tuple[Damage, ...]:
    return inspect(Article(text, language=code), load(code))


LONG = "Die Stadt will den Hafen in drei Jahren ausbauen und sucht dafür Geld. "

FOUND = [
    # kind, text with the damage marked, suggestion
    ("mojibake", "Herr M[damage Ã¼]ller kam.", "ü"),
    ("mojibake", "Sie sagte [damage â€ž]Nein.", "„"),
    ("mojibake", "Das kostet 5 [damage â‚¬] im Jahr.", "€"),
    ("mojibake", "Stra[damage ÃƒÅ¸]e gesperrt.", "ß"),
    ("html_entity", "Meier [damage &amp;] Sohn schlossen.", "&"),
    ("html_entity", "Meier [damage &amp;amp;] Sohn schlossen.", "&"),
    ("html_entity", "Um 8[damage &nbsp;]Uhr begann es.", " "),
    ("html_entity", "Er nannte es [damage &#8222;]Unsinn.", "„"),
    ("html_tag", "Der Rat tagte.[damage <br/>] Danach ging man.", ""),
    ("zero_width_character", "Die Par[damage \u200b]tei wählte.", ""),
    ("soft_hyphen", "Die Bundes[damage \xad]regierung tagte.", ""),
    ("direction_mark", "Die [damage \u202e]Partei wählte.", ""),
    ("control_character", "Die [damage \x07]Partei wählte.", ""),
    ("replacement_character", "Der B[damage \ufffd]rgermeister kam.", None),
    ("look_alike_letter", "Die [damage Pаrtei] wählte.", "Partei"),
    ("unclosed_quotation", "Sie sagte: [damage „]Wir warten auf den Bus. Dann ging sie.", None),
    ("unopened_quotation", "Der Rat tagte. Wir warten auf den Bus[damage “], sagte sie.", None),
    ("wrong_quotation_mark", "Sie nannte es „Unsinn[damage „] und ging.", None),
    ("displaced_text", "Er sagte, dass „die Brücke gesperrt ist.“[damage  Altenau.“] Der Rat tagt.", ""),
    ("displaced_text", "Er sagte, „die Straße ist frei.“[damage  nach Altenau“] Der Rat tagt.", ""),
    ("stray_space", "Sie tagten in Altenau[damage  ]. Danach fuhren sie heim.", ""),
    ("stray_space", "In Altenau[damage  ], sagte er, sei Ruhe.", ""),
    ("lost_space", "Der Rat tagte lange[damage .]Die Bürger warteten.", ". "),
    ("lost_space", "„Wir warten auf den Bericht[damage .“]Danach ging der Minister.", ".“ "),
    ("broken_word", "Die Regie[damage - ]rung tagte.", ""),
    ("broken_word", "Die Regie[damage -\n]rung tagte.", ""),
    ("doubled_word", "Die Polizei befragte[damage  befragte] den Fahrer.", ""),
    ("doubled_word", "Der Bericht über die Regierung[damage  Regierung] erschien.", ""),
    ("doubled_sentence", LONG + "[damage " + LONG.strip() + "] Danach ging man.", ""),
    ("doubled_frame", "Betont ruhig erklärte Berger in Altenau: „Wir haben Zeit“[damage , sagte er].", None),
    ("truncated_word", "Der Bund stützt den Hafen, [damage z ]welches die Stadt bezahlt.", ""),
    ("verbless_remnant", "Der Rat schweigt. [damage Ankunft auswärtiger Helfer.] Man wartet ab.", None),
    ("verbless_remnant", "Der Rat schweigt. [damage Stationierung der Helfer im Süden.] Man wartet ab.", None),
    ("half_translated_name", "Die [damage South Koreanische] Regierung tagte.", "südkoreanische"),
    ("half_translated_name", "Er kam. [damage North Koreanische] Truppen standen bereit.", "Nordkoreanische"),
    ("main_clause_after_dass", "Sie sagte, [damage dass die Truppen wurden bereits im Süden stationiert].", None),
    ("main_clause_after_dass", "Sie sagte, [damage dass Berger hat den Brief gestern geschrieben].", None),
    ("number_style", "Rund [damage 10,000] Soldaten standen bereit.", "10.000"),
    ("number_style", "Es kamen [damage 1,250,300] Besucher in die Stadt.", "1.250.300"),
    ("foreign_language", "Der Rat tagte. [damage The mayor said that the bridge would be closed for the winter.]", None),
    ("lost_antecedent", "[damage Er] fügte hinzu, die Brücke bleibe gesperrt.", None),
    ("gender_mismatch", "Man warte ab, sagte Sprecherin Karin Oelmann. Es sei ernst, fügte [damage der Beamte] hinzu.", None),
    ("teaser", "Der Rat tagte.\n[damage LESEN SIE MEHR: Wer bezahlt den Hafen?]\nDanach ging man.", ""),
    ("teaser", "Der Rat tagte. [damage LESEN SIE AUCH: Wer bezahlt den Hafen?] Danach ging man.", ""),
    ("teaser", "Der Rat tagte.\n[damage +++ Lesen Sie auch: Der Hafen wächst +++]\nDanach ging man.", ""),
    ("teaser", "Der Rat tagte.\n[damage \\[Mehr zum Thema: Der Hafen wächst\\]]\nDanach ging man.", ""),
    ("access_line", "Der Rat tagte.\n[damage Wir verwenden Cookies, um unsere Seite zu verbessern.]", ""),
    ("credit", "Der Rat tagte.\n[damage Foto: Bildwerk Nord]\nDanach ging man.", ""),
    ("agency_mark", "Der Rat tagte. [damage (dpa/afp)]", ""),
    ("agency_mark", "[damage Altenau (dpa) - ]Der Rat tagte.", ""),
    ("page_furniture", "Der Rat tagte.\n[damage Anzeige]\nDanach ging man.", ""),
    ("category_slug", "Der Rat tagte.\n[damage abc-lokales]", ""),
    ("truncated_end", "Der Rat tagte lange. Der Hafen soll nach dem Willen der Stadt [damage \\[...\\]]", ""),
    ("truncated_end", "Der Rat tagte lange. Der Hafen soll nach dem Willen der Stadt mit [damage dem]", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "marked", "suggestion"), FOUND, ids=[f"{k}-{n}" for n, (k, _, _) in enumerate(FOUND)])
def test_found(kind, marked, suggestion):
    read = read_marked(marked)
    (wanted,) = read.roles[1]["damage"]
    found = [d for d in damage(read.text) if d.kind == kind]
    assert [(d.span, d.suggestion) for d in found] == [(wanted, suggestion)]
    (hit,) = found
    assert hit.message
    assert hit.cause
    assert hit.by
    assert 0 < hit.sure <= 1
    assert (hit.action is Action.FLAG) == (hit.suggestion is None)


SOUND = [
    "Die Größe der Ämter in Düsseldorf und Übersee überraschte Müller.",
    "Der Buchstabe „Ä“ steht in „SÜ“, sagte er.",
    "Meier & Sohn, A&B; und R&D; schlossen.",
    "Ist 3 < 5 und a > b?",
    "Die Temperatur stieg um 5 µm und 3 Ω.",
    "Москва meldete nichts.",
    "Das Familienbild 👨‍👩‍👧 gefiel allen.",
    "„Das ist unsere Sache“, sagte er. „Wir ‚warten‘ noch.“",
    "Sie sagte, man habe „zu lange“ gewartet. „Nun ist Schluss.“ Altenau schweigt.",
    "Sie fragte: „Warum?“ Niemand antwortete. „Darum.“",
    "Er kam um 14.30 Uhr z. B. nach Altenau, usw. Danach ging er.",
    "Das Ergebnis: 3 : 2 für Altenau … und Schluss.",
    "Mehr unter Altenau.de und im Programm Node.Js erfährt man nichts.",
    "Das sagte Dr.Müller am Montag.",
    "Die Vor- und Nachteile, der Ein- oder Ausgang und die Haus- bzw. Hoftür.",
    "Die Frauen, die die Tür öffneten, sagten, dass das das Ende sei.",
    "Er war sehr sehr müde und kam aus Baden Baden.",
    "Ja ja, sagte sie, das wird nie nie wieder geschehen.",
    "Berger sagte: „Wir haben Zeit.“ Dann ging er.",
    "„Wir haben Zeit“, sagte Berger. „Der Bus“, sagte er, „kommt um acht.“",
    "Er macht es, was er damit auch meint: „Wir haben Zeit“, sagte er.",
    "Man nehme x und y und eine Rolle c. Punkt a gilt.",
    "Kein Kommentar. So weit, so gut. Ein Desaster für die Stadt. Es ging weiter.",
    "Der Rat schweigt. Eine Frage der Zeit. Man wartet ab.",
    "Die North Bay und der South Park liegen in New York; der New Yorker kam.",
    "Die nordkoreanische und die südafrikanische Regierung tagten.",
    "Sie sagte, dass die Truppen bereits im Süden stationiert wurden.",
    "Sie sagte, dass er hätte kommen können, und dass er hat warten müssen.",
    "Sie sagte, dass das Haus größer ist als vermutet.",
    "Sie sagte, dass die Stadt bereit ist, den Hafen zu bezahlen.",
    "Sie sagte, dass der Berg hoch ist und viele Menschen dort gestorben sind.",
    "Sie sagte, dass die Lage, die lange ruhig war, ernst ist.",
    "Der Wert stieg auf 10,125 Prozent und dann auf 0,000 und 3,5 Liter bei 10.000 Litern.",
    "Das Stück „The Sound of Music and the Rest of It“ lief im Theater.",
    "Sie rief: „The bridge will be closed for the winter and that is all.“",
    "Er sagte, die Brücke bleibe gesperrt.",
    "Sie ist 34 Jahre alt und fügt Teile zusammen. Danach geht sie.",
    "Das bestätigte Minister Jonas Berger. Es sei ernst, fügte der Beamte hinzu.",
    "Ein Beamter sprach mit Sprecherin Karin Oelmann. Es sei ernst, sagte der Beamte.",
    "Lesen Sie mehr Bücher, rät die Lehrerin. Mehr zum Thema weiß sie nicht.",
    "Die Anzeige kam zu spät, und das Bild hing schief.",
    "Der Evangelische Pressedienst (epd) und die Deutsche Presse-Agentur (dpa) berichteten.",
    "Das Foto: ein Erfolg, wie alle sagen, denn es zeigt die Stadt von oben.",
    "Die Grünen-Politikerin tagte\nund schwieg dann\nrot-grün",
    "Stadt sperrt Brücke bis zum Mai\nDie Stadt sperrt die Brücke.",
    "Sie zitierte: „Der Rat […] hat entschieden.“",
]  # fmt: skip


@pytest.mark.parametrize("text", SOUND)
def test_sound_sentences(text):
    allowed = {"category_slug"} if text.endswith("rot-grün") else set()
    assert [(d.kind, d.span.of(text)) for d in damage(text) if d.kind not in allowed] == []


def test_a_wall_of_text_is_told_once():
    wall = " ".join(f"Das ist der Satz Nummer {n}, und er steht in keiner Weise allein hier." for n in range(40))
    text = f"{wall}\n\n{wall.replace('Das', 'Dies')}"
    (found,) = [d for d in damage(text) if d.kind == "lost_paragraphs"]
    assert "1 more" in found.message
    assert damage(wall[:900]) == ()


def test_a_doubled_passage_is_one_damage():
    text = LONG + "Danach berät der Rat über die Straße zum Bahnhof und den Markt. "
    (found,) = [d for d in damage(text + text) if d.kind == "doubled_sentence"]
    assert found.action is Action.REMOVE
    assert "2 sentences" in found.message
    assert found.span.start == len(text)


def test_a_sentence_repeated_far_off_is_only_flagged():
    between = "Der Rat tagt. Man wartet. Es regnet. Niemand kommt. "
    (found,) = [d for d in damage(LONG + between + LONG) if d.kind == "doubled_sentence"]
    assert found.action is Action.FLAG
    assert found.severity is Severity.LOW


def test_foreign_sentences_in_a_row_are_one_passage():
    text = (
        "Der Rat tagte am Montag. The mayor said that the bridge would be closed for the winter. It works. "
        "They have not been told what the city should do about it. Danach ging man nach Hause."
    )
    (found,) = [d for d in damage(text) if d.kind == "foreign_language"]
    assert found.span.of(text).startswith("The mayor")
    assert found.span.of(text).endswith("about it.")


def test_a_link_that_cut_a_sentence_is_told_once():
    text = "Er sagte, dass „die Brücke gesperrt ist.“ Altenau.“ Der Rat schweigt."
    (found,) = damage(text)
    assert found.kind == "displaced_text"
    assert found.severity is Severity.HIGH
    assert "quotation" in found.message


def test_a_half_name_in_a_main_clause_after_dass_is_told_once():
    text = "Berger sagte, dass North Koreanische Truppen wurden bereits im Süden stationiert."
    (found,) = damage(text)
    assert found.kind == "half_translated_name"
    assert found.suggestion == "nordkoreanische"
    assert '"wurden"' in found.message


def test_what_lies_in_a_removed_line_is_not_told():
    text = "Der Rat tagte.\nLESEN SIE MEHR: Der Hafen in Altenau . Und dann ?\nDanach ging man."
    assert [d.kind for d in damage(text)] == ["teaser"]


def test_damages_come_in_reading_order():
    text = "Die North Koreanische Armee kam . Meier &amp; Sohn schlossen. Rund 10,000 kamen."
    found = damage(text)
    assert [d.kind for d in found] == ["half_translated_name", "stray_space", "html_entity", "number_style"]
    assert list(found) == sorted(found, key=lambda d: d.span.start)


def test_blocks_that_are_not_read_are_left_in_peace():
    body = "Der Rat tagte lange im Saal."
    tail = "Mehr zum Thema: Der Hafen in Altenau ."
    text = f"{body}\n{tail}"
    blocks = (
        Block(Span(0, len(body)), Role.PARAGRAPH),
        Block(Span(len(body) + 1, len(text)), Role.TEASER),
    )
    assert inspect(Article(text, blocks=blocks), DE) == ()
    assert [d.kind for d in inspect(Article(text), DE)] == ["teaser"]


def test_a_headline_and_a_dek_need_no_full_stop():
    text = "Rat sperrt die Brücke\nNach Angaben der Stadt sei die Brücke bis zum Mai gesperrt und\nDer Rat tagt heute."
    assert damage(text) == ()


def test_other_languages_get_marks_and_characters_only():
    text = "« Bonjour », dit-elle ! Il a dit &amp; rien : que le que le monde , enfin. Mehr zum Thema: Altenau"
    assert {d.kind for d in damage(text, "fr")} == {"html_entity", "stray_space"}
    text = "He said: “We wait. Then he went."
    assert [d.kind for d in damage(text, "en")] == ["unclosed_quotation"]
