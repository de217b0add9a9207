"""Who accuses, warns, demands or denies? The statements whose cue is more than neutral, grouped by what it does."""

import sys
from pathlib import Path

import reportedly
from reportedly.example import example_text

WANTED = ("accusing", "critical", "denial", "demand", "warning")

texts = [Path(name).read_text("utf-8") for name in sys.argv[1:]] or [example_text()]

for text in texts:
    reading = reportedly.read(text)
    for cue_class in WANTED:
        for statement in reading.statements:
            if statement.cue_class == cue_class:
                speaker = reading.speaker_of(statement)
                cue = " … ".join(span.of(text) for span in statement.cue)
                said = " … ".join(span.of(text) for span in statement.content)
                print(f"{cue_class:9} {speaker.name if speaker else '?'}: {cue}: {said}")
