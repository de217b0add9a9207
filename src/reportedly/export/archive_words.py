"""What are things called where an archive answers? German and English words for results, facets, counts and notes."""

from __future__ import annotations

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "article.1": "Artikel", "article.n": "Artikel", "in_article.1": "Artikel", "in_article.n": "Artikeln", "in": "in", "shown": "{n} gezeigt (--all zeigt alle)",
    "nothing": "Nichts gefunden.", "alone": "allein", "without": "ohne das", "and_more_values": "und {n} weitere",
    "facet.outlet": "Medium", "facet.speaker": "Wer", "facet.form": "Form", "facet.cue_class": "Stichwort",
    "facet.year": "Jahr", "no_date": "ohne Datum", "no_outlet": "ohne Medium",
    "judged.accept": "angenommen", "judged.reject": "verworfen", "judged.corrected": "berichtigt",
    "judged.span": "Stelle berichtigt", "judged.speaker": "Sprecher berichtigt", "judged.withdraw": "zurückgenommen",
    # notes on a query
    "query.empty_field": "„{about}“ ohne Wert – als Wort gesucht.",
    "query.unknown_field": "„{about}“ ist kein Feld – als Wort gesucht.",
    "query.bad_value": "„{about}“ hat keinen Wert, den das Feld kennt – als Wörter gesucht.",
    "query.lone_quote": "Anführungszeichen {about} ohne Gegenstück – übergangen.",
    "query.lone_operator": "„{about}“ verbindet hier nichts – als Wort gesucht oder übergangen.",
    "query.brackets": "Klammern gruppieren nicht; OR verbindet die beiden Nachbarn.",
    "query.wordless": "„{about}“ hat weder Buchstaben noch Ziffern – nicht gesucht.",
    "query.too_many": "Mehr, als eine Suche fasst: ab „{about}“ nicht gesucht.",
    "query.short_prefix": "„{about}“ ist zu kurz für einen Wortanfang – als Wort gesucht.",
    # counts of an import
    "add.read": "gelesen {n}", "add.there": "schon da {n}", "add.refused": "abgelehnt {n}", "add.versions": "neue Fassungen {n}",
    "add.left": "übrig {n}", "add.rate": "{n}/s", "add.eta": "noch etwa {n}", "add.statements": "Aussagen {n}",
    "add.list": "`reportedly refused` zeigt die abgelehnten",
    # lists
    "speakers.role": "Rollen", "speakers.seen": "zuletzt", "unnamed_speakers": "ohne Namen", "kept_apart": "je Artikel für sich",
    "refused.none": "Nichts abgelehnt.", "refused.tried": "{n}-mal versucht, zuletzt {at}",
    "outlets.unnamed": "Sprecher ohne Namen", "outlets.verbatim": "wörtlich", "outlets.list": "die Liste dahinter",
    "outlets.nobody": "davon ganz ohne Sprecher", "judgement.none": "Noch nichts entschieden.",
    "check.fine": "Alles in Ordnung.", "check.advice": "Rat", "version": "Fassung", "version.is": "Fassung {n}",
    "backup.done": "gesichert und geprüft", "restore.done": "ganz übernommen und verglichen", "backup.whole": "die Kopie ist heil",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "article.1": "article", "article.n": "articles", "in_article.1": "article", "in_article.n": "articles", "in": "in", "shown": "{n} shown (--all shows all)",
    "nothing": "Nothing found.", "alone": "alone", "without": "without it", "and_more_values": "and {n} more",
    "facet.outlet": "Outlet", "facet.speaker": "Who", "facet.form": "Form", "facet.cue_class": "Cue",
    "facet.year": "Year", "no_date": "no date", "no_outlet": "no outlet",
    "judged.accept": "accepted", "judged.reject": "rejected", "judged.corrected": "corrected",
    "judged.span": "span corrected", "judged.speaker": "speaker corrected", "judged.withdraw": "withdrawn",
    "query.empty_field": "“{about}” without a value: searched as a word.",
    "query.unknown_field": "“{about}” is no field: searched as a word.",
    "query.bad_value": "“{about}” has no value that the field knows: searched as words.",
    "query.lone_quote": "Quotation mark {about} without a partner: passed over.",
    "query.lone_operator": "“{about}” joins nothing here: searched as a word or passed over.",
    "query.brackets": "Brackets do not group; OR joins its two neighbours.",
    "query.wordless": "“{about}” has neither letters nor digits: not searched.",
    "query.too_many": "More than a search can hold: not searched from “{about}” on.",
    "query.short_prefix": "“{about}” is too short for the beginning of a word: searched as a word.",
    "add.read": "read {n}", "add.there": "already there {n}", "add.refused": "refused {n}", "add.versions": "new versions {n}",
    "add.left": "left {n}", "add.rate": "{n}/s", "add.eta": "about {n} to go", "add.statements": "statements {n}",
    "add.list": "`reportedly refused` lists what was refused",
    "speakers.role": "Roles", "speakers.seen": "last", "unnamed_speakers": "without a name", "kept_apart": "each article apart",
    "refused.none": "Nothing refused.", "refused.tried": "tried {n} times, last {at}",
    "outlets.unnamed": "speakers without a name", "outlets.verbatim": "verbatim", "outlets.list": "the list behind it",
    "outlets.nobody": "of these no speaker at all", "judgement.none": "Nothing decided yet.",
    "check.fine": "All is well.", "check.advice": "advice", "version": "version", "version.is": "version {n}",
    "backup.done": "backed up and verified", "restore.done": "taken over as a whole and compared", "backup.whole": "the copy is whole",
}  # fmt: skip
