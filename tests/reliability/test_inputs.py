"""Damaged inputs of every kind: whatever comes, there are articles or refusals, in bounded time and memory, and nothing is raised."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from collections import Counter

import pytest

from promises import new_peak, peak, promise, times
from reportedly.intake import take_in, take_in_from
from reportedly.model.article import Article, Refusal
from webarchive import archive, page

SEED = 2026
COUNT = times(400, 5_000)
TEXT = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt. „Wir bauen neu“, sagte Ilse Brandt."
ENTRY = f"<item><title>Brücke</title><link>https://talbote.example/1</link><description><![CDATA[<p>{TEXT * 6}</p>]]></description></item>"


def wacz() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", b"{}")
        packed.writestr("archive/data.warc.gz", archive(2)[0])
    return out.getvalue()


SEEDS = {
    "html": page(1),
    "text": TEXT.encode(),
    "warc.gz": archive(3)[0],
    "warc": archive(3, packed=False)[0],
    "wacz": wacz(),
    "rss": f'<?xml version="1.0"?><rss version="2.0"><channel><title>Talbote</title>{ENTRY * 3}</channel></rss>'.encode(),
    "sitemap": b"<urlset><url><loc>https://talbote.example/1</loc></url></urlset>",
    "opml": b'<opml><body><outline xmlUrl="https://talbote.example/rss"/></body></opml>',
    "jsonl": "\n".join([json.dumps({"text": TEXT, "title": "Brücke", "date": "2024-10-28"})] * 4).encode(),
    "json": json.dumps([{"uri": "urn:1", "versioncreated": "2024-10-28T10:00:00Z", "pubstatus": "usable", "body_html": f"<p>{TEXT}</p>"}] * 3).encode(),
    "csv": ("titel;text;datum\n" + f'Brücke;"{TEXT}";28.10.2024\n' * 4).encode(),
    "jsonl.gz": gzip.compress("\n".join([json.dumps({"text": TEXT})] * 4).encode()),
    "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Talbote</title><entry><id>1</id><link href="https://talbote.example/1"/><content type="html">&lt;p&gt;{TEXT * 6}&lt;/p&gt;</content></entry></feed>'.encode(),
    "ninjs": json.dumps({"standard": {"name": "ninjs", "version": "3.0"}, "uri": "urn:2", "versionCreated": "2024-10-28T10:00:00Z", "headlines": [{"role": "main", "value": "Brücke"}], "bodies": [{"contentType": "text/html", "value": f"<p>{TEXT * 3}</p>"}]}).encode(),
    "markdown": f"---\ntitle: Brücke\ndate: 2024-10-28\n---\n\n# Brücke\n\n> {TEXT}\n\n{TEXT * 3}\n".encode(),
    "page of a newsroom": f'''<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Brücke | Talbote</title><meta property="og:title" content="Brücke"><script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "Brücke", "datePublished": "2024-10-28T10:00:00+01:00"})}</script></head><body><nav><a href="/">Start</a></nav><article><h1>Brücke</h1><p class="lead">{TEXT}</p><figure><img src="a.jpg"><figcaption>Die Brücke</figcaption></figure><p>{TEXT * 3}</p><table><tr><td>1</td></tr></table><aside><a href="/2">Mehr</a></aside><p>{TEXT * 2}</p></article></body></html>'''.encode(),
    "addresses": b"https://talbote.example/1\nhttps://talbote.example/2\n",
}  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to six of: flip, cut, double, insert, splice with another seed."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(out) + 1)
        how = chance.randrange(6)
        if how == 0 and out:
            out[at % len(out)] ^= chance.randint(1, 255)
        elif how == 1:
            del out[at : at + chance.randint(1, 200)]
        elif how == 2:
            out[at:at] = out[at : at + 300] * chance.randint(1, 20)
        elif how == 3:
            out[at:at] = chance.choice(
                [b"\0", b"\xff", b'"', b"<", b"[", b"{", b"\r", b"]]>", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"&"]
            ) * chance.choice([1, 9, 999])
        elif how == 4:
            other = chance.choice(list(SEEDS.values()))
            begin = chance.randrange(len(other))
            out[at:at] = other[begin : begin + 400]
        else:
            del out[at:]
    return bytes(out)


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_inputs_give_articles_or_refusals(seed: str) -> None:
    chance = random.Random(f"{seed} {SEED}")
    told: Counter[str] = Counter()
    slowest = 0.0
    before = new_peak()
    with promise(f"mutated inputs: {seed}", "inputs", SEED) as tried:
        for n in range(-(-COUNT // len(SEEDS))):
            data = mutated(SEEDS[seed], chance)
            began = time.process_time()
            try:
                found = take_in_from(["-"], stdin=io.BytesIO(data), language="de") if n % 5 else [take_in(data)]
                for item in found:
                    told[type(item).__name__] += 1
                    if isinstance(item, Refusal):
                        tried.held(item.reason and "\n" not in item.reason, f"{item.reason!r}")
                    else:
                        assert isinstance(item, Article)
                        item.text.encode("utf-8")
            except Exception as error:
                tried.failed(f"{type(error).__name__}: {error}")
            slowest = max(slowest, time.process_time() - began)
            tried.once()
        grown = (peak() - before) // 1024
        tried.held(slowest < 20, f"one took {slowest:.1f} s")
        tried.held(grown < 500, f"{grown} MB")
        tried.remark(
            f"{told['Article']} articles, {told['Refusal']} refusals, slowest {slowest:.2f} s, memory +{grown} MB"
        )
