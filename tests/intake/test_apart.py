"""Work that never ends, or takes all memory, costs an answer and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.intake import html, take_in
from reportedly.intake.apart import Apart, StoppedError
from reportedly.model.article import Article

CELLS = "<tr>" + "<td>12</td>" * 10 + "</tr>"
SAID = "Die Brücke bleibe bis Ostern gesperrt, teilte die Stadt am Montag mit. " * 3
PAGE = f"<html><body><article><h1>Brücke bleibt zu</h1><p>{SAID}</p>{{}}<p>{SAID}</p></article></body></html>"


def test_one_answer_after_the_other_by_one_process() -> None:
    apart = Apart("victims:for_ever", 5)
    assert [apart.ask(b"ende") for _ in range(3)] == [b"ende"] * 3
    apart.close()
    assert apart.ask(b"ende") == b"ende", "and by a new one"
    apart.close()


@pytest.mark.parametrize(
    ("function", "asked", "then"), [("for_ever", b"nie", b"ende"), ("hungry", b"9000000000", b"1")]
)
def test_what_does_not_end_or_wants_too_much_is_stopped_and_the_next_is_answered(
    function: str, asked: bytes, then: bytes
) -> None:
    apart = Apart(f"victims:{function}", 1)
    began = time.monotonic()
    with pytest.raises(StoppedError):
        apart.ask(asked)
    assert time.monotonic() - began < 12
    assert apart.ask(then) in (b"ende", b"\0")
    apart.close()


def test_a_fork_gets_a_process_of_its_own() -> None:
    apart = Apart("victims:for_ever", 5)
    apart.ask(b"ende")
    if not (child := os.fork()):
        os._exit(0 if apart.ask(b"ende") == b"ende" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert apart.ask(b"ende") == b"ende"
    apart.close()


def test_it_ends_with_the_program_also_where_that_is_killed() -> None:
    code = (
        "from reportedly.intake.apart import Apart; a = Apart('victims:for_ever', 5); a.ask(b'ende');"
        "print(a._process.pid, flush=True); import time; time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *filter(None, sys.path)])}
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)
    assert run.stdout
    apart = int(run.stdout.readline())
    run.send_signal(signal.SIGKILL)
    run.communicate()
    for _ in range(100):
        try:
            os.kill(apart, 0)
        except ProcessLookupError:
            return
        if "Z" in Path(f"/proc/{apart}/stat").read_text().split(")")[1][:3]:
            return  # over, only nobody has asked for its exit code
        time.sleep(0.05)
    raise AssertionError("it still runs")


def test_a_page_is_the_same_read_here_and_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.format("<ul>" + "<li>ein Deich</li>" * 40 + "</ul>").encode()
    here = take_in(page)
    monkeypatch.setattr(html, "_FEW_ELEMENTS", 5)
    assert isinstance(here, Article)
    assert take_in(page) == here
    assert take_in(page) == take_in(page)


def test_a_page_that_cannot_be_taken_apart_in_time_is_read_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_APART", Apart("reportedly.intake.html:page_apart", 1))
    page = take_in(PAGE.format(f"<table>{CELLS * 1700}</table>").encode())
    assert isinstance(page, Article)
    assert page.notes[-1].startswith("page that could not be taken apart within")
    assert page.text.count("teilte die Stadt am Montag mit") == 6
