"""Which German word forms does the analysis know? Makes `verbforms.tsv`, `nounforms.tsv` and `smallforms.txt` of the German tables.

Forms and lemmas come from simplemma (MIT), which words are alive and which gender a noun has from counts over speeches
of the German Bundestag (official texts). Run: `python lab/tables/wordforms.py ../shared/data`. The files are the
only thing kept: looking words up in them costs 0.1 s at start where simplemma itself costs 0.9 s and 120 MB.
"""

from __future__ import annotations

import itertools
import lzma
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[2] / "src/reportedly/languages/de"
SEPARABLE = sorted(
    [
        "ab",
        "an",
        "auf",
        "aus",
        "bei",
        "dar",
        "durch",
        "ein",
        "fest",
        "fort",
        "frei",
        "her",
        "heraus",
        "herein",
        "hervor",
        "hin",
        "hinaus",
        "hinein",
        "hinzu",
        "hinweg",
        "los",
        "mit",
        "nach",
        "nahe",
        "nieder",
        "offen",
        "preis",
        "statt",
        "teil",
        "tot",
        "um",
        "unter",
        "vor",
        "voran",
        "voraus",
        "vorbei",
        "vorweg",
        "wach",
        "weg",
        "weiter",
        "wider",
        "wieder",
        "zu",
        "zurecht",
        "zurück",
        "zusammen",
        "zuvor",
        "zuteil",
        "bekannt",
        "klar",
        "richtig",
        "sicher",
        "still",
        "bloß",
        "kund",
        "kaputt",
        "krank",
        "übel",
        "wahr",
        "gleich",
        "dagegen",
        "entgegen",
        "gegenüber",
        "bereit",
        "bevor",
        "daneben",
        "davon",
        "dazu",
        "dazwischen",
        "drauf",
        "ein",
        "empor",
        "entlang",
        "entzwei",
        "fehl",
        "fern",
        "gut",
        "gegen",
        "groß",
        "heim",
        "herab",
        "heran",
        "herauf",
        "herbei",
        "herum",
        "herunter",
        "hervor",
        "hinab",
        "hinauf",
        "hinunter",
        "hoch",
        "kennen",
        "lahm",
        "leid",
        "liegen",
        "nahe",
        "näher",
        "quer",
        "schief",
        "schön",
        "schwer",
        "sitzen",
        "spazieren",
        "stehen",
        "stand",
        "überein",
        "überhand",
        "übrig",
        "umher",
        "vorher",
        "vorüber",
        "wett",
        "zufrieden",
        "zugrunde",
        "zugute",
    ],
    key=len,
    reverse=True,
)
INSEPARABLE = (
    "be",
    "emp",
    "ent",
    "er",
    "ge",
    "miss",
    "ver",
    "zer",
    "über",
    "unter",
    "wider",
    "voll",
    "hinter",
    "durch",
    "um",
    "wieder",
)
DE_UMLAUT = str.maketrans("äöü", "aou")


