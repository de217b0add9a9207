"""Where does the text name somebody? All noun groups with a person, a body, a paper or a state as their head."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.languages.names import family_name, is_particle
from reportedly.model.analysis import Analysis, Token
from reportedly.reading.speakers.cut import DETERMINERS, is_lower_name, opens_double
from reportedly.reading.speakers.kinds import looks_like_acronym
from reportedly.reading.speakers.neighbours import Found, appositions, pairs, predicates
from reportedly.reading.speakers.phrase import Phrase
from reportedly.reading.speakers.phrases import read_phrase
from reportedly.reading.speakers.vocabulary import Vocabulary

_LONGEST = 14


def find_mentions(
    analysis: Analysis, vocabulary: Vocabulary, named: Sequence[Phrase] = ()
) -> tuple[list[Found], frozenset[str]]:
    """All mentions in text order, and the family names among them; `named` are the groups that speak, read before.

    A lone capitalised word is a person only where the article introduces it somewhere: by first name, office or title.
    """
    sets = vocabulary.sets
    quoted = _quoted_tokens(analysis)
    groups: list[tuple[int, int, int, int]] = []
    for sentence in analysis.sentences:
        if sentence.readable:
            groups += [
                (a, b, c, sentence.i) for a, b, c in _groups(analysis.tokens, sentence.first, sentence.last, vocabulary)
            ]
    read: list[tuple[tuple[int, int, int, int], Phrase]] = []
    surnames: set[str] = {family_name(p.given)[-1] for p in named if _is_introduced(p, vocabulary)}
    for group in groups:
        if any(n.saying for n in vocabulary.nouns(analysis.tokens[group[1] - 1].text)):
            continue  # `Angaben` of the police is no mention of the police; `der Polizei` is
        words = [t.text for t in analysis.tokens[group[0] : group[2]]]
        phrase = read_phrase(words, vocabulary)
        if phrase:
            read.append((group, phrase))
            surnames |= _introduced(phrase, vocabulary)
    known = frozenset(s for s in surnames if not (s.endswith(sets.genitive_s_end) and s[:-1] in surnames))
    out: list[Found] = []
    with_subject: set[int] = set()
    bracket = 0
    for (first, core, last, sentence_i), before in read:
        phrase = before
        if first < bracket:
            continue  # `Anna Lenz (CDU)`: her party, which no pronoun means
        if before.kind == "person" and before.affiliation and analysis.tokens[core - 1].text == ")":
            bracket = core
        if analysis.tokens[first].lower in sets.nobody_determiner:
            continue  # `kein Minister`, `jede Lehrerin`: nobody whom a pronoun could mean
        if _short(before, known):
            again = read_phrase([t.text for t in analysis.tokens[first:last]], vocabulary, known)
            phrase = again or before
        here = analysis.tokens[first:core]
        if not (
            _counts(phrase, known, vocabulary)
            or _unknown_name(phrase, here, vocabulary)
            or _name_in_marks(phrase, here)
        ):
            continue
        subject = sentence_i not in with_subject and _may_be_subject(analysis.tokens, first, phrase, vocabulary)
        if subject:
            with_subject.add(sentence_i)
        span = analysis.span(first, core)
        out.append(Found(span, first, last, phrase, sentence_i, subject, first in quoted))
    told = predicates(appositions(out, analysis.tokens), analysis.tokens, sets.copula_form)
    return pairs(told, analysis.tokens, vocabulary.joint), known


def _is_introduced(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whoever speaks under a name is known by it everywhere, unless it is an ordinary noun or a place."""
    if phrase.form != "name" or phrase.kind != "person":
        return False
    common = vocabulary.lexicon.noun(phrase.given[-1])
    return len(phrase.given) > 1 or (not (common and common[1]) and phrase.name not in vocabulary.places)


def _quoted_tokens(analysis: Analysis) -> frozenset[int]:
    out: set[int] = set()
    for pair in analysis.quotes:
        if pair.level == 0 and len(pair.inner) > 30:
            out.update(analysis.tokens_in(pair.inner))
    return frozenset(out)


def _introduced(phrase: Phrase, vocabulary: Vocabulary) -> set[str]:
    """Family names that this group tells for sure."""
    out: set[str] = set()
    for part in phrase.parts or (phrase,):
        first = len(part.given) > 1 and vocabulary.firstname(part.given[0]) is not None
        if part.form == "name" and part.kind == "person" and (first or part.head):
            out.add(family_name(part.given)[-1])
    return out


