"""The interface for programs does what its description says, whatever it is asked: a fuzzer makes the requests from the schema."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.intake import take_in_from
from reportedly.web.describing import description

OPERATIONS = sorted((path, method) for path, methods in description()["paths"].items() for method in methods)
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 12


@pytest.fixture(scope="module")
def own(open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return open_room(tmp_path_factory.mktemp("contract"), list(take_in_from([ARTICLES])))


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda v: str(v))
def test_every_answer_is_one_that_was_described(own: Room, path: str, method: str) -> None:
    """Right and wrong values for every parameter and field: never a fault, always a described status and shape."""
    assert _asked(own, dict(description()), path, method) >= EXAMPLES // 2


def test_a_description_that_lies_is_noticed(own: Room) -> None:
    lying = deepcopy(dict(description()))
    lying["components"]["schemas"]["Outlets"]["required"].append("truth")
    with pytest.raises(BaseException, match="truth"):
        _asked(own, lying, "/outlets.json", "get")


def _asked(own: Room, described: dict[str, Any], path: str, method: str) -> int:
    """How many requests were made."""
    asked = 0
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=own.address)
    operation = schema[path][method.upper()]
    headers = {"Authorization": f"Bearer {own.key}"}
    known = _known(own)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @_given(operation)
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        for name, value in known.items():  # half of the time something that is there
            if name in (case.path_parameters or {}) and len(str(case.path_parameters[name])) % 2:
                case.path_parameters[name] = value
        response = case.call(headers=headers, timeout=30)
        case.validate_response(response, checks=CHECKS, headers=headers)

    ask()
    return asked


def _given(operation: Any) -> Any:
    from hypothesis import given, strategies

    modes = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]
    return given(case=strategies.one_of(modes))


def _known(room: Room) -> dict[str, str]:
    with open_archive(room.path) as archive:
        hit = archive.search("")[0]
    return {"id": hit.article, "place": f"{hit.place[0].start}-{hit.place[-1].end}", "key": "1"}


def test_the_description_is_valid_openapi() -> None:
    schemathesis.openapi.from_dict(dict(description())).validate()


def test_after_all_of_it_the_archive_is_whole(own: Room) -> None:
    with open_archive(own.path) as archive:
        assert list(archive.check()) == []


def test_the_description_is_handed_out(own: Room) -> None:
    assert own.get("/openapi.json").json["openapi"] == "3.1.0"
    assert Path(own.path).exists()
