"""How does a machine become part of a cluster, and stay it when the head goes away and comes back?"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reportedly.cluster.engine import hush, missing
from reportedly.cluster.node import leave_all
from reportedly.errors import BatchError

_TRY = 10.0
"""Seconds for one try to reach the head."""


def join(
    address: str,
    processes: int,
    say: Callable[[str], None] = lambda _: None,
    patience: float = 600.0,
    host: str | None = None,
) -> None:
    """Work for the cluster at `address` with so many processes, until it has had no head for `patience` seconds. `host` is the
    address under which the others reach this machine, where it has several. Raises BatchError where the extra is missing or nobody
    answered so long."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise missing() from None
    hush()
    try:
        asyncio.run(_joined(address, processes, say, patience, host))
    finally:
        leave_all()


async def _joined(address: str, processes: int, say: Callable[[str], None], patience: float, host: str | None) -> None:
    from distributed import Worker

    place: dict[str, Any] = {"scheduler_file": address} if address.endswith(".json") else {"scheduler_ip": address}
    if "scheduler_file" in place and not os.path.exists(address):
        raise BatchError(f"{address}: does not exist; a scheduler writes it: dask scheduler --scheduler-file {address}")
    met = told = False
    until = time.monotonic() + patience
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        while True:
            left = until - time.monotonic()
            try:
                worker = await Worker(
                    **place,
                    nthreads=processes,
                    host=host,
                    memory_limit=0,
                    local_directory=folder,
                    death_timeout=min(max(left, 1.0), _TRY),
                )
            except (OSError, ValueError, TimeoutError, RuntimeError) as error:
                if left > 0:  # it may not have been started yet, or there is no way to it
                    if not (met or told):
                        say(f"{address}: no cluster answers there; waiting for it up to {patience:.0f} seconds")
                        told = True
                    await asyncio.sleep(0.5)
                    continue
                if met:
                    say(f"{address}: nobody leads the cluster any more; this machine leaves it")
                    return
                raise BatchError(
                    f"{address}: no cluster answers there ({' '.join(str(error).split())[:200]}); start its head (dask scheduler), or"
                    " check the address"
                ) from None
            met = True
            say(f"{address}: joined with {processes} processes as {worker.address}")
            try:
                await worker.finished()
            finally:
                with suppress(Exception):
                    await worker.close(timeout=1)
                await asyncio.get_running_loop().run_in_executor(None, leave_all)
            say(f"{address}: the connection to the head is lost; waiting for it up to {patience:.0f} seconds")
            until = time.monotonic() + patience