def words_of(data: Path) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Counts of words, and for capitalised ones of the determiner before them."""
    words: Counter[str] = Counter()
    before: dict[str, Counter[str]] = defaultdict(Counter)
    determiners = set(
        [
            "der",
            "die",
            "das",
            "dem",
            "den",
            "des",
            "ein",
            "eine",
            "einen",
            "einem",
            "einer",
            "eines",
            "im",
            "am",
            "vom",
            "zum",
            "zur",
            "beim",
            "ins",
            "ans",
            "dieser",
            "diese",
            "dieses",
            "diesem",
            "diesen",
        ]
    )
    for name in ("bt19.txt.xz", "bt20.txt.xz"):
        with lzma.open(data / "bundestag" / name, "rt", encoding="utf-8") as file:
            for line in file:
                tokens = re.findall(r"[A-Za-zÄÖÜäöüß-]+", line)
                words.update(tokens)
                for left, right in itertools.pairwise(tokens):
                    if right[0].isupper() and left in determiners:
                        before[right][left] += 1
    return words, before


def dictionary() -> dict[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    pairs = DefaultDictionaryFactory().get_dictionary("de").items()
    text = lambda x: x.decode() if isinstance(x, bytes) else x  # noqa: E731
    return {text(form): text(lemma) for form, lemma in pairs}


DOUBTFUL = frozenset(["wider", "wieder", "unter", "über", "um", "durch", "voll", "hinter"])


def particle_of(lemma: str, infinitives: set[str], forms: set[str]) -> str:
    """`mit` of `mitteilen`; for wider-, wieder-, über- … only where a form shows the joint (wiedergegeben, not widersprochen)."""
    for particle in SEPARABLE:
        if lemma.startswith(particle) and lemma[len(particle) :] in infinitives and len(lemma) > len(particle) + 3:
            joined = any(f.startswith((particle + "ge", particle + "zu")) for f in forms)
            if particle not in DOUBTFUL or joined:
                return particle
    return ""


def tags_of(form: str, lemma: str, forms: set[str], particle: str) -> str:
    """f finite indicative, 1 Konjunktiv I, 2 Konjunktiv II, p participle II, i infinitive, z infinitive with zu."""
    base, x = lemma[len(particle) :], form
    if particle:
        if not form.startswith(particle):
            return ""  # the bare verb: it stands under its own lemma
        x = form[len(particle) :]
        if x == "zu" + base:
            return "z"
    stem = base[:-2] if base.endswith("en") else base[:-1]
    bare = {f[len(particle) :] for f in forms if f.startswith(particle)} if particle else forms
    fixed = base.startswith(INSEPARABLE) or base.endswith("ieren")
    if x == base:
        return "if"
    if x == stem + "e" or (base.endswith(("eln", "ern")) and x == base[:-1].replace("el", "l") + "e"):
        return "1f"
    if x in (stem + "t", stem + "et"):
        return "fp" if fixed else "f"
    if x.endswith(("end", "ende", "enden", "ender", "endes", "st", "est")) and not x.endswith("sst"):
        return ""
    if x.startswith("ge") and not base.startswith("ge") and x.endswith(("t", "en", "an")):
        return "p"
    if x in (stem + "t", stem + "et"):
        return "fp" if fixed else "f"
    if x in (stem + "te", stem + "ten", stem + "ete", stem + "eten"):
        return "f"
    if any(c in x for c in "äöü") and x.endswith(("e", "en")):
        plain = x.translate(DE_UMLAUT)
        singular = plain[:-2] if plain.endswith("en") else plain[:-1]
        if not any(c in base for c in "äöü") or (plain in bare and plain != base) or singular in bare:
            return "2"
    if x.endswith("en") and fixed:
        return "fp" if x[:-2] in bare else "p"
    if x.endswith(("en", "e")) and x[:-2] not in bare and x[:-1] not in bare and not x.endswith("te"):
        return ""
    return "fp" if fixed and x.endswith("t") and x + "e" in bare else "f"


def inflected_participle(form: str, lemma: str, participles: set[str]) -> bool:
    """`gegebene`, `geplanten` are adjectives; `erklärte` is one too, but above all the preterite."""
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    if form.startswith(stem) and form[len(stem) :] in ("te", "ten", "ete", "eten"):
        return False
    return form.endswith(("e", "en")) and (form[:-1] in participles or form[:-2] in participles)


def is_adjective(form: str, lemma: str) -> bool:
    """`seltener`, `erhaltenen`, `moderne`: an adjective, or a participle bent like one, that simplemma files under its bare form."""
    behind = form.removeprefix(lemma)
    if form == lemma[:-2] + "ner":
        return True  # seltner
    return behind != form and bool(re.fullmatch(r"(er|st)?e[nmrs]?", behind)) and lemma.endswith("n")


AUXILIARIES = {
    "sein": "bin:f ist:f sind:f seid:f war:f waren:f sei:1 seien:1 wäre:2 wären:2 gewesen:p sein:i",
    "haben": "habe:1f hat:f haben:if hatte:f hatten:f hätte:2 hätten:2 gehabt:p",
    "werden": "werde:1f wird:f werden:if wurde:f wurden:f würde:2 würden:2 geworden:p worden:p",
    "können": "kann:f können:if könne:1 konnte:f konnten:f könnte:2 könnten:2 gekonnt:p",
    "müssen": "muss:f muß:f müssen:if müsse:1 musste:f mussten:f müsste:2 müssten:2",
    "sollen": "soll:f sollen:if solle:1 sollte:f2 sollten:f2",
    "wollen": "will:f wollen:if wolle:1 wollte:f2 wollten:f2 gewollt:p",
    "dürfen": "darf:f dürfen:if dürfe:1 durfte:f durften:f dürfte:2 dürften:2",
    "mögen": "mag:f mögen:if möge:1 mochte:f mochten:f möchte:2 möchten:2",
    "wissen": "weiß:f wissen:if wisse:1 wusste:f wussten:f wüsste:2 wüssten:2 gewusst:p",
    "tun": "tut:f tun:if tue:1 tat:f taten:f täte:2 täten:2 getan:p",
    "lassen": "lässt:f lassen:ifp lasse:1f ließ:f ließen:f2 ließe:2 gelassen:p",
}


def verbs(words: Counter[str], lemma_of: dict[str, str]) -> list[str]:
    by_lemma: dict[str, set[str]] = defaultdict(set)
    for form, lemma in lemma_of.items():
        if form.islower() and lemma.islower() and lemma.isalpha() and lemma.endswith(("en", "ern", "eln")):
            by_lemma[lemma].add(form)
    infinitives = {lemma for lemma, forms in by_lemma.items() if len(forms) > 6}
    # a verb of saying is kept however rare: seufzen, zürnen
    cues = {
        line.split("\t")[1].replace("|", "")
        for line in (TARGET / "cues.tsv").read_text("utf-8").splitlines()
        if line.count("\t") > 5
    }
    for lemma in infinitives:
        by_lemma[lemma].add(lemma)  # simplemma gives "weisen" to the adjective "weise"
    rows = []
    known = {f.split(":")[0] for forms in AUXILIARIES.values() for f in forms.split()}
    for lemma in sorted(infinitives):
        if lemma in AUXILIARIES or (sum(words[f] for f in by_lemma[lemma]) < 3 and lemma not in cues):
            continue
        particle = particle_of(lemma, infinitives, by_lemma[lemma])
        forms = {f for f in by_lemma[lemma] if f == lemma or not is_adjective(f, lemma)}
        if forms == {lemma} and forms != by_lemma[lemma]:
            continue  # "selten": all its forms are those of an adjective
        participles = {f for f in forms if "p" in tags_of(f, lemma, forms, particle)}
        for form in sorted(forms):
            if form in known:
                continue
            tags = tags_of(form, lemma, forms, particle)
            if tags == "f" and inflected_participle(form, lemma, participles):
                continue
            if tags:
                rows.append(f"{form}\t{particle + '|' if particle else ''}{lemma[len(particle) :]}\t{tags}")
    for line in (Path(__file__).parent / "verbforms_extra.tsv").read_text("utf-8").splitlines()[2:]:
        rows.append(line)
    for lemma, forms in AUXILIARIES.items():
        rows += [f"{f.split(':')[0]}\t{lemma}\t{f.split(':')[1]}" for f in forms.split()]
    return sorted(set(rows))


def is_name(form: str, lemma: str, words: Counter[str], before: dict[str, Counter[str]]) -> bool:
    """Merkel, Köhler, Berlin: what hardly ever has a determiner is a name, whatever the dictionary says."""
    seen = words[form] + (words[lemma] if lemma != form else 0)
    determined = sum(before[form].values()) + (sum(before[lemma].values()) if lemma != form else 0)
    regular = form.endswith(("ung", "heit", "keit", "ungen", "innen")) or (
        form.endswith("erin") and words[form[:-2]] > 0
    )
    return ((seen >= 12 and determined < 0.04 * seen) or determined == 0) and not regular


def is_person(lemma: str, lemma_of: dict[str, str]) -> bool:
    """A Wirt has a Wirtin beside it, a Kunde a Kundin: nouns with a feminine in -in are people; so is the feminine."""
    stems = {lemma, lemma.removesuffix("e"), lemma.replace("a", "ä", 1), lemma.replace("A", "Ä", 1)}
    if any(len(s) > 2 and s + "innen" in lemma_of for s in stems):
        return True
    return lemma.endswith("in") and lemma + "nen" in lemma_of


def gender_of(seen: Counter[str]) -> str:
    """m, f, n or "" from the determiners before a singular noun form; certain only with enough evidence."""
    feminine = seen["zur"] + seen["eine"] + seen["einer"] + seen["diese"] // 2
    oblique = (
        seen["dem"]
        + seen["im"]
        + seen["am"]
        + seen["zum"]
        + seen["vom"]
        + seen["beim"]
        + seen["einem"]
        + seen["des"]
        + seen["eines"]
        + seen["diesem"]
    )
    masculine, neuter = (
        seen["einen"] + seen["den"] + seen["der"] + seen["dieser"],
        seen["das"] + seen["ins"] + seen["ans"] + seen["dieses"],
    )
    if feminine + oblique < 4 and masculine + neuter < 4:
        return ""
    if feminine > 2 * oblique:
        return "f"
    if oblique > 2 * feminine or neuter + masculine > 4 * max(feminine, 1):
        if neuter > 2 * masculine:
            return "n"
        if masculine > 2 * neuter:
            return "m"
    return ""


def nouns(words: Counter[str], before: dict[str, Counter[str]], lemma_of: dict[str, str]) -> list[str]:
    rows = []
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    alive = {
        f for f in words if words[f] >= 5 and f[0].isupper() and f[1:].islower() and words[f] > words[f.lower()] * 0.2
    }
    for form in alive:
        lemma = lemma_of.get(form)
        if lemma and lemma[0].isupper():
            counts[lemma].update(before[form] if form == lemma else {})
    for form in sorted(alive):
        lemma = lemma_of.get(form)
        if lemma and lemma[0].isupper() and not is_name(form, lemma, words, before):
            person, gender = "p" if is_person(lemma, lemma_of) else "", gender_of(counts[lemma])
            if person and gender == "f" and not lemma.endswith("in"):
                gender = ""  # "einer Sportler": in speeches the plural of people is counted more often than one of them
            rows.append(f"{form}\t{'' if lemma == form else lemma}\t{gender}\t{person}")
    known = {row.split("\t")[0] for row in rows}
    extra = (Path(__file__).parent / "nounforms_extra.tsv").read_text("utf-8").splitlines()[2:]
    return sorted(rows + [row for row in extra if row.split("\t")[0] not in known])


def small(words: Counter[str], lemma_of: dict[str, str], verbal: set[str]) -> list[str]:
    """Adjectives and adverbs: alive in small letters, no verb form, rarely written with a capital."""
    return sorted(
        w
        for w in words
        if w.islower()
        and len(w) > 2
        and words[w] >= 12
        and w not in verbal
        and w in lemma_of
        and words[w] > words[w.capitalize()]
    )


def main(data: Path) -> None:
    words, before = words_of(data)
    lemma_of = dictionary()
    head = (
        "# made by lab/tables/wordforms.py: forms from simplemma (MIT), counts from Bundestag speeches; do not edit\n"
    )
    verbal = verbs(words, lemma_of)
    nominal = nouns(words, before, lemma_of)
    others = small(words, lemma_of, {row.split("\t")[0] for row in verbal})
    (TARGET / "verbforms.tsv").write_text(head + "form\tlemma\ttags\n" + "\n".join(verbal) + "\n", "utf-8")
    (TARGET / "nounforms.tsv").write_text(head + "form\tlemma\tgender\tperson\n" + "\n".join(nominal) + "\n", "utf-8")
    (TARGET / "smallforms.txt").write_text(head + "\n".join(others) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
