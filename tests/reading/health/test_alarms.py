"""Does the counter of false alarms read clean files only, and count each alarm under its kind?"""

from __future__ import annotations

import io
import tarfile

from lab import health_alarms

CLEAN = "Der Rat tagte am Montag.\nDie Bürger warteten in Altenau .\nDanach ging man.\n"
BROKEN = "Die North Koreanische Armee kam.\n"


def pack(folder, members):
    (folder / "wmt-de-en").mkdir()
    with tarfile.open(folder / "wmt-de-en" / "made-up.tar.xz", "w:xz") as tar:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            data = text.encode()
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def test_alarms_are_counted_on_sources_and_references(tmp_path):
    pack(
        tmp_path,
        {
            "made/txt/sources/a.src.de": CLEAN,
            "made/txt/references/b.ref.de": CLEAN,
            "made/txt/system-outputs/c.hyp.de": BROKEN,
            "made/txt/sources/d.src.en": BROKEN,
        },
    )
    assert health_alarms.segments(tmp_path) == 6
    assert health_alarms.alarms(tmp_path) == {"stray_space": 2}
    assert {h.segment for h in health_alarms.hits(tmp_path)} == {"Die Bürger warteten in Altenau ."}


def test_an_alarm_that_a_person_found_right_is_no_false_alarm(tmp_path, monkeypatch):
    pack(tmp_path, {"made/txt/sources/a.src.de": CLEAN})
    known = tmp_path / "known.tsv"
    digest = health_alarms.digest_of("Die Bürger warteten in Altenau .")
    known.write_text(f"# kind\tdigest\twhy\nstray_space\t{digest}\ta blank\n", "utf-8")
    monkeypatch.setattr(health_alarms, "_KNOWN", known)
    assert health_alarms.alarms(tmp_path) == {}
    assert [h.true for h in health_alarms.hits(tmp_path)] == [True]


def test_the_list_of_right_alarms_holds_no_sentences():
    for line in health_alarms._KNOWN.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, digest, why = line.split("\t")
            assert kind.isidentifier()
            assert len(digest) == 12
            assert int(digest, 16) >= 0
            assert 0 < len(why) < 60
