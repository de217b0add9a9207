"""Speakers across articles as a user meets them: articles come in, names become people, people decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.archive import Archive, open_archive
from reportedly.cli import app
from reportedly.errors import ArchiveError
from reportedly.intake import take_in_text
from reportedly.languages import load
from reportedly.languages.searching import searching_of
from reportedly.model.article import Article
from reportedly.model.sameness import Sure
from reportedly.store.sqlite import SqliteStore

TEXTS = (
    (
        "2024-06-01",
        "Talbote",
        "Islands Präsident Till Rabe sagte, die Fähre fahre wieder. Der Hafenverband lobte die Besatzung.",
    ),
    (
        "2024-06-03",
        "Küstenfunk",
        "„Wir bauen den Hafen aus“, sagte Präsident Islands, Till Rabe. Rabe betonte, das Geld sei da.",
    ),
    ("2024-06-05", "Talbote", "Der isländische Präsident Till Rabe kündigte an, der Tunnel werde gebaut."),
    (
        "2024-06-07",
        "Küstenfunk",
        "Der isländische Präsident sagte, der Tunnel koste 80 Millionen. Die Fischer protestierten.",
    ),
    (
        "2024-06-09",
        "Talbote",
        "Die isländische Regierung erklärte, der Tunnel komme. Reykjavik bestritt, dass Geld fehle.",
    ),
    ("2024-06-11", "Talbote", "Wolodymyr Hrynjuk sagte, Rabe habe gezögert. Ein Beamter sagte, es regne."),
    ("2024-06-12", "Küstenfunk", "Volodymyr Hryniuk sagte, der Vertrag gelte. Ein Beamter sagte, es schneie."),
)


def articles() -> Iterator[Article]:
    for n, (day, outlet, text) in enumerate(TEXTS):
        yield take_in_text(text, origin=f"{n}.txt", outlet=outlet, published=day, language="de")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    clock = map("2024-07-05T08:{:02}:00+00:00".format, count())
    with Archive(SqliteStore(tmp_path / "archiv.db", searching_of(load("de"))), clock=lambda: next(clock)) as opened:
        opened.add(articles())
        yield opened


def said(archive: Archive, query: str) -> int:
    return len(archive.search(query))


def test_names_spellings_and_offices_become_one_speaker(archive: Archive) -> None:
    rows = {row.name: row for row in archive.speakers()}
    till = rows["Till Rabe"]
    assert (till.statements, till.articles, till.first, till.last) == (5, 4, "2024-06-01", "2024-06-07")
    assert "isländischer Präsident" in till.names
    assert said(archive, till.query) == said(archive, "von:Rabe") == 5
    assert (
        said(archive, "von:Hryniuk") == said(archive, "von:Wolodymyr") == said(archive, 'ist:"Volodymyr Hryniuk"') == 2
    )
    assert rows["Regierung Islands (Reykjavik)"].office == "government IS"
    assert said(archive, "von:Reykjavik") == 2
    assert all(row.articles == 1 for row in archive.speakers(named=False) if row.name == "Beamter")
    assert list(archive.check()) == []


def test_the_page_of_a_speaker_says_all_and_why(archive: Archive) -> None:
    page = archive.speaker("Till Rabe")
    assert page.says.count == said(archive, page.says.query) == 5
    assert page.about.count == said(archive, page.about.query) == 1
    assert [w.verdict for w in page.chain] == ["same"]
    assert page.chain[0].why.startswith("office/holder; office=Präsident Islands; articles=2; article=")
    assert {s.role: (s.articles, s.first) for s in page.spellings}["Till Rabe"] == (3, "2024-06-01")
    assert [hit.published for hit in page.newest] == sorted((h.published for h in page.newest), reverse=True)
    assert json.loads(json.dumps(page.to_dict()))["row"]["name"] == "Till Rabe"
    with pytest.raises(ArchiveError, match="nobody is called"):
        archive.speaker("Quark Quastel")


def test_a_person_decides_and_takes_it_back(archive: Archive) -> None:
    office = next(
        j
        for j in archive.sameness()
        if "isländischer Präsident" in str(j.left) + str(j.right) and j.verdict is Sure.SAME
    )
    here = next(b for b in office.pair if b.article)
    handle = f"{here.name}@{here.article[:8]}"
    archive.same(handle, "Till Rabe", by="mk", why="his predecessor", verdict="different")
    assert said(archive, 'ist:"Till Rabe"') == 4
    assert [w.why for w in archive.speaker("Till Rabe").kept_apart] == ["his predecessor"]
    archive.match_speakers()
    archive.reread(everything=True)
    assert said(archive, 'ist:"Till Rabe"') == 4, "the program does not overrule a person"
    archive.same(handle, "Till Rabe", by="mk", verdict="withdraw")
    assert said(archive, 'ist:"Till Rabe"') == 5


@pytest.mark.parametrize(
    ("left", "right", "verdict", "by", "letter"),
    [("Quark", "Till Rabe", "same", "mk", "nobody is called"), ("Till Rabe", "Till Rabe", "same", "mk", "are one name"),
     ("Till Rabe", "Wolodymyr Hrynjuk", "same", " ", "say who"), ("Till Rabe", "Wolodymyr Hrynjuk", "same", "Program", "give your own name"),
     ("Till Rabe", "Wolodymyr Hrynjuk", "maybe", "mk", "is not known"), ("Till Rabe", "Wolodymyr Hrynjuk", "withdraw", "mk", "nothing to withdraw"),
     ("Till Rabe@0000", "Till Rabe", "same", "mk", "in the article 0000")],
)  # fmt: skip
def test_what_cannot_be_decided_is_said_in_a_sentence(
    archive: Archive, left: str, right: str, verdict: str, by: str, letter: str
) -> None:
    before = archive.sameness()
    with pytest.raises(ArchiveError, match=letter):
        archive.same(left, right, by=by, verdict=verdict)
    assert archive.sameness() == before


def test_doubts_show_both_sentences_until_somebody_decides(archive: Archive) -> None:
    archive.add(
        [
            take_in_text("Lea Ohm sagte, es regne.", language="de"),
            take_in_text("Lea Sophie Ohm sagte, es schneie.", language="de"),
        ]
    )
    (doubt,) = (d for d in archive.doubts() if "Ohm" in d.why.left)
    assert [e.sentence for e in (*doubt.left, *doubt.right)] == [
        "Lea Ohm sagte, es regne.",
        "Lea Sophie Ohm sagte, es schneie.",
    ]
    for e in (*doubt.left, *doubt.right):
        assert e.place[0].of(archive.reading(e.article).text) == e.sentence
    archive.same(doubt.why.left, doubt.why.right, by="mk", verdict="unsure")
    assert not [d for d in archive.doubts() if "Ohm" in d.why.left], "who has looked is not asked again"
    assert said(archive, "von:Sophie") == 1


def test_a_page_is_of_the_one_who_is_asked_for(archive: Archive) -> None:
    """Somebody in one article who bears the family name of somebody louder has a page of their own."""
    his = take_in_text("Rabe sagte, die Fähre sei neu.", language="de")
    hers = take_in_text("Rabe sagte, die Krippe öffne.", language="de")
    archive.add([his, hers])
    archive.same(f"Rabe@{his.id}", "Till Rabe", by="mk")
    archive.same(f"Rabe@{hers.id}", "Till Rabe", by="mk", verdict="different")
    assert len(archive.speakers("Rabe")) == 2
    for row in archive.speakers("Rabe"):
        page = archive.speaker(row.query.removeprefix("ist:").strip('"'))
        assert page.row == row
        assert page.says.count == row.statements == len(archive.search(row.query))


def test_judgements_travel_to_another_archive(archive: Archive, tmp_path: Path) -> None:
    archive.same("Till Rabe", "Wolodymyr Hrynjuk", by="mk", why="for a test")
    with open_archive(tmp_path / "other.db") as other:
        other.add(articles())
        assert other.take_sameness(j for j in archive.sameness() if not j.by_program) == (1, 0)
        assert other.take_sameness(j for j in archive.sameness() if not j.by_program) == (0, 1)
        assert len(other.search('ist:"Till Rabe"')) == len(archive.search('ist:"Till Rabe"')) == 7


def test_the_commands(archive: Archive, tmp_path: Path) -> None:
    path = str(tmp_path / "archiv.db")
    archive.close()
    run = CliRunner()

    def ran(*words: str, code: int = 0) -> str:
        done = run.invoke(app, [*words, "--archive", path, *(["--lang", "en"] if words[0] != "who" else [])])
        assert done.exit_code == code, done.output
        return done.output

    assert "also: isländischer Präsident" in ran("speakers")
    assert "Why these are one" in ran("speakers", "Till Rabe")
    assert "Till Rabe" in ran("speakers", "rab")
    assert "mk · different: Till Rabe | Wolodymyr Hrynjuk · no" in ran(
        "different", "Till Rabe", "Wolodymyr Hrynjuk", "--by", "mk", "--why", "no"
    )
    lines = ran("judgements", "--json")
    assert json.loads(lines)["verdict"] == "different"
    (tmp_path / "urteile.jsonl").write_text(lines, "utf-8")
    assert "0 new, 1 already there" in ran("judgements", "--import", str(tmp_path / "urteile.jsonl"))
    ran("withdraw", "Till Rabe", "Wolodymyr Hrynjuk", "--by", "mk")
    ran("unsure", "Till Rabe", "Wolodymyr Hrynjuk", "--by", "mk")
    ran("same", "Till Rabe", "Wolodymyr Hrynjuk", "--by", "mk")
    ran("same", "Till Rabe", "Quark", "--by", "mk", code=2)
    entry = {
        "id": "X1",
        "kind": "person",
        "names": ["Till Rabe"],
        "roles": [{"role": "Präsident", "country": "IS", "from": "2020"}],
    }
    file = tmp_path / "wer.jsonl"
    file.write_text(json.dumps(entry) + '\n{"id": "X2"}\nkein JSON\n', "utf-8")
    told = ran("gazetteer", str(file), code=3)
    assert 'wer.jsonl:2: has no "kind"' in told
    assert "wer.jsonl:3: is no JSON" in told
    assert "entries new or changed 1 · already there 0 · refused 2" in told
    assert "X1" in ran("speakers", "Till Rabe")
    file.write_text("kein JSON\n", "utf-8")
    ran("gazetteer", str(file), code=2)
    file.write_text("\n", "utf-8")
    ran("gazetteer", str(file), code=1)
    ran("gazetteer", str(tmp_path / "none.jsonl"), code=2)
