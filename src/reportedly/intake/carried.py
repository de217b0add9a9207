"""What does the carrier of an article (the head of a page, the front matter of a file) say about it?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """The facts around a text, each None where the carrier does not give it. `published` is ISO 8601 already.

    `language` is what the carrier declares (`<html lang="de-AT">`), not what the words are.
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def else_(self, other: Carried) -> Carried:
        """These facts, with those of `other` where one is missing here."""
        return Carried(
            self.title or other.title,
            self.outlet or other.outlet,
            self.url or other.url,
            self.published or other.published,
            self.language or other.language,
        )


NOTHING = Carried()


def cleaned(value: object, longest: int = 500) -> str | None:
    """A field as one line of text: white space single, no control characters; None for what is empty or no text."""
    if not isinstance(value, str):
        return None
    words = "".join(c if c.isprintable() or c.isspace() else " " for c in value[: 4 * longest]).split()
    return " ".join(words)[:longest].strip() or None


def web_address(value: object) -> str | None:
    """An absolute http(s) address, None for anything else."""
    address = cleaned(value, 2000)
    if address and address.lower().startswith(("http://", "https://")) and " " not in address:
        return address
    return None


def quoted(value: object) -> str:
    """What somebody wrote, in quotation marks, short enough and plain enough for a sentence.

    >>> quoted("javascript:\\nalert(1)")
    '"javascript: alert(1)"'
    """
    return f'"{cleaned(value, 80) or ""}"'
