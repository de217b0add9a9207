"""Who does the work, when one machine is not enough? The machines of a Dask cluster, each with processes as `engines` has them."""

from __future__ import annotations

from reportedly.cluster.engine import ClusterEngine, is_cluster
from reportedly.cluster.joining import join

__all__ = ["ClusterEngine", "is_cluster", "join"]
