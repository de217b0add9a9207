"""How well are times, figures and places read? `python lab/facts_scores.py [DATA]` (DATA: the corpus folder).

Three outside measures, none of them trained on: KRAUTS (German news with TIMEX3), the German specifications of
Recognizers-Text, and whether aligned English and German sentences of WMT name the same figures. Corpora stay where
they are; nothing of them is copied.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reportedly.languages import load
from reportedly.model.article import Article
from reportedly.reading.analysis import analyse
from reportedly.reading.facts import calendar, find_facts
from reportedly.reading.facts.moments import find_moments
from reportedly.reading.facts.numbers import numerals_of

GERMAN = load("de")
Gold = tuple[int, int, str, str, str | None]  # start, end, type, value, mod


def texts(archive: Path, part: str) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            file = tar.extractfile(member) if member.isfile() and part in member.name else None
            if file:
                yield member.name, file.read().decode("utf-8-sig", "replace")


def timeml(source: str) -> tuple[str, date | None, list[Gold]]:
    """Text, day of publication and TIMEX3 marks of a TimeML file; empty marks (implicit times) are left out."""
    created = re.search(r"CREATION_TIME[^>]*>", source)
    value = re.search(r' value="([\d-]{10})', source[: created.end()].rsplit("<TIMEX3", 1)[-1]) if created else None
    body = source.split("<TEXT>", 1)[-1].rsplit("</TEXT>", 1)[0]
    body = re.sub(r"<TIMEX3[^>]*/>", "", body)
    out, at, gold, open_ = [], 0, [], []
    for m in re.finditer(r"<(/?)TIMEX3([^>]*)>", body):
        out.append(unescape(body[at : m.start()]))
        at, place = m.end(), sum(map(len, out))
        if m[1]:
            if open_:
                start, marks = open_.pop()
                kind, val, mod = (re.search(rf'\b{k}="([^"]*)"', marks) for k in ("type", "value", "mod"))
                gold.append((start, place, kind[1] if kind else "", val[1] if val else "", mod[1] if mod else None))
        else:
            open_.append((place, m[2]))
    out.append(unescape(body[at:]))
    return "".join(out), calendar.day_of(value[1]) if value else None, sorted(gold)


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


_LEAD = re.compile(
    r"(?:(?:am|an|im|in|zum|zur|zu|seit|ab|von|vom|bis|vor|nach|gegen|um|für|während|aus|über|schon|noch|erst|bereits|kurz|zwischen|jahre?s?n?|den|dem|der|des|die|das)\s+)+",
    re.IGNORECASE,
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_PARTS = {"MO": "06:00-10:00", "MI": "11:00-14:00", "AF": "13:00-18:00", "EV": "18:00-22:00", "NI": "22:00-06:00"}


def ours(value: str, mod: str | None) -> set[str]:
    """A TIMEX3 value as the values that say the same in our record."""
    value = value.replace("_", "-")
    where = {"START": "start", "MID": "middle", "END": "end"}.get(mod or "")
    found = {value}
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", value):
        found = {calendar.months(int(m[1]), _SEASONS[m[2]], 3)}
        if m[2] == "WI":
            found.add(calendar.months(int(m[1]) - 1, 12, 3))
    elif m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        found = {calendar.months(int(m[1]), int(m[2]) * 3 - 2, 3)}
    elif m := re.fullmatch(r"(\d{4})-W(\d\d)-WE", value):
        days = [date.fromisocalendar(int(m[1]), int(m[2]), n).isoformat() for n in (6, 7)]
        found = {"/".join(days)}
    elif re.fullmatch(r"\d{3}", value):
        found = {f"{value}0/{value}9"}
    elif re.fullmatch(r"\d{2}", value):
        found = {calendar.century(int(value) + 1)}
    elif m := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(MO|MI|AF|EV|NI)", value):
        day = calendar.day_of(m[1])
        found = {calendar.part_of_day(day, _PARTS[m[2]]) or ""} if day else found
    return found | ({calendar.edge(v, where) or v for v in found} if where else set())


def krauts(data: Path) -> list[tuple[str, str]]:
    """Spans and values on KRAUTS. Calendar: DATE and TIME with a value that names one (no "now", "früher", XXXX)."""
    c: Counter[str] = Counter()
    for _, source in texts(data / "time" / "krauts.tar.xz", ".tml"):
        text, anchor, gold = timeml(source)
        paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text)]
        found = list(
            find_moments(text, paragraphs, [m.end() for m in re.finditer(r"[.!?](?=\s)", text)], anchor, GERMAN)
        )
        calendar_gold = [g for g in gold if g[2] in ("DATE", "TIME") and re.match(r"\d", g[3])]
        c["gold"] += len(calendar_gold)
        c["gold-all"] += len(gold)
        c["found"] += len(found)
        bare = [(f.span.start + (m.end() if (m := _LEAD.match(f.span.of(text))) else 0), f.span.end) for f in found]
        for f, place in zip(found, bare, strict=True):
            near = [g for g in gold if g[0] < f.span.end and f.span.start < g[1]]
            c["found-relaxed"] += bool(near)
            c["found-strict"] += any(
                (_strip(text, g[0], g[1])) == place or g[:2] == (f.span.start, f.span.end) for g in near
            )
            if not near:
                c["false:" + f.by] += 1
        for g in calendar_gold:
            near_found = [i for i, f in enumerate(found) if g[0] < f.span.end and f.span.start < g[1]]
            c["relaxed"] += bool(near_found)
            exact = [
                i
                for i in near_found
                if bare[i] == _strip(text, g[0], g[1]) or (found[i].span.start, found[i].span.end) == g[:2]
            ]
            c["strict"] += bool(exact)
            if near_found:
                values = {v for i in near_found if (v := found[i].value)}
                several = {
                    v
                    for i in near_found
                    if (v := found[i].value)
                    and sum(o[0] < found[i].span.end and found[i].span.start < o[1] for o in calendar_gold) > 1
                }
                right = bool(values & ours(g[3], g[4])) or any(within(g[3], v) for v in several)
                c["value"] += right
                if VERBOSE and not right:
                    print(
                        "VALUE",
                        anchor,
                        repr(text[max(0, g[0] - 40) : g[1] + 30]),
                        g[3],
                        g[4],
                        [(found[i].span.of(text), found[i].value) for i in near_found],
                    )
            elif VERBOSE:
                print("MISSED", repr(text[max(0, g[0] - 40) : g[1] + 30]), text[g[0] : g[1]], g[3])
        if VERBOSE:
            for f in found:
                if not any(g[0] < f.span.end and f.span.start < g[1] for g in gold):
                    print("FALSE", f.by, f.span.of(text), "|", repr(text[max(0, f.span.start - 40) : f.span.end + 30]))
    rows = []
    for kind in ("relaxed", "strict"):
        p, r = c[f"found-{kind}"] / c["found"], c[kind] / c["gold"]
        rows.append((f"KRAUTS calendar times, spans {kind}", f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r):.3f}"))
    rows.append(
        ("KRAUTS values, of the times found", f"{c['value'] / c['relaxed']:.3f}  ({c['value']} of {c['relaxed']})")
    )
    rows.append(
        (
            "KRAUTS values, of all times",
            f"{c['value'] / c['gold']:.3f}  ({c['gold']} times, {c['gold-all']} marks in all)",
        )
    )
    return rows


def within(value: str, interval: str) -> bool:
    """One interval of ours stands for several marks of theirs ("von 1983 bis 1990"): each must lie in it."""
    first, last = interval.split("/")[0], interval.split("/")[-1]
    return first <= value <= last or value in (first, last)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    m = _LEAD.match(text[start:end])
    return (start + (m.end() if m and m.end() < end - start else 0), end)


def recognizers(data: Path) -> list[tuple[str, str]]:
    rows = []
    specs = {
        name: json.loads(text)
        for name, text in texts(data / "time" / "recognizers-specs.tar.xz", "/German/")
        if name.endswith(".json")
    }
    find = {name.split("Specs/")[-1]: cases for name, cases in specs.items()}
    dates = right = values = 0
    for case in find["DateTime/German/DateTimeModel.json"]:
        text, anchor = case["Input"], calendar.day_of(case.get("Context", {}).get("ReferenceDateTime"))
        found = list(find_moments(text, [(0, len(text))], [len(text)], anchor, GERMAN))
        for gold in case["Results"]:
            kind = gold["TypeName"].split(".")[-1]
            if kind not in ("date", "daterange", "datetime", "time", "datetimerange", "timerange"):
                continue
            dates += 1
            near = [f for f in found if f.span.start <= gold["End"] and gold["Start"] < f.span.end]
            right += bool(near)
            wanted = {r.get("value", "")[:10] for r in gold["Resolution"]["values"]} | {
                r.get("start", "")[:10] for r in gold["Resolution"]["values"]
            }
            clocks = {
                w[:5]
                for r in gold["Resolution"]["values"]
                for w in (r.get("value", ""), r.get("start", ""))
                if re.match(r"\d\d:\d\d", w)
            }
            clocks |= {f"{(int(w[:2]) + 12) % 24:02}{w[2:]}" for w in clocks}
            ok = any(
                f.value and (first_day(f.value) in wanted or f.value[:10] in wanted or f.value[11:16] in clocks)
                for f in near
            )
            values += ok
            if VERBOSE and not ok:
                print(
                    "SPEC",
                    anchor,
                    repr(text),
                    gold["Text"],
                    gold["Resolution"]["values"][-1],
                    [(f.span.of(text), f.value) for f in found],
                )
    rows.append(("Recognizers dates and times, found", f"{right / dates:.3f}  ({right} of {dates})"))
    rows.append(("Recognizers dates and times, value right", f"{values / dates:.3f}  ({values} of {dates})"))
    for name, label in (
        ("Number/German/NumberModel.json", "numbers"),
        ("Number/German/PercentModel.json", "percentages"),
        ("NumberWithUnit/German/CurrencyModel.json", "money"),
        ("NumberWithUnit/German/DimensionModel.json", "dimensions"),
        ("NumberWithUnit/German/TemperatureModel.json", "temperatures"),
    ):
        total = good = 0
        for case in find[name]:
            text = case["Input"]
            numbers = [
                n.value
                for n in numerals_of(GERMAN).scan(text, 0, len(text))
                if n.kind in ("cardinal", "fraction", "article", "compound", "vague")
            ]
            for gold in case["Results"]:
                value = (gold.get("Resolution") or {}).get("value")
                if value is None:
                    continue
                total += 1
                wanted = float(value.rstrip("%").replace(".", "").replace(",", "."))
                ok = any(abs(n - wanted) <= 1e-3 * max(1, abs(wanted)) for n in numbers)
                good += ok
                if VERBOSE and not ok:
                    print("SPEC", label, repr(text), value, numbers)
        rows.append((f"Recognizers {label}, value found", f"{good / total:.3f}  ({good} of {total})"))
    return rows


def first_day(value: str) -> str:
    first = value.split("/")[0]
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", first):
        return date.fromisocalendar(int(m[1]), int(m[2]), 1).isoformat()
    return first[:10] + "-01-01"[len(first) - 4 :] if len(first) < 10 else first[:10]


_ENGLISH = re.compile(
    r"(?<![\w.,:/])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[ -]?(hundred|thousand|million|billion|trillion|mln|bn|m|k)\b(?! (?:long|wide|high|tall|deep)))?",
    re.IGNORECASE,
)
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_ENGLISH_CLOCK = re.compile(
    r"(?<![\w.,:/$£€])(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b\.?|(?<![\w.,:/])(\d{1,2}):(\d\d)(?!\d)", re.IGNORECASE
)
_GERMAN_CLOCK = re.compile(r"(?<![\w.,:/])(\d{1,2})(?:[:.](\d\d))?\s?Uhr\b|(?<![\w.,:/])(\d{1,2}):(\d\d)(?!\d)")


def english(text: str) -> list[float]:
    """The digit figures of an English sentence: scale words multiplied in, clock times as hour and minute of 24."""
    found: list[float] = []

    def clock(m: re.Match[str]) -> str:
        hour, minute = int(m[1] or m[4]), int(m[2] or m[5] or 0)
        late = (m[3] or "").lower()
        found.append(float(hour % 12 + 12 if late == "p" else hour % 12 if late == "a" else hour))
        found.extend([float(minute)] if minute else [])
        return " "

    text = _ENGLISH_CLOCK.sub(clock, text)
    for m in _ENGLISH.finditer(text):
        scale = _SCALES.get((m[2] or "").lower(), 1)
        found.append(round(float(m[1].replace(",", "")) * scale, 6))
    return found


def german(text: str) -> list[float]:
    """The digit figures of a German sentence as our numerals read them; clock times as hour and minute."""
    found: list[float] = []

    def clock(m: re.Match[str]) -> str:
        minute = int(m[2] or m[4] or 0)
        found.append(float(m[1] or m[3]))
        found.extend([float(minute)] if minute else [])
        return " "

    text = _GERMAN_CLOCK.sub(clock, text)
    numerals = [n for n in numerals_of(GERMAN).scan(text, 0, len(text)) if n.digits]
    for n in numerals:
        if (
            n.kind == "date"
            and re.fullmatch(r"\d{1,2}\.\d\d?", text[n.start : n.end])
            and text[n.end : n.end + 1] == "."
        ):
            found += [float(p) for p in text[n.start : n.end].split(".")]
        else:
            found.append(round(n.value, 6))
    places = [(n.start, n.end) for n in numerals]
    for m in re.finditer(r"(?<![\w.,:/])\d+(?:[.,]\d+)*", text):  # scores, numbers glued to letters
        if not any(a < m.end() and m.start() < b for a, b in places):
            found += (
                [float(p) for p in re.split(r"[.,]", m[0])]
                if m[0].count(".") > 1
                else [float(m[0].replace(",", ".").rstrip("."))]
                if m[0].count(".") + m[0].count(",") < 2
                else []
            )
    return found


def agreement(data: Path) -> list[tuple[str, str]]:
    """Do English and German sides of a news segment name the same figures? References by people only."""
    files = dict(texts(data / "wmt-de-en" / "wmt22-23.tar.xz", "/txt/"))
    c: Counter[str] = Counter()
    for name, source in files.items():
        m = re.search(r"/sources/(.*)\.src\.(en|de)$", name) or re.search(r"/sources/([^/]*)\.(en|de)$", name)
        if not m:
            continue
        target = "de" if m[2] == "en" else "en"
        reference = next(
            (
                f
                for n, f in sorted(files.items())
                if f"/references/{m[1]}" in n and n.endswith("." + target) and name.split("/txt/")[0] in n
            ),
            None,
        )
        if reference is None:
            continue
        for a, b in zip(source.splitlines(), reference.splitlines(), strict=False):
            en, de = (a, b) if m[2] == "en" else (b, a)
            english_figures, german_figures = english(en), german(de)
            if not english_figures and not german_figures:
                continue
            left, right = Counter(english_figures), Counter(german_figures)
            shared = sum((left & right).values())
            c["en"] += left.total()
            c["de"] += right.total()
            c["shared"] += shared
            c["segments"] += 1
            c["equal"] += left == right
            if VERBOSE and left != right:
                print(
                    "WMT",
                    sorted((left - right).elements()),
                    sorted((right - left).elements()),
                    "|",
                    en[:300],
                    "|",
                    de[:300],
                )
    return [
        ("WMT English digit figures found in German", f"{c['shared'] / c['en']:.3f}  ({c['en']})"),
        ("WMT German digit figures found in English", f"{c['shared'] / c['de']:.3f}  ({c['de']})"),
        ("WMT segments whose figures agree exactly", f"{c['equal'] / c['segments']:.3f}  ({c['segments']})"),
    ]


def articles(data: Path, count: int) -> None:
    """Print the facts of some news articles, for reading with one's own eyes."""
    import lzma

    with lzma.open(data / "news-de" / "open.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % STEP:
                continue
            record = json.loads(line)
            if count == 0:
                return
            count -= 1
            show(record["text"], record.get("published"))


def show(text: str, published: str | None) -> None:
    article = Article(text, published=published)
    facts = find_facts(article, analyse(article, (), GERMAN), GERMAN)
    lines = [(m.span, f"T {m.value} {'' if m.resolved else '?'} {m.by.split('#')[-1]}") for m in facts.moments]
    lines += [(p.span, f"P {p.name} {p.country}") for p in facts.places]
    lines += [(q.span, f"Q {q.value} [{q.min}, {q.max}] {q.relation} {q.noun} {q.unit}") for q in facts.quantities]
    print(f"--- {published}")
    for span, what in sorted(lines, key=lambda x: x[0]):
        print(
            f"  …{text[max(0, span.start - 40) : span.start]}[{span.of(text)}]{text[span.end : span.end + 30]}…  {what}".replace(
                "\n", " "
            )
        )


VERBOSE = "-v" in sys.argv
STEP = 1303


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    data = Path(arguments[0] if arguments else "../shared/data")
    if "--articles" in sys.argv:
        articles(data, int(arguments[1]) if len(arguments) > 1 else 20)
        return
    for label, figure in [*krauts(data), *recognizers(data), *agreement(data)]:
        print(f"{label:45} {figure}")


if __name__ == "__main__":
    main()
