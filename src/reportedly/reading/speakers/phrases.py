"""What does a noun group say about its bearer: name, roles, kind, gender, number, in the nominative?

`dem Leiter des Kriminaldienstes, Andreas Huber` -> the person Andreas Huber, role `Leiter des Kriminaldienstes`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from reportedly.languages.names import acronym_of, body_key, is_particle, without_genitive
from reportedly.reading.speakers.inflection import (
    ANY,
    Readings,
    nominative_adjective,
    nominative_noun,
    stem,
    strong_fits,
)
from reportedly.reading.speakers.kinds import kind_of_noun, kind_of_plural, looks_like_acronym
from reportedly.reading.speakers.vocabulary import Known, Noun, Vocabulary


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun group, read. `form`: name, body (an institution by its kind of noun), role, description, pronoun, list.

    `head` is the table id of the head noun (`Sprecher`), `noun` the noun as the nominative has it, `given` the words of
    a proper name. `definite` is True with a definite determiner or a bare name.
    """

    form: str
    name: str
    kind: str = "unknown"
    named: bool = False
    gender: str | None = None
    plural: bool = False
    head: str = ""
    noun: str = ""
    given: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    definite: bool = True
    modified: bool = False
    alias: str | None = None
    parts: tuple[Phrase, ...] = ()
    pointer: str = ""
    readings: Readings = ANY
    by: str = ""


_DETERMINERS = ("definite", "indefinite_article", "quantity", "demonstrative", "possessive")
_POINTING = ("personal", "demonstrative", "possessive", "first", "nobody", "both")
_OPEN, _CLOSE = frozenset('„“"‚‘»«›‹”') | {"''"}, frozenset('“”"‘’«»‹›') | {"''"}
_PREPOSITIONS = frozenset(
    "in an auf aus bei mit nach von vom vor zu zum zur für gegen über unter um durch ohne seit zwischen beim im am innerhalb".split()
)
_PERSONAL = ("er", "in", "är", "ist", "ent", "ant", "eur", "or", "ling", "oge", "mann", "frau", "at")
_SEATED = frozenset("Amt Komitee Zentrum Institut Gerichtshof Zentrale Museum Warte".split())
_ORIGINS = frozenset("Berliner Hamburger Wiener Kölner Münchner Schweizer Zürcher Bremer Frankfurter".split())
_SHORT = frozenset("Nr Dr Prof St Mr Mrs Ms Dipl Ing Mag Art Abs Inc Ltd Co".split())
_CUT = frozenset("darunter sowie etwa beispielsweise nämlich wonach wie während nachdem wo als damals selbst".split())
_SMALL = frozenset("of the and for de la du et di del y & against on".split())


def read_phrase(words: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str] = ()) -> Phrase | None:
    """The whole group; None where there is nothing to read. `surnames` are family names met elsewhere in the article."""
    words = _tidy(words)
    while words and words[-1] in {",", ";", ":", ".", "–", "-"}:
        words = words[:-1]
    while words and words[0] in {",", ";", ":", ".", "–", "-"}:
        words = words[1:]
    if not words:
        return None
    pointing = _pointing(words, vocabulary)
    if pointing:
        return pointing
    words, brackets = _without_brackets(words)
    if not words:
        return None
    items = _list_items(words, vocabulary)
    if len(items) > 1:
        parts = [p for item in items if (p := _single(item, [], vocabulary, surnames))]
        if len(parts) > 1:
            return join(parts)
    return _single(words, brackets, vocabulary, surnames)


def _tidy(words: Sequence[str]) -> list[str]:
    """Words with the full stop of an initial or `Nr.` put back on, and figures with a dash joined."""
    out: list[str] = []
    for i, word in enumerate(words):
        if not word.strip():
            continue
        short = bool(out) and (len(out[-1]) <= 2 or out[-1] in _SHORT) and out[-1][0].isupper()
        digits = bool(out) and out[-1][-1:].isdigit()
        if word == "." and (short or (digits and i + 1 < len(words))):
            out[-1] += word
        elif word == "/" and out and i + 1 < len(words) or out and out[-1].endswith("/"):
            out[-1] += word
        elif word in {"-", "–"} and digits and i + 1 < len(words) and words[i + 1][0].isdigit():
            out[-1] += word
        elif out and out[-1][-1:] in {"-", "–"} and out[-1][0].isdigit() and word[0].isdigit():
            out[-1] += word
        else:
            out.append(word)
    return out


def _pointing(words: Sequence[str], vocabulary: Vocabulary) -> Phrase | None:
    """Pronouns, `die beiden`, a possessive that stands for its owner."""
    lower = [w.lower() for w in words]
    if lower[0] in {"die", "diese", "alle"} and len(words) == 2 and lower[1] in {"beiden", "zwei", "drei"}:
        return Phrase("pronoun", " ".join(words), plural=True, pointer="both", by="speakers/both")
    if len(words) > 2 or (len(words) == 2 and lower[1] not in {"selbst", "auch", "aber", "dagegen", "jedoch"}):
        return None
    found = vocabulary.pointer(words[0], *_POINTING) or vocabulary.pointer(words[0], "definite")
    if found is None:
        return None
    kind = "demonstrative" if found.type == "definite" else found.type
    return Phrase("pronoun", words[0], pointer=kind, readings=found.readings, by=found.address)


