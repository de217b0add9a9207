"""Which statements should be checked against the original before they are quoted? Those that damage touches."""

import sys
from pathlib import Path

import reportedly
from reportedly.example import example_text

texts = [Path(name).read_text("utf-8") for name in sys.argv[1:]] or [example_text()]

for text in texts:
    reading = reportedly.read(text)
    damages = {f"d{number}": damage for number, damage in enumerate(reading.damages, 1)}
    for statement in reading.statements:
        for number in reading.damage_ids(statement):
            damage = damages[number]
            line = text.count("\n", 0, statement.content[0].start) + 1
            print(f"line {line}: {' … '.join(span.of(text) for span in statement.content)}")
            print(f"  {damage.kind}: {damage.cause}")
