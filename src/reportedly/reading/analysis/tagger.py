"""Which readings can a word have here? Closed classes and the lexicon propose, the neighbours decide.

One letter a reading; a token may keep several:
D determiner · P preposition · R personal or indefinite pronoun · Y reflexive · L relative pronoun · S subordinating
conjunction · K content conjunction (dass, ob) · W question word · V wonach · C coordinating conjunction · B adverb ·
Z "zu" · T split verb particle · H auxiliary · M modal · N common noun · c of these one known by its
last part only (Hallstein may be a name) · E name (capitalised, in no lexicon) ·
A adjective · X figure · Q quotation mark · . other mark
verbs: f finite indicative · 1 Konjunktiv I · 2 Konjunktiv II · p participle II · i infinitive · z infinitive with zu
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from reportedly.languages import Language
from reportedly.languages.grammar import Grammar, grammar_of, place_adjectives
from reportedly.languages.lexicon import Lexicon, lexicon_of

FINITE = frozenset("f12")
VERBAL = frozenset("f12piz")
_NONE: frozenset[str] = frozenset()
_BENT = ("e", "ten", "enen", "er", "es", "em")
_QUOTES = frozenset('„“”"‚‘’»«›‹') | {"''", "``"}


@lru_cache(maxsize=8)
def _closed(language: Language) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for row in language.rows("words"):
        for word in row.list("words"):
            out[word] = out.get(word, _NONE) | frozenset(row["tags"])
    return out


@lru_cache(maxsize=8)
def _first_names(language: Language) -> frozenset[str]:
    return frozenset(row["id"] for row in language.rows("firstnames"))


@lru_cache(maxsize=65536)
def _open(lexicon: Lexicon, word: str, lower: str, capital: bool) -> tuple[frozenset[str], str]:
    """Tags and lemma of one word without its neighbours."""
    tags: set[str] = set()
    lemma = word
    if capital:
        noun = lexicon.noun(word)
        if noun:
            tags.add("N")
            lemma = noun[0]
            if not lexicon.knows(word):
                tags.add("c")
        else:
            tags.add("E")
        return frozenset(tags), lemma
    for verb, readings in lexicon.verb(lower):
        tags.update(readings)
        lemma = verb
    if not tags and "zu" in lower and (joined := _with_zu(lexicon, lower)):
        tags, lemma = {"z"}, joined
    if not tags:
        tags, lemma = _with_particle(lexicon, lower, word)
    if not tags:
        tags.add("A")
    return frozenset(tags), lemma


def _with_particle(lexicon: Lexicon, lower: str, word: str) -> tuple[set[str], str]:
    """`voran|treiben` for `vorangetrieben`, where only its parts are in the lexicon; what may be a bent participle is none."""
    if lower.endswith(_BENT):
        return set(), word
    for at in range(2, len(lower) - 3):
        joined = lower[at : at + 2] == "ge" or not lexicon.is_small(lower)
        found = lexicon.verb(lower[at:]) if joined and lexicon.is_particle(lower[:at]) else ()
        plain = [(lemma, tags) for lemma, tags in found if "|" not in lemma and "p" in tags]
        if plain:
            return set("".join(tags for _, tags in plain)), f"{lower[:at]}|{plain[0][0]}"
    return set(), word


def _with_zu(lexicon: Lexicon, lower: str) -> str:
    """`hin|nehmen` for `hinzunehmen`, where neither is in the lexicon but the particle is one of another verb."""
    at = lower.find("zu", 2)
    while at > 0:
        particle, rest = lower[:at], lower[at + 2 :]
        if lexicon.is_particle(particle) and any("i" in tags for _, tags in lexicon.verb(rest)):
            return f"{particle}|{rest}"
        at = lower.find("zu", at + 1)
    return ""


def tag(words: Sequence[str], starts: frozenset[int], language: Language) -> list[tuple[frozenset[str], str]]:
    """Tags and lemma of every word; `starts` are the indices at which a sentence begins."""
    closed, lexicon, first_names = _closed(language), lexicon_of(language), _first_names(language)
    grammar = grammar_of(language)
    given = first_names - grammar.titled("time_noun")
    of, small_names = grammar.words("of"), grammar.words("small_letter_name")
    polite, never_verbs = grammar.words("polite_pronoun"), grammar.words("never_verb")
    inflections = grammar.ends("inflection_end")
    declined = tuple(end + "r" for end in grammar.ends("adjectival_end"))
    met = {b for a, b in pairwise(words) if a.partition("-")[0] in given and b[0].isupper()}
    surnames = {b for b in met if lexicon.noun(b) is None}
    plain_given = {a for a in words if a.partition("-")[0] in given and lexicon.noun(a) is None}  # Frank-Walter, too
    nouns_met = {b for a, b in pairwise(words) if a in plain_given and b in met - surnames}
    nobles = {
        c for a, b, c in zip(words, words[1:], words[2:], strict=False) if a in given and b in of and c[0].isupper()
    }
    out: list[tuple[frozenset[str], str]] = []
    for i, word in enumerate(words):
        first = word[0]
        if word in _QUOTES:
            out.append((frozenset("Q"), word))
            continue
        if first.isdigit():
            beside = words[i + 1] if i + 1 < len(words) else ""
            noun = beside[:1].isupper() or (beside.endswith(inflections) and lexicon.is_small(beside))
            out.append((_counted(word, inflections if noun else ()), word))
            continue
        if not first.isalpha():
            sign = closed.get(word) if i and words[i - 1][0].isdigit() else None  # 40 %
            out.append((sign or frozenset("."), word))
            continue
        lower = word.lower()
        capital = first.isupper() or word in small_names or _small_name(word)
        opening = i in starts or (i > 0 and words[i - 1] in _QUOTES | {":", "–", "("})
        if opening and word in surnames and i + 1 < len(words) and _is_finite(words[i + 1], lexicon):
            out.append((frozenset("E"), word))  # "Kurz fordert Geduld": he was met as Peter Kurz
            continue
        if opening and lower in of and i + 2 < len(words) and words[i + 1] in nobles:
            if _is_finite(words[i + 2], lexicon):
                out.append((frozenset("E"), word))  # "Von Storch sagte": she was met as Beatrix von Storch
                continue
        fixed = closed.get(lower)
        if fixed and (not capital or opening or lower in polite):
            tags, lemma = fixed, lower
            if fixed & {"H", "M"} or (fixed & {"D", "T", "B"} and not capital):
                verb_tags, verb = _open(lexicon, word, lower, False)
                if fixed & {"H", "M"} or (verb_tags & FINITE and not fixed & {"D"} and lower not in never_verbs):
                    tags, lemma = fixed | (verb_tags - {"A"}), verb
            out.append((tags, lemma))
            continue
        tags, lemma = _open(lexicon, word, lower, capital)
        if tags == {"A"} and "-" in word and 0 < i < len(words) - 1 and {words[i - 1], words[i + 1]} <= _QUOTES:
            tags = frozenset("E")  # „n-tv“
        if capital and "N" not in tags and lower.endswith(declined):
            tags, lemma = frozenset("N"), word[:-1]  # Vorsitzender, of which the lexicon has `Vorsitzende`
        if "N" in tags and (word in first_names or (i and words[i - 1] in given)):
            tags = tags | {"E"}  # Hans, Rose: a noun that is also a first name; Klaus Vogel: one behind a first name
        elif word in nouns_met and not (i and out[i - 1][0] & {"D", "A", "X", "P"}):
            tags = tags | {"E"}  # "Vogel schweigt": met as Klaus Vogel
        alone = 1 < i < len(words) - 1 and {words[i - 1], words[i + 1]} <= _QUOTES and bool(out[i - 2][0] & {"D", "P"})
        if capital and opening and not (alone and "E" in tags):  # der „Warte“: a name in marks, no imperative
            small, verb = _open(lexicon, word, lower, False)
            following = words[i + 1][:1] if i + 1 < len(words) else ""
            verb_next = (
                i + 1 < len(words) and words[i + 1].islower() and any("f" in t for _, t in lexicon.verb(words[i + 1]))
            )
            if small & VERBAL and "E" in tags and verb_next and not small & frozenset("p"):
                pass  # "Flick bestritt": before a finite verb a name, not an imperative
            elif small & VERBAL and "E" in tags:
                inflected = word.endswith(inflections) and following.isupper()
                tags, lemma = (frozenset("A"), word) if inflected and not small & frozenset("i1") else (small, verb)
            elif small & VERBAL:
                tags = tags | (small & FINITE)
            elif "E" in tags and lexicon.is_small(lower):
                tags, lemma = frozenset("A"), lower
            elif "c" in tags and following.isupper() and lexicon.is_small(lower):
                tags, lemma = frozenset("A"), lower  # "Vergangenen Monat"
            elif "c" in tags and following.isupper() and lower.endswith(grammar.ends("name_adjective_end")):
                tags, lemma = frozenset("A"), lower  # "Afghanischen Behörden": no noun of its own ends so
        out.append((tags, lemma))
    return _by_neighbours(words, out, grammar, place_adjectives(language), lexicon, starts)


def _is_finite(word: str, lexicon: Lexicon) -> bool:
    readings = "".join(tags for _, tags in lexicon.verb(word)) if word.islower() else ""
    return "f" in readings and "p" not in readings


def _counted(word: str, inflections: tuple[str, ...]) -> frozenset[str]:
    """`1.200` a figure, `30-Jährige` and `80er` nouns too, `30-jährige` an adjective."""
    tail = word.rpartition("-")[2]
    if tail != word and len(tail) > 2 and tail.islower() and tail.endswith(inflections):
        return frozenset("A")
    return frozenset("XN" if word[-1].isalpha() else "X")


def _small_name(word: str) -> bool:
    """el-Baradei, al-Shabaab, nordblick.de, flugwacht24, eBay: a name in spite of its small letter."""
    before, _, behind = word.partition("-")
    if behind[:1].isupper() and len(before) < 4:
        return True
    if len(word) > 3 and word[1].isupper() and word[2].islower():
        return True  # eBay, iPhone
    host, _, top = word.rpartition(".")
    return (len(host) > 2 and 2 <= len(top) <= 4 and top.isalpha() and top.islower()) or (
        len(word) > 4 and word[-1].isdigit() and word[:3].isalpha()
    )


def _by_neighbours(
    words: Sequence[str],
    tags: list[tuple[frozenset[str], str]],
    grammar: Grammar,
    of_places: frozenset[str],
    lexicon: Lexicon,
    starts: frozenset[int],
) -> list[tuple[frozenset[str], str]]:
    """`das erklärte Ziel`: between determiner and noun a verb form is an adjective; so is `Weißen` in `des Weißen Hauses`."""
    out = list(tags)
    own_or_be, articles = grammar.words("own_or_be"), grammar.words("plain_article")
    inflections, verbs_too = grammar.ends("inflection_end"), grammar.words("verb_too")
    fixed = {phrase[0]: phrase for phrase in grammar.phrases("adverb_phrase")}
    count = len(words)
    for i, (tag_set, _) in enumerate(tags):
        phrase = fixed.get(words[i])
        if phrase and tuple(words[i : i + len(phrase)]) == phrase:
            out[i : i + len(phrase)] = [(frozenset("B"), word) for word in phrase]  # vor allem
            continue
        if words[i] in verbs_too and _ends_clause(words, tags, i + 1):
            out[i] = (frozenset("fi"), words[i])  # "Experten meinen jedoch, dass …"
            continue
        if words[i] in own_or_be:
            after = tags[i + 1][0] if i + 1 < count else _NONE
            possessive = after & {"N", "E", "A", "X"} or (after & {"p"} and not after & {"H"})
            out[i] = (frozenset("D"), words[i]) if possessive else (frozenset("Hi"), words[i])
            continue
        if tag_set & {"N", "E"} and i and _begins_name(words, out, i, grammar, of_places):
            out[i] = (frozenset("A"), words[i])
            continue
        if not tag_set & VERBAL or tag_set & {"H", "M"} or "N" in tag_set:
            continue
        after = tags[i + 1][0] if i + 1 < count else _NONE
        before = out[i - 1][0] if i else _NONE
        inflected = words[i].endswith(inflections)
        described = after == {"A"} and i + 2 < count and tags[i + 2][0] & {"N"}
        noun_next = after & {"N", "E"} or described
        if inflected and noun_next and not after & VERBAL and _closes_frame(words, out, i):
            out[i] = (frozenset("A"), words[i])
            continue
        last = i + 2 in starts or i + 2 == count
        if inflected and before == {"C"} and last and "N" in after and lexicon.is_small(words[i] + "r"):
            out[i] = (frozenset("A"), words[i])  # a heading: "Arme und reiche Länder"
            continue
        if inflected and before == {"C"} and "N" in after and i > 1 and tags[i - 2][0] & {"N"} and "1" in tag_set:
            if lexicon.is_small(words[i] + "r") or lexicon.is_small(words[i][:-1]):
                out[i] = (frozenset("A"), words[i])  # "über Lärm und laute Musik"
                continue
        if (
            inflected
            and after & {"N", "E", "A"}
            and not after & VERBAL
            and before & {"D", "A", "P", "X"}
            and not before & VERBAL
        ):
            plain_after = after & {"N", "E"} or (i + 2 < count and tags[i + 2][0] & {"N", "E"})
            if before == {"A"} and i - 1 in starts and not words[i - 1].endswith(inflections):
                continue  # "Eindringlich forderte Brill Geduld"
            pronoun = words[i - 1].lower() in articles and i > 1 and words[i - 2] == ","
            if plain_after and not pronoun and not _only_verb(words, tags, i, grammar):
                out[i] = (frozenset("A"), words[i])
    return out


def _ends_clause(words: Sequence[str], tags: Sequence[tuple[frozenset[str], str]], i: int) -> bool:
    """Does the clause end here, or behind one adverb?"""
    at = i + 1 if i < len(words) and "B" in tags[i][0] else i
    return at < len(words) and words[at] in {",", ":"}


def _closes_frame(words: Sequence[str], tags: Sequence[tuple[frozenset[str], str]], i: int) -> bool:
    """`alle im Gesetz garantierten Rechte gelten`: a phrase stands between the determiner and its participle.

    So where determiner, preposition and noun stand side by side before it and the clause has its finite verb behind it.
    """
    j = i - 1
    if j < 2 or not tags[j][0] & {"N", "E"}:
        return False
    while j > 0 and (tags[j][0] & {"N", "E", "A", "X"} or (words[j] == "." and words[j - 1].isdigit())):
        j -= 1
    if tags[j][0] & {"D"} and not tags[j][0] & {"P"}:
        j -= 1
    if j < 1 or not tags[j][0] & {"P"} or not tags[j - 1][0] & {"D"} or (j > 1 and words[j - 2] == ","):
        return False
    for k in range(j - 2, max(-1, j - 8), -1):
        if words[k] in {",", ":", "–"} or not tags[k][0]:
            break
        if tags[k][0] & FINITE and not tags[k][0] & {"N", "p", "i"}:
            return True  # "ergab eine am Montag veröffentlichte Umfrage"
    for word, (tag_set, _) in zip(words[i + 1 : i + 16], tags[i + 1 : i + 16], strict=False):
        if word in {".", "!", "?", ","}:
            return False
        if tag_set & FINITE and "N" not in tag_set:
            return True
    return False


def _begins_name(
    words: Sequence[str],
    tags: Sequence[tuple[frozenset[str], str]],
    i: int,
    grammar: Grammar,
    of_places: frozenset[str],
) -> bool:
    """`der Vereinten Nationen`, `des Statistischen Amtes`, `dem Bremer Blatt`: a capital letter does not make the adjective a noun.

    Only the adjectives of the tables, and only between a determiner or preposition and a noun: `der Abgeordneten Müller`
    and `wirft den Abgeordneten Betrug vor` have a noun there.
    """
    if i + 1 >= len(words) or not tags[i - 1][0] & {"D", "P", "A"} or "N" not in tags[i + 1][0]:
        return False
    if not words[i + 1][0].isupper():
        return False
    if words[i] in of_places:
        return True
    lower = words[i].lower()
    end = next((e for e in grammar.ends("inflection_end") if lower.endswith(e)), "")
    return bool(end) and (
        lower.removesuffix(end) in grammar.words("name_adjective_stem")
        or lower.endswith(grammar.ends("name_adjective_end"))
    )


def _only_verb(words: Sequence[str], tags: Sequence[tuple[frozenset[str], str]], i: int, grammar: Grammar) -> bool:
    """`Das lehnte Meier ab.`: behind a pointer that opens the sentence, where no other finite verb follows."""
    if words[i - 1] not in grammar.titled("pointer") or not words[i].endswith(grammar.ends("past_end")):
        return False
    for j in range(i + 1, min(len(words), i + 16)):
        if words[j] in {".", "!", "?"}:
            return True
        if tags[j][0] & FINITE and "N" not in tags[j][0]:
            return False
    return True
