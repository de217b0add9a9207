"""How well do networks of ours read Bundestag speeches? From raw text to the figures: `make speeches`.

    python -m lab.train.network.parliament --data ../shared/data --room build/weights

Pretraining, one network a seed, then all of them read as one, with lines walked along on dev. What is finished is not made
again; what was interrupted goes on. Four hours on one core that has products of half precision.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from lab.corpora import DEFAULT_FOLDER, CorpusMissing
from lab.train.network.line import pretrained, run, trained
from lab.train.network.recipes import RECIPES

SWEEP = (
    "least=.5,.55,.6,.65,.7;Message=.45,.5,.55,.6;Source=.3,.4,.5,.6;Topic=.5,.6,.7;Addr=.3,.4,.5,.6;Medium=.2,.3,.4,.5;PTC=.3,.5;"
    "message_ends=0,.2,.4;source_ends=.3,.5,.7;doubt=.6,.8,1.2;turn=0,.5,2;alone=.7,.85;"
    "least=.5,.55,.6,.65;Message=.45,.5,.55,.6;Source=.3,.4,.5,.6;Topic=.4,.5,.6"
)
"""Twice around, as the lines hang on each other."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--room", type=Path, default=Path("build/weights"))
    parser.add_argument("--start", type=Path, help="a pretrained encoder, instead of making one")
    o = parser.parse_args(arguments)
    o.room.mkdir(parents=True, exist_ok=True)
    try:
        start = o.start or pretrained("speeches", o.data, o.room)
        seeds = range(1, RECIPES["speeches"]["networks"] + 1)
        nets = [trained("speeches", o.data, o.room, start, seed) for seed in seeds]
        for chosen in ([nets[0]], nets):
            run("speeches", *chosen, "--data", o.data, "--sweep", SWEEP)
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
