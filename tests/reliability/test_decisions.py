"""Does a person's decision stay? Through readings anew, migrations, backups, exports, in any order."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from pathlib import Path

from promises import promise, times
from reportedly.archive import Archive, open_archive
from reportedly.model.judgement import Judgement
from reportedly.model.span import Span
from reportedly.model.statement import Form
from reportedly.pipeline import STANDARD
from reportedly.pipeline import read as read_article
from victims import items

SEED = 2026
OLD = sorted((Path(__file__).parent.parent / "store" / "archives").glob("version*.db.gz"))


def judged(archive: Archive, number: int, chance: random.Random) -> list[Judgement]:
    hits = list(archive.search(""))
    given = []
    for n in range(number):
        hit = chance.choice(hits)
        how = chance.choice(("accept", "reject", "speaker", "span", "form", "withdraw"))
        more = (
            {"speaker": "Ilse Brandt"}
            if how == "speaker"
            else {"content": (Span(0, chance.randrange(1, 30)),)}
            if how == "span"
            else {"form": chance.choice(list(Form))}
            if how == "form"
            else {}
        )
        given.append(archive.judge(hit, how, by=chance.choice(("mk", "jb")), why=str(n), **more))  # type: ignore[arg-type]
        if n % 4 == 0:  # and one that was missed
            start = chance.randrange(20)
            place = (Span(start, start + chance.randrange(2, 20)),)
            given.append(archive.judge((hit.article, ""), "add", by="mk", why=str(n), content=place, speaker="Jan Ohm"))
    return given


def test_readings_anew(tmp_path: Path) -> None:
    """Readings by other recipes, with fewer statements or none, and back again."""
    chance = random.Random(SEED)
    with (
        promise("judgements after five readings anew", "judgements", SEED) as tried,
        open_archive(tmp_path / "archiv.db") as archive,
    ):
        archive.add(items(0, 10))
        given = judged(archive, times(40, 1_000), chance)
        shown = sorted((h.article, h.statement, h.judged or "", h.speaker or "", h.content) for h in archive.search(""))
        poorer = replace(STANDARD, find_facts=lambda *_: read_article(next(iter(items(0, 1)))).facts.__class__())
        for n in range(5):
            (Archive(archive.store, poorer) if n % 2 == 0 else archive).reread(everything=True)
            tried.held(archive.judgements() == given, "judgements changed")
        archive.reread(everything=True)
        now = sorted((h.article, h.statement, h.judged or "", h.speaker or "", h.content) for h in archive.search(""))
        tried.held(now == shown, "hold for something else than before")
        tried.held(not list(archive.check()), "check")
        tried.once(len(archive.judgements()))


def test_migrations_backups_and_other_archives(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("judgements after migration, backup, export and import", "judgements", SEED) as tried:
        for old in OLD:
            path = tmp_path / old.stem
            path.write_bytes(gzip.decompress(old.read_bytes()))
            with open_archive(path) as archive:
                before = archive.judgements()
                tried.held(len(before) == 2, "the old judgements")
                archive.add(items(0, 10))
                given = [*before, *judged(archive, times(30, 500), chance)]
                archive.reread(everything=True)
                archive.backup(tmp_path / f"{old.stem}.copy")
            with open_archive(tmp_path / f"{old.stem}.copy") as copy, open_archive(tmp_path / f"{old.stem}.new") as new:
                tried.held(copy.judgements() == given, "the backup")
                tried.held(new.take_judgements(given) == (len(given), 0), "taken in")
                tried.held(new.take_judgements(given) == (0, len(given)), "taken in twice")
                new.add(items(0, 10))
                mine = {(h.article, h.statement, h.judged, h.speaker, h.content) for h in new.search("")}
                theirs = {(h.article, h.statement, h.judged, h.speaker, h.content) for h in copy.search("")}
                tried.held(mine <= theirs, "hold otherwise in another archive")
                tried.once(len(given))
