"""What if the file itself is hurt? Cut off, bytes flipped, in the wrong place, not ours: sentences, and nothing but sentences."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest
from typer.testing import CliRunner

from promises import Tried, promise, times
from reportedly.archive import Archive, open_archive
from reportedly.cli import app
from reportedly.errors import ReportedlyError
from victims import items

SEED = 2026


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "archiv.db"
    with open_archive(path) as archive:
        archive.add(items(0, 30))
        archive.judge(archive.search("von:Thoms")[0], "reject", by="mk")
    return path.read_bytes()


USES: dict[str, Callable[[Archive], object]] = {
    "check": lambda a: list(a.check()),
    "search": lambda a: [hit.content for hit in a.search("").page(0, 500, facets=5).hits],
    "relevance": lambda a: list(a.search("Deich Haus", sort="relevance")),
    "lists": lambda a: (a.speakers(), a.speakers(named=False), a.outlets(), a.refused(), a.judgements()),
    "figures": lambda a: a.figures(),
    "export": lambda a: a.search("Deich").write("lines", io.StringIO()),
    "fingerprint": lambda a: a.fingerprint(),
    "judge": lambda a: a.judge(a.search("")[0], "reject", by="mk") if len(a.search("")) else None,
    "add": lambda a: a.add(items(100, 103)),
    "reread": lambda a: a.reread(everything=True),
}


def used(path: Path, tried: Tried) -> tuple[bool, bool, str | None]:
    """All that one does with an archive: did `check` (or the door) find something, did something fail, and the fingerprint."""
    try:
        archive = open_archive(path, create=False)
    except ReportedlyError as error:
        tried.held("\n" not in str(error), "more than one line")
        return True, True, None
    found = failed = False
    fingerprint = None
    with archive:
        for name, use in USES.items():
            try:
                answer = use(archive)
                found = found or (name == "check" and bool(answer))
                fingerprint = str(answer) if name == "fingerprint" else fingerprint
            except ReportedlyError:
                failed = True
            except Exception as error:
                tried.failed(f"{name}: {type(error).__name__}: {error}")
    return found, failed, fingerprint


def test_cut_off_anywhere(data: bytes, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with promise("archive files cut off", "files", SEED) as tried:
        for n in range(times(4, 50)):
            path = tmp_path / f"{n}.db"
            size = chance.randrange(1, len(data))
            path.write_bytes(data[:size])
            found, _, _ = used(path, tried)
            tried.held(found, f"cut to {size} of {len(data)}: nobody notices")
            tried.once()


def test_bytes_flipped_anywhere(data: bytes, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = tmp_path / "whole.db"
    whole.write_bytes(data)
    with open_archive(whole) as archive:
        fingerprint = archive.fingerprint()
    seen = 0
    with promise("archive files with flipped bytes", "files", SEED) as tried:
        for n in range(times(8, 200)):
            path = tmp_path / f"{n}.db"
            hurt = bytearray(data)
            for _ in range(chance.choice((1, 1, 8))):
                hurt[chance.randrange(len(hurt))] ^= chance.randint(1, 255)
            path.write_bytes(hurt)
            found, failed, now = used(path, tried)
            seen += found
            tried.held(found or not failed, "something fails, and `check` finds nothing")
            tried.held(found or now == fingerprint, "holds something else, and `check` finds nothing")
            for file in tmp_path.glob(f"{n}.db*"):
                file.unlink()
            tried.once()
        tried.remark(f"damage found in {seen}, in the others nothing was lost")


def test_places_where_no_archive_can_be(data: bytes, tmp_path: Path) -> None:
    """Every command, exit code 2 and one sentence."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.db").write_text("Das ist kein Archiv.\n" * 100, "utf-8")
    (tmp_path / "short.db").write_text("x")
    foreign = apsw.Connection(str(tmp_path / "foreign.db"))
    foreign.execute("CREATE TABLE article (id, text); INSERT INTO article VALUES (1, 'x')")
    foreign.close()
    (tmp_path / "newer.db").write_bytes(data)
    newer = apsw.Connection(str(tmp_path / "newer.db"))
    newer.execute("PRAGMA user_version = 999")
    newer.close()
    (tmp_path / "half.db").write_bytes(data)
    half = apsw.Connection(str(tmp_path / "half.db"))
    half.execute("DROP TABLE words; DROP TABLE sighting")
    half.close()
    (tmp_path / "a.txt").write_text("Der Deich halte, sagte Landrätin Maike Thoms.", "utf-8")
    places = [
        "folder",
        "text.db",
        "short.db",
        "foreign.db",
        "newer.db",
        "half.db",
        "none/archiv.db",
        "a.txt/archiv.db",
        "x" * 300,
        "nul\0.db",
    ]
    before = {name: (tmp_path / name).read_bytes() for name in ("text.db", "short.db", "foreign.db", "newer.db")}
    commands = [["add", str(tmp_path / "a.txt")], ["who", "Deich"], ["speakers"], ["outlets"], ["refused"], ["check"], ["reread"],
                ["backup", str(tmp_path / "copy.db")], ["judgements"], ["export", "Deich", "--format", "jsonl"]]  # fmt: skip
    with promise("places where no archive can be", "commands") as tried:
        for place in places:
            for command in commands:
                ran = CliRunner().invoke(app, [*command, "--archive", str(tmp_path / place)])
                fault = ran.exception if not isinstance(ran.exception, SystemExit | None) else None
                told = ran.stderr.strip().splitlines()
                usual = (
                    (1,) if (place, command[0]) == ("half.db", "check") else (2, 0, 1) if place == "half.db" else (2,)
                )
                tried.held(
                    ran.exit_code in usual and not fault, f"{command[0]} {place!r}: {ran.exit_code} {fault} {told[:2]}"
                )
                tried.held(ran.exit_code != 2 or told, f"{command[0]} {place!r}: no sentence")
                tried.once()
        for name, content in before.items():
            tried.held((tmp_path / name).read_bytes() == content, f"{name} was changed")


