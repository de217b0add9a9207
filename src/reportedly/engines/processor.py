"""Which matrix kernels suit this processor? OpenBLAS, which comes with numpy, takes those of 2013 for processors it does not know yet.

Measured (docs/performance.md): an EPYC of 2024 gets kernels for Haswell, 115 of the 216 thousand million operations a second that one of
its cores does with those for AVX-512. Which are taken is settled when numpy is loaded, by an environment variable and nothing else.
"""

from __future__ import annotations

from pathlib import Path

VARIABLE = "OPENBLAS_CORETYPE"
_WIDE = frozenset(["avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"])


def kernels(told: str) -> str | None:
    """What `VARIABLE` should say on the processor that Linux tells this of (/proc/cpuinfo); None: leave the choice alone.

    >>> kernels("vendor_id : AuthenticAMD\\nflags : fma avx512f avx512cd avx512bw avx512dq avx512vl\\n")
    'SkylakeX'
    """
    fields = {
        name.strip(): value for name, _, value in (line.partition(":") for line in told.split("\n\n")[0].split("\n"))
    }
    amd = fields.get("vendor_id", "").strip() == "AuthenticAMD"
    return "SkylakeX" if amd and set(fields.get("flags", "").split()) >= _WIDE else None


def kernels_here() -> str | None:
    """The same for the processor we run on."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
            return kernels(file.read(16_384))
    except OSError:
        return None
