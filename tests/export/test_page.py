"""The page: the whole text, flat marks, links both ways, nothing foreign obeyed, no more than it needs."""

from __future__ import annotations

import io
import random
import re
from html.parser import HTMLParser
from itertools import product

import pytest

from fakes import FLOOD, FakeArticle, article, flood
from reportedly.export import Look
from reportedly.export.page import fragment, page, write
from reportedly.model.article import Block, Role
from reportedly.model.reading import Reading
from reportedly.model.span import Span

_VOID = {"meta", "input", "br"}
_ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "div", "article", "header", "h1", "h2", "h3", "p", "a", "b", "i", "em", "q",
    "small", "span", "bdi", "section", "ol", "ul", "li", "dl", "dt", "dd", "details", "summary", "footer", "nav", "fieldset", "legend",
    "input", "label",
}  # fmt: skip
_ATTRIBUTES = {
    "class", "id", "href", "lang", "dir", "aria-label", "aria-labelledby", "aria-hidden", "title", "data-l", "style", "rel", "type",
    "name", "for", "checked", "tabindex", "charset", "content", "http-equiv",
}  # fmt: skip


class Parsed(HTMLParser):
    """The page as a browser's tokeniser sees it: elements, attributes, ids, links, and the article's text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.text = ""
        self.visible = ""
        self.nested = 0
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.add(tag)
        self.attributes |= set(found)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if "href" in found:
            self.hrefs.append(str(found["href"]))
        classes = str(found.get("class") or "").split()
        if "t" in classes and any("t" in c.split() for _, c in self.open):
            self.nested += 1
        if tag not in _VOID:
            self.open.append((tag, " ".join(classes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1][0] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = [c for _, classes in self.open for c in classes.split()]
        tags = [t for t, _ in self.open]
        if "style" not in tags:
            self.visible += data
        if "tx" in inside and "n" not in inside and "dn" not in inside and "summary" not in tags:
            self.text += data


def test_the_text_on_the_page_is_the_text() -> None:
    assert Parsed(page([flood()], "de")).text == FLOOD
    assert Parsed(page([article("").reading()])).text == ""
    crlf = "Er sagte:\r\n\r\n„Ja.“\t \r\nEnde"
    assert Parsed(page([article(crlf).says("Er", "Ja.", cue="sagte").reading()])).text == crlf


def test_marks_are_flat_and_html_is_well_formed() -> None:
    parsed = Parsed(page([flood(), flood()], "de"))
    assert parsed.nested == 0
    assert parsed.elements <= _ELEMENTS
    assert parsed.attributes <= _ATTRIBUTES
    assert len(parsed.ids) == len(set(parsed.ids))


def test_every_statement_and_damage_is_linked_both_ways() -> None:
    html = page([flood()], "de")
    parsed = Parsed(html)
    targets = {h[1:] for h in parsed.hrefs if h.startswith("#")}
    assert targets <= set(parsed.ids)
    for n in range(1, 9):
        assert f'id="a1-s{n}" href="#a1-k{n}"' in html
        assert f'id="a1-k{n}"' in html
        assert f'href="#a1-s{n}"' in html
    for n in (1, 2):
        assert f'id="a1-td{n}" href="#a1-d{n}"' in html
        assert f'id="a1-d{n}"' in html


def test_nothing_is_loaded_from_outside_and_nothing_runs() -> None:
    html = page([flood()], "de")
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|src=", html)
    outside = [h for h in Parsed(html).hrefs if not h.startswith("#")]
    assert outside == ["https://example.org/hochwasser"]


def test_cards_tell_who_how_what_and_why() -> None:
    html = page([flood()], "de")
    seen = Parsed(html).visible
    for words in ("Jörn Hallstein", "⚑ distanzierend", "⚑ Dementi", "indirekt mit Zitat", "am Montag → 2024-06-03", "≈ 1.200 Menschen",
                  "das Postbuch des Ministeriums", "Warum?", "de/phrases.tsv#nach-angaben", "doppelter Satz", "0,94",
                  "nicht ausgewertet: Lesen Sie auch", "als cp1252 gelesen"):  # fmt: skip
        assert words in seen, words
    for letter in "WAB":
        assert f'data-l="{letter}"' in html
    assert 'data-l="S"' in page([flood()], "en")
    assert 'class="tx paragraph" lang="de"' in html


def test_roles_of_blocks_give_the_text_its_shape() -> None:
    text = "Der Deich hält\n\nEr sagte, es regne.\n\nFoto: Jo Maler"
    blocks = (Block(Span(0, 14), Role.HEADLINE), Block(Span(16, 35), Role.PARAGRAPH), Block(Span(37, 51), Role.CAPTION))
    html = page([article(text, blocks=blocks).reading()])
    assert re.findall(r'class="tx (\w+)"', html) == ["headline", "paragraph", "caption"]


def _payloads() -> list[str]:
    """More than five hundred ways to break out of text, attribute, style, comment and link."""
    openers = (
        "",
        '"',
        "'",
        ">",
        '">',
        "'>",
        "</title>",
        "</style>",
        "</span>",
        "</a>",
        "-->",
        "<!--",
        "]]>",
        "\x00",
        "&quot;>",
        "\u2028",
    )
    bodies = (
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg><animate onbegin=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>", "<body onload=alert(1)>",
        "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<math><mi xlink:href='data:x,<script>'>",
        "<style>*{background:url(//evil.example)}</style>", "<link rel=stylesheet href=//evil.example>", "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0;url=//evil.example>", "<object data=//evil.example>", "<embed src=//evil.example>",
        "<form action=//evil.example><button>x", "<template><script>alert(1)</script></template>", "<ScRiPt>alert(1)</sCrIpT>",
        "<img\nsrc=x\tonerror\n=alert(1)>", "<<script>alert(1)//<</script>", "<xmp><img src=x onerror=alert(1)></xmp>",
        " onmouseover=alert(1) x=", " style=x:expression(alert(1)) ", "javascript:alert(1)", "&#60;script&#62;alert(1)&#60;/script&#62;",
        "&lt;script&gt;", "<video><source onerror=alert(1)>", "<textarea></textarea><script>alert(1)</script>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "\u202e<script>", "<plaintext>", "{{7*7}}${7*7}",
    )  # fmt: skip
    return [a + b for a, b in product(openers, bodies)]


def _hostile(payload: str) -> FakeArticle:
    return (
        article(
            f"{payload} sagte {payload}", title=payload, outlet=payload, published=payload, url=payload, origin=payload, language="de"
        )
        .says(payload, payload, cue="sagte", speaker=payload, to=payload, by=payload, trace=(payload,), occasion=payload,
              on_authority=(payload, payload, payload), when=payload)
        .damaged(payload, message=payload, cause=payload, suggestion=payload)
        .counts(payload, None, "exact", noun=payload, unit=payload)
        .dates(payload, payload)
        .locates(payload, payload, payload)
        .noted(payload)
    )  # fmt: skip


def test_five_hundred_payloads_stay_text() -> None:
    payloads = _payloads()
    assert len(payloads) >= 500
    for n, payload in enumerate(payloads):
        reading = _hostile(payload).reading()
        for html in (page([reading], "de"), fragment(reading))[: 1 + (n % 4 == 0)]:
            parsed = Parsed(html)
            assert parsed.elements <= _ELEMENTS, payload
            assert parsed.attributes <= _ATTRIBUTES, payload
            assert parsed.nested == 0
            outside = [h for h in parsed.hrefs if not h.startswith("#")]
            assert not outside, payload
            assert html.count("<style") == html.count("</style") == 1
            assert html.count("<title") <= 1


@pytest.mark.parametrize("kind", ["a\x00b", "x\u202ey", "\ud800"])
def test_characters_that_are_not_obeyed_are_seen(kind: str) -> None:
    html = page([article(f"Er sagte: {kind}.").says("Er", kind, cue="sagte").reading()])
    html.encode("utf-8")
    assert 'class="ctl"' in html
    assert "\x00" not in html
    assert "\u202e" not in html


def long_article(words: int = 6_000) -> Reading:
    """Invented news of about `words` words with a statement in every second sentence."""
    rnd = random.Random(5)
    people = [f"{a} {b}" for a in ("Maike", "Jörn", "Edda", "Tilo") for b in ("Thoms", "Hallstein", "Brandt", "Wiese")]
    verbs = ("sagte", "erklärte", "betonte", "behauptete")
    things = (
        "der Deich",
        "die Schule",
        "das Gutachten",
        "die Brücke",
        "der Haushalt",
        "das Ministerium",
        "die Gemeinde",
    )
    parts: list[str] = []
    found: list[tuple[str, str, str]] = []
    while sum(p.count(" ") for p in parts) < words:
        who, verb = rnd.choice(people), rnd.choice(verbs)
        content = f"{rnd.choice(things)} sei nach Abzug aller Kosten um rund {rnd.randint(10, 90)} Prozent teurer geworden als geplant"
        found.append((who, verb, content))
        parts.append(f"{who} {verb}, {content}. ")
        parts.append("Der Rat tagte danach noch zwei Stunden ohne Ergebnis und vertagte sich auf die kommende Woche. ")
        if len(found) % 3 == 0:
            parts.append("\n\n")
    builder = article("".join(parts), title="Ein langer Bericht aus dem Rat")
    at = 0
    for who, verb, content in found:
        at = builder.article.text.index(f"{who} {verb}, {content}", at)
        builder.says(who, content, cue=verb, speaker=who, frame=f"{who} {verb},", after=at)
    return builder.reading()


def test_a_long_article_stays_under_600_kilobytes() -> None:
    reading = long_article()
    assert len(reading.text.split()) >= 6_000
    assert len(reading.statements) > 170
    assert len(page([reading], "de").encode()) <= 600_000


def test_a_notebook_gets_at_most_200_kilobytes_and_is_told_so() -> None:
    html = fragment(long_article())
    assert len(html.encode()) <= 200_000
    assert "Gezeigt sind die ersten" in html
    parsed = Parsed(html)
    assert long_article().text.startswith(parsed.text)
    assert {h[1:] for h in parsed.hrefs} <= set(parsed.ids)


def test_a_notebook_cuts_even_a_text_without_line_breaks() -> None:
    reading = article("Er sagte, es regne. " * 20_000).says("Er", "es regne", cue="sagte").reading()
    html = fragment(reading)
    assert len(html.encode()) <= 200_000
    assert reading.text.startswith(Parsed(html).text)


def nested_article(depth: int = 60) -> Reading:
    text = "".join(f"Zeuge {n} sagte, " for n in range(depth)) + "es regne."
    builder = article(text)
    for n in range(depth):
        start = text.index(f"Zeuge {n} sagte, ") + len(f"Zeuge {n} sagte, ")
        builder.says(
            f"Zeuge {n}",
            text[start:-1],
            cue="sagte",
            speaker=f"Zeuge {n}",
            within=f"s{n}" if n else None,
            after=text.index(f"Zeuge {n} "),
        )
    return builder.reading()


def test_sixty_nested_statements_are_drawn_in_three_lanes_and_counted() -> None:
    html = page([nested_article()], "de")
    parsed = Parsed(html)
    assert parsed.text == nested_article().text
    assert '<span class="more"' in html
    assert "+57" in html
    lanes = {c[0] for m in re.findall(r'class="t ([^"]*)"', html) for c in m.split() if re.fullmatch(r"[abc]\d", c)}
    assert lanes == {"a", "b", "c"}


def test_a_page_without_statements_or_articles_is_still_a_page() -> None:
    assert "Keine Aussage gefunden." in page([article("Es regnet.").reading()], "de")
    Parsed(page([], "de"))


def test_several_articles_have_a_list_of_contents() -> None:
    html = page([flood(), long_article(200), article("Es regnet.", title="Wetter").reading()], "de")
    assert html.count("<h1") == 3
    assert '<a href="#a3">Wetter</a>' in html


def test_damage_without_extent_and_at_the_end_has_its_card() -> None:
    text = "Er sagte: „Komm. Dann ging er."
    html = page(
        [article(text).damaged("", "unclosed_quotation", after=len(text)).damaged("", "lost_space", after=10).reading()]
    )
    parsed = Parsed(html)
    assert {h[1:] for h in parsed.hrefs} <= set(parsed.ids)
    assert html.count('class="k d"') == 2


def test_write_gives_the_page() -> None:
    out = io.StringIO()
    write(iter([flood()]), out, Look(tongue="de"))
    assert out.getvalue() == page([flood()], "de")


def test_notebooks_show_the_fragment() -> None:
    reading = flood()
    assert reading._repr_html_() == fragment(reading)
    assert "<html" not in fragment(reading)


def test_a_page_names_no_folders() -> None:
    assert "geheim" not in page([article("Es regnet.", origin="/home/geheim/wetter.txt").reading()])
    assert "wetter.txt" in page([article("Es regnet.", origin="/home/geheim/wetter.txt").reading()])
