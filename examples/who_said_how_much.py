"""Who said how much in these articles, and in which form? One line a speaker, the most quoted first."""

import sys
from collections import Counter
from pathlib import Path

import reportedly
from reportedly.example import example_text

texts = [Path(name).read_text("utf-8") for name in sys.argv[1:]] or [example_text()]

words: Counter[str] = Counter()
forms: dict[str, Counter[str]] = {}
for text in texts:
    reading = reportedly.read(text)
    for statement in reading.statements:
        speaker = reading.speaker_of(statement)
        name = speaker.name if speaker else "(nobody named)"
        words[name] += sum(len(span.of(text).split()) for span in statement.content)
        forms.setdefault(name, Counter())[statement.form] += 1

for name, count in words.most_common(8):
    kinds = ", ".join(f"{n} {form}" for form, n in forms[name].most_common())
    print(f"{count:4} words  {name:28} {kinds}")
