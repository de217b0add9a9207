"""Does every line get its answer, in its place, as soon as it is there, and never more than needed is held?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import crowd
from reportedly.batch.stream import STDIN, Answering, lines_of, piped
from reportedly.intake import take_in_text
from reportedly.intake.jsonl import LONGEST_LINE
from reportedly.intake.parcel import Order
from reportedly.pipeline import read

ANSWERING = Answering(crowd.TABLES, Order(), ("id",))


def sent(*lines: bytes) -> int:
    """A descriptor from which these come."""
    end, begin = os.pipe()

    def write() -> None:
        with os.fdopen(begin, "wb") as file:
            for line in lines:
                file.write(line)

    threading.Thread(target=write, daemon=True).start()
    return end


def test_one_answer_for_each_line_in_their_order(tmp_path: Path) -> None:
    rows = [{**crowd.row(n), "id": n} for n in range(30)]
    lines = [json.dumps(row).encode() + b"\n" for row in rows]
    lines[7] = b"{ kaputt\n"
    lines[9] = b'{"title": "ohne", "id": 9}\n'
    lines.insert(12, b"\n")
    with (tmp_path / "out").open("w+", encoding="utf-8") as out:
        done = piped(sent(*lines), out, ANSWERING, 2)
        out.seek(0)
        answers = [json.loads(line) for line in out]
    assert (done.lines, done.refused) == (len(answers), 2) == (30, 2)
    assert answers[7]["refused"]["origin"] == f"{STDIN}#line=8"
    assert "is not JSON" in answers[7]["refused"]["reason"]
    assert answers[9]["carried"] == {"id": 9}
    for n, (row, answer) in enumerate(zip(rows, answers, strict=True)):
        if n in (7, 9):
            continue
        article = take_in_text(row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
        assert answer == read(article, crowd.TABLES).to_dict() | {"carried": {"id": n}}


def test_lines_come_whole_however_they_are_sent() -> None:
    assert [a.data for a in lines_of(sent(b"a\n\nb", b"c\nd"))] == [b"a", b"", b"bc", b"d"]
    found = list(lines_of(sent(b"a\n" + b"x" * (LONGEST_LINE + 70_000), b"\nb\n")))
    assert [(a.number, a.data) for a in found] == [(1, b"a"), (2, b""), (3, b"b")]
    assert "is a line of more than" in found[1].why


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_command_answers_while_the_pipe_stays_open_and_holds_back_who_sends_too_much() -> None:
    command = [sys.executable, "-m", "reportedly", "pipe", "--weights", "tables", "--workers", "1"]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdin is not None
    assert run.stdout is not None
    line = json.dumps(crowd.row(1)).encode() + b"\n"
    run.stdin.write(line)
    run.stdin.flush()
    assert json.loads(run.stdout.readline())["schema"] == "reportedly/1"  # though nothing says that no more will come

    long = json.dumps({"text": "Der Deich halte, sagte Maike Thoms. " * 30}).encode() + b"\n"
    os.set_blocking(run.stdin.fileno(), False)
    sent = 0
    until = time.monotonic() + 60
    stuck = 0
    while stuck < 20:  # nobody reads the answers: soon nothing more is taken
        assert time.monotonic() < until
        try:
            sent += os.write(run.stdin.fileno(), long)
            stuck = 0
        except BlockingIOError:
            stuck += 1
            time.sleep(0.1)
    assert sent < 4_000_000
    run.stdout.close()
    run.stdin.close()
    assert run.wait(60) == 141, run.stderr.read() if run.stderr else ""
