"""Does a Parquet file give the articles in its rows, and a sentence where it gives none?"""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pyarrow
import pyarrow.parquet

from reportedly.intake import count_of, take_in_from
from reportedly.model.article import Article, Refusal

TEXT = "Der Deich halte, sagte Landrätin Maike Thoms."


def written(path: Path, rows: list[dict[str, object]], **options: object) -> str:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return str(path)


def test_rows_are_articles_with_what_their_columns_say(tmp_path: Path) -> None:
    day = datetime.date(2024, 10, 28)
    rows = [
        {"Headline": "Deich", "body": TEXT, "date": day, "source": {"name": "Talbote"}, "url": "https://talbote.example/1", "n": 7},
        {"Headline": None, "body": "", "date": None, "source": None, "url": None, "n": 8},
        {"Headline": None, "body": "<p>" + TEXT + "</p>", "date": None, "source": None, "url": None, "n": 9},
    ]  # fmt: skip
    path = written(tmp_path / "a.parquet", rows, row_group_size=2)
    first, empty, page = take_in_from([path])
    assert isinstance(first, Article)
    assert (first.text, first.title, first.published, first.outlet) == (TEXT, "Deich", "2024-10-28", "Talbote")
    assert (first.url, first.origin) == ("https://talbote.example/1", f"{path}#item=1")
    assert empty == Refusal(f"{path}#item=2", "has an empty text; there is nothing to read")
    assert isinstance(page, Article)
    assert page.text.strip() == TEXT
    assert count_of([path]) == 3
    assert list(take_in_from([f"{path}#item=1"])) == [first]


def test_texts_as_bytes_and_fields_inside_others(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"article": {"body": TEXT.encode()}, "text": "etwas anderes"}])
    (found,) = take_in_from([path], columns={"text": "article.body"})
    assert isinstance(found, Refusal) or found.text == TEXT


def test_what_is_wrong_is_said_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"n": n} for n in range(5)])
    (refused,) = take_in_from([path])
    assert isinstance(refused, Refusal)
    assert "has no column that holds a text; it has n" in refused.reason
    damaged = tmp_path / "b.parquet"
    whole = Path(written(damaged, [{"text": TEXT}])).read_bytes()
    damaged.write_bytes(whole[:-20])
    (refused,) = take_in_from([str(damaged)])
    assert isinstance(refused, Refusal)
    assert "is a damaged Parquet file" in refused.reason
    (refused,) = take_in_from(["-"], stdin=io.BufferedReader(Pipe(whole)))
    assert isinstance(refused, Refusal)
    assert "cannot be read from a pipe" in refused.reason


class Pipe(io.RawIOBase):
    """Bytes that come once."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._rest.readinto(buffer)
