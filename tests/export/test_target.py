"""A file is there whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reportedly.export.target import same_file, whole_file


def test_the_file_gets_its_name_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with whole_file(target) as out:
        out.write("eins\r\nzwei ü")
        assert not target.exists()
    assert target.read_bytes() == "eins\r\nzwei ü".encode()
    assert os.listdir(tmp_path) == ["out.json"]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_where_anything_goes_wrong_the_old_file_stays(tmp_path: Path, fault: BaseException) -> None:
    target = tmp_path / "out.json"
    target.write_text("alt")

    def half() -> None:
        with whole_file(target) as out:
            out.write("neu")
            raise fault

    with pytest.raises(type(fault)):
        half()
    assert target.read_text() == "alt"
    assert os.listdir(tmp_path) == ["out.json"]


def test_a_link_is_followed_and_rights_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("alt")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    with whole_file(link) as out:
        out.write("neu")
    assert link.is_symlink()
    assert real.read_text() == "neu"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    with whole_file(Path(os.devnull)) as out:
        out.write("x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_the_input_is_known_again_by_another_name(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("x")
    assert same_file(tmp_path / "." / "a.txt", ["-", "nowhere", str(text)]) == str(text)
    assert same_file(tmp_path / "b.txt", [str(text)]) is None
