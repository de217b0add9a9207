"""How does a network over an encoder from a hub get into a folder that reportedly reads with? Encoder, heads, card.

    python -m lab.train.network.hubexport FILE.pt --out FOLDER --licence "CC BY 4.0" --learned-from "our gold" [--settings FILE]

`FILE.pt` comes from `finetune --encoder`; `--settings` names a file with what `choose` printed last. Read with it by
`--weights hub:FOLDER`.
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

from lab.train.network.finetune import load
from lab.train.network.hubencoder import HubEncoder
from lab.train.network.model import Net
from reportedly import __version__
from reportedly.reading.statements.learned.hub import CARD, ENCODER, HEADS, files_of, sha256
from reportedly.weights.mapped import write_arrays


def export(net: Net, folder: Path, *, licence: str, data: list[str], made: str, settings: str = "{}") -> None:
    """Write the folder; an earlier export there is replaced. Raises ValueError for our own encoder, and where something
    else lies in the way."""
    encoder = net.encoder
    if not isinstance(encoder, HubEncoder):
        raise ValueError("this network was not trained with --encoder: there is nothing from a hub to export")
    json.loads(settings)
    if (folder / ENCODER).exists() and not (folder / CARD).exists():
        raise ValueError(
            f"{folder}: it holds a folder {ENCODER} that is no export of ours; name another folder, or remove it"
        )
    (folder / ENCODER).mkdir(parents=True, exist_ok=True)
    for old in list(files_of(folder)):
        old.unlink(missing_ok=True)
    encoder.model.save_pretrained(folder / ENCODER)
    encoder.tokenizer.save_pretrained(folder / ENCODER)
    write_arrays(folder / HEADS, net.arrays(), {"settings": settings})
    lines = [
        f"# A network over an encoder from a hub, for reportedly --weights hub:{folder.name}",
        f"sha256 = {_quoted(sha256(folder / HEADS))}",
        f"licence = {_quoted(licence)}",
        f"data = [{', '.join(map(_quoted, data))}]",
        'language = "de"',
        f"made = {_quoted(made)}",
        f"version = {_quoted(__version__)}",
        'script = "lab/train/network/hubexport.py"',
        "",
        "[encoder]",
        f"name = {_quoted(Path(encoder.name).name if Path(encoder.name).exists() else encoder.name)}",
        "",
        "[encoder.sha256]",
        *(
            f"{_quoted(p.relative_to(folder).as_posix())} = {_quoted(sha256(p))}"
            for p in files_of(folder)
            if p.name != HEADS
        ),
    ]
    (folder / CARD).write_text("\n".join(lines) + "\n", "utf-8")


def _quoted(text: str) -> str:
    """A string of TOML; JSON writes the same."""
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("network", type=Path, help="what finetune --encoder wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--licence", required=True, help="under which the folder may be passed on: mind that of the encoder"
    )
    parser.add_argument("--learned-from", required=True, action="append", help="a corpus; may be given again")
    parser.add_argument("--settings", type=Path, help="what choose printed last")
    options = parser.parse_args()
    settings = options.settings.read_text("utf-8").strip() if options.settings else "{}"
    try:
        net = load(options.network)
        today = datetime.date.today().isoformat()
        export(net, options.out, licence=options.licence, data=options.learned_from, made=today, settings=settings)
    except ValueError as problem:
        print(problem)
        return 2
    size = sum(p.stat().st_size for p in files_of(options.out))
    print(f"{options.out}: {size / 1e6:,.1f} MB; reportedly read --weights hub:{options.out} ARTICLE")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
