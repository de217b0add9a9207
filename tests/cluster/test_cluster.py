"""Does a real cluster give what one process gives, whatever is killed, and does it say what is missing?

REPORTEDLY_KILLS=50 kills fifty times, REPORTEDLY_COUNTS=1 (`make reliability`) as well; two do for every day.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

import crowd
import dasks
from promises import promise, times
from reportedly.batch import run
from reportedly.cli import app
from reportedly.cluster import ClusterEngine
from reportedly.errors import BatchError

KILLS = int(os.environ.get("REPORTEDLY_KILLS") or times(2, 50))
WHAT = ("process", "head", "machine", "host", "leader")

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dasks.Cluster]:
    """A head and two machines with a process each; where network namespaces can be made, the machines are hosts of a network."""
    with ExitStack() as stack:
        try:
            here, names = stack.enter_context(dasks.hosts(2))
        except PermissionError as error:
            print(f"no network namespaces here ({error})")
            here, names = "127.0.0.1", []
        made = dasks.Cluster(tmp_path_factory.mktemp("cluster"), here, names)
        stack.callback(lambda: print(made.said()))
        stack.callback(made.close)
        made.lead()
        made.join()
        made.join()
        made.wait(2)
        yield made


def test_the_machines_are_hosts_of_a_network(cluster: dasks.Cluster) -> None:
    if not cluster.hosts:
        pytest.skip("no network namespaces can be made here (root and `ip` are needed): machines are processes only")
    assert len({address.rpartition(":")[0] for address in cluster.wait(2)}) == 2


def inputs_in(folder: Path, articles: int) -> tuple[Path, Path]:
    """A file that is cut by places, and many small ones."""
    (folder / "in").mkdir()
    (folder / "a.jsonl").write_text(crowd.lines(0, articles), "utf-8")
    for n in range(8):
        (folder / "in" / f"{n}.txt").write_text(crowd.row(1000 + n)["text"], "utf-8")
    return folder / "a.jsonl", folder / "in"


def start(head: str, output: Path, *inputs: Path) -> subprocess.Popen[bytes]:
    """The program that leads. Its stages must be found by the machines, so the module is not the main one."""
    code = "import sys, crowd; crowd.main(sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, "--cluster", head, str(output), *map(str, inputs)],
        env={**os.environ, **dasks.QUICK, "PYTHONPATH": dasks.HERE.as_posix()},
    )


def test_killed_at_random_the_output_is_that_of_an_undisturbed_run(cluster: dasks.Cluster, tmp_path: Path) -> None:
    inputs = inputs_in(tmp_path, 40 + 4 * KILLS)
    calm = crowd.go(tmp_path / "calm", *inputs)
    chance, output, wanted = random.Random(11), tmp_path / "out", 8 + 40 + 4 * KILLS
    with promise("killed in a cluster, the output is the same", "kills", seed=11) as tried:
        leader = start(cluster.address, output, *inputs)
        deadline = time.monotonic() + 180 + 20 * KILLS
        for n in range(KILLS):
            what = WHAT[n] if n < len(WHAT) else chance.choice(WHAT)
            print(what)
            while True:
                assert time.monotonic() < deadline
                if leader.poll() is not None:
                    leader = start(cluster.address, output, *inputs)
                time.sleep(chance.uniform(0.1, 0.9))
                if victims := cluster.processes():
                    break
            if what == "process":
                dasks.ended(chance.choice(victims))
            elif what == "machine":
                cluster.kill_machine(chance.choice(cluster.machines))
                cluster.join()
            elif what == "host":
                if cluster.hosts:
                    dasks.cut_off(chance.choice(cluster.hosts), 15)
            elif what == "head":
                cluster.kill_head()
                cluster.lead()
            else:
                leader.kill()
                leader.wait()
                leader = start(cluster.address, output, *inputs)
            tried.once()
        leader.wait()
        cluster.wait(2)
        with ClusterEngineOf(cluster) as engine:
            while (last := run([str(i) for i in inputs], str(output), engine, crowd.wish(), crowd.SLOW)).quarantined:
                assert time.monotonic() < deadline
        tried.held(last.whole == calm.whole and last.whole.articles == wanted, f"{last.whole} is not {calm.whole}")
        tried.held(crowd.held(output) == crowd.held(tmp_path / "calm"), "the files are others")


class ClusterEngineOf(ClusterEngine):
    """An engine for a `with`."""

    def __init__(self, cluster: dasks.Cluster) -> None:
        self.told: list[str] = []
        super().__init__(cluster.address, self.told.append, start=30)

    def __enter__(self) -> ClusterEngineOf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def test_machines_share_a_store_and_one_with_another_version_gets_no_work(
    cluster: dasks.Cluster, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sitecustomize.py").write_text("import reportedly\nreportedly.__version__ = '0.0.9'\n")
    path, out, calm = tmp_path / "a.jsonl", tmp_path / "out", tmp_path / "calm"
    path.write_text(crowd.lines(0, 24) + "{ kaputt\n", "utf-8")
    machine = cluster.join({"PYTHONPATH": str(tmp_path / "other")})
    try:
        cluster.wait(3)
        with ClusterEngineOf(cluster) as engine:
            report = run([f"file://{path}"], f"file://{out}", engine, crowd.wish(), crowd.TABLES)
            again = run([str(path)], f"file://{out}", engine, crowd.wish(), crowd.TABLES)
    finally:
        cluster.kill_machine(machine)
    assert (report.whole.articles, again.whole.articles) == (24, 24), "the same file, spelled in two ways"
    assert (report.whole.refused, report.quarantined) == (1, ())
    assert {row.worker.partition(":")[0] for row in report.workers} == {socket.gethostname()}
    (told,) = engine.told
    assert "has 0.0.9|de-" in told
    assert "install the same on all machines" in told
    run([f"file://{path}"], f"file://{calm}", crowd.Here(), crowd.wish(), crowd.TABLES)
    for table in ("articles", "statements", "speakers", "refused"):
        assert strange(crowd.sorted_rows(out, table)) == strange(crowd.sorted_rows(calm, table))


def strange(rows: list[str]) -> list[str]:
    """Without the two ways in which the file is spelled."""
    return sorted(row.replace("file://", "") for row in rows)


def test_an_output_that_the_machines_do_not_see_ends_the_run(cluster: dasks.Cluster, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(crowd.lines(0, 3), "utf-8")
    with (
        ClusterEngineOf(cluster) as engine,
        pytest.raises(BatchError, match=r"no machine of the cluster can do the work: .* all machines share"),
    ):
        run([str(path)], "memory://nowhere", engine, crowd.wish(), crowd.TABLES)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("batch", "IN", "OUT", "--engine", "tcp://127.0.0.1:9"), "no cluster answers there"),
        (("batch", "IN", "OUT", "--engine", "IN.json"), "does not exist; a scheduler writes it"),
        (("batch", "IN", "OUT", "--engine", "abacus"), '--engine "abacus" is not known; give local, or the address'),
        (("join", "tcp://127.0.0.1:9", "--patience", "1"), "no cluster answers there"),
        (("join", "IN.json"), "does not exist; a scheduler writes it"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    words: tuple[str, ...], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.cluster.engine.START", 1.0)
    (tmp_path / "IN").write_text(crowd.lines(0, 1))
    places = {name: str(tmp_path / name) for name in ("IN", "OUT", "IN.json")}
    done = CliRunner().invoke(app, [places.get(word, word) for word in words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr
    assert not (tmp_path / "OUT").exists()


@pytest.mark.parametrize("words", [("batch", "in", "out", "--engine", "tcp://127.0.0.1:9"), ("join", "tcp://h:1")])
def test_without_the_extra_it_says_what_to_install(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert 'pip install "reportedly[cluster]"' in done.stderr
