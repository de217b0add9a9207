"""What is read right by now? Takes it out of the lists of open things: `python tests/settle.py` after a better engine.

It only ever shrinks the lists (`open_rows.txt`, `known.txt`, the cases in `known_failures`, which move home). With
`--new` it also files what stopped being right or was never tried; look at every line of the difference before you keep it.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent
sys.path[:0] = [str(TESTS), str(TESTS / "reading" / "statements"), str(TESTS / "example_article")]

import test_cases  # noqa: E402
import test_example_article  # noqa: E402
import test_tables  # noqa: E402

from expected import mistakes_in  # noqa: E402


def _write(path: Path, lines: list[str]) -> None:
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text("\n".join([*head, *lines]) + "\n", "utf-8")
    print(f"{path.relative_to(TESTS)}: {len(lines)}")


def settle_rows(new: bool) -> None:
    wrong = [row.address for row in test_tables.ROWS if mistakes_in(row["example"])]
    _write(TESTS / "reading" / "statements" / "open_rows.txt", [a for a in wrong if new or a in test_tables.OPEN])


def settle_example(new: bool) -> None:
    listed = test_example_article.known()
    wrong = list(test_example_article.found())
    _write(TESTS / "example_article" / "known.txt", [name for name in wrong if new or name in listed])


def _blocks(path: Path) -> list[str]:
    return [b.strip("\n") for b in path.read_text("utf-8").split("\n\n") if b.strip("\n")]


def settle_cases(new: bool) -> None:
    """A case of `known_failures/synthetic-passive.txt` belongs to `synthetic/passive.txt`."""
    folder = test_cases.CASES
    moves: dict[Path, list[str]] = {}
    count = 0
    for path in sorted(folder.glob("*/*.txt")):
        is_open = path.parent.name == "known_failures"
        if not is_open and not new:
            continue
        home, _, topic = path.stem.partition("-")
        target = (
            folder / home / f"{topic}.txt"
            if is_open
            else folder / "known_failures" / f"{path.parent.name}-{path.stem}.txt"
        )
        cases = test_cases.read_cases(path)
        head, *blocks = _blocks(path)
        assert len(cases) == len(blocks), path
        going = [block for case, block in zip(cases, blocks, strict=True) if bool(case.mistakes()) != is_open]
        if not going:
            continue
        count += len(going)
        staying = [block for block in blocks if block not in going]
        if staying or not is_open:
            path.write_text("\n\n".join([head, *staying]) + "\n", "utf-8")
        else:
            path.unlink()
        moves.setdefault(target, [head]).extend(going)
    for target, (head, *blocks) in moves.items():
        before = _blocks(target) if target.exists() else [head]
        target.write_text("\n\n".join([*before, *blocks]) + "\n", "utf-8")
    print(f"cases moved: {count}")


if __name__ == "__main__":
    filed = "--new" in sys.argv[1:]
    settle_rows(filed)
    settle_example(filed)
    settle_cases(filed)
