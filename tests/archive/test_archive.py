"""The archive as a programmer meets it: what goes in, what comes out, what stays."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import reportedly
from fakes import flood
from reportedly.archive import Archive, open_archive
from reportedly.errors import ArchiveError, ReportedlyError
from reportedly.intake import take_in_text
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.model.answers import Progress
from reportedly.model.article import Article, Refusal
from reportedly.model.span import Span
from reportedly.pipeline import STANDARD
from reportedly.query import parse
from reportedly.schema import record_schema
from reportedly.store.sqlite import SqliteStore

URL = "https://example.org/deich"


def text(n: int) -> str:
    return (
        f"Der Deich {n} halte, sagte Landrätin Maike Thoms. „Wir bauen {n} Häuser“, räumte Umweltminister Jörn Hallstein "
        f"ein. Nach Angaben der Polizei seien {n} Menschen dort."
    )


def articles(*numbers: int) -> list[Article]:
    return [
        take_in_text(text(n), origin=f"{n}.txt", outlet="Talbote", published=f"2024-06-{n:02}", language="de")
        for n in numbers
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    clock = map("2024-06-05T08:00:{:02}+00:00".format, count())
    with Archive(SqliteStore(tmp_path / "archiv.db", searching_of(load("de"))), clock=lambda: next(clock)) as opened:
        yield opened


def test_what_goes_in_is_read_there_already_or_refused(archive: Archive) -> None:
    steps: list[Progress] = []
    items = [*articles(1, 2), Refusal("leer.txt", "is empty"), *articles(2)]
    done = archive.add(items, progress=steps.append, expected=4)
    assert (done.read, done.there, done.refused, done.left) == (2, 1, 1, 0)
    assert [s.left for s in steps] == [3, 2, 1, 0]
    assert [r.origin for r in archive.refused()] == ["leer.txt"]
    again = archive.add(items)
    assert (again.read, again.there, again.refused) == (0, 3, 1)
    assert len(archive.search("")) == done.statements == 6


def test_any_order_gives_the_same_archive(tmp_path: Path) -> None:
    prints = set()
    for name, order in (("a", (1, 2, 3)), ("b", (3, 1, 2, 2, 1)), ("c", (2, 3, 1))):
        with open_archive(tmp_path / f"{name}.db") as opened:
            opened.add(articles(*order))
            prints.add(opened.fingerprint())
    assert len(prints) == 1


def test_a_changed_page_is_a_new_version(archive: Archive) -> None:
    first, second = (take_in_text(text(n), url=URL, language="de") for n in (1, 2))
    archive.add([first])
    assert archive.add([second]).new_versions == 1
    assert {h.article for h in archive.search("")} == {second.id}
    assert [v.article for v in archive.versions(first.id)] == [first.id, second.id]
    assert archive.reading(first.id).text == first.text


def test_a_fault_of_ours_stops_one_article_and_says_so(archive: Archive) -> None:
    def broken(article: Article, language: object) -> object:
        if "Deich 2" in article.text:
            raise ZeroDivisionError("kaputt")
        return STANDARD.inspect(article, language)  # type: ignore[arg-type]

    faulty = Archive(archive.store, replace(STANDARD, inspect=broken))  # type: ignore[arg-type]
    assert faulty.add(articles(1, 2, 3)).read == 2
    assert "fault in reportedly (ZeroDivisionError: kaputt)" in archive.refused()[0].reason
    assert archive.add(articles(2)).read == 1
    assert archive.refused() == []


def test_hits_are_fetched_when_asked_for(archive: Archive) -> None:
    archive.add(articles(1, 2, 3))
    found = archive.search("von:Thoms")
    assert len(found) == 3
    assert [h.published for h in found] == ["2024-06-03", "2024-06-02", "2024-06-01"]
    assert found[0] == found[:1][0] == next(iter(found))
    assert (found[-1], found[1:], found[:10]) == (list(found)[2], list(found)[1:], list(found))
    with pytest.raises(IndexError):
        found[3]
    archive.add(articles(4))
    assert len(found) == 4
    assert found[0].to_dict()["place"] == [[s.start, s.end] for s in found[0].place]


def test_why_nothing_was_found(archive: Archive) -> None:
    archive.add(articles(1, 2))
    page = archive.search("von:Thoms Häuser seit:2025").page()
    assert [(a.written, a.alone, a.without) for a in page.why_none] == [
        ("von:Thoms", 2, 0), ("Häuser", 2, 0), ("seit:2025", 0, 0)
    ]  # fmt: skip
    assert archive.search("🌊").page().statements == 0


LINES = [
    "",
    "von:Hallstein",
    "Haus",
    "Deich OR Haus",
    "-form:direct",
    "seit:2024-06-02",
    "judged:reject",
    "judged:ja",
    "„Wir bauen“",
]


@pytest.mark.parametrize("line", LINES)
def test_what_a_query_shows_is_what_it_exports(archive: Archive, line: str) -> None:
    archive.add(articles(1, 2, 3))
    archive.judge(archive.search("von:Hallstein")[0], "reject", by="mk")
    archive.judge(archive.search("Deich")[1], "speaker", by="mk", speaker="Ilse Brandt")
    found = archive.search(line)
    shown = {(h.article, h.statement): (h.speaker, h.content) for h in found}
    out = io.StringIO()
    assert found.write("lines", out) == len(shown)
    records = [json.loads(row) for row in out.getvalue().splitlines()]
    exported = {}
    for record in records:
        Draft202012Validator(record_schema()).validate(record)
        names = {p["id"]: p["name"] for p in record["speakers"]}
        for s in record["statements"]:
            said = " … ".join(record["text"][a:b] for a, b in s["content"])
            exported[record["id"], s["id"]] = (names[s["speaker"]["id"]] if s["speaker"] else None, said)
    assert exported == shown
    rows = io.StringIO(newline="")
    found.write("rows", rows)
    assert rows.getvalue().count("\r\n") == len(shown) + 1


def test_reading_anew_renews_what_is_outdated_and_nothing_else(archive: Archive) -> None:
    archive.add(articles(1, 2))
    older = Archive(archive.store, replace(STANDARD, find_facts=lambda *_: reportedly.read("").facts))
    fresh = archive.fingerprint()
    assert archive.outdated() == []
    stale = replace(archive.reading(articles(1)[0].id), signature="0.0.1|de-00000000", statements=())
    archive.store.renew(stale)
    assert archive.outdated() == [stale.article.id]
    assert len(archive.search("")) == 3
    done = archive.reread()
    assert (done.read, done.left) == (1, 0)
    assert archive.fingerprint() == fresh
    assert archive.reread().read == 0
    assert older.reread(everything=True).read == 2
    assert archive.check() is not None


def test_a_thousand_judgements_and_five_readings(archive: Archive) -> None:
    archive.add(articles(*range(1, 11)))
    hits = list(archive.search(""))
    given = [
        archive.judge(hits[n % len(hits)], ("accept", "reject", "withdraw")[n % 3], by="mk", why=str(n))
        for n in range(1000)
    ]
    shown = [(h.article, h.statement, h.judged) for h in archive.search("")]
    for _ in range(5):
        archive.reread(everything=True)
        assert archive.judgements() == given
        assert [(h.article, h.statement, h.judged) for h in archive.search("")] == shown
    print(f"{len(given)} judgements, 5 readings: {len(archive.judgements())} left, 0 changed")


def test_a_corrected_content_is_what_is_searched_shown_and_exported(archive: Archive) -> None:
    (article,) = articles(1)
    archive.add([article])
    place = article.text.index("Landrätin Maike Thoms")
    right = (Span(0, 4), Span(place, place + len("Landrätin Maike Thoms")))
    archive.judge(archive.search("über:Deich")[0], "span", by="mk", content=right)
    for _ in range(2):
        (hit,) = archive.search("über:Landrätin")
        assert (hit.content, hit.place, hit.judged) == ("Der  … Landrätin Maike Thoms", right, "corrected")
        (reading,) = archive.search("über:Landrätin").readings()
        assert [(s.content, s.by) for s in reading.statements] == [(right, "person/mk")]
        assert len(archive.search("über:Deich")) == 0
        archive.reread(everything=True)


def test_judgements_travel_to_another_archive(archive: Archive, tmp_path: Path) -> None:
    archive.add(articles(1))
    archive.judge(archive.search("von:Thoms")[0], "reject", by="mk")
    with open_archive(tmp_path / "other.db") as other:
        assert other.take_judgements(archive.judgements()) == (1, 0)
        assert other.take_judgements(archive.judgements()) == (0, 1)
        other.add(articles(1))
        assert len(other.search("von:Thoms")) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda a, i: a.judge((i, "s99"), "reject", by="mk"), "no statement"),
        (lambda a, i: a.judge((i, "s1"), "delete", by="mk"), "verdict"),
        (lambda a, i: a.judge((i, "s1"), "reject", by=" "), "who decides"),
        (lambda a, i: a.judge((i, "s1"), "speaker", by="mk"), "right name"),
        (
            lambda a, i: a.judge((i, "s1"), "span", by="mk", content=(Span(0, 9999),)),
            "characters",
        ),
        (lambda a, i: a.reading("zzzz"), "no article"),
        (lambda a, i: a.reading(i[:3]), "no article"),
        (lambda a, i: a.search("", sort="beste"), "newest"),
    ],
)
def test_letters_to_a_person(archive: Archive, call, words: str) -> None:  # type: ignore[no-untyped-def]
    archive.add(articles(1))
    with pytest.raises(ArchiveError, match=words):
        call(archive, articles(1)[0].id)


def test_a_backup_is_whole_and_overwrites_nothing(archive: Archive, tmp_path: Path) -> None:
    archive.add(articles(1, 2))
    archive.backup(tmp_path / "copy.db")
    with open_archive(tmp_path / "copy.db", create=False) as copy:
        assert copy.fingerprint() == archive.fingerprint()
    with pytest.raises(ArchiveError, match="exists already"):
        archive.backup(tmp_path / "copy.db")
    assert sorted(p.name for p in tmp_path.glob("*.part")) == []


def test_a_frame_has_the_columns_of_the_csv(archive: Archive) -> None:
    archive.add(articles(1))
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(ReportedlyError, match=r"pip install 'reportedly\[frame\]'"):
            archive.search("").to_frame()
        return
    frame = archive.search("von:Thoms").to_frame()
    assert list(frame["speaker_name"]) == ["Maike Thoms"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("filled") / "a.db") as opened:
        opened.store.write(flood(), "2024")
        yield opened


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["von:", "von:=", "über:", "bei:", "laut:", "zahl:", "seit:", "bis:", "am:", "gesagt:", "form:", "schaden:", "2024", "..", "-", " OR ", " NOT ", '"', "„", "»", "*", "~5", "(", ")", " ", "\0",
             "Deich", "Bericht", "NEAR(", "AND", "{said}:", "^", "+", "'; DROP TABLE article; --", "%", "_", "1.200", "\ud800", "🌊"]
        ),
        max_size=25,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=400, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_no_string_is_an_error(filled: Archive, line: str) -> None:
    found = filled.search(line)
    assert len(found) == len(found[:100])


@pytest.mark.parametrize(
    "line", ['bei:"\ud800"', 'von:="\ud800"', "bis:2024..", "gesagt:..", "am:2024..", "zahl:..", '-bei:"\0"']
)
def test_strings_that_were_errors_once(filled: Archive, line: str) -> None:
    assert len(filled.search(line)) == len(list(filled.search(line)))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["Deich", "von:Hallstein", "form:direct", "Bericht OR Deich", "-Menschen"]), HOSTILE)
def test_a_further_requirement_never_adds_hits(filled: Archive, line: str, more: str) -> None:
    both = parse(f"{line} {more}")
    if len(both.clauses) and both.clauses[0] == parse(line).clauses[0]:
        assert filled.store.count(both)[0] <= filled.store.count(parse(line))[0]


def test_the_file_is_not_touched_by_asking(filled: Archive) -> None:
    before = filled.fingerprint()
    filled.search("Deich").page(facets=5)
    filled.speakers(), filled.outlets(), filled.refused(), list(filled.check())
    assert filled.fingerprint() == before
