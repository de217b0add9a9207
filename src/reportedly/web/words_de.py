"""What does the room say in German?"""

from __future__ import annotations

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "skip": "Zum Inhalt springen", "saved": "gespeichert", "copied": "kopiert", "join": " ", "gone": "Der Server antwortet nicht. Das Geschriebene bleibt stehen; es wird wieder versucht.",
    "nav.label": "Bereiche", "nav.start": "Anfang", "nav.search": "Suche", "nav.speakers": "Sprecher", "nav.outlets": "Medien", "nav.timeline": "Verlauf",
    "nav.review": "Prüfen", "nav.imports": "Import", "nav.keys": "Tasten", "nav.saved": "Gespeicherte Suchen", "nav.queries": "Viele Suchen",
    "nav.about": "Über", "nav.export": "Export", "theme.system": "wie das System", "theme.light": "hell", "theme.dark": "dunkel", "key.space": "Leertaste",
    # search
    "search.label": "Suche im Archiv", "search.placeholder": "Wer hat was gesagt?  von:Hallstein über:Deich seit:2024-06", "search.button": "suchen", "search.results": "Ergebnisse",
    "search.query": "Suche", "search.facets": "Eingrenzen", "search.sort": "Reihenfolge", "search.part": "Teil der Suche",
    "search.why_none": "Woran es liegt: was jeder Teil allein findet, und was die Suche ohne ihn fände",
    "search.help": "Alle Wörter müssen vorkommen; OR verbindet zwei, ein Minus schließt aus, Anführungszeichen halten zusammen. Felder: von: über: an: laut: bei: form: seit: bis: gesagt: zahl: ort: schaden:",
    "sort.newest": "neueste", "sort.oldest": "älteste", "sort.relevance": "passendste", "sort.unsure": "unsicherste",
    "chip.turn": "umkehren: ein- oder ausschließen", "chip.drop": "weglassen:", "facet.add": "hinzunehmen", "facet.later": "Zähler folgen", "facet.in": "noch ein Klick schließt aus", "facet.out": "ausgeschlossen; noch ein Klick lässt es weg",
    "pager.before": "zurück", "pager.after": "weiter",
    "saved.save": "Suche speichern", "saved.seen": "gespeichert · als gesehen merken", "saved.none": "Noch keine Suche gespeichert.", "saved.how": "Über jedem Ergebnis steht „Suche speichern“.",
    "saved.new": "{n} neu", "saved.new_head": "neu", "saved.name": "Name", "saved.hits": "Treffer", "saved.forget": "vergessen",
    "queries.label": "Eine Suche je Zeile, höchstens {most}. Eine Zeile, die nicht geht, hält die anderen nicht auf.", "queries.run": "alle suchen",
    # start
    "start.hello": "Wer hat was gesagt?", "start.empty": "Noch kein Artikel. Text einfügen, Datei hierher ziehen oder das Beispiel ansehen.",
    "start.box": "Text, Adressen oder Dateien", "start.box_hint": "Text oder Link hier einfügen, Dateien hierher ziehen. Auch der volle Name eines Ordners dieses Rechners geht.",
    "start.drop": "loslassen, um zu lesen", "start.files": "Dateien wählen", "start.read": "lesen", "start.example": "Beispielartikel ansehen", "start.last": "Zuletzt gekommen",
    "start.waiting": "Offen", "start.waiting_n": "ungeprüfte Aussagen: {n}", "start.refused": "nicht gelesen: {n}",
    "field.outlet": "Medium", "field.published": "Datum (2024-10-28)", "field.title": "Titel",
    # reader
    "reader.captured": "aufgenommen {day}", "reader.bare": "nur Text", "reader.no_marks": "ohne Zeichen", "reader.judged": "mit den Entscheidungen",
    "reader.machine": "So wurde der Artikel gelesen, ohne das, was Menschen entschieden haben.", "reader.none": "Keine Aussage gefunden. {n} Sätze gelesen, keiner mit Sprecher.", "reader.version": "andere Fassung {n}",
    "reader.place": "Stelle", "reader.cite": "Zitieren", "reader.link": "Link", "reader.rejected": "Verworfen", "reader.speaker": "mehr von dieser Stimme",
    "cite.no_outlet": "ohne Medium", "cite.statement": "{who} laut {source} ({how}):", "cite.captured": "aufgenommen {when}",
    # speakers, outlets, timeline
    "speakers.words": "Namen mit", "speakers.named": "mit Namen", "speakers.unnamed": "ohne Namen", "speakers.kind": "Art", "speakers.when": "von – bis", "speakers.more": "mehr zeigen",
    "speaker.alike": "Ähnliche Namen, nicht zusammengelegt", "speaker.tabs": "Listen", "speaker.known": "Namen, Rollen und warum das einer ist", "tab.says": "sagt", "tab.about": "wird genannt von anderen", "tab.authority": "wird als Beleg genannt",
    "tab.where": "wo und wie", "tab.time": "Jahre", "outlets.note": "Zahlen mit der Liste dahinter; kein Urteil.", "outlets.none": "Noch kein Artikel mit einem Medium.",
    "sides.title": "Zwei Seiten nebeneinander", "sides.one": "Eine Seite", "sides.other": "die andere", "sides.compare": "vergleichen",
    "sides.note": "Wie jedes Medium einführt, was sie sagen. Wer in einem Medium wenig sagt, hat von allem wenig; hinter jeder Zahl steht die Liste.",
    "outlets.all": "alle Aussagen", "outlets.who": "Wer", "timeline.by": "eine Zeile je", "timeline.draw": "zeichnen", "timeline.table": "Tabelle", "timeline.drawing": "Zeichnung",
    "timeline.newest": "Gezeichnet sind die neuesten {n} von {all}; mit seit: und bis: eingrenzen.", "timeline.undated": "{n} ohne Tag sind nicht dabei.", "timeline.more": "{n} weitere Zeilen: Tabelle.",
    "timeline.several": "mehrere zugleich: größer, mit Zahl", "timeline.hollow": "nur das Datum der Veröffentlichung ist bekannt", "timeline.rest": "und {n} weitere in der Datei:",
    # export
    "export.note": "Genau das, was die Suche zeigt, alles davon, mit den Entscheidungen der Menschen.", "export.format": "Format", "export.for": "wofür",
    "export.csv": "Tabelle, eine Zeile je Aussage: UTF-8, Kommas; der Text, wie er ist", "export.excel": "Tabelle für Excel und LibreOffice: keine Zelle wird zur Formel", "export.jsonl": "der ganze Datensatz, ein Artikel je Zeile",
    "export.html": "eine Seite zum Weitergeben, mit unterstrichenen Aussagen", "export.txt": "Tabelle zum Lesen", "export.why": "welche Regel was gefunden hat", "export.damage": "die Schäden der Texte",
    # review
    "review.waiting": "Noch nicht geprüft: {n}", "review.order": "Reihenfolge", "review.order.unsure": "unsicherste zuerst", "review.order.newest": "neueste zuerst",
    "review.order.oldest": "älteste zuerst", "review.order.random": "Stichprobe (gibt die Genauigkeit mit Intervall)", "review.how_many": "Anzahl", "review.begin": "beginnen", "review.everything": "leer: alles",
    "review.queues": "Begonnene", "review.queue": "Reihe", "review.decided": "entschieden", "review.precision": "richtig", "review.accept": "richtig", "review.reject": "falsch", "review.later": "später",
    "review.undo": "zurück", "review.note": "Notiz", "review.change_who": "jemand anders sagt es", "review.right_speaker": "Wer", "review.save": "speichern", "review.change_span": "die Stelle ist eine andere",
    "review.span_help": "→ ← bewegt das Ende um ein Wort, mit Umschalt den Anfang, Enter speichert, Esc lässt es.", "review.characters": "Zeichen", "review.last": "Zuletzt", "review.so_far": "bisher",
    "review.finished": "Fertig: alle {n} entschieden.", "review.result": "Richtig waren {right} von {of}: {share}, mit 95 % Sicherheit zwischen {low} und {high}.", "review.another": "eine andere Reihe",
    "review.vanished": "An dieser Stelle findet die heutige Auswertung nichts mehr.", "review.nothing": "Nichts zu prüfen: die Suche findet nichts, was offen ist.",
    "review.by": "Wer entscheidet", "review.remember": "merken", "review.who_are_you": "Jede Entscheidung trägt einen Namen: bitte eintragen.",
    "same.title": "Dieselbe Person?", "same.same": "dieselbe", "same.different": "verschieden", "same.unsure": "ungewiss", "same.decide": "ansehen und entscheiden",
    # imports
    "job.import": "Import", "job.name": "Import {n}", "job.state": "Stand", "job.so_far": "bisher", "job.none": "Noch kein Import.", "job.item": "Eingabe", "job.items": "Was daraus wurde", "job.outcome": "Ergebnis",
    "job.reason": "warum", "job.tried": "Versuche", "job.refused_all": "Nicht gelesen (im ganzen Archiv)", "job.reading": "liest", "job.stop_keeps": "Was gelesen ist, bleibt.",
    "job.collecting": "wartet auf Dateien", "job.waiting": "wartet", "job.running": "läuft", "job.paused": "angehalten", "job.stopped": "beendet", "job.done": "fertig", "job.failed": "gescheitert",
    "job.counts": "{read} gelesen · {there} schon da · {refused} abgelehnt", "job.ignored": "{n} abgehakt", "job.left": "{n} übrig", "job.minutes": "noch etwa {n} min",
    "job.do.pause": "anhalten", "job.do.stop": "beenden", "job.do.resume": "weiter", "job.do.retry": "abgelehnte noch einmal", "job.do.retry_one": "noch einmal", "job.do.ignore": "abhaken",
    "outcome.read": "gelesen", "outcome.there": "schon da", "outcome.refused": "nicht gelesen", "outcome.ignored": "abgehakt",
    # small pages
    "keys.everywhere": "Überall", "keys.lists": "Listen", "keys.reader": "Beim Lesen", "keys.review": "Beim Prüfen", "keys.edit": "Stelle ändern", "keys.same": "Dieselbe Person?", "keys.same_one": "dieselbe", "keys.not_same": "verschieden", "keys.unsure": "ungewiss", "keys.search": "suchen", "keys.keys": "diese Tasten", "keys.close": "schließen",
    "keys.start": "Anfang", "keys.search_page": "Suche", "keys.imports": "Import", "keys.review_page": "Prüfen", "keys.timeline": "Verlauf", "keys.speakers": "Sprecher", "keys.next": "nächster", "keys.previous": "voriger",
    "keys.open": "öffnen", "keys.next_statement": "nächste Aussage", "keys.previous_statement": "vorige Aussage", "keys.why": "Warum?", "keys.cite": "Zitat kopieren", "keys.link": "Link kopieren",
    "keys.only_speaker": "nur diese Stimme", "keys.bare": "nur Text", "keys.hide": "ohne Zeichen", "keys.next_damage": "nächster Schaden", "keys.original": "zum Original", "keys.accept": "richtig", "keys.reject": "falsch",
    "keys.later": "später", "keys.undo": "zurück", "keys.who": "jemand anders sagt es", "keys.edit_span": "die Stelle ist eine andere", "keys.note": "Notiz", "keys.end_by_word": "Ende um ein Wort", "keys.start_by_word": "Anfang um ein Wort",
    "keys.save": "speichern", "keys.cancel": "lassen", "keys.off": "einzelne Tasten abschalten", "keys.on": "einzelne Tasten einschalten",
    "about.what": "Wer hat was gesagt, zu wem, auf wessen Wort, wann: jede zugeschriebene Aussage als genaue Stelle im unveränderten Text.", "about.archive": "Archiv", "about.judgements": "Entscheidungen", "about.refused": "nicht gelesen",
    "about.size": "Größe", "about.engine": "Datenbank", "about.signature": "liest mit", "about.outdated": "{n} Artikel wurden von einer anderen Fassung gelesen; `reportedly reread` liest sie neu, Entscheidungen bleiben.",
    "about.cannot": "Maschinen irren: eine Sicherheit von 0,7 heißt, dass von zehn solchen Aussagen etwa drei falsch sind. Ohne das Original zu lesen, soll niemand zitieren.",
    "about.private": "Nichts verlässt diesen Rechner, außer wenn eine Adresse gelesen werden soll.",
    "api.what": "Jede Seite hat einen Zwilling für Programme: dieselbe Adresse mit .json. Der Schlüssel steht in der Adresse, mit der das Programm startet.", "api.parameter": "Parameter", "api.kind": "Art", "api.about": "Bedeutung", "api.body": "Inhalt",
    # reader: filters, lists, what was missed
    "reader.before": "voriger Artikel", "reader.after": "nächster Artikel", "reader.filter": "Aussagen auswählen", "reader.kept": "{n} davon gezeigt", "reader.all": "alle zeigen",
    "reader.tally": "Wer wie viel sagt", "reader.others": "{n} weitere", "reader.only_damaged": "nur mit Schaden", "reader.only_unsure": "nur unsicher < 0,7", "reader.missed": "fehlt eine?",
    "reader.foreign": "Sprache: {language}. Nur wörtliche Zitate gelesen.", "reader.unknown": "Sprache: nicht zu erkennen. Nur wörtliche Zitate gelesen.",
    "reader.select": "Erst die Worte im Text markieren, dann m.", "reader.shut": "schließen",
    # review: forms, what was missed, what is in dispute
    "review.form": "Form", "review.missed": "hier fehlt eine Aussage", "review.missed_help": "Worte markieren oder mit → ← das Ende, mit Umschalt den Anfang bewegen; dann wer, Enter speichert.",
    "review.order.disputed": "neu strittig (eine neue Auswertung liest anders als entschieden)", "review.disputed": "neu strittig", "review.no_dispute": "Nichts strittig: keine neue Auswertung liest anders als entschieden wurde.",
    "review.was": "entschieden", "review.is": "neu gelesen", "review.dispute.gone": "nichts mehr an dieser Stelle", "review.dispute.content": "andere Stelle", "review.dispute.speaker": "jemand anders", "review.dispute.form": "andere Form",
    "review.keep": "Aussage behalten", "review.take_new": "lesen wie neu", "review.let_go": "nicht mehr",
    # keys: more of them, and one's own
    "keys.go": "gehe zu …", "keys.open_full": "ganz öffnen", "keys.page_before": "Seite zurück", "keys.page_after": "Seite weiter", "keys.article_before": "voriger Artikel der Liste", "keys.article_after": "nächster Artikel der Liste",
    "keys.actions": "was man damit tun kann", "keys.all": "alle Aussagen zeigen", "keys.missed": "hier fehlt eine Aussage", "keys.form_1": "direkt", "keys.form_2": "indirekt", "keys.form_3": "gemischt", "keys.form_4": "berichtet", "keys.form_5": "frei indirekt",
    "keys.own": "Eigene Tasten", "keys.own_how": "Ein Zeichen oder Space; leer: abgeschaltet. Nur dieser Browser merkt sie sich.", "keys.usual": "alle wie zu Anfang",
    "keys.no_key": "„{sign}“ ist keine einzelne Taste: bitte ein Zeichen, Space oder nichts eintragen.", "keys.twice": "Die Taste {sign} stünde für zweierlei: „{one}“ und „{other}“. Nichts wurde geändert.",
    # errors
    "error.title": "Das ging nicht", "error.back": "zurück", "error.404": "Diese Seite gibt es nicht.", "error.405": "So kann diese Adresse nicht gefragt werden.", "error.500": "Ein Fehler in reportedly.",
    "error.fault": "Ein Fehler in reportedly, Nummer {number}; er steht im Protokoll des Servers. Der Archivdatei ist nichts geschehen.", "error.missing": "Es fehlt: {name}.", "error.number": "{name} muss eine Zahl zwischen {low} und {high} sein.",
    "error.choice": "{name} kennt nur: {choices}.", "error.value": "{name} hat keinen Wert, der hier geht.", "error.unknown": "{name} ist hier kein Feld.", "error.media": "Dieser Inhaltstyp geht hier nicht.", "error.form": "Das Formular ist nicht lesbar.",
    "error.json": "Das ist kein JSON-Objekt.", "error.size": "Das ist zu groß: höchstens 20 MB auf einmal.", "error.queries": "Das sind {n} Suchen; höchstens {most} gehen auf einmal.", "error.article": "Es gibt keinen Artikel {id}.",
    "error.place": "Der Artikel hat keine Stelle {place}; er hat {length} Zeichen.", "error.no_statement": "An dieser Stelle steht keine Aussage.", "error.outlet": "Ein Medium {name} kommt nicht vor.", "error.speaker": "Eine Stimme mit dem Namen {name} kommt nicht vor.",
    "error.import": "Diesen Import gibt es nicht.", "error.queue": "Diese Reihe gibt es nicht.",
    "refused.host": "Unter diesem Namen wird hier nicht geantwortet. Nur die Adresse, die beim Start genannt wurde, führt her.",
    "refused.key": "Ohne Schlüssel geht es nicht: bitte die Adresse öffnen, die beim Start im Terminal stand.", "refused.origin": "Die Anfrage kam von einer fremden Seite.",
    "refused.read_only": "Dieser Lesesaal ist nur zum Lesen geöffnet.", "refused.size": "Das ist zu groß: höchstens 20 MB auf einmal.", "refused.address": "Die Adresse ist zu lang.",
}  # fmt: skip
