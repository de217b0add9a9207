"""What are things called where many articles are read? German and English words for a run, its report and its estimate."""

from __future__ import annotations

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "run.done": "{articles} in {clock}, {words}/s, {statements}", "run.nothing": "nichts Neues",
    "run.whole": "im Ergebnis", "run.now": "dieser Lauf", "run.shards.1": "Teil", "run.shards.n": "Teile", "run.left": "noch {n} %",
    "run.eta": "noch etwa {n}", "run.failed.1": "gescheiterter Teil", "run.failed.n": "gescheiterte Teile",
    "run.workers": "Prozesse", "run.stages": "Zeit nach Schritten", "run.reasons": "Abgelehnt", "run.damage": "Schäden nach Medium",
    "run.bytes": "Geschrieben", "run.memory": "höchstens {n} MiB je Prozess", "run.quarantined": "Gescheitert, der Rest ist getan",
    "run.unread": "Nicht zu öffnen", "run.outdated": "{n} sind mit anderen Tabellen oder Gewichten gelesen; --renew liest sie neu",
    "run.replaced": "{n} ersetzt, weil ihre Eingabe sich geändert hat", "run.refused": "abgelehnt {n}",
    "run.a_second": "{articles} Artikel/s, {words} Wörter/s, {statements} Aussagen/s",
    "word.1": "Wort", "word.n": "Wörter", "file.1": "Datei", "file.n": "Dateien",
    "dry.head": "Probe aus {n} Artikeln, nichts geschrieben", "dry.articles": "Artikel", "dry.words": "Wörter",
    "dry.statements": "Aussagen", "dry.rate": "Tempo", "dry.rate.is": "{n} Wörter/s je Prozess", "dry.hours": "Dauer",
    "dry.hours.is": "{low} bis {high} mit {workers}", "dry.process.1": "Prozess", "dry.process.n": "Prozessen",
    "dry.output": "Ergebnis", "dry.memory": "Speicher", "dry.input": "Eingabe", "dry.refused": "davon abgelehnt",
    "dry.about": "etwa {n}", "dry.between": "{low} bis {high}",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "run.done": "{articles} in {clock}, {words}/s, {statements}", "run.nothing": "nothing new",
    "run.whole": "in the output", "run.now": "this run", "run.shards.1": "shard", "run.shards.n": "shards", "run.left": "{n} % left",
    "run.eta": "about {n} to go", "run.failed.1": "failed shard", "run.failed.n": "failed shards",
    "run.workers": "Processes", "run.stages": "Time by stage", "run.reasons": "Refused", "run.damage": "Damage by outlet",
    "run.bytes": "Written", "run.memory": "at most {n} MiB a process", "run.quarantined": "Failed; the rest is done",
    "run.unread": "Cannot be opened", "run.outdated": "{n} were read with other tables or weights; --renew reads them again",
    "run.replaced": "{n} replaced because their input has changed", "run.refused": "refused {n}",
    "run.a_second": "{articles} articles/s, {words} words/s, {statements} statements/s",
    "word.1": "word", "word.n": "words", "file.1": "file", "file.n": "files",
    "dry.head": "A sample of {n} articles, nothing written", "dry.articles": "Articles", "dry.words": "Words",
    "dry.statements": "Statements", "dry.rate": "Speed", "dry.rate.is": "{n} words/s a process", "dry.hours": "Time",
    "dry.hours.is": "{low} to {high} with {workers}", "dry.process.1": "process", "dry.process.n": "processes",
    "dry.output": "Output", "dry.memory": "Memory", "dry.input": "Input", "dry.refused": "of these refused",
    "dry.about": "about {n}", "dry.between": "{low} to {high}",
}  # fmt: skip
