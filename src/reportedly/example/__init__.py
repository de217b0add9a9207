"""Which article can be read without having one? An invented one, with every form of statement and every common damage."""

from __future__ import annotations

from importlib.resources import files


def example_text() -> str:
    """The example article: an invented island, invented people, and the slips of a scraped, machine-translated page.

    >>> example_text().splitlines()[0]
    'Streit um zerrissene Netze vor Osmark spitzt sich zu'
    """
    return files(__name__).joinpath("article.txt").read_text("utf-8")
