"""What the tests of the reading room read: evil articles, nested statements, a folder of many; and a server of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from fakes import article
from reportedly.model.reading import Reading

SENTENCE = "Der Deich bei Ort {n} halte, sagte Landrätin Ilse Brandt."
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
    "<style>*{display:none}</style>", "</span></div></main><h1>Hallo</h1>", '"><script>alert(1)</script>', "'onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}", "javascript:alert(1)", "<!-- --!><script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>",
    "\u202eetulos\u202c", "\u2066links\u2069 \u200f", "\u0000\u001b[2J\u0007", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<base href='//evil.example/'>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<input autofocus onfocus=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<x " + "a=1 " * 3000 + ">", "%3Cscript%3E", "\ud800 halb",
    "<details open ontoggle=alert(1)>", "<template><script>alert(1)</script></template>", "＜script＞", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)  # fmt: skip
"""Words that want to be more than words."""


def reading_of(payload: str, n: int) -> Reading:
    """A reading in which every field says something evil."""
    text = f"Nr. {n}: „Wir sagen {payload} heute“, sagte {payload} Meier {payload}.\n\n{payload}"
    made = article(
        text,
        title=payload,
        outlet=f"Blatt {payload}",
        url=f"http://example.org/{quote(payload, errors='replace')}?{n}",
        published="2024-06-04",
        origin=f"{payload}.txt",
    )
    made.speaker(f"{payload} Meier", roles=(payload,))
    made.says(f"{payload} Meier", f"Wir sagen {payload} heute", cue="sagte", form="direct", speaker=f"{payload} Meier")
    return made.reading()


def nested(n: int) -> Reading:
    """One paragraph in which each statement holds the next one."""
    words = [f"Wort{i}" for i in range(2 * n + 2)]
    text = "Er sagte, " + " ".join(words) + "."
    made = article(text, title="Ineinander", outlet="Talbote", published="2024-06-04")
    for i in range(n):
        made.says(f"Sprecher {i % 12}", " ".join(words[i : 2 * n + 2 - i]), cue="sagte")
    return made.reading()


def folder_of(place: Path, n: int) -> Path:
    """A new folder of small articles."""
    place.mkdir()
    for i in range(n):
        (place / f"{i:03}.txt").write_text(SENTENCE.format(n=i), "utf-8")
    return place


def served(path: Path) -> tuple[subprocess.Popen[str], str]:
    """The command itself in a process of its own, and the address that it tells."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "reportedly", "serve", str(path), "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    return process, process.stdout.readline().strip()
