"""Does the bench of the pages ask for each after a first round that does not count, and tell what 95 of 100 wait for?"""

from __future__ import annotations

from pathlib import Path

from lab.bench_pages import ROUNDS, _line, _rounds, pages

from reportedly.archive import open_archive
from reportedly.intake import take_in_from
from reportedly.web.plan import OPERATIONS

ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "archive"


def test_the_first_round_does_not_count() -> None:
    asked: list[str] = []
    timed = list(_rounds(["a", "b"], asked.append))
    assert asked == ["a", "b"]
    assert timed == ["a", "b"] * ROUNDS


def test_ninety_five_of_a_hundred() -> None:
    told = _line("page", [float(n) for n in range(100)])
    assert "p50    49.5 ms   p95    95.0 ms   slowest    99.0 ms   (100 times)" in told


def test_every_page_that_is_asked_for_is_one_of_the_room(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archiv.db") as archive:
        archive.weights = "tables"
        archive.add(take_in_from([ARTICLES]))
        wanted = pages(archive, ["von:Hallstein", ""])
    known = {operation.path for operation in OPERATIONS} | {"/articles/…"}
    for addresses in wanted.values():
        assert addresses
        assert all(
            (path if not path.startswith("/articles/") else "/articles/…") in known
            for path in (address.partition("?")[0] for address in addresses)
        )
