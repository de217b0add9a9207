"""Damaged inputs of every kind: whatever comes, there are articles or refusals, in bounded time, and nothing is raised.

A few hundred in every run; `REPORTEDLY_MUTATIONS=5000` for as many as one wants.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from reportedly.intake import take_in_from
from reportedly.model.article import Article, Refusal
from webarchive import archive, page

COUNT = int(os.environ.get("REPORTEDLY_MUTATIONS", "400"))
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


def peak() -> int:
    """The most memory this process has held, in kB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_inputs_give_articles_or_refusals(seed: str) -> None:
    chance = random.Random(f"{seed} 2026")
    told: Counter[str] = Counter()
    slowest = 0.0
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = peak()
    for _ in range(max(1, COUNT // len(SEEDS))):
        data = mutated(SEEDS[seed], chance)
        began = time.process_time()
        for item in take_in_from(["-"], stdin=io.BytesIO(data), language="de"):
            told[type(item).__name__] += 1
            if isinstance(item, Refusal):
                assert item.reason
                assert "\n" not in item.reason, item.reason
            else:
                assert isinstance(item, Article)
                item.text.encode("utf-8")
        slowest = max(slowest, time.process_time() - began)
    grown = (peak() - before) // 1024
    print(f"\n{seed}: {sum(told.values())} answers {dict(told)}, slowest {slowest:.2f} s, memory +{grown} MB")
    assert slowest < 20
    assert grown < 500
