"""Lines that somebody may type or paste into a search: random ones, and those that break other programs."""

from __future__ import annotations

import random

WORDS = (
    "Deich Bericht Thoms Hallstein Landrätin Kim Jong-un 10.000 don't Straße STRASSE Häuser von über bei laut an ort seit bis am gesagt zahl "
    "form schaden benannt geprüft sprache cue outlet direct indirekt dementi ja nein 2024 2024-06 28.10.2024 8.000..12.000 >5000 ~100 3,5% "
    "AND OR NOT UND ODER NICHT NEAR NULL true select said rank rowid words"
).split()
FIELDS = "von: von:= über: bei: laut: an: ort: seit: bis: am: gesagt: zahl: form: cue: schaden: benannt: geprüft: sprache: http: x: von:von:".split()
SIGNS = [
    *"\"„“”»«‚‘’›‹'`´()[]{}<>*?+-!|&^~:;=.,/\\%_$#@\0\t\n\r",
    *'– — … .. ... || && -- /* */ ~5 ~999 *"'.split(),
]
FTS = [
    'NEAR(', "NEAR(a b, 5)", "NEAR/2", "said:", "{said frame}:", "{said}:Deich", "- said", "^Deich", '"Deich" *', "words MATCH", "rank:bm25",
    "Deich AND", "AND AND", "(Deich OR", 'Deich"', '"""', "said : (a OR b)", "col:*", "a* b*", "NOT NOT", "Deich + Bericht", "<b>", "highlight(",
]  # fmt: skip
SQL = [
    "'; DROP TABLE article; --", "' OR '1'='1", '" OR ""="', "1; SELECT * FROM judgement", "UNION SELECT 1,2,3", "%' AND 1=0 --", "x'00'",
    "\\'; --", "?1", ":name", "@x", "$1", "CASE WHEN 1 THEN randomblob(1e9) END", "load_extension('x')", "PRAGMA writable_schema=1", "ATTACH 'x' AS y",
    "zeroblob(999999999)", "char(0)", "; VACUUM;", "__proto__", "{{7*7}}", "${jndi:ldap://x}", "%00", "%s%n", "../../etc/passwd", "<script>alert(1)</script>",
]  # fmt: skip
PATTERNS = [
    "(a+)+$",
    "(a|a)*b",
    ".*.*.*=.*",
    "[a-z]{1,99}",
    "\\w+\\s",
    "(?=x)(?!y)",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "a{9999}",
    "\\",
    "[",
    "(?P<x",
    "*+?",
]
UNICODE = [
    "\ud800", "\udfff", "\ufeff", "\u200b", "\u202e", "\u2066", "\u0301" * 3, "ﬁ", "ſ", "ẞ", "İ", "ı", "Ǆ", "𝔇𝔢𝔦𝔠𝔥", "Ｄｅｉｃｈ", "漢字", "한국", "עברית", "עִבְרִית", "العربية",
    "👩‍👩‍👧", "🇩🇪", "\U0010ffff", "\uffff", "\u0085", "\u2028", "\xa0", "\x1b[31m", "①", "½", "٣", "१२३", "ŉ", "ΐ", "a\u0308", "ß\u0301", "Ω", "Å", "\U000e0001",
]  # fmt: skip
ALL = [*WORDS, *FIELDS, *SIGNS, *FTS, *SQL, *PATTERNS, *UNICODE]


def line(chance: random.Random) -> str:
    """One line of one of eight kinds."""
    how = chance.randrange(8)
    if how == 0:  # any characters
        return "".join(
            chr(chance.choice((chance.randrange(128), chance.randrange(0x3000), chance.randrange(0x110000))))
            for _ in range(chance.randrange(60))
        )
    if how == 1:  # pieces with and without blanks
        return chance.choice(("", " ")).join(chance.choice(ALL) for _ in range(chance.randrange(1, 14)))
    if how == 2:  # fields with values that are none of theirs
        return " ".join(
            chance.choice(("", "-", "!", "NOT ")) + chance.choice(FIELDS) + chance.choice(ALL)
            for _ in range(chance.randrange(1, 8))
        )
    if how == 3:  # quotation marks that do not fit
        return "".join(
            chance.choice(SIGNS[:13]) + chance.choice(WORDS) + chance.choice(("", " ", *SIGNS[:13]))
            for _ in range(chance.randrange(1, 9))
        )
    if how == 4:  # brackets in brackets
        deep = chance.choice((2, 20, 500))
        return (
            chance.choice("([{") * deep
            + chance.choice(WORDS)
            + chance.choice(")]}") * chance.choice((deep, deep - 1, 0))
        )
    if how == 5:  # far too long
        return chance.choice(("", " ")).join([chance.choice(ALL)] * chance.choice((50, 400, 3000)))
    if how == 6:  # an honest query, broken
        honest = list('von:Hallstein über:„Deich“ -form:direkt seit:2024-06 zahl:1000..2000 "zu spät" OR Bericht*')
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(honest))
            honest[at : at + chance.randrange(3)] = chance.choice(ALL)
        return "".join(honest)
    return " OR ".join(
        chance.choice(("", "-", '"')) + chance.choice(ALL) + chance.choice(("", "*", '"', "~3"))
        for _ in range(chance.randrange(1, 70))
    )