def _short(phrase: Phrase, surnames: frozenset[str]) -> bool:
    words = phrase.name.split()
    return bool(words) and (words[-1] in surnames or words[-1].rstrip("'’") in surnames or words[-1][:-1] in surnames)


def _counts(phrase: Phrase, surnames: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Is this a mention of somebody at all?"""
    if phrase.form in {"role", "body"}:
        return True
    if phrase.form == "list":
        return all(_counts(p, surnames, vocabulary) for p in phrase.parts)
    if phrase.form != "name":
        return False
    if phrase.kind != "person":
        return phrase.kind != "unknown" and not _is_common(phrase, vocabulary)
    last = phrase.given[-1]
    return (
        bool(phrase.head)
        or last in surnames
        or last[:-1] in surnames
        or vocabulary.firstname(phrase.given[0]) is not None
    )


def _unknown_name(phrase: Phrase, tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """`Thaksin Shinawatra`: two to four words that are no nouns, without article, and no place."""
    if (
        phrase.form != "name"
        or phrase.kind != "person"
        or not 2 <= len(phrase.given) <= 4
        or len(tokens) != len(phrase.given)
    ):
        return False
    names = all("E" in t.tags or not t.text[0].isupper() for t in tokens)
    return (
        names
        and not vocabulary.places & {*phrase.given, phrase.name}
        and not any(looks_like_acronym(w) for w in phrase.given)
    )


def _name_in_marks(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """`die „Kran-Garde“`: no noun that a lexicon has, with an article and in marks."""
    marked = any("Q" in t.tags for t in tokens) and "Q" not in tokens[0].tags
    return marked and phrase.form == "name" and phrase.kind != "unknown" and any("E" in t.tags for t in tokens)


def _is_common(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """`die Zeremonie`, `einer Zeit`: a noun with an article, no name."""
    if phrase.by == "speakers/proper_name":
        return not any(looks_like_acronym(w) for w in phrase.given)
    known = vocabulary.lexicon.noun(phrase.given[0]) if len(phrase.given) == 1 and phrase.kind == "medium" else None
    return bool(known and known[1]) and phrase.head != phrase.name


def _may_be_subject(tokens: Sequence[Token], first: int, phrase: Phrase, vocabulary: Vocabulary) -> bool:
    if first and "P" in tokens[first - 1].tags and tokens[first - 1].sentence == tokens[first].sentence:
        return False
    found = vocabulary.pointer(tokens[first].text, *DETERMINERS)
    return found is None or any(c == "n" for _, c in found.readings)


def _groups(tokens: Sequence[Token], first: int, last: int, vocabulary: Vocabulary) -> list[tuple[int, int, int]]:
    """(first, end of the core, end with one complement) of the noun groups of a sentence."""
    out: list[tuple[int, int, int]] = []
    bent = vocabulary.sets.adjective_letter_end
    i = first
    while i < last:
        start = i
        word = tokens[i].text
        if vocabulary.pointer(word, *DETERMINERS) and not word[0].isdigit():
            i = _over_adjectives(tokens, i + 1, last, vocabulary)
            if i >= last or not (_is_name_word(tokens[i]) or _opens_quote(tokens, i, last)):
                i = start + 1
                continue
        elif not _is_name_word(tokens[i]):
            adjective = "A" in tokens[i].tags or tokens[i].tags & {"p"}
            ahead = i + 1 < last and _is_name_word(tokens[i + 1]) and word.endswith(bent) and len(word) > 3
            if not (adjective and ahead and word[0].isalpha()):
                i += 1
                continue
            i += 1
        core = _run_end(tokens, i, last, vocabulary)
        end = _with_bracket(tokens, core, last)
        whole = (
            _with_complement(tokens, end, last, vocabulary) if _takes_complement(tokens, i, core, vocabulary) else end
        )
        out.append((start, end, whole))
        i = max(core, start + 1)
    return out


def _is_name_word(token: Token) -> bool:
    return token.text[0].isupper() and bool(token.tags & {"N", "E"})


def _opens_quote(tokens: Sequence[Token], i: int, last: int) -> bool:
    """`die „Arva“`: a short name in marks."""
    if "Q" not in tokens[i].tags:
        return False
    return (
        any("Q" in t.tags for t in tokens[i + 2 : min(i + 6, last)])
        and i + 1 < last
        and tokens[i + 1].text[0].isupper()
    )


def _over_adjectives(tokens: Sequence[Token], i: int, last: int, vocabulary: Vocabulary) -> int:
    years = vocabulary.sets.year_noun
    end = min(last, i + 6)
    while (
        i < end
        and (not tokens[i].text[0].isupper() or "A" in tokens[i].tags or _is_age(tokens, i, last, vocabulary))
        and (tokens[i].tags & {"A", "p", "X", "B", "C"} or tokens[i].text in years)
        and "." not in tokens[i].tags
    ):
        i += 1
    return i


def _is_age(tokens: Sequence[Token], i: int, last: int, vocabulary: Vocabulary) -> bool:
    """`64 Jahre alter`."""
    sets = vocabulary.sets
    return tokens[i].text in sets.year_noun and i + 1 < last and tokens[i + 1].lower.startswith(sets.old_start)


def _run_end(tokens: Sequence[Token], i: int, last: int, vocabulary: Vocabulary) -> int:
    """End of the capitalised words from `i`; a noun followed by a first name goes on into the name."""
    first, end, sets = i, min(last, i + _LONGEST), vocabulary.sets
    while i < end:
        token = tokens[i]
        if token.text in sets.time_label:
            break
        if i > first and token.text[0].isupper() and "A" in token.tags and i + 1 < end and _is_name_word(tokens[i + 1]):
            i += 2  # `Neue Osnabrücker Zeitung`
        elif _is_name_word(token) or (tokens[i - 1].text[0].isupper() and is_lower_name(token.text, vocabulary)):
            i += 1
        elif _opens_quote(tokens, i, last):
            i += 1
            while i < end and "Q" not in tokens[i].tags:
                i += 1
            i += 1
        elif i + 1 < end and token.lower in sets.english_link and tokens[i + 1].text[0].isupper():
            i += 1
        elif (
            i + 1 < end
            and is_particle(token.text)
            and tokens[i - 1].text[0].isupper()
            and tokens[i + 1].text[0].isupper()
        ):
            previous = vocabulary.firstname(tokens[i - 1].text)
            if previous is None and token.lower in sets.particle_of_first_name:
                break
            i += 1
        elif i + 2 < end and opens_double([t.text for t in tokens[i : i + 3]], tokens[i - 1].text, vocabulary):
            i += 2
        elif token.lower == vocabulary.joint and i + 1 < end and _spelled(tokens, i):
            i += 2
        elif token.text == "." and len(tokens[i - 1].text) == 1 and i + 1 < end and _is_name_word(tokens[i + 1]):
            i += 1
        else:
            break
    return min(i, last)


def _spelled(tokens: Sequence[Token], i: int) -> bool:
    """`Gewerkschaft Erziehung [und] Wissenschaft (GEW)`: the letters in the bracket say that both words belong to the name."""
    behind = [t.text for t in tokens[i + 1 : i + 5]]
    if len(behind) < 4 or behind[1] != "(" or behind[3] != ")" or not looks_like_acronym(behind[2]):
        return False
    return behind[2][-2:].upper() == (tokens[i - 1].text[0] + behind[0][0]).upper()


def _with_bracket(tokens: Sequence[Token], i: int, last: int) -> int:
    """`(NUB)` or `(CDU)` right behind belongs to the group."""
    if i + 2 < last and tokens[i].text == "(":
        for close in range(i + 2, min(i + 9, last)):
            if tokens[close].text == ")":
                return close + 1
    return i


def _takes_complement(tokens: Sequence[Token], first: int, core: int, vocabulary: Vocabulary) -> bool:
    return core - first == 1 and bool(vocabulary.nouns(tokens[first].text))


def _with_complement(tokens: Sequence[Token], i: int, last: int, vocabulary: Vocabulary) -> int:
    """One genitive or `von`/`für` group after an office or a body."""
    sets = vocabulary.sets
    if i >= last or tokens[i].lower not in sets.complement_link:
        return i
    j = i + 1
    if j < last and vocabulary.pointer(tokens[j].text, "definite", "indefinite_article"):
        j += 1
    j = _over_adjectives(tokens, j, last, vocabulary)
    if j >= last or not _is_name_word(tokens[j]):
        return i
    end = _run_end(tokens, j, last, vocabulary)
    joined = end + 1 < last and tokens[end].text == vocabulary.joint and _is_name_word(tokens[end + 1])
    if joined and tokens[i].lower in sets.task_preposition:
        end = _run_end(tokens, end + 1, last, vocabulary)  # `Ministerium für Arbeit und Umwelt`
    return _with_bracket(tokens, end, last)
