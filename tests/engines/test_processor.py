"""Is the processor told apart whose kernels OpenBLAS does not choose well, and is the user's own choice left alone?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reportedly.engines.processor import VARIABLE, kernels, kernels_here

WIDE = "fpu sse2 avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl"


@pytest.mark.parametrize(
    ("vendor", "flags", "expected"),
    [
        ("AuthenticAMD", WIDE, "SkylakeX"),
        ("AuthenticAMD", "fpu sse2 avx2 fma", None),
        ("AuthenticAMD", WIDE.replace(" avx512vl", ""), None),
        ("GenuineIntel", WIDE, None),
    ],
)
def test_only_where_openblas_chooses_badly(vendor: str, flags: str, expected: str | None) -> None:
    told = f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: {flags}\nbugs\t\t: none\n\nprocessor\t: 1\n"
    assert kernels(told) == expected
    assert kernels("") is None


def test_the_command_line_sets_it_and_leaves_what_is_set() -> None:
    code = f"import os; from reportedly.cli import quick_kernels; quick_kernels(); print(os.environ.get({VARIABLE!r}))"
    bare = {name: value for name, value in os.environ.items() if name != VARIABLE}
    for given, expected in ((bare, str(kernels_here())), ({**bare, VARIABLE: "Haswell"}, "Haswell")):
        done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected
