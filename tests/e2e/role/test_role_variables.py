# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the role's variables may be, and what is refused before anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.modules.key_pairs import private_key, public_key
from tests.e2e.playbooks import PlaybookRun
from tests.e2e.role.provisioning import NAME, RESULT, Host, Provisioning
from tests.simulator.client import Simulator

PREFIX = "nexmo_application_"
OMITTED = "{{ nobody_defines_this | default(omit) }}"
URL = "https://example.com"


def _play(role: Provisioning, hosts: Sequence[Host], variables: Mapping[str, Any], **options: Any) -> PlaybookRun:
    """The role with these variables alone, beside the connection."""
    entry = {"role": "community.nexmo.nexmo_application", **role.connection, **variables}
    play = {"hosts": "all", "gather_facts": False, "roles": [entry], **options.pop("play", {})}
    return role.play([play], role.inventory(hosts), **options)


def _item(name: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "voice", "event_url": URL, **more}


@pytest.mark.parametrize("nothing", [OMITTED, None, ""], ids=["omit", "null", "empty"])
def test_what_is_omitted_null_or_empty_is_not_given(nothing: Any, role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    names = (
        "state", "application_id", "public_key", "capabilities", "improve_ai", "settings", "recreate", "lost_key",
        "key_source", "env_path", "env_names", "private_key_owner", "private_key_group", "private_key_mode", "api_host",
        "api_version", "timeout", "deadline", "max_connections", "validate_certs", "ca_path", "list", "answer_method",
    )  # fmt: skip

    run = role.run([host], {PREFIX + name: nothing for name in names})

    assert run.ok, run.output
    (application,) = simulator.applications()
    assert public_key(str(host.key)) == application["keys"]["public_key"]
    assert host.files()["keys/shop.key"][0] == 0o600


def test_empty_url_removes_the_webhook(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    url = f"{PREFIX}answer_url"
    v2 = {f"{PREFIX}api_version": "v2"}
    assert role.run([host], {**v2, url: f"{URL}/answer"}).ok

    run = role.run([host], {**v2, url: ""})

    assert run.ok, run.output
    (application,) = simulator.applications()
    assert sorted(application["capabilities"]["voice"]["webhooks"]) == ["event_url"]


def test_settings_of_any_kind_are_sent(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    region = {"capabilities": {"voice": {"region": "eu-west"}}}

    run = role.run([host], {f"{PREFIX}api_version": "v2", f"{PREFIX}settings": region})
    again = role.run([host], {f"{PREFIX}api_version": "v2", f"{PREFIX}settings": region})

    assert run.ok, run.output
    assert simulator.applications()[0]["capabilities"]["voice"]["region"] == "eu-west"
    assert again.changed(host.name) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "absent"),
        ("state", "present"),
        ("lost_key", "rotate"),
        ("type", "voice"),
        ("name", "Shop"),
        ("application_id", "78d335fa323d01149c3dd6f0d48968cf"),
        ("event_url", URL),
        ("public_key", public_key(private_key())),
        ("private_key_path", "/etc/nexmo/shop.key"),
        ("env_path", "/etc/nexmo/shop.env"),
        ("recreate", "true"),
        ("improve_ai", "true"),
    ],
)
def test_option_of_one_application_beside_a_list_is_refused_by_its_name(
    name: str, value: str, role: Provisioning, simulator: Simulator
) -> None:
    host = role.host("web1")

    run = _play(role, [host], {f"{PREFIX}list": [_item("Bakery")]}, arguments=["-e", f"{PREFIX}{name}='{value}'"])

    assert f"cannot be given with {PREFIX}{name}" in run.message(host.name)
    assert simulator.requests() == []


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([_item("A", private_key_path="keys/a.key")], "keys/a.key is not an absolute path"),
        ([_item("A", env_path="a.env")], "a.env is not an absolute path"),
        ([_item("A", private_key_path="/k/x"), _item("B", private_key_path="/k/../k//x")], "given more than once"),
        ([_item("A", private_key_path="~/x"), _item("B", private_key_path="{{ lookup('env', 'HOME') }}/x")], "as well"),
        (
            [_item(name, private_key_path="{{ folder }}/" + path) for name, path in (("A", "x"), ("B", "./x"))],
            "than once",
        ),
        ([_item("A", private_key_path="/k/x", env_path="/k/x")], "the path of a private key as well"),
        ([_item("A", state="gone")], "gone is not one of present, absent"),
        ([_item("A"), "B"], "is not a list of dictionaries"),
        ([_item("A", env_names={"id": "X"})], "env_names"),
    ],
)
def test_mistakes_in_items_are_refused_before_any_request(
    items: list[Any], words: str, role: Provisioning, simulator: Simulator
) -> None:
    host = role.host("web1")

    run = _play(role, [host], {f"{PREFIX}list": items})

    assert words in run.message(host.name)
    assert simulator.requests() == []


