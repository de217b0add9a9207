"""What does a language without tables give? Its quotations that are utterances, and nobody as their speaker."""

from __future__ import annotations

import pytest

import reportedly


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("“We will rebuild the bridge,” said Ilse Brandt.", ["We will rebuild the bridge,"]),
        ('"We stay. We know how," said Ilse Brandt.', ["We stay. We know how,"]),
        ("« Nous allons reconstruire le pont », a dit Ilse Brandt.", ["Nous allons reconstruire le pont"]),
        ("Mr Rees said: “No.” Then he left.", ["No."]),
        ("The “rare” pearls, “so called,” were sold behind “the old hall” in May.", []),
    ],
)
def test_quotations_are_shown_without_speakers(text: str, contents: list[str]) -> None:
    reading = reportedly.read(text, language="en")
    assert [span.of(text) for s in reading.statements for span in s.content] == contents
    assert all(s.speaker is None for s in reading.statements)
    assert reading.notes
