"""How does a machine become part of a cluster, and stay it when the head goes away and comes back?"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reportedly.cluster.engine import START, hush, missing
from reportedly.cluster.node import leave_all
from reportedly.errors import BatchError


def join(
    address: str,
    processes: int,
    say: Callable[[str], None] = lambda _: None,
    patience: float = 600.0,
    host: str | None = None,
) -> None:
    """Work for the cluster at `address` with so many processes, until nobody has been its head for `patience` seconds. `host` is the
    address under which the others reach this machine, where it has several. Raises BatchError where the extra is missing or nobody ever
    answered."""
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
    wait, met = min(START, patience), False
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        while True:
            try:
                worker = await Worker(
                    **place,
                    nthreads=processes,
                    host=host,
                    memory_limit=0,
                    local_directory=folder,
                    death_timeout=wait,
                )
            except (OSError, ValueError, TimeoutError, RuntimeError) as error:
                if met:
                    say(f"{address}: nobody leads the cluster any more; this machine leaves it")
                    return
                raise BatchError(
                    f"{address}: no cluster answers there ({' '.join(str(error).split())[:200]}); start its head (dask scheduler), or"
                    " check the address"
                ) from None
            met, wait = True, patience
            say(f"{address}: joined with {processes} processes as {worker.address}")
            try:
                await worker.finished()
            finally:
                with suppress(Exception):
                    await worker.close(timeout=1)
                await asyncio.get_running_loop().run_in_executor(None, leave_all)
            say(f"{address}: the connection to the head is lost; waiting for it up to {patience:.0f} seconds")
