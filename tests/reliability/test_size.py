"""Does memory grow with what goes in? A million lines, a text of 50 MB, a folder of 20,000 files: one after the other, never all at once."""

from __future__ import annotations

import json
import time
from pathlib import Path

from promises import new_peak, peak, promise, times
from reportedly.intake import take_in_from
from reportedly.model.article import Article, Refusal
from victims import article_text

MEMORY = 60
"""MB beyond what the program has, where nothing large stands in one place."""


def test_a_million_lines(tmp_path: Path) -> None:
    lines = times(20_000, 1_000_000)
    path = tmp_path / "artikel.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(lines):
            file.write(
                json.dumps({"text": f"Der Deich {n} halte, sagte Landrätin Maike Thoms.", "date": "2024-06-01"}) + "\n"
            )
    with promise("JSONL of a million lines", "lines") as tried:
        next(take_in_from([path]))
        before, began = new_peak(), time.process_time()
        for item in take_in_from([path], language="de"):
            tried.held(isinstance(item, Article), str(item)[:100])
            tried.once()
        grown = (peak() - before) // 1024
        tried.held(tried.count == lines, f"{tried.count} of {lines}")
        tried.held(grown < MEMORY, f"{grown} MB")
        tried.remark(
            f"{path.stat().st_size // 1_000_000} MB, memory +{grown} MB, {tried.count / (time.process_time() - began):,.0f} a second"
        )


def test_a_folder_of_small_files(tmp_path: Path) -> None:
    files = times(1_000, 20_000)
    for n in range(files):
        place = tmp_path / f"{n % 50:02}"
        place.mkdir(exist_ok=True)
        (place / f"{n}.txt").write_text(article_text(n), "utf-8")
    with promise("a folder of small files", "files") as tried:
        next(take_in_from([tmp_path]))
        before = new_peak()
        for item in take_in_from([tmp_path], language="de"):
            tried.held(isinstance(item, Article), str(item)[:100])
            tried.once()
        grown = (peak() - before) // 1024
        tried.held(tried.count == files, f"{tried.count} of {files}")
        tried.held(grown < MEMORY, f"{grown} MB")
        tried.remark(f"memory +{grown} MB")


def test_a_text_of_fifty_megabytes(tmp_path: Path) -> None:
    """It is longer than anything that is one article: told so, in bounded memory."""
    path = tmp_path / "roman.txt"
    path.write_text(f"{article_text(1)}\n\n" * (50_000_000 // (len(article_text(1).encode()) + 2) + 1), "utf-8")
    with promise("a text of 50 MB", "MB") as tried:
        before = new_peak()
        (found,) = take_in_from([path], language="de")
        grown = (peak() - before) // 1024
        tried.held(isinstance(found, Refusal) and "longer than 20,000,000 characters" in found.reason, str(found)[:200])
        tried.held(grown < 400, f"{grown} MB")
        tried.once(path.stat().st_size // 1_000_000)
        tried.remark(f"refused, memory +{grown} MB")
