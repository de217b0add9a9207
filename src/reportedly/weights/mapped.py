"""How do arrays lie in a weight file? In the safetensors format: a header in JSON, then plain numbers, mapped into memory.

Format: 8 bytes length of the header (little-endian), the header (name -> dtype, shape, first and last byte), the
numbers. Nothing in it can be executed. The library of the format copies every array into memory; here the file is
mapped, so that a big table costs only the rows that are looked up, and all processes share it (decision 0008).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

DTYPES: dict[str, np.dtype[Any]] = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4"), "I64": np.dtype("<i8")}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
_LONGEST_HEADER = 1 << 20


def read_arrays(path: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """All arrays of a file by name, read-only views of the file itself, and its metadata. Raises ValueError, OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(_LONGEST_HEADER, size - 8):
            raise ValueError("it does not begin with a header")
        header = json.loads(file.read(length))
    mapped = np.memmap(path, np.uint8, "r")
    data = mapped[8 + length :]
    meta = header.pop("__metadata__", {})
    out = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        dtype, shape = DTYPES[entry["dtype"]], tuple(entry["shape"])
        if last > len(data) or last - first != dtype.itemsize * int(np.prod(shape, dtype=np.int64)):
            raise ValueError(f"the array {name} does not fit into it")
        out[name] = data[first:last].view(dtype).reshape(shape)
    return out, meta


def write_arrays(path: Path, arrays: dict[str, np.ndarray], meta: dict[str, str]) -> None:
    """Write a file that `read_arrays` and the safetensors library read. The same input gives the same bytes."""
    header: dict[str, object] = {"__metadata__": dict(sorted(meta.items()))}
    parts, at = [], 0
    # wide numbers first, so that every array begins where its numbers may begin
    order = sorted(arrays, key=lambda name: (-arrays[name].dtype.itemsize, name))
    for name in order:
        a = np.ascontiguousarray(arrays[name])
        part = a.tobytes()
        header[name] = {
            "dtype": NAMES[a.dtype.newbyteorder("<")],
            "shape": list(a.shape),
            "data_offsets": [at, at + len(part)],
        }
        parts.append(part)
        at += len(part)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))
