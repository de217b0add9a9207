"""Does every store keep the promises of `store.base`? One suite, all stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import reportedly
from fakes import article, flood
from pgserver import clean
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.model.answers import Known
from reportedly.model.article import Refusal
from reportedly.model.gazetteer import Entry
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.query import Query
from reportedly.model.sameness import PROGRAM, Bearer, Sameness, Sure, clusters, standing
from reportedly.query import parse
from reportedly.store.base import Store
from reportedly.store.postgres import PostgresStore
from reportedly.store.sqlite import SORTS, SqliteStore

AT, LATER = "2024-06-05T08:00:00+00:00", "2024-06-06T08:00:00+00:00"
STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "archiv.db", searching_of(load("de"))),
    "postgres": lambda _: PostgresStore(clean(), searching_of(load("de"))),
}


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = STORES[request.param](tmp_path)
    yield opened
    opened.close()


def says(who: str, content: str, **about: object):  # type: ignore[no-untyped-def]
    """A short article in which somebody says one thing."""
    return article(f"{who} sagte, {content}.", **about).says(who, content, cue="sagte", speaker=who).reading()


def found(store: Store, line: str, sort: str = "newest") -> list[str]:
    return [hit.content for hit in store.page(parse(line), sort, 0, 100)]


def test_a_reading_comes_back_as_it_went_in(store: Store) -> None:
    for reading in (flood(), article("").reading(), article("🌊 \0 \ud800 o\u0308 \u202e\r\n").reading()):
        assert store.write(reading, AT) is Known.NEW
        back = store.reading(reading.article.id)
        assert back is not None
        assert back.to_dict() == reading.to_dict()
        assert back.to_json() == reading.to_json()
        assert back.article == reading.article
    assert store.reading("0000000000000000") is None


def test_writing_twice_changes_nothing(store: Store) -> None:
    store.write(flood(), AT)
    before = store.fingerprint()
    assert store.write(flood(), LATER) is Known.THERE
    assert store.sight(flood().article, LATER) is Known.THERE
    assert store.fingerprint() == before
    assert store.count(Query()) == (8, 1)


def test_the_same_text_elsewhere_is_one_article_met_twice(store: Store) -> None:
    store.write(flood(), AT)
    elsewhere = replace(flood().article, url="https://example.org/kopie", outlet="Talbote")
    assert store.sight(elsewhere, LATER) is Known.THERE
    assert [v.outlet for v in store.versions(flood().article.id)] == ["Ahlauer Bote", "Talbote"]
    assert store.count(Query()) == (8, 1)


def test_another_text_of_an_address_is_its_new_version(store: Store) -> None:
    url = "https://example.org/deich"
    old, new = (says("Thoms", f"der Deich {word}", url=url) for word in ("halte", "breche"))
    assert store.write(old, AT) is Known.NEW
    assert store.write(new, LATER) is Known.VERSION
    assert found(store, "Deich") == ["der Deich breche"]
    assert [(v.version, v.article) for v in store.versions(old.article.id)] == [
        (1, old.article.id),
        (2, new.article.id),
    ]
    assert store.reading(old.article.id).to_dict() == old.to_dict()  # type: ignore[union-attr]
    assert store.write(old, LATER) is Known.THERE
    assert found(store, "Deich") == ["der Deich breche"]


def test_nothing_is_kept_of_a_text_that_is_not_there(store: Store) -> None:
    before = store.fingerprint()
    assert store.sight(flood().article, AT) is Known.ABSENT
    assert store.fingerprint() == before


QUERIES = {
    "": {1, 2, 3, 4, 5, 6, 7, 8}, "von:Hallstein": {2, 3, 6}, "by:Thoms": {4, 5}, 'von:„Maike Thoms“': {4, 5},
    "von:Minister": {2}, "von:Umweltminister": {2}, "an:Nachrichtenagentur": {2}, "laut:Postbuch": {4}, "via:Ministerium": {4},
    "über:Bericht": {3, 4}, "über:Menschen": {1}, "Deichverband": {3}, "Verband": {3, 4}, "Deich": {3, 5, 6}, "bei:ahlauer": {1, 2, 3, 4, 5, 6, 7, 8},
    'bei:"Bote"': set(), "form:direkt": {2}, "form:mixed OR form:reported": {4, 7}, "cue:denial": {4}, "art:Forderung": {7},
    "seit:2024-06": {1, 2, 3, 4, 5, 6, 7, 8}, "seit:2024-06-05": set(), "gesagt:2024-06-03": {2}, "zahl:1000..2000": {1},
    "zahl:>1300": set(), "zahl:nein": {2, 3, 4, 5, 6, 7, 8}, "schaden:ja": set(), "benannt:ja -Deich": {1, 2, 4, 7, 8},
    "-form:indirect": {2, 4, 5, 7, 8}, "Deich -sicher": {3}, '"Bericht des Deichverbandes"': {3}, '"Deichverbandes Bericht"': set(),
    '"Bericht erreicht"~6': {3}, "Quittu*": {4}, "1200": {1}, "1.200": {1}, "ruecktritt": {7}, "RÜCKTRITT": {7}, "🌊": set(),
    "Hallstein": {2, 3, 5, 6}, "Quark": set(), "sprache:de": {1, 2, 3, 4, 5, 6, 7, 8}, "sprache:en": set(), "judged:nein": {1, 2, 3, 4, 5, 6, 7, 8},
}  # fmt: skip


@pytest.mark.parametrize("line", QUERIES)
def test_what_a_query_finds(store: Store, line: str) -> None:
    store.write(flood(), AT)
    for sort in SORTS:
        hits = store.page(parse(line), sort, 0, 100)
        assert {int(hit.statement[1:]) for hit in hits} == QUERIES[line], sort
    assert store.count(parse(line))[0] == len(QUERIES[line])
    ids = {f"s{n}" for n in QUERIES[line]}
    assert {s for _, statements in store.found(parse(line)) for s in statements} == ids
    for facet in store.facets(parse(line), 50):
        assert sum(row.count for row in facet.rows) == len(ids)
        for row in facet.rows:
            assert store.count(parse(f"{line} {row.query}"))[0] == row.count
            assert store.count(parse(row.query))[0] == row.of, "beside it stands the count of the whole archive"


def test_a_hit_tells_all_that_a_line_needs(store: Store) -> None:
    store.write(flood(), AT)
    (hit,) = store.page(parse("von:Hallstein über:Berichte"), "newest", 0, 1)
    assert (hit.article, hit.statement, hit.speaker, hit.written) == (flood().article.id, "s3", "Jörn Hallstein", "Er")
    assert (hit.cue, hit.content) == ("behauptete", "der Bericht des Deichverbandes ihn nie erreicht habe")
    assert hit.place[0].of(flood().text) == hit.content
    assert [m.of(hit.content) for m in hit.marks] == ["Bericht"]
    assert (hit.outlet, hit.published, hit.confidence) == ("Ahlauer Bote", "2024-06-04", 0.71)


def week(store: Store) -> None:
    """Three articles of one day in June: what was said three days before, what on the day itself, and what nobody knows."""
    for n, (who, said) in enumerate(
        (("Maike Thoms", "2024-06-01"), ("Ilse Brandt", None), ("Maike Thoms", "2024-06-04"))
    ):
        text = f"{who} sagte am Tage {n}, der Deich halte {n}."
        made = article(text, published="2024-06-04", outlet="Talbote", url=f"https://example.org/{n}")
        made.says(who, f"der Deich halte {n}", cue="sagte", speaker=who, frame=f"sagte am Tage {n}")
        if said:
            made.dates(f"am Tage {n}", said)
        store.write(made.reading(), AT)


def test_a_hit_tells_the_day_of_saying(store: Store) -> None:
    week(store)
    hits = store.page(Query(), "said", 0, 9)
    assert [(h.content[-1], h.said_first, h.said_last) for h in hits] == [
        ("1", None, None),
        ("2", "2024-06-04", "2024-06-04"),
        ("0", "2024-06-01", "2024-06-01"),
    ]
    assert found(store, "wann:2024-06-01") == ["der Deich halte 0"], "said then, published later"
    assert set(found(store, "when:2024-06-02..")) == {"der Deich halte 1", "der Deich halte 2"}
    assert [h.speaker for h in store.page(Query(), "speaker", 0, 9)] == ["Ilse Brandt", "Maike Thoms", "Maike Thoms"]


def test_everything_that_is_found_has_its_place_in_time(store: Store) -> None:
    week(store)
    store.write(says("Bo Rabe", "der Deich halte immer", outlet="Kurier"), AT)
    told = store.over_time(parse("Deich"), "speaker", 1)
    (row,) = told.rows
    assert (row.name, row.statements, row.names) == ("Maike Thoms", 2, ("Maike Thoms",))
    assert [(d.day, d.known, d.form, d.count) for d in row.days] == [
        ("2024-06-01", True, "indirect", 1),
        ("2024-06-04", True, "indirect", 1),
    ]
    assert [(d.day, d.known, d.count) for d in told.whole] == [
        ("2024-06-01", True, 1),
        ("2024-06-04", False, 1),
        ("2024-06-04", True, 1),
    ]
    assert (told.more, told.undated) == (1, 1), "Ilse Brandt has no row, and nobody knows the day of Bo Rabe"
    for by, query in (("speaker", "Quark"), ("outlet", "Quark")):
        assert store.over_time(parse(query), by, 5).rows == ()
    (outlet,) = store.over_time(Query(), "outlet", 5).rows
    assert (outlet.name, store.count(parse(outlet.query))[0]) == ("Talbote", 3)


def test_who_has_no_name_comes_last_in_time(store: Store) -> None:
    week(store)
    nameless = article("Anwohner sagten, der Deich halte kaum.", published="2024-06-04")
    nameless.speaker("Anwohner", named=False)
    store.write(nameless.says("Anwohner", "der Deich halte kaum", cue="sagten", speaker="Anwohner").reading(), AT)
    last = store.over_time(Query(), "speaker", 9).rows[-1]
    assert (last.name, last.statements, store.count(parse(last.query))[0]) == ("", 1, 1)


def test_values_are_suggested_while_somebody_types(store: Store) -> None:
    week(store)
    assert [(row.value, row.count, row.query) for row in store.suggest("speaker", "th", 5)] == [
        ("Maike Thoms", 2, 'von:="Maike Thoms"')
    ]
    assert [row.value for row in store.suggest("speaker", "MAI", 5)] == ["Maike Thoms"]
    assert [row.value for row in store.suggest("outlet", "tal", 5)] == ["Talbote"]
    assert (
        store.suggest("speaker", "homs", 5)
        == store.suggest("speaker", "t", 5)
        == store.suggest("speaker", "%_", 5)
        == []
    )


def test_totals_follow_every_change(store: Store) -> None:
    week(store)

    def of() -> dict[str, int]:
        (facet,) = [f for f in store.facets(parse("von:Thoms"), 5) if f.field == "outlet"]
        return {row.value: row.of for row in facet.rows}

    assert of() == {"Talbote": 3}
    store.write(says("Bo Rabe", "der Deich breche", outlet="Talbote"), AT)
    assert of() == {"Talbote": 4}
    hit = store.page(parse("von:Brandt"), "newest", 0, 1)[0]
    store.judge(Judgement(hit.article, hit.place, Verdict.REJECT, "mk", AT))
    assert of() == {"Talbote": 3}, "what is rejected is not shown"


def test_sorting(store: Store) -> None:
    for day in ("2024-06-02", None, "2024-06-03", "2024-06-01"):
        store.write(says("Thoms", f"der Deich halte {day}", published=day), AT)
    days = [hit.published for hit in store.page(Query(), "newest", 0, 10)]
    assert days == ["2024-06-03", "2024-06-02", "2024-06-01", None]
    assert [hit.published for hit in store.page(Query(), "oldest", 0, 10)] == [*days[2::-1], None]
    assert [hit.published for hit in store.page(Query(), "newest", 1, 2)] == days[1:3]


def test_unnamed_speakers_of_two_articles_are_never_one(store: Store) -> None:
    for content in ("es regne", "es schneie"):
        text = f"Ein Anwohner sagte, {content}. Thoms sagte, {content}."
        store.write(
            article(text)
            .says("Anwohner", content, cue="sagte", speaker="Ein Anwohner", kind="person")
            .says("Thoms", content, cue="sagte", speaker="Thoms")
            .reading(),
            AT,
        )
    assert [(row.name, row.articles) for row in store.speakers("", 10, True) if row.name == "Thoms"] == [("Thoms", 2)]
    unnamed = article("Ein Anwohner sagte, es regne.")
    unnamed.speaker("Anwohner", named=False)
    store.write(unnamed.says("Anwohner", "es regne", cue="sagte", speaker="Ein Anwohner").reading(), AT)
    assert [(row.name, row.articles) for row in store.speakers("", 10, False)] == [("Anwohner", 1)]


def test_counts_of_an_outlet_are_those_of_the_lists_behind_them(store: Store) -> None:
    store.write(flood(), AT)
    store.write(says("Thoms", "der Deich halte", outlet="Ahlauer Bote"), AT)
    store.write(says("Thoms", "der Deich breche", outlet="Bote"), AT)
    rows = store.outlets()
    assert [(row.outlet, row.articles, row.statements.count) for row in rows] == [
        ("Ahlauer Bote", 2, 9),
        ("Bote", 1, 1),
    ]
    for row in rows:
        for counted in (row.statements, row.unnamed, row.verbatim, *row.forms.values(), *row.cue_classes.values()):
            assert store.count(parse(counted.query))[0] == counted.count, counted


@pytest.mark.parametrize("name", ["Thoms", "Maike „Mike“ Thoms", 'Thoms "M" »T«', "Ol’ Thoms", "O'Neill"])
def test_the_query_behind_a_count_finds_what_was_counted(store: Store, name: str) -> None:
    store.write(says(name, "der Deich halte", outlet=name), AT)
    store.write(says("Maike Thoms", "der Deich breche", outlet=f"{name} Bote"), AT)
    for row in (*store.speakers("", 9, True), *(row.statements for row in store.outlets())):
        assert store.count(parse(row.query))[0] == 1, row.query
        assert parse(row.query).notes == ()


def test_refusals_are_kept_once_and_leave_when_read(store: Store) -> None:
    store.refuse(Refusal("a.txt", "is empty"), AT)
    store.refuse(Refusal("a.txt", "is a PDF file"), LATER)
    assert [(r.origin, r.reason, r.first, r.last, r.times) for r in store.refused()] == [
        ("a.txt", "is a PDF file", AT, LATER, 2)
    ]
    store.write(says("Thoms", "der Deich halte", origin="a.txt"), LATER)
    assert store.refused() == []


def decided(n: int, verdict: str, **more: object) -> Judgement:
    reading = flood()
    return Judgement(reading.article.id, reading.statements[n - 1].content, Verdict(verdict), "mk", AT, **more)  # type: ignore[arg-type]


def test_judgements_hold_at_once_and_outlive_every_reading(store: Store) -> None:
    store.write(flood(), AT)
    given = [decided(3, "reject", why="Ironie"), decided(7, "speaker", speaker="Grüne Liste"), decided(2, "accept")]
    assert [store.judge(j) for j in given] == [True] * 3
    assert store.judge(given[0]) is False
    for _ in range(5):
        assert store.judgements() == given
        assert [h.statement for h in store.page(parse("von:Hallstein"), "newest", 0, 9)] == ["s2", "s6"]
        assert [h.statement for h in store.page(parse("judged:reject"), "newest", 0, 9)] == ["s3"]
        assert [h.speaker for h in store.page(parse('von:"Grüne Liste"'), "newest", 0, 9)] == ["Grüne Liste"]
        assert [h.judged for h in store.page(parse("judged:accept"), "newest", 0, 9)] == ["accept"]
        store.renew(replace(flood(), signature="0.2.0|de-11111111"))
    assert store.reading(flood().article.id).signature == "0.2.0|de-11111111"  # type: ignore[union-attr]
    store.judge(decided(3, "withdraw"))
    assert [h.statement for h in store.page(parse("von:Hallstein"), "newest", 0, 9)] == ["s2", "s3", "s6"]


def test_a_judgement_may_come_before_its_article(store: Store) -> None:
    store.judge(decided(3, "reject"))
    store.write(flood(), AT)
    assert [h.statement for h in store.page(parse("von:Hallstein"), "newest", 0, 9)] == ["s2", "s6"]


def test_outdated_readings_are_known_by_their_signature(store: Store) -> None:
    store.write(flood(), AT)
    store.write(replace(says("Thoms", "der Deich halte"), signature="0.2.0|de"), AT)
    assert list(store.outdated(["0.2.0|de"])) == [flood().article.id]
    assert list(store.outdated(["0.1.0|de-00000000", "0.2.0|de"])) == []


def test_a_backup_holds_the_same(store: Store, tmp_path: Path) -> None:
    store.write(flood(), AT)
    store.judge(decided(3, "reject"))
    store.backup(str(tmp_path / "copy.db"))
    copy = SqliteStore(tmp_path / "copy.db", searching_of(load("de")), create=False, read_only=True)
    assert copy.fingerprint() == store.fingerprint()
    assert list(copy.check()) == []
    copy.close()


def test_a_sound_store_has_no_problems(store: Store) -> None:
    store.write(flood(), AT)
    store.write(reportedly.read("Er sagte, es regne. 🌊", url="https://example.org/x"), AT)
    store.write(reportedly.read("Er sagte, es schneie.", url="https://example.org/x"), AT)
    store.renew(flood())
    assert list(store.check()) == []
    assert store.figures().articles == 3


def test_settings_are_kept_and_taken_away(store: Store) -> None:
    before = store.fingerprint()
    store.settle("weights", "research")
    store.settle("feed:b", "2")
    store.settle("feed:a", "1")
    store.settle("feed:a", "3")
    assert store.setting("weights") == "research"
    assert store.setting("weight") is None
    assert list(store.settings("feed:").items()) == [("feed:a", "3"), ("feed:b", "2")]
    store.settle("feed:a", None)
    store.settle("never", None)
    assert store.setting("feed:") is None
    store.settle_all({"feed:c": "4", "feed:d": "5", "never": None})
    assert (store.setting("feed:c"), store.setting("feed:d")) == ("4", "5")
    store.settle_all({"feed:c": None, "feed:d": None})
    assert list(store.settings("feed:")) == ["feed:b"]
    assert store.fingerprint() == before, "how one works is no part of what one holds"


def test_cues_of_what_a_query_shows(store: Store) -> None:
    store.write(says("Ada Lenz", "es regne", outlet="Talbote"), AT)
    store.write(says("Ada Lenz", "es schneie", outlet="Talbote"), AT)
    store.write(says("Bo Rabe", "es regne nicht", outlet="Kurier"), AT)
    store.write(says("Bo Rabe", "es hagle"), AT)
    assert store.cues(parse("von:Lenz")) == [("Talbote", "neutral", 2)]
    assert store.cues(parse("")) == [("Kurier", "neutral", 1), ("Talbote", "neutral", 2)]
    assert store.cues(parse("Quark")) == []


# --- who is the same across articles

ADA, ADDA, BO = (Bearer("person", name) for name in ("Ada Lenz", "Adda Lentz", "Bo Rabe"))


def press(store: Store) -> list[str]:
    """Three articles: two spellings of one name, and a family name alone."""
    readings = [
        says(who, f"der Deich halte {n}", outlet="Talbote", published=f"2024-06-0{n + 1}")
        for n, who in enumerate(("Ada Lenz", "Adda Lentz", "Lenz", "Bo Rabe"))
    ]
    for reading in readings:
        store.write(reading, AT)
    return [r.article.id for r in readings]


def judged(
    left: Bearer, right: Bearer, verdict: str, at: str = AT, by: str = PROGRAM, why: str = "people/sound"
) -> Sameness:
    return Sameness(min(left, right), max(left, right), Sure(verdict), by, at, why, 0.9 if by == PROGRAM else 1.0)


def test_what_is_one_is_found_by_every_spelling(store: Store) -> None:
    ids = press(store)
    here = Bearer("person", "Lenz", ids[2])
    assert found(store, "von:Lentz") == ["der Deich halte 1"]
    assert store.decide([judged(ADA, ADDA, "same"), judged(here, ADA, "same")]) == 2
    assert store.decide([judged(ADA, ADDA, "same")]) == 0, "exactly this one is there"
    for line in (
        "von:Lentz",
        "von:Adda",
        'ist:"Ada Lenz"',
        'ist:"Adda Lentz"',
        f"ist:Lenz@{ids[2][:8]}",
        "von:„Ada Lenz“",
        "von:Lenz Deich",
    ):
        assert found(store, line) == [f"der Deich halte {n}" for n in (2, 1, 0)], line
        assert store.count(parse(line)) == (3, 3), line
    assert found(store, "-von:Lentz") == ["der Deich halte 3"]
    assert found(store, "über:Deich von:Lentz seit:2024-06-02 bis:2024-06-02") == ["der Deich halte 1"]
    assert found(store, 'von:="Ada Lenz"') == ["der Deich halte 0"], "this name and no other"
    (row, other) = store.speakers("", 9, True)
    assert (row.name, row.statements, row.articles, row.first, row.last) == (
        "Ada Lenz",
        3,
        3,
        "2024-06-01",
        "2024-06-03",
    )
    assert set(row.names) == {"Ada Lenz", "Adda Lentz", "Lenz"}
    assert other.name == "Bo Rabe"
    assert [store.count(parse(r.query))[0] for r in (row, other)] == [3, 1]
    assert [r.name for r in store.speakers("lentz", 9, True)] == ["Ada Lenz"]


def test_judgements_on_names_outlive_every_reading_and_the_last_one_counts(store: Store) -> None:
    ids = press(store)
    rows = [
        judged(ADA, ADDA, "same"),
        judged(ADA, ADDA, "different", LATER, "mk", "her sister"),
        judged(ADA, ADDA, "withdraw", LATER + "x", "mk"),
    ]
    for row, hits in zip(rows, (2, 1, 2), strict=True):
        store.decide([row])
        for again in (False, True):
            assert store.count(parse('ist:"Ada Lenz"'))[0] == hits
            if again:
                continue
            for id_ in ids:
                store.renew(store.reading(id_))  # type: ignore[arg-type]
                store.reindex(id_)
    assert store.sameness() == rows
    assert {j.verdict for j in store.sameness([ADDA])} == {Sure.SAME, Sure.DIFFERENT, Sure.WITHDRAW}
    assert store.sameness([BO]) == []
    assert list(store.check()) == []


def test_doubts_are_what_nobody_has_settled(store: Store) -> None:
    press(store)
    cy, di = Bearer("person", "Cy Lenz"), Bearer("person", "Di Lenz")
    before = LATER[:-1]
    store.decide(
        [
            replace(judged(ADA, BO, "unsure"), sure=0.4),
            replace(judged(ADDA, BO, "unsure"), sure=0.6),
            judged(ADA, cy, "unsure"),
            judged(ADA, cy, "different", LATER),
            judged(BO, cy, "unsure"),
            judged(BO, cy, "unsure", LATER, "mk"),
            judged(ADDA, cy, "same"),
            judged(ADDA, cy, "unsure", before),
            judged(ADDA, di, "unsure"),
            judged(ADDA, di, "different", AT, "mk"),
            judged(ADDA, di, "withdraw", LATER, "mk"),
        ]
    )
    known = store.sameness()
    made, stands = clusters(known), standing(known)
    open_ = [s.now for (a, b), s in stands.items() if s.now and s.now.by_program and made.of(a) != made.of(b)]
    wanted = sorted((j for j in open_ if j.verdict is Sure.UNSURE), key=lambda j: (-j.sure, j.pair))
    assert [set(j.pair) for j in wanted] == [{ADDA, cy}, {ADDA, di}, {ADDA, BO}, {ADA, BO}]
    assert store.doubts(9) == wanted
    assert store.doubts(1) == wanted[:1]
    assert store.decided(9) == [judged(BO, cy, "unsure", LATER, "mk")]
    store.decide([judged(ADA, ADDA, "same", LATER, "mk"), judged(ADA, BO, "same", LATER, "mk")])
    assert all(set(j.pair) != {ADDA, BO} for j in store.doubts(9)), "they are one by others"
    assert {frozenset(j.pair) for j in store.decided(9)} == {frozenset(p) for p in ((BO, cy), (ADA, ADDA), (ADA, BO))}
    assert len(store.decided(2)) == 2


def test_the_row_of_one_speaker_and_the_newest_places(store: Store) -> None:
    ids = press(store)
    assert store.speaker([BO]) == store.speakers("rabe", 1, True)[0]
    assert store.speaker([Bearer("person", "Nobody At All")]) is None
    store.decide([judged(ADA, ADDA, "same"), judged(Bearer("person", "Lenz", ids[2]), ADA, "same")])
    for bearer in (ADA, ADDA, Bearer("person", "Lenz", ids[2])):
        assert store.speaker([bearer]) == store.speakers("lentz", 1, True)[0]
    store.write(says("Ada Lenz", "der Deich halte noch", published="2024-07-01"), AT)
    assert [a.day for a in store.appearances(bearers=[ADA], newest=1)] == [20240701]
    assert [a.day for a in store.appearances(bearers=[ADA, BO], newest=2)] == [20240701, 20240601, 20240604]


def test_an_article_that_comes_later_joins_its_cluster_at_once(store: Store) -> None:
    press(store)
    store.decide([judged(ADA, ADDA, "same")])
    store.write(says("Adda Lentz", "es regne"), LATER)
    assert store.count(parse('ist:"Ada Lenz"')) == (3, 3)


def test_a_person_takes_one_article_out_of_a_name(store: Store) -> None:
    ids = press(store)
    store.write(says("Ada Lenz", "es regne"), LATER)
    here = Bearer("person", "Ada Lenz", ids[0])
    store.decide([judged(here, ADA, "different", by="mk"), judged(ADA, ADDA, "same")])
    assert sorted(found(store, 'ist:"Ada Lenz"')) == ["der Deich halte 1", "es regne"]
    assert found(store, f'ist:"Ada Lenz@{ids[0]}"') == ["der Deich halte 0"]
    assert sum(store.count(parse(row.query))[0] for row in store.speakers("", 9, True)) == store.count(Query())[0]
    store.decide([judged(here, ADA, "withdraw", LATER, "mk")])
    assert store.count(parse('ist:"Ada Lenz"'))[0] == 3


def test_blocks_are_due_until_they_are_settled_and_again_when_somebody_comes(store: Store) -> None:
    press(store)
    due = store.due()
    assert "p:rabe" in due
    lenz = next(b for b in due if b != "p:rabe" and len(store.appearances(blocks=[b])) > 1)
    assert {a.name for a in store.appearances(blocks=[lenz])} >= {"Ada Lenz", "Lenz"}
    assert [a.bearer.article != "" for a in store.appearances(blocks=[lenz]) if a.name == "Lenz"] == [True]
    store.decide([], due)
    assert store.due() == []
    store.write(says("Ada Lenz", "es regne"), LATER)
    assert store.due() == [lenz]
    store.decide([], [lenz])
    store.decide([judged(ADA, BO, "different", by="mk")])
    assert set(store.due()) == {lenz, "p:rabe"}, (
        "a person has decided: the others of these names are to be looked at again"
    )


def test_bearers_are_found_by_name_and_article(store: Store) -> None:
    ids = press(store)
    assert store.bearers("ada LENZ") == [ADA]
    assert store.bearers("Lenz", ids[2][:6]) == [Bearer("person", "Lenz", ids[2])]
    assert store.bearers("Lenz", ids[0]) == []
    assert store.bearers("Quark") == []
    assert [a.article for a in store.appearances(bearers=[ADA, Bearer("person", "Lenz", ids[2])])] == [ids[0], ids[2]]


def test_a_gazetteer_is_kept_once_and_gives_its_gender(store: Store) -> None:
    press(store)
    entry = Entry.of({"id": "X1", "kind": "person", "names": ["Ada Lenz"], "gender": "f"})
    assert store.know([(entry, ["p:lens"])]) == 1
    assert store.know([(entry, ["p:lens"])]) == 0
    assert store.entries(blocks=["p:lens"]) == store.entries(ids=["X1"]) == [entry]
    assert store.count(parse("geschlecht:f"))[0] == 0
    store.decide([judged(ADA, entry.bearer, "same")])
    assert found(store, "gender:woman") == ["der Deich halte 0"]
    assert store.speakers("", 9, True)[-1].ids + store.speakers("", 9, True)[0].ids == ("X1",)
    (row,) = store.outlets()
    assert {sex: counted.count for sex, counted in row.genders.items()} == {"f": 1, "m": 0, "u": 3}
    for counted in row.genders.values():
        assert store.count(parse(counted.query))[0] == counted.count
    assert found(store, "ist:X1") == ["der Deich halte 0"]
