"""Writes archives/postgresN.sql.gz: an archive with today's tables, as later versions must still open it.

python tests/store/old_postgres.py        run it in the version that brings new tables, never again for an older one
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fakes import flood  # noqa: E402
from pgserver import USER, binaries, clean, server  # noqa: E402
from reportedly.archive import Archive  # noqa: E402
from reportedly.languages import load  # noqa: E402
from reportedly.languages.searching import searching_of  # noqa: E402
from reportedly.model.article import Refusal  # noqa: E402
from reportedly.store.postgres import PostgresStore  # noqa: E402
from reportedly.store.postgres.connection import VERSION  # noqa: E402

AT = "2024-06-05T08:00:00+00:00"


def main() -> None:
    """One article, two judgements, one refusal."""
    store = PostgresStore(clean(), searching_of(load("de")))
    store.write(flood(), AT)
    store.refuse(Refusal("leer.txt", "is empty"), AT)
    archive = Archive(store, clock=lambda: AT)
    id_ = flood().article.id
    archive.judge((id_, "s3"), "reject", by="mk", why="Ironie")
    archive.judge((id_, "s8"), "speaker", by="mk", speaker="Maike Thoms")
    archive.match_speakers()
    store.close()
    folder = binaries()
    assert folder is not None
    dump = subprocess.run(
        [str(folder / "pg_dump"), "-h", server(), "-U", USER, "--inserts", "--no-owner", "--schema=reportedly", "postgres"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lines = [line for line in dump.splitlines() if not line.startswith(("--", "\\"))]
    packed = gzip.compress("\n".join(lines).encode(), mtime=0)
    (HERE / "archives" / f"postgres{VERSION}.sql.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
