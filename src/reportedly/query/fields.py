"""Which words of a query are names of fields or values, in German and in English?"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.query import Where

WORD_FIELDS: Mapping[str, Where] = {
    **dict.fromkeys(("von", "by", "speaker", "sprecher", "wer", "who"), Where.SPEAKER),
    **dict.fromkeys(("an", "to", "addressee"), Where.ADDRESSEE),
    **dict.fromkeys(("laut", "beleg", "authority", "via"), Where.AUTHORITY),
    **dict.fromkeys(("über", "ueber", "about"), Where.ABOUT),
    **dict.fromkeys(("ort", "place"), Where.PLACE),
}
"""Fields whose value is words."""

OTHER_FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("bei", "outlet", "medium"), "outlet"),
    **dict.fromkeys(("form", "art", "kind", "cue", "class", "klasse", "stichwort"), "way"),
    **dict.fromkeys(("seit", "since", "ab", "from"), "since"),
    **dict.fromkeys(("bis", "until"), "until"),
    **dict.fromkeys(("am", "im", "on", "in"), "on"),
    **dict.fromkeys(("gesagt", "said"), "said"),
    **dict.fromkeys(("wann", "when"), "when"),
    **dict.fromkeys(("zahl", "figure"), "figure"),
    **dict.fromkeys(("schaden", "damage"), "damage"),
    **dict.fromkeys(("ist", "is"), "is"),
    **dict.fromkeys(("geschlecht", "gender"), "gender"),
    **dict.fromkeys(("benannt", "named"), "named"),
    **dict.fromkeys(("geprüft", "judged"), "judged"),
    **dict.fromkeys(("verworfen", "rejected"), "rejected"),
    **dict.fromkeys(("sprache", "language"), "language"),
}
"""Fields with values of their own."""

FORMS: Mapping[str, str] = {
    **dict.fromkeys(("direct", "direkt", "wörtlich", "woertlich", "verbatim"), "direct"),
    **dict.fromkeys(("indirect", "indirekt"), "indirect"),
    **dict.fromkeys(("mixed", "gemischt"), "mixed"),
    **dict.fromkeys(("reported", "berichtet"), "reported"),
    **dict.fromkeys(("free_indirect", "free", "frei"), "free_indirect"),
}

CUE_CLASSES: Mapping[str, str] = {
    "neutral": "neutral",
    **dict.fromkeys(("official", "amtlich"), "official"),
    **dict.fromkeys(("emphatic", "betont"), "emphatic"),
    **dict.fromkeys(("conceding", "einräumend", "einraeumend"), "conceding"),
    **dict.fromkeys(("factive", "bestätigend", "bestaetigend"), "factive"),
    **dict.fromkeys(("distancing", "distanzierend"), "distancing"),
    **dict.fromkeys(("denial", "dementi"), "denial"),
    **dict.fromkeys(("accusing", "vorwurf"), "accusing"),
    **dict.fromkeys(("critical", "kritisch"), "critical"),
    **dict.fromkeys(("praising", "lobend"), "praising"),
    **dict.fromkeys(("warning", "warnung", "warnend"), "warning"),
    **dict.fromkeys(("demand", "forderung", "fordernd"), "demand"),
    **dict.fromkeys(("question", "frage"), "question"),
    **dict.fromkeys(("belief", "ansicht"), "belief"),
}

YES = frozenset(("ja", "yes", "1", "*", "any", "irgendeine"))
NO = frozenset(("nein", "no", "0", "keine", "none"))

JUDGED: Mapping[str, str] = {
    **dict.fromkeys(("accept", "accepted", "angenommen", "bestätigt"), "accept"),
    **dict.fromkeys(("reject", "rejected", "abgelehnt", "verworfen"), "reject"),
    **dict.fromkeys(YES, "yes"),
    **dict.fromkeys(NO, "no"),
}

GENDERS: Mapping[str, str] = {
    **dict.fromkeys(("f", "w", "frau", "frauen", "weiblich", "female", "woman", "women"), "f"),
    **dict.fromkeys(("m", "mann", "männer", "maenner", "männlich", "male", "man", "men"), "m"),
    **dict.fromkeys(("u", "unbekannt", "unknown", "?"), "u"),
}

OR_WORDS = frozenset(("OR", "ODER", "|", "||"))
AND_WORDS = frozenset(("AND", "UND", "&", "&&"))
NOT_WORDS = frozenset(("NOT", "NICHT"))