def test_keys_behind_one_link_are_refused_before_any_request(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    (host.folder / "keys").mkdir()
    (host.folder / "link").symlink_to(host.folder / "keys")
    folders = {"A": "keys", "B": "link"}
    items = [_item(name, private_key_path=f"{host.folder}/{folder}/x.key") for name, folder in folders.items()]

    run = _play(role, [host], {f"{PREFIX}list": items})

    assert run.failed(host.name)
    assert "x.key" in run.message(host.name)
    assert simulator.requests() == []


def test_names_that_yaml_takes_for_something_else(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    names = [0, False, "1e3"]
    items = [_item(name, private_key_path=f"{{{{ folder }}}}/{number}.key") for number, name in enumerate(names)]

    run = _play(role, [host], {f"{PREFIX}list": items}, extra_env={"ANSIBLE_JINJA2_NATIVE": "true"})

    assert run.ok, run.output
    assert sorted(stored["name"] for stored in simulator.applications()) == ["0", "1e3", "no"]


@pytest.mark.parametrize("native", ["true", "false"])
def test_hosts_and_applications_whose_names_are_numbers(native: str, role: Provisioning, simulator: Simulator) -> None:
    hosts = role.hosts("101", "1e2")
    names = {f"{PREFIX}name": "1e3", f"{PREFIX}lost_key": "{{ 'fail' }}"}

    run = role.run(hosts, names, extra_env={"ANSIBLE_JINJA2_NATIVE": native})
    hosts[0].key_path.unlink()
    simulator.forget_requests()
    again = role.run(hosts, names, extra_env={"ANSIBLE_JINJA2_NATIVE": native})

    for each in (run, again):
        assert each.ok, each.output
    assert [stored["name"] for stored in simulator.applications()] == ["1e3"]
    assert hosts[0].key == hosts[1].key
    assert simulator.writes() == []


def test_result_of_an_earlier_use_is_not_that_of_one_that_fails(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    use = {
        "ansible.builtin.include_role": {"name": "community.nexmo.nexmo_application"},
        "vars": {**role.connection, **role.application},
    }
    shown = {"name": "Show", "ansible.builtin.debug": {"var": RESULT}}
    plays = []
    for wrong in ({f"{PREFIX}state": "gone"}, {f"{PREFIX}event_url": "example"}):
        second = {**use, "vars": {**use["vars"], f"{PREFIX}name": "Second", **wrong}}
        tasks = [use, {"block": [second], "rescue": [shown]}]
        plays.append({"hosts": "all", "gather_facts": False, "tasks": tasks})

    run = role.play(plays, role.inventory([host]))

    assert run.ok, run.output
    results = [task.result[RESULT] for task in run.results("Show")]
    assert len(results) == 2
    for result in results:
        assert result.get("application") is None
        assert NAME not in str(result)


def test_module_defaults_count_in_the_order_of_their_weight(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    right = {name.removeprefix(PREFIX): value for name, value in role.connection.items()}
    wrong = {"api_key": "nobody", "api_secret": "nothing", "api_url": "http://127.0.0.1:9"}
    environment = {"NEXMO_API_KEY": "other", "NEXMO_API_SECRET": "other", "NEXMO_API_URL": "http://127.0.0.1:9"}
    group, one, many = (
        "group/community.nexmo.nexmo",
        "community.nexmo.nexmo_application",
        "community.nexmo.nexmo_applications",
    )
    cases = [
        ({group: right}, {}),
        ({one: right}, {}),
        ({many: right}, {}),
        ({group: wrong, one: right}, {}),
        ({group: wrong, many: right}, {}),
        ({group: {**wrong, "max_retries": 0}, one: {"api_url": wrong["api_url"]}}, right),
    ]
    for defaults, variables in cases:
        entry = {
            "role": "community.nexmo.nexmo_application",
            **role.application,
            **{PREFIX + name: value for name, value in variables.items()},
        }
        play = {"hosts": "all", "gather_facts": False, "module_defaults": defaults, "roles": [entry]}

        run = role.play([play], role.inventory([host]), extra_env=environment)

        assert run.ok, run.output
    assert [stored["name"] for stored in simulator.applications()] == [NAME]


def test_owner_that_does_not_exist_is_refused_in_check_mode_too(role: Provisioning, simulator: Simulator) -> None:
    host = role.host("web1")
    owner = {f"{PREFIX}private_key_owner": "nobody-has-this-name"}

    for check in (True, False):
        run = role.run([host], owner, check=check)

        assert run.failed(host.name)
        assert "nobody-has-this-name" in run.message(host.name)
    assert simulator.requests() == []


@pytest.mark.parametrize(("fault", "status"), [("status_before", 500), ("status_before", 400)])
def test_one_that_fails_once_is_asked_for_once(
    fault: str, status: int, role: Provisioning, simulator: Simulator
) -> None:
    hosts = role.hosts("web1", "web2")
    items = [_item(name, private_key_path=f"{{{{ folder }}}}/{name}.key") for name in ("One", "Two")]
    simulator.fault("create", fault, status=status)

    run = _play(role, hosts, {f"{PREFIX}list": items})

    creations = [write for write in simulator.writes() if write["operation"] == "create"]
    (failed,) = (write["body"]["name"].split(" [")[0] for write in creations if write["status"] == status)
    of_failed = [write for write in creations if write["body"]["name"].startswith(failed)]
    assert len(of_failed) == 1
    assert [stored["name"] for stored in simulator.applications()] == [{"One": "Two", "Two": "One"}[failed]]
    for host in hosts:
        assert str(status) in run.message(host.name)
        assert [Path(name).stem for name in host.files()] == [stored["name"] for stored in simulator.applications()]