def as_nobody(commands: list[list[str]]) -> list[tuple[int, str]]:
    """Exit codes and sentences, in a process that has lost the rights of root after it had loaded all that it needs."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.setgid(65534)
            os.setuid(65534)
            ran = [CliRunner().invoke(app, command) for command in commands]
            faults = [r.exception if not isinstance(r.exception, SystemExit | None) else None for r in ran]
            said = [
                (70 if f else r.exit_code, str(f) if f else r.stderr.strip()) for r, f in zip(ran, faults, strict=True)
            ]
            os.write(writing, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = json.loads(pipe.read())
    os.waitpid(child, 0)
    return [tuple(row) for row in said]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs the rights of root, to become nobody")
def test_without_the_right_to_write(data: bytes) -> None:
    """Used by somebody who may not write: what asks answers, what writes says why it cannot."""
    with TemporaryDirectory() as folder:  # the folders of pytest are shut to nobody
        Path(folder).chmod(0o755)
        _without_the_right_to_write(data, Path(folder))


def _without_the_right_to_write(data: bytes, tmp_path: Path) -> None:
    place, mine = tmp_path / "locked", tmp_path / "mine.db"
    place.mkdir()
    for path in (place / "archiv.db", mine):
        path.write_bytes(data)
    (tmp_path / "a.txt").write_text("Der Deich halte, sagte Landrätin Maike Thoms.", "utf-8")
    asking = [["who", "Deich"], ["speakers"], ["check"], ["export", "Deich", "--format", "jsonl"]]
    writing = [["add", str(tmp_path / "a.txt")], ["reread", "--all"]]
    for command in (*asking, *writing):
        assert CliRunner().invoke(app, [*command, "--archive", str(mine)]).exit_code == 0
    with promise("an archive that may only be read", "commands") as tried:
        for file_mode, folder_mode, usual in (
            (0o444, 0o555, 0),
            (0o644, 0o755, 0),
            (0o000, 0o755, 2),
            (0o644, 0o000, 2),
        ):
            (place / "archiv.db").chmod(file_mode)
            place.chmod(folder_mode)
            commands = [[*command, "--archive", str(place / "archiv.db")] for command in (*asking, *writing)]
            for command, (code, said) in zip(commands, as_nobody(commands), strict=True):
                wanted = 2 if command[:-2] in writing else usual
                tried.held(code == wanted, f"{command[0]} {file_mode:o} {folder_mode:o}: {code} {said[-200:]}")
                tried.held(code != 2 or said, "no sentence")
                tried.once()
            place.chmod(0o755)
