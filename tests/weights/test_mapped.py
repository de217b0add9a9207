"""Do arrays come back from a weight file as they went in, and is a damaged file told from a whole one?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportedly.weights.mapped import read_arrays, write_arrays

ARRAYS = {
    "b.half": np.arange(7, dtype=np.float16),
    "a.full": np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4),
    "shape.c": np.array([1, 2, 4]),
    "none": np.zeros((0, 5), np.float32),
}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_arrays(tmp_path / "w.safetensors", ARRAYS, {"settings": "{}"})
    found, meta = read_arrays(tmp_path / "w.safetensors")
    assert meta == {"settings": "{}"}
    assert set(found) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def test_arrays_are_views_of_the_file_and_cannot_be_changed(tmp_path: Path) -> None:
    write_arrays(tmp_path / "w.safetensors", ARRAYS, {})
    found, _ = read_arrays(tmp_path / "w.safetensors")
    assert isinstance(found["a.full"].base, np.ndarray)
    with pytest.raises(ValueError, match="read-only"):
        found["a.full"][0, 0] = 3


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    write_arrays(tmp_path / "one", ARRAYS, {"b": "1", "a": "2"})
    write_arrays(tmp_path / "two", dict(reversed(ARRAYS.items())), {"a": "2", "b": "1"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("keep", [0, 4, 30, -3])
def test_a_file_cut_short_is_no_weight_file(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "w.safetensors"
    write_arrays(path, ARRAYS, {})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"header|fit|Expecting|Unterminated|empty"):
        read_arrays(path)


def test_the_library_of_the_format_reads_it_too(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors.numpy", reason="safetensors is not installed")
    path = tmp_path / "w.safetensors"
    write_arrays(path, ARRAYS, {"by": "us"})
    found = library.load_file(path)
    assert all(np.array_equal(found[name], a) for name, a in ARRAYS.items())
    library.save_file({k: v.copy() for k, v in ARRAYS.items()}, path)
    ours, _ = read_arrays(path)
    assert all(np.array_equal(ours[name], a) for name, a in ARRAYS.items())
