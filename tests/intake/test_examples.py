"""The examples in the docstrings of the intake are true."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["charsets", "decode", "plain", "tongue"])
def test_examples_in_docstrings(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"reportedly.intake.{name}"))
    assert found.attempted > 0
    assert found.failed == 0
