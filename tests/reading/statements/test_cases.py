"""Are the cases of tests/cases/de read as they are marked?

A case is a comment (what is new in it), a marked text, and facts of its statements:

    # the particle stands after the addressee
    [speaker Der Minister] [cue teilte] [addressee den Ländern] [cue mit], dass [content die Lage ernst sei].
    form = indirect   cue_class = official

A blank line ends a case; several lines of text are several lines of an article. In `known_failures` stands what is not
yet read so: when a case there passes, it must move to the folder it belongs to. Every statement must be marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from expected import Expected, mistakes, read_text
from reportedly.languages.marked import read_marked

CASES = Path(__file__).parents[2] / "cases" / "de"
FACT = re.compile(
    r"(?:(\d+)\.)?(form|speaker_is|kind|named|within|negated|medium|mood|by|cue_class) = (.*?)(?:\s{2,}|$)"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where it stands, what is new in it, the marked text, the facts by number of statement."""

    name: str
    why: str
    marked: str
    facts: tuple[tuple[int, str, str], ...]

    def mistakes(self) -> list[str]:
        example = read_marked(self.marked)
        expected = {n: Expected(dict(roles)) for n, roles in example.roles.items()}
        for number, name, value in self.facts:
            expected[number].facts[name] = "" if value == "-" else value
        return mistakes(list(expected.values()), read_text(example.text))


def read_cases(path: Path) -> list[Case]:
    """All cases of one file. Raises ValueError for one without comment or text."""
    out: list[Case] = []
    line_number = 1
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        comments = [line for line in lines if line.startswith("#")]
        facts = [line for line in lines if FACT.match(line)]
        text = [line for line in lines if line not in comments and line not in facts]
        name = f"{path.parent.name}/{path.stem}:{line_number}"
        line_number += block.count("\n") + 2
        if not any(text):
            if out and comments:
                raise ValueError(f"{name}: a comment without a case")
            continue  # the head of the file, or its end
        if not comments:
            raise ValueError(f"{name}: say in a comment what is new in this case")
        found = tuple((int(m[1] or 1), m[2], m[3].strip()) for line in facts for m in FACT.finditer(line))
        out.append(Case(name, " ".join(c.lstrip("# ") for c in comments), "\n".join(text), found))
    return out


ALL = [case for path in sorted(CASES.glob("*/*.txt")) for case in read_cases(path)]
OPEN = [case for case in ALL if case.name.startswith("known_failures/")]
GOOD = [case for case in ALL if not case.name.startswith("known_failures/")]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_the_case_is_read_as_marked(case: Case) -> None:
    assert not case.mistakes(), f"{case.why}\n{case.marked}"


@pytest.mark.parametrize("case", OPEN, ids=lambda case: case.name)
def test_a_known_failure_still_fails(case: Case) -> None:
    wrong = case.mistakes()
    assert wrong, f"{case.name} is read right now: move it to the folder it belongs to\n{case.marked}"
    pytest.xfail("; ".join(wrong))


@pytest.mark.parametrize("case", [c for c in ALL if c.name.startswith("negative/")], ids=lambda case: case.name)
def test_negative_cases_expect_no_statement(case: Case) -> None:
    assert not read_marked(case.marked).roles


def test_there_are_many_cases_and_none_stands_twice() -> None:
    texts = [read_marked(case.marked).text for case in ALL]
    assert len(texts) >= 160
    assert not {t for t in texts if texts.count(t) > 1}