def _without_brackets(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words outside brackets, and what stood inside them."""
    out: list[str] = []
    inside: list[str] = []
    depth = 0
    current: list[str] = []
    for word in words:
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
            if current:
                inside.append(" ".join(current))
            current = []
        elif depth:
            current.append(word)
        else:
            out.append(word)
    if current:
        inside.append(" ".join(current))
    return out, inside


def _list_items(words: Sequence[str], vocabulary: Vocabulary) -> list[list[str]]:
    """The members of `CDU, SPD und Grüne`; one item where `und` lies inside a name or joins adjectives."""
    if not {"und", "sowie", "&"} & set(words):
        return [list(words)]
    cuts: list[int] = []
    quoted = False
    for i, word in enumerate(words):
        if word in _OPEN or word in _CLOSE:
            quoted = not quoted
        if quoted or word not in {"und", "sowie"} or not 0 < i < len(words) - 1:
            continue
        before, after = words[i - 1], words[i + 1]
        if before.endswith("-") or before == "," or not _opens_group(after, words[i + 1 :], vocabulary):
            continue
        if _inside_name(words[:i], words[i + 1 :], vocabulary) or _second_office(words[:i], words[i + 1 :], vocabulary):
            continue
        cuts.append(i)
    if not cuts:
        return [list(words)]
    items: list[list[str]] = []
    at = 0
    for cut in [*cuts, len(words)]:
        items.append(list(words[at:cut]))
        at = cut + 1
    first = items[0]
    if "," in first:
        pieces: list[list[str]] = [[]]
        for word in first:
            if word == ",":
                pieces.append([])
            else:
                pieces[-1].append(word)
        if all(p and _opens_group(p[0], p, vocabulary) for p in pieces) and not _apposed(pieces, vocabulary):
            items = pieces + items[1:]
    return items


def _opens_group(word: str, rest: Sequence[str], vocabulary: Vocabulary) -> bool:
    if vocabulary.pointer(word, *_DETERMINERS):
        return True
    if word[0].isupper() or word in _OPEN or word[0].isdigit():
        return True
    # lower-case adjective: a member of its own only before a noun after a noun ("Politiker und westliche Regierungen")
    return bool(stem(word)) and len(rest) > 1 and rest[1][0].isupper()


def _inside_name(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Ministerium für Arbeit und Wirtschaft`, `Bürgermeister und Justizsenator Scherf`, adjectives joined."""
    if left[-1][0].islower() and not is_lower_name(left[-1]):
        return True
    if len(left) > 2 and left[-2] in {"aus", "von", "zwischen"} and not vocabulary.pointer(right[0], *_DETERMINERS):
        return True
    heads = [n for w in left for n in vocabulary.nouns(w)]
    persons = bool(heads) and heads[0].person and any(w in {"der", "des", "von", "aus"} for w in left[1:])
    right_core = next((w for w in right if w[0].isupper()), right[0])
    if persons and (right[0] == "des" or not any(n.person for n in vocabulary.nouns(right_core))):
        genitive = right[0] in {"des", "der"} or not vocabulary.pointer(right[0], *_DETERMINERS)
        if genitive and vocabulary.firstname(right_core) is None and "," not in right:
            return True  # `Politiker von SPD und Grünen`
    if vocabulary.pointer(right[0], *_DETERMINERS) is not None:
        return False
    if "für" in left and not vocabulary.body(right[0]) and not vocabulary.firstname(right[0]):
        return True
    right_nouns = vocabulary.nouns(right[0])
    start = vocabulary.pointer(left[0], "definite", "indefinite_article")
    single = start and any(
        g != "p" and h.gender == g for g, c in start.readings if c in "nda" for h in heads if h.person
    )
    if single and any(n.person and n.gender != "p" for n in right_nouns):
        return True  # one bearer of two offices
    common = vocabulary.lexicon.noun(right[0])
    institutional = any(not h.person and h.kind == "organisation" for h in heads) and not any(
        h.gender == "p" for h in heads
    )
    plain = not right_nouns or all(n.kind == "group" and not n.person for n in right_nouns)
    return bool(institutional and common and plain and left[-1][0].isupper() and len(left) > 1)


def _second_office(left: Sequence[str], right: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Jonas Berger, der Dekan der Fakultät und Vorsitzende des Ausschusses` is one person."""
    if "," not in left or not any(n.person for n in vocabulary.nouns(right[0])):
        return False
    at = len(left) - 1 - list(reversed(left)).index(",")
    piece = left[at + 1 :]
    determined = bool(piece) and vocabulary.pointer(piece[0], "definite", "indefinite_article") is not None
    return determined and len(piece) > 1 and any(n.person for n in vocabulary.nouns(piece[1]))


def _apposed(pieces: Sequence[Sequence[str]], vocabulary: Vocabulary) -> bool:
    """Is the second piece an apposition of the first (`Meier, Chef der Polizei`) rather than a further member?"""
    second = pieces[1]
    determined = vocabulary.pointer(second[0], *_DETERMINERS)
    core = second[1] if determined and len(second) > 1 else second[0]
    return any(n.person for n in vocabulary.nouns(core)) and not any(n.person for n in vocabulary.nouns(pieces[0][0]))


def join(parts: Sequence[Phrase]) -> Phrase:
    """`EU und USA`: one speaker of kind group."""
    names = [p.name for p in parts]
    name = ", ".join(names[:-1]) + " und " + names[-1]
    return Phrase(
        "list", name, "group", all(p.named for p in parts), plural=True, parts=tuple(parts), by="speakers/list"
    )


def _single(
    words: Sequence[str], brackets: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str]
) -> Phrase | None:
    """One bearer, with its appositions between commas."""
    pieces: list[list[str]] = [[]]
    for word in words:
        if word == "," or word in {"–", "--"}:
            pieces.append([])
        else:
            pieces[-1].append(word)
    groups: list[Phrase] = []
    for n, piece in enumerate(p for p in pieces if p):
        if n and (piece[0].lower() in _CUT or _is_relative(piece, vocabulary)):
            break
        found = _group(piece, vocabulary, surnames)
        if found:
            groups.append(found)
    if not groups:
        return None
    best = next((g for g in groups if g.form == "name" and g.kind == "person"), None)
    best = best or next((g for g in groups if g.form == "name"), groups[0])
    others = [g for g in groups if g is not best]
    roles = list(best.roles)
    affiliation, gender = best.affiliation, best.gender
    if best.kind == "person":
        for other in others:
            if other.form in {"role", "description"}:
                roles.append(other.name)
                gender = gender or other.gender
            affiliation = affiliation or other.affiliation
    alias = None
    for inside in brackets:
        if best.kind in {"person", "unknown"} and best.form in {"name", "role"}:
            known = vocabulary.body(inside)
            if known or looks_like_acronym(inside):
                affiliation = affiliation or (known.name if known and len(inside) > 6 else inside)
        elif " " in inside and acronym_of(best.name, inside.split()) and looks_like_acronym(best.name):
            best = replace(best, name=inside.strip(), given=tuple(inside.split()))
            alias = groups[0].name if best.name != groups[0].name else None
        elif " " not in inside.strip() and looks_like_acronym(inside) and _same_known(inside, best.name, vocabulary):
            alias = inside.strip()
    return replace(best, roles=tuple(dict.fromkeys(roles)), affiliation=affiliation, gender=gender, alias=alias)


def _same_known(alias: str, name: str, vocabulary: Vocabulary) -> bool:
    """Not two bodies that the tables tell apart: `Kinderhilfswerk der Vereinten Nationen (UNICEF)`."""
    short, long = vocabulary.body(alias), vocabulary.body(name)
    return short is None or long is None or short == long


def _is_relative(piece: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`der gestern kam`: pronoun, then no noun group."""
    if piece[0].lower() in {"dessen", "deren", "welche", "welcher", "welches"}:
        return True
    if piece[0].lower() not in {"der", "die", "das", "dem", "den"} or len(piece) < 2:
        return False
    return piece[-1][0].islower() and bool(vocabulary.lexicon.verb(piece[-1].lower()))


@dataclass(slots=True)
class _Parse:
    """What the words of one piece gave so far."""

    keep: str
    readings: Readings
    determined: str
    adjectives: list[str]
    run: list[str]
    rest: list[str]
    quoted: tuple[str, ...] = ()


def _cut_up(words: Sequence[str], vocabulary: Vocabulary) -> _Parse | None:
    """Determiner, adjectives, the run of capitalised words, and the rest."""
    i = 0
    keep, readings, determined = "", ANY, ""
    found = vocabulary.pointer(words[0], "definite", "indefinite_article", "quantity") or vocabulary.pointer(
        words[0], "demonstrative", "possessive"
    )
    if found and len(words) > 1:
        keep, determined = found.keep, found.type
        readings = ANY if found.type == "possessive" else found.readings
        i = 1
        second = vocabulary.pointer(words[1], "quantity")
        if second and len(words) > 2:
            i = 2
    if found and found.type == "possessive":
        readings = frozenset.union(*(p.readings for p in [_possessive_agreement(words[0])]))
    adjectives: list[str] = []
    while i < len(words):
        word = words[i]
        if word == "Jahre" and i + 1 < len(words) and words[i + 1].startswith("alt") and adjectives:
            adjectives.append(word)
            i += 1
            continue
        if word in _OPEN or word[0].isupper():
            break
        if determined and not (i and words[i - 1][0].isupper()) and (word in _PREPOSITIONS or word == "sich"):
            after = _after_participle(words, i)
            if after > i:
                adjectives, i = [], after
                continue
        if word in _PREPOSITIONS or vocabulary.pointer(word, "definite", "indefinite_article"):
            break
        if i + 1 < len(words) or word[0].isdigit():
            adjectives.append(word)
        elif is_lower_name(word):
            break
        else:
            adjectives.append(word)
        i += 1
    run: list[str] = []
    quoted: list[str] = []
    in_quotes = False
    while i < len(words):
        word = words[i]
        if word in _OPEN or word in _CLOSE:
            in_quotes = not in_quotes
            i += 1
            continue
        following = words[i + 1] if i + 1 < len(words) else ""
        joins = following[:1].isupper() and (
            is_particle(word) and not _genitive_article(word, run, vocabulary) or word in _SMALL
        )
        if (
            word == "und"
            and run
            and following[:1].isupper()
            and len(run) > 1
            and any(not n.person for n in vocabulary.nouns(run[0]))
        ):
            joins = True
        if in_quotes:
            quoted.append(word)
            run.append(word)
        elif word[0].isupper() or word[0].isdigit() or (run and joins) or is_lower_name(word) or (run and word == "."):
            if word != ".":
                run.append(word)
        else:
            break
        i += 1
    return _Parse(keep, readings, determined, adjectives, run, list(words[i:]), tuple(quoted))


def _genitive_article(word: str, run: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`Sprecher der Polizei`, `Chef von Norvik`: no particle of a name."""
    if word.lower() in {"der", "den", "dem", "des", "die", "das", "zum", "zur", "zu", "von", "vom"}:
        return not (run and vocabulary.firstname(run[-1]) is not None) or word.lower() in {"des", "die", "das"}
    return False


def is_lower_name(word: str) -> bool:
    """`t-online.de`, `ver.di`, `dpa`: names written small."""
    return (
        ("." in word[1:-1] and word[-1].isalpha())
        or word in {"dpa", "taz", "epd", "rbb", "al-Schabaab", "n-tv"}
        or (
            "-" in word
            and word.rsplit("-", 1)[-1][:1].isupper()
            and word[0].islower()
            and len(word.split("-", 1)[0]) <= 3
        )
    )


@dataclass(frozen=True, slots=True)
class _Agreement:
    readings: Readings


def _possessive_agreement(word: str) -> _Agreement:
    """The ending of `seines`, `ihrer` … agrees like that of `eines`, `einer`."""
    for ending, pairs in (
        ("es", {("m", "g"), ("n", "g")}),
        ("em", {("m", "d"), ("n", "d")}),
        ("en", {("m", "a"), ("p", "d")}),
        ("er", {("f", "g"), ("f", "d"), ("p", "g")}),
        ("e", {("f", "n"), ("f", "a"), ("p", "n"), ("p", "a")}),
    ):
        if word.lower().endswith(ending) and word.lower() not in {"ihr"}:
            return _Agreement(frozenset(pairs))
    return _Agreement(frozenset({("m", "n"), ("n", "n"), ("n", "a")}))


def _after_participle(words: Sequence[str], i: int) -> int:
    """`die zur Stanford University gehörende Hoover Institution`: on to the noun that the determiner belongs to."""
    for j in range(i + 2, len(words) - 1):
        following = words[j + 1]
        ended = words[j][0].islower() and words[j].endswith(
            ("ende", "enden", "te", "ten", "ene", "enen", "ter", "tes", "iche", "ichen")
        )
        opens = following[0].isupper() or following in _OPEN or (following[0].islower() and bool(stem(following)))
        if ended and opens and len(words[j]) > 4 and following not in _PREPOSITIONS:
            return j + 1
    return i


def _group(words: Sequence[str], vocabulary: Vocabulary, surnames: Collection[str]) -> Phrase | None:
    """One piece between commas."""
    cut = _cut_up(words, vocabulary)
    if cut is None:
        return None
    if not cut.run:
        return _headless(words, cut, vocabulary)
    run = list(cut.run)
    whole = " ".join(run)
    if cut.adjectives and cut.determined != "quantity":
        known = vocabulary.body(" ".join([*cut.adjectives, *run]))
        if known and not cut.rest:
            return _known(known, cut)
    if (
        len(run) == 1
        and run[0][-1] in "s'’"
        and not cut.determined
        and len(cut.rest) > 1
        and stem(cut.rest[0])
        and cut.rest[1][0].isupper()
    ):
        # `Lenz' wissenschaftlicher Mitarbeiter Jonas Berger`
        inner = _group(cut.rest, vocabulary, surnames)
        if inner and cut.rest[0] not in _PREPOSITIONS and inner.form in {"name", "role"}:
            return inner
    known = vocabulary.body(whole)
    if known is None and cut.rest and len(cut.rest) < 6:
        # `Bundesagentur für Arbeit`, `Sicherheitsrat der Vereinten Nationen`
        known = vocabulary.body(" ".join([whole, *cut.rest]))
    if known and (known.kind == "state" or not cut.rest or vocabulary.body(" ".join([whole, *cut.rest]))):
        if not (known.kind != "state" and len(run) == 1 and whole in surnames and not cut.determined):
            return _known(known, cut)
    owner = ""
    if (
        len(run) > 1
        and not cut.determined
        and run[0][-1] in "s'’"
        and vocabulary.nouns(run[1])
        and not vocabulary.nouns(run[0])
    ):
        owner, run = run[0], run[1:]
        cut = replace_determined(cut)
    front: list[str] = []
    while len(run) > 1 and _is_capital_adjective(run, cut, vocabulary):
        front.append(run.pop(0))
    titles = [w for w in run if w in vocabulary.titles or w.rstrip(".") + "." in vocabulary.titles]
    stripped = [w for w in run if w not in titles and w.rstrip(".") + "." not in vocabulary.titles]
    gender = next((g for t in titles if (g := vocabulary.titles.get(t) or vocabulary.titles.get(t + ".") or "")), None)
    if titles and stripped:
        run = stripped
    return _run(run, front, owner, gender, bool(titles), cut, vocabulary, surnames)


def replace_determined(cut: _Parse) -> _Parse:
    """After a genitive in front (`Kenias Regierung`) the noun is as definite as with `die`."""
    return _Parse(cut.keep, cut.readings, "genitive", cut.adjectives, cut.run, cut.rest, cut.quoted)


def _run(
    run: list[str],
    front: list[str],
    owner: str,
    gender: str | None,
    titled: bool,
    cut: _Parse,
    vocabulary: Vocabulary,
    surnames: Collection[str],
) -> Phrase | None:
    """The capitalised words: offices, then a name; or a body; or a common noun."""
    offices: list[Noun] = []
    at = 0
    while at < len(run):
        nouns = [n for n in vocabulary.nouns(run[at]) if n.person]
        if not nouns or run[at] in cut.quoted:
            break
        if len(nouns) < len(vocabulary.nouns(run[at])) and vocabulary.firstname("".join(run[at + 1 : at + 2])) is None:
            break  # `der Vorstand` is a body, `Vorstand Erich Lenz` a person
        alone = len(run) == 1 and not cut.determined and not cut.adjectives and not cut.rest
        if alone and run[at] in surnames:
            break
        if at and run[at] in surnames and at == len(run) - 1:
            break
        if (
            at + 1 < len(run)
            and nouns[0].cases
            and run[at].endswith("er")
            and _is_origin(run[at], run[at + 1], vocabulary)
        ):
            front.append(run[at])
            run = run[:at] + run[at + 1 :]
            continue
        offices.append(_agreeing(nouns, cut, front))
        at += 1
        if at < len(run) and vocabulary.firstname(run[at]) is not None:
            break
    name = run[at:]
    genitive = bool(cut.determined) and {c for g, c in cut.readings if g in {o.gender for o in offices}} <= {"g"}
    if (
        offices
        and len(name) == 1
        and genitive
        and name[0] not in surnames
        and (common := vocabulary.lexicon.noun(name[0]))
        and common[1]
    ):
        name = []  # `des Präsidenten Stellung`
    if offices and name and _is_genitive_complement(name, cut, vocabulary, surnames):
        cut = _Parse(cut.keep, cut.readings, cut.determined, cut.adjectives, run[:at], [*name, *cut.rest], cut.quoted)
        name = []
    if offices and not name:
        late = _late_name(cut.rest, vocabulary)
        if late:
            name = late
            cut.rest = cut.rest[: len(cut.rest) - len(late)]
    if offices and name and not any(not n.person for w in name for n in vocabulary.nouns(w)):
        if (
            offices[-1].gender == "p"
            and len(name) > 0
            and vocabulary.firstname(name[0]) is None
            and cut.determined == "quantity"
        ):
            return _office(offices[-1], front, owner, cut, vocabulary)
        return _person(name, [*offices], front, gender, cut, vocabulary)
    if offices and name:
        # `Sprecher Landgericht`: the body belongs to the office
        cut.rest = [*name, *cut.rest]
    if offices:
        return _office(offices[-1], front, owner, cut, vocabulary)
    first = vocabulary.firstname(run[0])
    bodies = [(i, ns) for i, w in enumerate(run) if (ns := [n for n in vocabulary.nouns(w) if not n.person])]
    if first is not None and len(run) > 1 and not (bodies and bodies[-1][0] == len(run) - 1):
        return _person(run, [], front, gender, cut, vocabulary)
    if titled:
        return _person(run, [], front, gender, cut, vocabulary)
    if len(run) == 1 and run[0] in surnames and not cut.determined:
        return _person(run, [], front, gender, cut, vocabulary)
    if bodies and not set(run[: bodies[0][0] + 1]) & set(cut.quoted):
        return _body(run, bodies[0][0], _agreeing(bodies[0][1], cut, front), front, owner, cut, vocabulary)
    return _other(run, front, owner, cut, vocabulary, surnames)


def _is_origin(word: str, following: str, vocabulary: Vocabulary) -> bool:
    """`Hamburger` in `der Hamburger Flughafen`: an origin before a noun, no bearer of its own."""
    if vocabulary.firstname(following) is not None or not any(n.head in _ORIGINS for n in vocabulary.nouns(word)):
        return False
    common = vocabulary.lexicon.noun(following)
    return bool(vocabulary.nouns(following)) or bool(common and common[1]) or following in {"Grünen", "Linken"}


def _agreeing(nouns: Sequence[Noun], cut: _Parse, front: Sequence[str]) -> Noun:
    """The reading of a noun that its determiner (or its adjective's ending) allows, nominative first."""
    allowed = cut.readings
    adjectives = [a for a in [*cut.adjectives, *front] if stem(a)]
    if not cut.determined and adjectives:
        allowed = strong_fits(adjectives[-1])
    elif cut.determined in {"definite", "demonstrative"} and adjectives and adjectives[-1][0].islower():
        weak = frozenset({("m", "n"), ("f", "n"), ("f", "a"), ("n", "n"), ("n", "a")})
        narrowed = allowed - weak if adjectives[-1].endswith("en") else allowed & weak
        allowed = narrowed or allowed
    elif cut.determined == "indefinite_article" and adjectives and adjectives[-1].endswith(("er", "es")):
        allowed = allowed & strong_fits(adjectives[-1]) or allowed
    fitting = [n for n in nouns if n.readings & allowed] or list(nouns)
    if len({n.gender for n in fitting}) > 1 and not cut.determined and not adjectives:
        # `Grünen-Vorsitzende Roth`, `Polizeisprecher Meier`: one person before a name; many where nothing follows
        singular = [n for n in fitting if n.gender != "p"]
        follows = len(cut.run) > 1
        feminine = [n for n in singular if n.gender == "f"]
        if follows and singular:
            return (
                (feminine or singular)[0]
                if nouns[0].nominative.endswith("r") and cut.run[0].endswith("e")
                else singular[0]
            )
        plural = [n for n in fitting if n.gender == "p"]
        return plural[0] if plural and not follows else fitting[0]
    return fitting[0]


def _is_capital_adjective(run: Sequence[str], cut: _Parse, vocabulary: Vocabulary) -> bool:
    """`Staatlichen` in `des Staatlichen Veterinäramts`: capital because it belongs to a name."""
    word, following = run[0], run[1]
    if stem(word) is None or word in cut.quoted or vocabulary.firstname(word) is not None or word in vocabulary.titles:
        return False
    if vocabulary.firstname(following) is not None:
        return False
    nouns = vocabulary.nouns(word)
    if nouns and not any(n.head == "Deutscher" for n in nouns):
        return False
    if not vocabulary.nouns(following) and not (len(run) > 2 and _is_capital_adjective(run[1:], cut, vocabulary)):
        base = stem(word) or ""
        return (
            base.lower().endswith(("isch", "lich", "deutsch", "ig", "al", "ell"))
            and vocabulary.lexicon.noun(following) is not None
        )
    common = vocabulary.lexicon.noun(word)
    oblique = cut.determined == "definite" and word.endswith("en") and bool(vocabulary.nouns(run[-1]))
    return oblique or common is None or not common[1] or common[0].endswith(("er", "e"))


def _is_genitive_complement(
    name: Sequence[str], cut: _Parse, vocabulary: Vocabulary, surnames: Collection[str]
) -> bool:
    """`der Vertreter Libyens`, `ein Sprecher Lenz'`: the words after the office name whom it serves."""
    last = name[-1]
    if last[-1] not in "s'’" or vocabulary.firstname(name[0]) is not None and len(name) > 1:
        return False
    bare = without_genitive(last)
    if bare == last:
        return False
    known = vocabulary.body(" ".join([*name[:-1], bare]))
    if known:
        return vocabulary.body(" ".join(name)) is known or known.kind == "state"
    return bare in surnames and last not in surnames or cut.determined == "indefinite_article"


def _late_name(rest: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """`dem Direktor der Luftfahrtbehörde Roberto Lenz`: the name at the end belongs to the office in front."""
    for i in range(len(rest) - 1, 0, -1):
        if vocabulary.firstname(rest[i]) is not None and i + 1 < len(rest) and rest[i + 1][0].isupper():
            tail = rest[i:]
            clean = all(w[0].isupper() or is_particle(w) for w in tail)
            if (
                clean
                and rest[i - 1].lower() not in _PREPOSITIONS | {"um", "des", "der", "und"}
                and not vocabulary.pointer(rest[i - 1], "definite")
            ):
                return list(tail)
    return []


def _person(
    name: Sequence[str],
    offices: Sequence[Noun],
    front: Sequence[str],
    gender: str | None,
    cut: _Parse,
    vocabulary: Vocabulary,
) -> Phrase:
    """A person by name, with the offices before it."""
    words = list(name)
    if _in_genitive(words, offices, cut, vocabulary):
        words[-1] = without_genitive(words[-1])
    first = vocabulary.firstname(words[0]) if len(words) > 1 or not offices else None
    office_gender = next((n.gender for n in reversed(offices) if n.gender in "mf"), None)
    plain = [n for n in offices if n.gender != "p"] or list(offices)
    sex = (
        gender or first or (office_gender if cut.determined or office_gender == "f" or first is None else None) or None
    )
    roles = [" ".join([*(nominative_adjective(a, n.gender) for a in cut.adjectives), n.nominative]) for n in plain]
    if (
        roles
        and cut.rest
        and cut.rest[0].lower() in {"der", "des", "von", "vom"}
        and len(plain) == 1
        and not cut.quoted
    ):
        roles[-1] = " ".join([roles[-1], *cut.rest]) if len(cut.run) == len(offices) else roles[-1]
    affiliation = _affiliation(plain[-1] if plain else None, cut, vocabulary)
    head = plain[-1].head if plain else ""
    return Phrase(
        "name",
        " ".join(words),
        "person",
        True,
        sex,
        head=head,
        noun=plain[-1].nominative if plain else "",
        given=tuple(words),
        roles=tuple(roles),
        affiliation=affiliation,
        by="speakers/person_name",
    )


def _in_genitive(words: Sequence[str], offices: Sequence[Noun], cut: _Parse, vocabulary: Vocabulary) -> bool:
    """Does the name carry a genitive ending? Only where no article already shows the case."""
    last = words[-1]
    if last.endswith(("'", "’")):
        return True
    return False


def _affiliation(office: Noun | None, cut: _Parse, vocabulary: Vocabulary) -> str | None:
    """`Pentagon-Sprecherin` -> Pentagon, `Sprecher der Polizei` -> Polizei, `Lenz von den Grünen` -> Die Grünen."""
    if cut.rest and cut.rest[0].lower() in {"der", "des", "von", "vom", "aus", "bei", "beim"}:
        inner = cut.rest[1:] if cut.rest[0].lower() in {"von", "aus", "bei"} else cut.rest
        found = _group(_first_piece(inner), vocabulary, ()) if inner else None
        if found and found.kind in {"organisation", "medium", "state"}:
            return found.name
    if office and office.modifier:
        known = vocabulary.body(office.modifier)
        if known:
            return known.name if known.name.lower() != office.modifier.lower() else office.modifier
        if looks_like_acronym(office.modifier):
            return office.modifier
        body = [n for n in vocabulary.nouns(office.modifier.capitalize()) if not n.person]
        if body and body[0].kind in {"organisation", "medium"}:
            return body[0].nominative
    return None


def _first_piece(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        if word in {",", "in", "und", "für"}:
            break
        out.append(word)
    return out


def _description(
    noun: str, gender: str, front: Sequence[str], owner: str, cut: _Parse, tail: Sequence[str] = ()
) -> str:
    """Adjectives in the nominative, noun, and what follows it."""
    weak = cut.determined in {"definite", "demonstrative", "genitive", "possessive"}
    fixed = {"und", "oder", "sowie", "Jahre"}
    adjectives = [w if not w[-1].isalpha() or w in fixed else nominative_adjective(w, gender) for w in cut.adjectives]
    names = [nominative_adjective(w, gender, weak) for w in front]
    keep = [cut.keep] if cut.keep else []
    return _spaced([*keep, *([owner] if owner else []), *adjectives, *names, noun, *tail])


def _lowered(front: Sequence[str]) -> list[str]:
    """An adjective that is capital only because a sentence begins with it; `Berliner` stays."""
    return [w if w.endswith("er") and w in _ORIGINS else w[0].lower() + w[1:] for w in front]


def _spaced(words: Sequence[str]) -> str:
    """Words with the spaces that print puts between them."""
    out = ""
    glue = True
    quotes = 0
    for word in words:
        opening = word in {"„", "‚", "»", "("} or (word in {'"', "“"} and quotes % 2 == 0)
        closing = word in {",", ".", ";", ")", ":"} or (not opening and word in _CLOSE)
        if word in _OPEN or word in _CLOSE:
            quotes += 1
        out += word if glue or closing or not out else " " + word
        glue = opening
    return out


def _office(noun: Noun, front: Sequence[str], owner: str, cut: _Parse, vocabulary: Vocabulary) -> Phrase:
    """A person (or persons) by office or role alone."""
    plural = noun.gender == "p"
    plain = front if cut.determined else _lowered(front)
    name = _description(noun.nominative, noun.gender, plain, owner, cut, _complement(cut.rest))
    return Phrase(
        "role",
        name,
        noun.kind,
        False,
        noun.gender if noun.gender in "mf" else None,
        plural,
        noun.head,
        noun.nominative,
        affiliation=_affiliation(noun, cut, vocabulary),
        definite=cut.determined in {"definite", "demonstrative"},
        modified=bool(cut.adjectives or cut.rest or owner),
        by=noun.address,
    )


def _complement(rest: Sequence[str]) -> list[str]:
    """What belongs to the noun in front: everything up to a subordinate clause."""
    return list(rest)


def _known(known: Known, cut: _Parse) -> Phrase:
    """A body that the tables know by name."""
    name = " ".join(cut.run) if known.kind != "state" else known.name
    return Phrase(
        "name",
        known.name if known.kind == "state" else _written(name, known, cut),
        known.kind,
        True,
        known.gender if known.gender in {"m", "f", "n"} else None,
        known.gender == "p",
        head=known.name,
        given=tuple(cut.run),
        modified=True,
        by=known.address,
    )


def _written(name: str, known: Known, cut: _Parse) -> str:
    """The name as this article writes it, in the nominative: the table's own spelling where both are one."""
    same = body_key(name) == body_key(known.name) or body_key(without_genitive(name)) == body_key(known.name)
    if same and len(name.split()) == len(known.name.split()):
        return known.name
    words = name.split()
    if len(words) > 1 and cut.determined and words[0][0].isupper():
        words[0] = nominative_adjective(words[0], known.gender, True)
    full = " ".join([*(nominative_adjective(a, known.gender) for a in cut.adjectives), *words])
    return (
        without_genitive(full)
        if ("m", "g") in cut.readings and cut.determined and ("m", "n") not in cut.readings
        else full
    )


def _body(
    run: list[str], at: int, noun: Noun, front: Sequence[str], owner: str, cut: _Parse, vocabulary: Vocabulary
) -> Phrase:
    """An institution, a medium, a document by its kind of noun, perhaps with a name behind."""
    behind = run[at + 1 :]
    if at:
        # `Hoover Institution`, `UN Kommission`: the noun ends the name
        words = [*run[:at], noun.nominative, *behind]
        name = " ".join([*(nominative_adjective(w, noun.gender, True) for w in front), *words])
        return Phrase(
            "name",
            name,
            kind_of_noun(noun),
            True,
            _sex(noun),
            noun.gender == "p",
            noun.head,
            noun.nominative,
            tuple(words),
            by=noun.address,
        )
    if noun.label and not behind and looks_like_acronym(noun.modifier) and noun.gender != "p":
        # `der RWE-Konzern`
        return Phrase(
            "name",
            noun.modifier,
            noun.kind,
            True,
            _sex(noun),
            False,
            noun.head,
            noun.head,
            (noun.modifier,),
            by=noun.address,
        )
    label = noun.label or bool(cut.quoted and noun.kind in {"organisation", "medium"})
    if behind and noun.gender != "p" and noun.kind in {"organisation", "medium"}:
        label = label or (len(behind) == 1 and looks_like_acronym(behind[0]))
    common_behind = bool(behind) and vocabulary.lexicon.noun(behind[0]) is not None and not cut.quoted
    if label and len(behind) > 1 and (sex := vocabulary.firstname(behind[0])) is not None and not cut.quoted:
        # `der Chef des Unternehmens Kevin Lenz`
        return Phrase(
            "name", " ".join(behind), "person", True, sex or None, given=tuple(behind), by="speakers/person_name"
        )
    if label and behind and noun.gender != "p" and not (common_behind and noun.head in {"Gewerkschaft", "Partei"}):
        if len(behind) > 1 and stem(behind[0]) and (after := vocabulary.nouns(behind[1])) and behind[0][0].isupper():
            behind[0] = nominative_adjective(behind[0], after[0].gender, True)
        known = vocabulary.body(" ".join(behind))
        name = known.name if known and known.kind != "state" else " ".join(behind)
        if not (known and known.kind == "state"):
            kind = known.kind if known else noun.kind
            return Phrase(
                "name", name, kind, True, _sex(noun), False, known.name if known else noun.head, noun.nominative, tuple(behind), by=noun.address
            )  # fmt: skip
    rest = _complement(cut.rest)
    if (
        rest[:1]
        and rest[0] in {"in", "im", "vor", "bei"}
        and (rest[:2] == ["vor", "Ort"] or (noun.gender != "p" and noun.modifier and noun.head in _SEATED) or front)
    ):
        rest = []
    tail = [*behind, *rest]
    if cut.quoted and not label:
        tail = (
            [w for b in [list(cut.quoted)] for w in ("„", *b, "“")] + _complement(cut.rest)
            if behind == list(cut.quoted)
            else tail
        )
    plain = _lowered(front) if not cut.determined and (noun.gender == "p" or noun.kind == "document") else front
    name = _description(noun.nominative, noun.gender, plain, owner, cut, tail)
    kind = kind_of_plural(noun) if noun.gender == "p" else kind_of_noun(noun)
    proper = bool(behind) or bool(front) or bool(owner) or noun.modifier.isupper()
    if kind in {"organisation", "medium"}:
        national = cut.determined in {"definite", "genitive"} and any(
            _is_national(a, vocabulary) for a in cut.adjectives
        )
        proper = (
            proper or (national and noun.gender != "p") or any(w[0].isupper() and vocabulary.body(w) for w in cut.rest)
        )
        proper = proper or (bool(noun.modifier) and noun.modifier in {"Bundes", "Landes", "Europa"})
    elif kind == "document":
        proper = bool(cut.quoted) or any(looks_like_acronym(w) or vocabulary.body(w) for w in cut.rest)
    else:
        proper = False
    return Phrase(
        "body",
        name,
        kind,
        proper,
        _sex(noun),
        noun.gender == "p",
        noun.head,
        noun.nominative,
        tuple([noun.nominative, *tail]) if proper else (),
        definite=cut.determined in {"definite", "demonstrative", "genitive"} or not cut.determined,
        modified=bool(cut.adjectives or tail or owner or front),
        by=noun.address,
    )


def _sex(noun: Noun) -> str | None:
    return noun.gender if noun.gender in "mfn" else None


def _is_national(adjective: str, vocabulary: Vocabulary) -> bool:
    base = (stem(adjective) or "").lower()
    return base.endswith(("isch", "deutsch")) and len(base) > 5


def _other(
    run: list[str], front: Sequence[str], owner: str, cut: _Parse, vocabulary: Vocabulary, surnames: Collection[str]
) -> Phrase | None:
    """A common noun that no table has, or a name nobody introduced."""
    lexicon = vocabulary.lexicon
    known = lexicon.noun(run[0])
    # names stand in the lexicon too, without gender
    common = known is not None and (bool(known[1]) or bool(cut.adjectives) or known[0] != run[0])
    if (cut.quoted and run == list(cut.quoted)) or (not common and looks_like_acronym(run[0])):
        name = " ".join(run)
        kind = "organisation" if not cut.quoted or cut.determined else "unknown"
        article = (
            next(iter({g for g, c in cut.readings if c in "nda"}), None)
            if cut.determined and len(cut.readings) < 3
            else None
        )
        return Phrase(
            "name",
            name,
            kind,
            True,
            article if article in {"m", "f", "n"} else None,
            given=tuple(run),
            modified=True,
            by="speakers/proper_name",
        )
    behind = run[1:]
    if (
        len(behind) > 1
        and vocabulary.firstname(run[0]) is None
        and (sex := vocabulary.firstname(behind[0])) is not None
    ):
        # `Milliardär Richard Lenz`
        return Phrase(
            "name",
            " ".join(behind),
            "person",
            True,
            sex or None,
            given=tuple(behind),
            roles=_office_word(run[0]),
            by="speakers/person_name",
        )
    if (
        common
        and known
        and known[1]
        and len(behind) == 1
        and not cut.determined
        and not cut.adjectives
        and known[1] != ""
    ):
        if behind[0] in surnames or without_genitive(behind[0]) in surnames:
            return Phrase(
                "name",
                without_genitive(behind[0]),
                "person",
                True,
                None,
                given=(without_genitive(behind[0]),),
                by="speakers/person_name",
            )
    if common and (len(run) == 1 or cut.determined or cut.adjectives):
        if (
            behind
            and cut.determined
            and behind[0][0].isupper()
            and not any(vocabulary.lexicon.noun(w) and vocabulary.lexicon.noun(w)[1] for w in behind[:1])
        ):  # type: ignore[index]
            first = vocabulary.firstname(behind[0])
            if first is not None and len(behind) > 1:
                return Phrase(
                    "name",
                    " ".join(behind),
                    "person",
                    True,
                    first or None,
                    given=tuple(behind),
                    roles=_office_word(run[0]),
                    by="speakers/person_name",
                )
            return Phrase(
                "name",
                " ".join(behind),
                "unknown",
                True,
                None,
                given=tuple(behind),
                roles=(run[0],),
                by="speakers/labelled_name",
            )
        allowed = cut.readings
        adjectives = [a for a in [*cut.adjectives, *front] if stem(a)]
        if not cut.determined and adjectives:
            allowed = strong_fits(adjectives[-1])
        noun, gender = nominative_noun(run[0], allowed, lexicon)
        plural = gender == "p" or (not cut.determined and not adjectives and known is not None and known[0] != run[0])
        name = _description(noun, gender or "p", front, owner, cut, [*behind, *_complement(cut.rest)])
        kind = "group" if plural else "person" if noun.endswith(("er", "in", "ist", "ent", "ant", "eur")) else "unknown"
        return Phrase(
            "description", name, kind, False, gender if gender in {"m", "f"} else None, plural, noun, noun,
            definite=cut.determined in {"definite", "demonstrative"}, modified=bool(cut.adjectives or cut.rest), by="speakers/description",
        )  # fmt: skip
    if cut.adjectives and run and cut.determined != "definite" and len(run) == 1 and not common:
        # an unknown noun with adjectives: `mehrere friedliche Blogger`
        noun, gender = nominative_noun(
            run[0], cut.readings if cut.determined else strong_fits(cut.adjectives[-1]), lexicon
        )
        name = _description(noun, gender or "p", front, owner, cut, _complement(cut.rest))
        return Phrase(
            "description",
            name,
            "group" if gender in {"p", ""} else "unknown",
            False,
            None,
            gender in {"p", ""},
            noun,
            noun,
            definite=False,
            modified=True,
            by="speakers/description",
        )
    if cut.determined == "quantity" or cut.determined == "indefinite_article":
        noun, gender = nominative_noun(run[0], cut.readings, lexicon)
        name = _description(noun, gender or "p", front, owner, cut, [*run[1:], *_complement(cut.rest)])
        plural = cut.determined == "quantity"
        return Phrase(
            "description",
            name,
            "group" if plural else "person",
            False,
            gender if gender in {"m", "f"} else None,
            plural,
            noun,
            noun,
            definite=False,
            modified=bool(cut.rest),
            by="speakers/description",
        )
    words = [*front, *run]
    if (
        cut.determined == "definite"
        and len(words) == 1
        and cut.rest
        and cut.rest[0] in {"der", "des", "von"}
        and words[0] not in surnames
    ):
        noun, gender = nominative_noun(words[0], cut.readings, lexicon)
        name = _description(noun, gender or "p", front, owner, cut, _complement(cut.rest))
        return Phrase(
            "description",
            name,
            "group" if gender == "p" else "unknown",
            False,
            gender if gender in {"m", "f"} else None,
            gender == "p",
            noun,
            noun,
            modified=True,
            by="speakers/description",
        )
    if (
        cut.determined == "definite"
        and len(words) > 1
        and {c for _, c in cut.readings} == {"g"}
        and vocabulary.firstname(words[0]) is None
    ):
        words[-1] = without_genitive(words[-1])
    if cut.determined and len(words) == 1 and not cut.adjectives:
        # an article before an unknown word: `die Lufthansa`, `der Tagesspiegel`
        genders = {g for g, c in cut.readings if c in "nd"}
        gender_ = next(iter(genders)) if len(genders) == 1 else None
        if words[0] in surnames:
            return Phrase("name", words[0], "person", True, gender_, given=tuple(words), by="speakers/person_name")
        oblique = {c for _, c in cut.readings} == {"g"}
        noun = without_genitive(words[0]) if oblique else words[0]
        plural = gender_ == "p"
        return Phrase(
            "name",
            _spaced([noun, *_complement(cut.rest)]),
            "group" if plural else "organisation",
            True,
            gender_,
            plural,
            given=(noun,),
            modified=bool(cut.rest),
            by="speakers/proper_name",
        )
    return Phrase(
        "name",
        " ".join(words),
        "person",
        True,
        vocabulary.firstname(words[0]) or None,
        given=tuple(words),
        by="speakers/person_name",
    )


def _office_word(word: str) -> tuple[str, ...]:
    """A noun before a name as an office, where it looks like one: `Milliardär`, not `Bombe`."""
    return (word,) if word.endswith(_PERSONAL) else ()


def _headless(words: Sequence[str], cut: _Parse, vocabulary: Vocabulary) -> Phrase | None:
    """`einige der Befragten`, `der 81-jährige`, `Einer der Putschisten`: no noun of its own."""
    if not cut.rest and not cut.adjectives:
        return None
    partitive = cut.determined in {"quantity", "indefinite_article"} and bool(cut.rest)
    name = _spaced(words if not cut.keep else [cut.keep, *words[1:]])
    if partitive:
        return Phrase(
            "description",
            name,
            "group" if cut.determined == "quantity" else "person",
            False,
            plural=cut.determined == "quantity",
            definite=False,
            modified=True,
            by="speakers/partitive",
        )
    if cut.adjectives and cut.determined == "definite":
        genders = {g for g, c in cut.readings if c == "n"}
        sex = next(iter(genders & {"m", "f"}), None)
        head = "Jähriger" if cut.adjectives[-1].endswith("jährige") else ""
        return Phrase(
            "role",
            " ".join(cut.adjectives),
            "person",
            False,
            sex,
            head=head,
            noun=head,
            definite=True,
            by="speakers/headless",
        )
    return Phrase("description", name, "unknown", False, definite=False, by="speakers/description")
