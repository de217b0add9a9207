"""Articles of our own and tiny encoders, saved as a hub would give them: for the tests of what needs reportedly[hub]."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs reportedly[hub]")
transformers = pytest.importorskip("transformers", reason="needs reportedly[hub]")

ARTICLES = (
    "Die Brücke bleibt bis Mai gesperrt. „Wir haben zu spät gewarnt“, räumte Bürgermeisterin Ilse Brandt ein. Sie werde den "
    "Bericht abwarten.",
    "Laut Polizei wurde niemand verletzt. Der Sprecher der Feuerwehr sagte, das Tor habe geklemmt. Die Ursache ist unklar.",
    "Die Ministerin kündigte an, die Gebühren zu senken. „Das hilft den Familien“, sagte Petra Lindner am Montag in Seeburg.",
    "Nach Angaben des Landesamts seien die Pegel gefallen. Till Rabe erklärte: „Das Schlimmste ist vorbei.“ Der Hafen öffnet "
    "wieder.",
)
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 48}


def tiny_bert(folder: Path, places: int = 64) -> Path:
    """WordPiece over the words of the articles; longer words and unknown ones come in pieces."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    words = {w for text in ARTICLES for w, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text)}
    letters = {c for w in words for c in w}
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(letters), *sorted("##" + c for c in letters)]
    pieces += sorted(w for w in words if 1 < len(w) < 7)
    ids = {piece: i for i, piece in enumerate(pieces)}
    made = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    made.decoder = decoders.WordPiece()
    made.normalizer = normalizers.BertNormalizer(lowercase=False)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {
        name: f"[{name[:-6].upper()}]" for name in ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    }
    transformers.PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=places, **names).save_pretrained(
        folder
    )
    config = transformers.BertConfig(vocab_size=len(ids), max_position_embeddings=places, **SMALL)
    torch.manual_seed(0)
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def tiny_roberta(folder: Path, places: int = 64) -> Path:
    """Works on bytes and counts its places from behind the padding sign: the other great family."""
    from tokenizers import ByteLevelBPETokenizer

    made = ByteLevelBPETokenizer()
    signs = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    made.train_from_iterator(ARTICLES, vocab_size=400, special_tokens=signs, show_progress=False)
    folder.mkdir(parents=True, exist_ok=True)
    made.save_model(str(folder))
    tokenizer = transformers.RobertaTokenizerFast.from_pretrained(str(folder), add_prefix_space=True)
    tokenizer.save_pretrained(folder)
    config = transformers.RobertaConfig(
        vocab_size=made.get_vocab_size(), max_position_embeddings=places + 2, pad_token_id=1, **SMALL
    )
    torch.manual_seed(0)
    transformers.RobertaModel(config).save_pretrained(folder)
    return folder


def labelled() -> list[Any]:
    """The articles, to be learned from: as right counts what the tables find in them."""
    from lab.train.network.articles import Known, Labelled, analysed

    from reportedly.reading.statements.learned.shape import PARTS

    out = []
    for number, text in enumerate(ARTICLES):
        _, words, tables = analysed(text)
        known = [Known(o, o.first) for o in tables]
        out.append(Labelled(f"a{number}", "ours", text, words, tables, known, frozenset(PARTS)))
    return out


def options(out: Path, encoder: Path, *more: str) -> argparse.Namespace:
    """Those of `finetune`."""
    from lab.train.network.finetune import parser

    return parser().parse_args(["--line", "open", "--encoder", str(encoder), "--out", str(out), "--words", "60", *more])


def training(out: Path, encoder: Path, *more: str) -> Any:
    """What `finetune` makes before it runs."""
    from lab.train.network.finetune import Training, network

    o = options(out, encoder, *more)
    torch.manual_seed(o.seed)
    return Training(o, labelled(), network(o.drop, o.encoder))
