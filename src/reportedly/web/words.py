"""What does the room say? Every sentence of its pages in German and in English."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.web.words_de import GERMAN
from reportedly.web.words_en import ENGLISH

SENTENCES: Mapping[str, Mapping[str, str]] = {"de": GERMAN, "en": ENGLISH}


def said(tongue: str, key: str, **about: object) -> str:
    """The sentence for a key, filled in. What is no key is a sentence already.

    >>> said("de", "pager.after"), said("en", "job.left", n=3)
    ('weiter', '3 left')
    """
    found = SENTENCES.get(tongue, ENGLISH).get(key)
    if found is None:
        return key
    return found.format(**about) if about else found
