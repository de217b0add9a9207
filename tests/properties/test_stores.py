"""Do SQLite and PostgreSQL give the same answers? Random archives and random questions, every answer compared."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import FakeArticle, article, flood
from pgserver import clean
from reportedly.archive import Archive, open_archive
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.reading import Reading

WORDS = (
    "Deich Deiche Deichbericht Bericht Häuser Haus Hausse Straße Straßen Strasse Müller Mueller US-Präsident US-Präsidenten Kim Jong-un "
    "10.000 10000 3,5 Menschen Regierung ging gehen gegangen Bundesregierung die der und Sicherheit sich überfluteten о́бласть 中文 Łódź"
).split()
NAMES = "Maike Thoms|Thoms|Jörn Hallstein|Kim Jong-un|Jens Müller|Ole Mueller|Sprecher|Stadt Łódź".split("|")
OUTLETS = ["Talbote", "Ahlauer Bote", "Küstenfunk", "Süddeutsche Zeitung", None]
QUERIES = int(os.environ.get("REPORTEDLY_STORE_QUERIES", "80"))
"""How many; more than a few for a look at a change: REPORTEDLY_STORE_QUERIES=5000."""
FORMS = ["direct", "indirect", "mixed", "reported", "free_indirect"]
CLASSES = ["neutral", "denial", "warning", "demand", "distancing"]


def made(chance: random.Random, n: int) -> Reading:
    """An article of one to six statements in words drawn from the list."""
    said = [" ".join(chance.choices(WORDS, k=chance.randint(1, 14))) for _ in range(chance.randint(1, 6))]
    who = [chance.choice([*NAMES, None]) for _ in said]
    text = " ".join(
        f"{name or 'Man'} sagte {n}-{i}, {words}." for i, (name, words) in enumerate(zip(who, said, strict=True))
    )
    day = chance.choice([None, "2023", "2024-02", "2024-06-04", f"2024-06-{chance.randint(1, 30):02}"])
    about = {"outlet": chance.choice(OUTLETS), "published": day, "language": chance.choice(["de", "de", "en"])}
    building: FakeArticle = article(
        text, url=f"https://example.org/{chance.randint(0, 25)}", origin=f"{n}.txt", **about
    )
    for i, (name, words) in enumerate(zip(who, said, strict=True)):
        after = text.index(f"sagte {n}-{i}, ")
        to = chance.choice(NAMES)
        building.says(
            name, words, cue="sagte", after=after, form=chance.choice(FORMS), cue_class=chance.choice(CLASSES),
            speaker=None, frame=f"sagte {n}-{i}", kind=chance.choice(["person", "organisation"]), sure=round(chance.random(), 2),
            to=words.split()[0] if chance.random() < 0.2 else None,
            on_authority=("sagte", words.split()[-1], to) if chance.random() < 0.2 else None,
        )  # fmt: skip
        if "10.000" in words:
            at = building.place("10.000", after)[0].of(text)
            building.counts(at, 10000.0, noun="Menschen", unit=chance.choice([None, "%"]))
    if chance.random() < 0.3:
        building.speaker("Anwohner", named=False)
        building.says("Anwohner", said[0], after=0)
    if chance.random() < 0.3:
        building.damaged(said[0], chance.choice(["teaser", "doubled_sentence"]))
    if chance.random() < 0.3:
        building.locates(said[0].split()[0], "Łódź", "PL")
    return building.reading()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    place = clean()
    with open_archive(tmp_path_factory.mktemp("both") / "a.db") as file, open_archive(place) as team:
        for archive in (file, team):
            chance = random.Random(7)
            readings = [made(chance, n) for n in range(60)] + [flood()]
            for reading in readings:
                archive.store.write(reading, "2024-06-05")
            for reading in chance.sample(readings, 20):
                s = chance.choice(reading.statements)
                verdict = chance.choice([Verdict.ACCEPT, Verdict.REJECT, Verdict.SPEAKER])
                name = "Ilse Brandt" if verdict is Verdict.SPEAKER else ""
                archive.store.judge(Judgement(reading.article.id, s.content, verdict, "mk", "2024", speaker=name))
        yield file, team


TERMS = st.one_of(
    st.sampled_from([*WORDS, *WORDS, *NAMES, "Quark", "haus", "HÄUSERN", "Präsident", "bundes"]),
    st.builds(lambda a, b: f'"{a} {b}"', st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds(
        lambda words, n: f'"{" ".join(words)}"~{n}', st.lists(st.sampled_from(WORDS), min_size=2, max_size=4), st.integers(0, 9)
    ),
    st.builds(lambda a, n: f"{a[:n]}*", st.sampled_from(WORDS), st.integers(2, 6)),
    st.builds(lambda field, a: f"{field}:{a}", st.sampled_from(["über", "an", "laut", "von", "ort"]), st.sampled_from([*WORDS, *NAMES])),
    st.builds(lambda a: f'von:="{a}"', st.sampled_from(NAMES)),
    st.builds(lambda a: f'bei:"{a}"', st.sampled_from(OUTLETS[:-1])),
    st.sampled_from(
        ["bei:bote", "form:direct", "form:mixed", "cue:denial", "cue:warning", "benannt:nein", "benannt:ja", "schaden:ja", "schaden:nein",
         "schaden:teaser", "judged:ja", "judged:nein", "judged:reject", "judged:accept", "sprache:de", "sprache:en", "zahl:ja", "zahl:nein",
         "zahl:9000..11000", "zahl:>5000", "zahl:10000%", "seit:2024-06", "bis:2024-06-10", "am:2023", "gesagt:2024", "wann:2024-06", "-", "🌊", '"~3', "(", "*"]
    ),
)  # fmt: skip
LINES = st.lists(st.tuples(st.sampled_from(["", "", "", "-", "OR "]), TERMS).map("".join), min_size=0, max_size=4).map(
    " ".join
)


@settings(max_examples=QUERIES, deadline=None)
@given(LINES)
def test_both_stores_give_the_same_answers(both: tuple[Archive, Archive], line: str) -> None:
    file, team = (archive.search(line) for archive in both)
    assert len(team) == len(file)
    for sort in ("newest", "oldest", "said", "speaker"):
        of_file, of_team = (archive.search(line, sort=sort) for archive in both)
        assert of_team[:] == of_file[:]
        assert of_team[3:7] == of_file[3:7]
    assert team.page(facets=50) == file.page(facets=50)
    assert team.facets(2) == file.facets(2)
    for by in ("speaker", "outlet"):
        assert team.over_time(by, 3) == file.over_time(by, 3)
    found = [list(archive.store.found(f.query)) for archive, f in zip(both, (file, team), strict=True)]
    assert found[0] == found[1]
    ranked = [archive.search(line, sort="relevance") for archive in both]
    assert {(h.article, h.statement) for h in ranked[0]} == {(h.article, h.statement) for h in ranked[1]}


@pytest.mark.parametrize("word", ["Deich", "Häuser", "Menschen", "Müller", "Bericht", "gehen", "Hochwasser"])
def test_the_better_hits_of_a_word_are_the_same(both: tuple[Archive, Archive], word: str) -> None:
    ranked = [[(h.article, h.statement) for h in archive.search(word, sort="relevance")] for archive in both]
    assert ranked[0] == ranked[1]


def test_both_stores_list_and_keep_the_same(both: tuple[Archive, Archive]) -> None:
    file, team = both
    assert team.fingerprint() == file.fingerprint()
    assert team.outlets() == file.outlets()
    for words in ("", "thoms", "muller"):
        assert team.speakers(words) == file.speakers(words)
        assert team.speakers(words, named=False) == file.speakers(words, named=False)
    assert team.judgements() == file.judgements()
    assert list(team.store.ids()) == list(file.store.ids())
    for id_ in file.store.ids():
        assert team.versions(id_) == file.versions(id_)
    assert list(team.check()) == list(file.check()) == []
    assert team.store.signatures() == file.store.signatures()
