"""What are things called in the reader's language? German and English names for forms, classes, columns, notes."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.export.archive_words import ENGLISH as ENGLISH_ARCHIVE
from reportedly.export.archive_words import GERMAN as GERMAN_ARCHIVE
from reportedly.export.damage_words import GERMAN as GERMAN_DAMAGE
from reportedly.export.run_words import ENGLISH as ENGLISH_RUN
from reportedly.export.run_words import GERMAN as GERMAN_RUN

Tongue = str
"""The language of the interface: "de" or "en". Nothing to do with the language of the article."""

_GERMAN: Mapping[str, str] = {
    # forms of statement
    "form.direct": "direkt", "form.indirect": "indirekt", "form.mixed": "gemischt", "form.reported": "berichtet",
    "form.free_indirect": "frei",
    "form.long.direct": "direkte Rede", "form.long.indirect": "indirekte Rede", "form.long.mixed": "indirekt mit Zitat",
    "form.long.reported": "berichteter Redeakt", "form.long.free_indirect": "frei weitergeführt",
    # classes of cue
    "class.neutral": "neutral", "class.official": "amtlich", "class.emphatic": "betont", "class.conceding": "einräumend",
    "class.factive": "bestätigend", "class.distancing": "distanzierend", "class.denial": "Dementi",
    "class.accusing": "Vorwurf", "class.critical": "kritisch", "class.praising": "lobend", "class.warning": "Warnung",
    "class.demand": "Forderung", "class.question": "Frage", "class.belief": "Ansicht",
    # medium, mood
    "medium.speech": "gesagt", "medium.thought": "gedacht", "medium.writing": "geschrieben",
    "mood.indicative": "Indikativ", "mood.konjunktiv1": "Konjunktiv I", "mood.konjunktiv2": "Konjunktiv II",
    "mood.hearsay": "Hörensagen",
    # kinds of speaker
    "kind.person": "Person", "kind.organisation": "Organisation", "kind.state": "Staat", "kind.group": "Gruppe",
    "kind.document": "Dokument", "kind.medium": "Medium", "kind.unknown": "unbekannt",
    # relations of a figure
    "relation.exact": "=", "relation.about": "≈", "relation.more": ">", "relation.less": "<", "relation.at_least": "≥",
    "relation.at_most": "≤", "relation.between": "zwischen",
    # damage
    "severity.low": "leicht", "severity.medium": "mittel", "severity.high": "schwer",
    "action.flag": "vermerkt", "action.mask": "in der Auswertung überdeckt", "action.remove": "nicht ausgewertet",
    "cause": "Ursache", "suggestion": "Vorschlag", "leave_out": "weglassen", "line": "Zeile", "characters": "Zeichen",
    # columns and labels
    "col.number": "#", "col.form": "Form", "col.speaker": "Wer", "col.cue": "Stichwort", "col.content": "Was",
    "col.sure": "Sicher", "to": "an", "authority": "Beleg", "when": "wann",
    "time": "Zeit", "figure": "Menge", "place": "Ort",
    "occasion": "Anlass", "unknown_speaker": "unbekannt", "nobody": "ohne Angabe", "negated": "verneint",
    "unnamed": "ohne Namen", "why": "Warum?", "within": "in", "damage": "Schäden", "by": "gefunden durch",
    "trace": "Spur", "cue": "Stichwort", "speaker": "Sprecher", "resolved": "aufgelöst", "not_resolved": "nicht aufgelöst",
    "same_speaker": "setzt fort", "places_of": "Stelle", "confidence": "Sicherheit", "medium": "Medium", "mood": "Modus",
    "rule": "Regel", "raw_trust": "Vertrauen in die Regel", "class": "Art des Stichworts", "owner": "von",
    "letter.speaker": "W", "letter.addressee": "A", "letter.authority": "B",
    # summary
    "statement.1": "Aussage", "statement.n": "Aussagen", "speaker.1": "Sprecher", "speaker.n": "Sprecher",
    "damage.1": "Schaden", "damage.n": "Schäden", "none_found": "Keine Aussage gefunden.",
    "no_damage": "Kein Schaden gefunden.", "note": "Hinweis", "untitled": "Ohne Titel", "and_more": "und {n} weitere: --damage",
    "sentences": "Sätze gelesen", "published": "veröffentlicht", "language": "Sprache", "characters_n": "Zeichen",
    # page
    "page.title": "Wer sagt was", "page.text": "Text", "page.cards": "Aussagen", "page.speakers": "Sprecher",
    "page.legend": "Zeichen", "page.removed": "nicht ausgewertet", "page.to_text": "zurück zum Text",
    "page.to_card": "zur Karte von Aussage", "page.paragraph": "Absatz", "page.articles": "Artikel",
    "page.original": "zum Original", "page.statement": "Aussage", "page.damage": "Schaden",
    "page.cut": "Gezeigt sind die ersten {n} von {m} Aussagen.", "page.made": "gelesen mit reportedly",
    "page.words": "Wörter", "page.quoted": "wörtlich", "page.all": "alle", "page.show": "Zeige",
    "page.to_damage": "zu Schaden", "page.skip": "Zum Text springen", "page.more_lanes": "weitere Aussagen an dieser Stelle",
    # command line
    "refused": "nicht gelesen", "refused.some": "{n} von {m} Eingaben nicht gelesen", "stopped": "abgebrochen",
    "reading": "lese",
}  # fmt: skip

_ENGLISH: Mapping[str, str] = {
    "form.direct": "direct", "form.indirect": "indirect", "form.mixed": "mixed", "form.reported": "reported",
    "form.free_indirect": "free",
    "form.long.direct": "direct speech", "form.long.indirect": "indirect speech", "form.long.mixed": "indirect with quotation",
    "form.long.reported": "reported act", "form.long.free_indirect": "carried on freely",
    "class.neutral": "neutral", "class.official": "official", "class.emphatic": "emphatic", "class.conceding": "conceding",
    "class.factive": "factive", "class.distancing": "distancing", "class.denial": "denial",
    "class.accusing": "accusing", "class.critical": "critical", "class.praising": "praising", "class.warning": "warning",
    "class.demand": "demand", "class.question": "question", "class.belief": "belief",
    "medium.speech": "said", "medium.thought": "thought", "medium.writing": "written",
    "mood.indicative": "indicative", "mood.konjunktiv1": "Konjunktiv I", "mood.konjunktiv2": "Konjunktiv II",
    "mood.hearsay": "hearsay",
    "kind.person": "person", "kind.organisation": "organisation", "kind.state": "state", "kind.group": "group",
    "kind.document": "document", "kind.medium": "medium", "kind.unknown": "unknown",
    "relation.exact": "=", "relation.about": "≈", "relation.more": ">", "relation.less": "<", "relation.at_least": "≥",
    "relation.at_most": "≤", "relation.between": "between",
    "severity.low": "low", "severity.medium": "medium", "severity.high": "high",
    "action.flag": "flagged", "action.mask": "masked for the analysis", "action.remove": "not analysed",
    "cause": "cause", "suggestion": "suggestion", "leave_out": "leave it out", "line": "line", "characters": "characters",
    "col.number": "#", "col.form": "Form", "col.speaker": "Who", "col.cue": "Cue", "col.content": "What",
    "col.sure": "Sure", "to": "to", "authority": "authority", "when": "when",
    "time": "time", "figure": "figure", "place": "place",
    "occasion": "occasion", "unknown_speaker": "unknown", "nobody": "nobody named", "negated": "negated",
    "unnamed": "unnamed", "why": "Why?", "within": "in", "damage": "damage", "by": "found by",
    "trace": "trace", "cue": "cue", "speaker": "speaker", "resolved": "resolved", "not_resolved": "not resolved",
    "same_speaker": "carries on", "places_of": "place", "confidence": "confidence", "medium": "medium", "mood": "mood",
    "rule": "rule", "raw_trust": "trust in the rule", "class": "class of cue", "owner": "of",
    "letter.speaker": "S", "letter.addressee": "T", "letter.authority": "E",
    "statement.1": "statement", "statement.n": "statements", "speaker.1": "speaker", "speaker.n": "speakers",
    "damage.1": "damage", "damage.n": "damages", "none_found": "No statement found.",
    "no_damage": "No damage found.", "note": "Note", "untitled": "Untitled", "and_more": "and {n} more: --damage",
    "sentences": "sentences read", "published": "published", "language": "language", "characters_n": "characters",
    "page.title": "Who says what", "page.text": "Text", "page.cards": "Statements", "page.speakers": "Speakers",
    "page.legend": "Key", "page.removed": "not analysed", "page.to_text": "back to the text",
    "page.to_card": "to the card of statement", "page.paragraph": "paragraph", "page.articles": "Articles",
    "page.original": "original", "page.statement": "statement", "page.damage": "damage",
    "page.cut": "Showing the first {n} of {m} statements.", "page.made": "read with reportedly",
    "page.words": "words", "page.quoted": "verbatim", "page.all": "all", "page.show": "Show",
    "page.to_damage": "to damage", "page.skip": "Skip to the text", "page.more_lanes": "more statements here",
    "refused": "not read", "refused.some": "{n} of {m} inputs not read", "stopped": "stopped",
    "reading": "reading",
}  # fmt: skip

WORDS: Mapping[Tongue, Mapping[str, str]] = {
    "de": {**_GERMAN, **GERMAN_ARCHIVE, **GERMAN_RUN},
    "en": {**_ENGLISH, **ENGLISH_ARCHIVE, **ENGLISH_RUN},
}


def word(tongue: Tongue, key: str) -> str:
    """The word for `key`. Damage kinds and other open lists have no entry: their own name with spaces is shown."""
    room, _, name = key.partition(".")
    if room == "damage" and name and name not in ("1", "n"):
        return GERMAN_DAMAGE[name][0] if tongue == "de" and name in GERMAN_DAMAGE else name.replace("_", " ")
    found = WORDS.get(tongue, WORDS["en"]).get(key)
    return found if found is not None else key.split(".", 1)[-1].replace("_", " ")


def count(tongue: Tongue, key: str, n: int) -> str:
    """ "1 Aussage", "1.204 Aussagen"."""
    return f"{number(tongue, n)} {word(tongue, f'{key}.1' if n == 1 else f'{key}.n')}"


def number(tongue: Tongue, value: float) -> str:
    """A figure in the way of the tongue: 10.000 and 0,5 in German, 10,000 and 0.5 in English."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.translate({ord(","): ".", ord("."): ","}) if tongue == "de" else text


def sure(tongue: Tongue, value: float) -> str:
    """A probability with two digits; never shown as certain."""
    text = f"{min(value, 0.99):.2f}"
    return text.replace(".", ",") if tongue == "de" else text


def tongue_of(locale: str | None) -> Tongue:
    """The interface language for a locale name: "de_AT.UTF-8" is "de", everything else "en"."""
    return "de" if (locale or "").lower().startswith("de") else "en"
