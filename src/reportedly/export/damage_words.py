"""What is each kind of damage called in German, and what does it mean? (English: the finding's own message.)"""

from __future__ import annotations

from collections.abc import Mapping

GERMAN: Mapping[str, tuple[str, str]] = {
    "access_line": ("Zugangszeile", "Die Zeile gehört zur Bezahlschranke oder zum Zustimmungsfenster der Seite, nicht zum Artikel."),
    "agency_mark": ("Agenturkürzel", "Das Kürzel nennt die Agentur oder den Ort der Meldung; es gehört zu keinem Satz."),
    "broken_word": ("zerrissenes Wort", "Ein Wort ist durch einen Trennstrich oder Umbruch in zwei Teile zerfallen."),
    "category_slug": ("Rubrikname", "Der Name einer Rubrik oder ein Schlagwort der Seite steht im Text."),
    "control_character": ("Steuerzeichen", "Ein unsichtbares Steuerzeichen steht im Text."),
    "credit": ("Bildnachweis", "Der Nachweis oder die Unterschrift eines Bildes ist in den Text geraten."),
    "direction_mark": ("Richtungszeichen", "Ein unsichtbares Zeichen ändert die Schreibrichtung und kann Wörter vertauscht zeigen."),
    "displaced_text": ("verrutschte Wörter", "Hinter dem Ende des Zitats stehen Wörter, die in das Zitat gehören; es ist unvollständig. Vor dem Zitieren das Original prüfen."),
    "doubled_frame": ("doppelte Redeeinleitung", "Der Satz wird zweimal eingeleitet; eine der beiden Einleitungen ist übrig."),
    "doubled_sentence": ("doppelter Satz", "Derselbe Satz oder Absatz steht zweimal im Text."),
    "doubled_word": ("doppeltes Wort", "Dasselbe Wort steht zweimal hintereinander."),
    "foreign_language": ("fremde Sprache", "Ein Stück des Textes ist in einer anderen Sprache stehen geblieben."),
    "gender_mismatch": ("falsches Geschlecht", "Die männliche Bezeichnung weist auf niemanden zurück: Zuletzt sprach eine Frau. Die Übersetzung hat das Geschlecht vertauscht, oder ein Satz fehlt."),
    "half_translated_name": ("halb übersetzter Name", "Der Name ist nur zum Teil übersetzt oder trägt eine fremde Endung."),
    "html_entity": ("HTML-Rest", "Statt eines Zeichens steht dessen HTML-Schreibweise im Text."),
    "html_tag": ("HTML-Rest", "Ein HTML-Befehl ist im Text stehen geblieben."),
    "look_alike_letter": ("fremder Buchstabe", "Ein Buchstabe aus einer anderen Schrift sieht aus wie ein lateinischer."),
    "lost_antecedent": ("Bezug verloren", "Ein Fürwort weist auf etwas, das im Text nicht (mehr) steht."),
    "lost_paragraphs": ("Absätze verloren", "Die Absätze sind zusammengelaufen; wo einer begann, ist nicht mehr zu sehen."),
    "lost_space": ("Leerzeichen fehlt", "Zwischen zwei Wörtern oder nach einem Satzzeichen fehlt das Leerzeichen."),
    "main_clause_after_dass": ("Hauptsatz nach „dass“", "Auf „dass“ folgt die Wortstellung eines Hauptsatzes: ein Rest der Übersetzung."),
    "mojibake": ("Zeichensalat", "Umlaute oder Anführungszeichen wurden mit der falschen Zeichentabelle gelesen."),
    "number_style": ("fremde Zahlenschreibweise", "Punkt und Komma stehen in der Zahl anders als im Deutschen; ihr Wert kann falsch verstanden werden."),
    "page_furniture": ("Rest der Seite", "Eine Schaltfläche oder ein Hinweis der Seite steht im Text."),
    "replacement_character": ("Zeichen verloren", "Ein Zeichen ging verloren; an seiner Stelle steht ein Ersatzzeichen."),
    "soft_hyphen": ("weiches Trennzeichen", "Ein unsichtbares Trennzeichen steht im Wort."),
    "stray_space": ("falsches Leerzeichen", "Ein Leerzeichen steht, wo keines hingehört."),
    "teaser": ("Verweis auf andere Texte", "Ein Hinweis auf einen anderen Artikel steht im Text."),
    "truncated_end": ("Ende fehlt", "Der Text bricht ab, bevor er zu Ende ist."),
    "truncated_word": ("abgeschnittenes Wort", "Einem Wort fehlt der Anfang oder das Ende."),
    "unclosed_quotation": ("Zitat ohne Ende", "Ein Anführungszeichen öffnet ein Zitat, das nirgends geschlossen wird."),
    "unopened_quotation": ("Zitat ohne Anfang", "Ein Anführungszeichen schließt ein Zitat, das nirgends beginnt."),
    "verbless_remnant": ("Satz ohne Verb", "Von dem Satz ist nur ein Rest ohne Verb geblieben."),
    "wrong_quotation_mark": ("falsches Anführungszeichen", "Das öffnende und das schließende Anführungszeichen passen nicht zusammen."),
    "zero_width_character": ("unsichtbares Zeichen", "Ein Zeichen ohne Breite steht im Text und trennt oder verbindet Wörter unsichtbar."),
}  # fmt: skip
"""Kind -> (name, sentence). A kind without an entry is shown by its own name and message."""
