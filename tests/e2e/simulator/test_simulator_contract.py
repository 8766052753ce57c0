# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The answers of version 1 are what its OpenAPI contract says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from tests.e2e.simulator.callers import MESSAGES, V1, VOICE
from tests.simulator import client

CONTRACT = json.loads(Path(client.__file__).with_name("application.v1.json").read_text(encoding="utf-8"))


def check(response: requests.Response, path: str, method: str) -> None:
    """Fail unless the contract has the answer's status for the operation, and the body is of its schema."""
    documented = CONTRACT["paths"][path][method]["responses"][str(response.status_code)]
    if "content" not in documented:
        assert response.content == b""
        return
    assert response.headers["Content-Type"].startswith("application/json")
    schema = documented["content"]["application/json"]["schema"]
    jsonschema.Draft4Validator({**schema, "components": CONTRACT["components"]}).validate(response.json())


def test_the_check_can_fail() -> None:
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/json"
    response._content = b'{"name": "shop", "voice": {}, "messages": {"webhooks": [{"endpoint_type": "x"}]}}'

    with pytest.raises(jsonschema.ValidationError):
        check(response, "/{app_id}", "get")


@pytest.mark.parametrize("settings", [VOICE, MESSAGES, {**MESSAGES, **VOICE}])
def test_every_operation_answers_as_the_contract_says(v1: V1, settings: dict[str, Any]) -> None:
    created = v1.create(settings)
    application_id = created.json()["id"]

    check(created, "/", "post")
    check(v1.list(), "/", "get")
    check(v1.list(page_index=7), "/", "get")
    check(v1.read(application_id), "/{app_id}", "get")
    check(v1.update(application_id, {**settings, "name": "bar"}), "/{app_id}", "put")
    check(v1.delete(application_id), "/{app_id}", "delete")
