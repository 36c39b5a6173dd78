"""Payloads are encoded as the standard library does it, whichever way is the quicker one."""

import json
from typing import Any

import pytest

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage.chain import encoded, quick

_VALUES: list[Any] = [
    {},
    [],
    "Skab, eg – “høj”\n\x1f\u2028",
    None,
    True,
    12,
    -0.5,
    1e300,
    float("inf"),
    {"b": [1, None, {"å": "ø", "a": False}], "a": (1, "2"), "state": State.READY},
    {1: "a", None: "b", 2.5: 2},
]


@pytest.mark.parametrize("value", _VALUES, ids=repr)
def test_a_payload_is_stored_as_json_dumps_writes_it(value: Any) -> None:
    assert encoded(value) == json.dumps(value)


@pytest.mark.parametrize("value", _VALUES[:-1], ids=repr)
def test_what_is_sealed_is_sorted_as_json_dumps_sorts_it(value: Any) -> None:
    encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert quick(encoder)(value) == encoder.encode(value)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        encoded({"a": object()})
