"""What does a page say about its article: title, outlet, date with time and zone, address, language?

Pages tell it several times: JSON-LD (for search engines), OpenGraph (for social media), plain `<meta>`. The first two carry the
time of day and the zone, without which "gestern" and "who said it first" cannot be told. htmldate comes last; it knows days only.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from reportedly.intake.carried import Carried, cleaned, web_address
from reportedly.intake.published import carried_date

_LONGEST_JSON, _MOST_JSON, _DEEPEST, _MOST_NODES = 1_000_000, 40, 20, 5_000
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$|^(?:https?://schema\.org/)?(?:Report|VideoObject|LiveBlogPosting)$")
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher")
_DATE = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "last-published", "dcterms.created", "dcterms.date", "dc.date.issued",
    "dc.date", "date.created", "date", "pubdate", "publish-date", "publication_date",
)  # fmt: skip
_SUFFIX = re.compile(r"\s+[|–—·•:-]{1,2}\s+[^|–—·•]{2,60}$")


def page_head(tree: Any) -> Carried:
    """The facts of a parsed page; what it says twice is taken from the more exact place."""
    metas = _metas(tree)
    article, publisher = _linked_data(tree)
    url = (
        next(
            (
                web_address(link.get("href"))
                for link in tree.iter("link")
                if (link.get("rel") or "").lower() == "canonical"
            ),
            None,
        )
        or web_address(metas.get("og:url"))
        or web_address(article.get("url"))
    )
    outlet = cleaned(publisher, 120) or next((cleaned(metas[k], 120) for k in _OUTLET if cleaned(metas.get(k))), None)
    return Carried(
        title=_title(tree, metas, article, outlet),
        outlet=outlet or (urlsplit(url).netloc.lower().removeprefix("www.") if url else None),
        url=url,
        published=_published(tree, metas, article),
        language=cleaned(tree.get("lang"), 20)
        or cleaned(article.get("inLanguage"), 20)
        or cleaned(metas.get("og:locale"), 20),
    )


def description_of(tree: Any) -> str | None:
    """What the page gives as its summary; where a block of the article says the same, that block is the lead."""
    metas = _metas(tree)
    return cleaned(metas.get("og:description") or metas.get("description"), 2000)


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if meta.get(attribute) and meta.get("content"):
                found.setdefault(meta.get(attribute).strip().lower(), meta.get("content"))
    return found


def _linked_data(tree: Any) -> tuple[dict[str, Any], str | None]:
    """The JSON-LD object of the article, and the name of its publisher."""
    nodes: list[dict[str, Any]] = []
    scripts = (s for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    for _, script in zip(range(_MOST_JSON), scripts, strict=False):
        written = (script.text or "").strip()
        if 0 < len(written) <= _LONGEST_JSON:
            try:
                nodes.extend(_nodes(json.loads(written, strict=False)))
            except (ValueError, RecursionError):
                continue  # damaged JSON: the other carriers may know
    articles = [n for n in nodes if any(_ARTICLE.search(t) for t in _types(n))]
    article = next((n for n in articles if n.get("datePublished")), articles[0] if articles else {})
    publisher = article.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    if isinstance(publisher, dict) and "name" not in publisher and "@id" in publisher:
        publisher = next((n for n in nodes if n.get("@id") == publisher["@id"] and "name" in n), publisher)
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return article, name if isinstance(name, str) else None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """All objects in a JSON value, outermost first."""
    stack, seen = deque([(data, 0)]), 0
    while stack and seen < _MOST_NODES:
        value, depth = stack.popleft()
        seen += 1
        if isinstance(value, dict):
            yield value
            value = list(value.values())
        if isinstance(value, list) and depth < _DEEPEST:
            stack.extend((v, depth + 1) for v in value[:500] if isinstance(v, dict | list))


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [t for t in (kind if isinstance(kind, list) else [kind]) if isinstance(t, str)]


def _title(tree: Any, metas: dict[str, str], article: dict[str, Any], outlet: str | None) -> str | None:
    headings = [t for h in tree.iter("h1") if (t := cleaned("".join(h.itertext())))]
    if found := cleaned(article.get("headline")) or cleaned(metas.get("og:title")):
        return _without_outlet(found, outlet)
    if len(headings) == 1:
        return headings[0]
    title = next((cleaned("".join(t.itertext())) for t in tree.iter("title")), None)
    return (_SUFFIX.sub("", title) or title) if title else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """`Brücke zu | Talbote` of the Talbote is `Brücke zu`."""
    suffix = _SUFFIX.search(title)
    named = outlet and suffix and outlet.lower().split(".")[0] in suffix.group().lower()
    return title[: suffix.start()] if suffix and named else title


def _published(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    written = [article.get("datePublished"), article.get("dateCreated"), *(metas.get(key) for key in _DATE)]
    written += [
        t.get("datetime")
        for t in tree.iter("time")
        if t.get("pubdate") is not None or t.get("itemprop") == "datePublished"
    ]
    dates = [d for w in written if isinstance(w, str) and (d := carried_date(w))]
    if not dates:
        times = [
            d
            for t in tree.xpath("//article//time[@datetime] | //main//time[@datetime]")[:1]
            if (d := carried_date(t.get("datetime")))
        ]
        return times[0] if times else _guessed(tree)
    return next((d for d in dates if d[:10] == dates[0][:10] and len(d) > 10), dates[0])


def _guessed(tree: Any) -> str | None:
    """The day by the look of the page (address, byline, markup)."""
    from htmldate import find_date  # imported late: most pages need it not

    try:
        return carried_date(find_date(tree, original_date=True, extensive_search=False) or "")
    except Exception:  # a foreign library on foreign bytes: without a date the article is still worth reading
        return None
