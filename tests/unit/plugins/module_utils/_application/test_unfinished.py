# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils._application.desired import desired_from
from ansible_collections.community.nexmo.plugins.module_utils._application.unfinished import (
    NOBODY,
    Maker,
    UnfinishedName,
    unfinished_name,
)
from ansible_collections.community.nexmo.plugins.module_utils._errors import InvalidOption
from ansible_collections.community.nexmo.plugins.module_utils._reconcile import maker as makers
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.lease import has_ended
from ansible_collections.community.nexmo.plugins.module_utils._reconcile.maker import (
    is_dead,
    this_controller,
    this_process,
    this_run,
)

HERE, ELSEWHERE = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
WORDS = st.text(st.sampled_from("0123456789abcdef"), min_size=1, max_size=32)
NUMBERS = st.integers(0, 10**12 - 1)


@given(st.text(), WORDS, NUMBERS, WORDS, NUMBERS, NUMBERS)
def test_an_unfinished_name_can_be_taken_apart_again(name, run, expiry, controller, pid, start):
    made = UnfinishedName(name, run, expiry, Maker(controller, str(pid), str(start)))

    assert unfinished_name(str(made)) == made


@given(st.text())
def test_other_names_are_not_unfinished(name):
    assert unfinished_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "x [community.nexmo]",
        "x [community.nexmo a 1 b 2]",
        "x [community.nexmo a b c 1 2]",
        "x [community.nexmo a 1 b 2 3] ",
        "x [community.nexmo a 1 b 2 3]\n",
        "x[community.nexmo a 1 b 2 3]",
        "x [community.nexmo a 1234567890123 b 2 3]",
        "x [community.nexmo a -1 b 2 3]",
    ],
)
def test_names_that_come_close_are_not_unfinished(name):
    assert unfinished_name(name) is None


def test_a_name_of_that_form_is_refused_as_input():
    name = str(UnfinishedName("x", "a", 1, Maker(HERE, "2", "3")))

    with pytest.raises(InvalidOption, match="^name: "):
        desired_from({"name": name})


def unfinished(expiry, maker):
    return UnfinishedName("x", "a", expiry, maker)


@pytest.mark.parametrize(
    ("expiry", "controller", "pid", "start", "abandoned"),
    [
        pytest.param(101, HERE, "7", "70", False, id="its maker lives"),
        pytest.param(100, HERE, "7", "70", True, id="its lease is over"),
        pytest.param(101, HERE, "7", "71", True, id="another process has its maker's number"),
        pytest.param(101, HERE, "8", "80", True, id="its maker has ended"),
        pytest.param(101, HERE, NOBODY, NOBODY, False, id="nobody knows its maker"),
        pytest.param(101, ELSEWHERE, "8", "80", False, id="its maker is elsewhere"),
        pytest.param(99, ELSEWHERE, "8", "80", True, id="elsewhere, and its lease is over"),
    ],
)
def test_what_nobody_will_finish_is_abandoned(monkeypatch, expiry, controller, pid, start, abandoned):
    monkeypatch.setattr(makers, "_start_of", {"7": "70"}.get)

    assert has_ended(unfinished(expiry, Maker(controller, pid, start)), 100, HERE) is abandoned


def test_this_process_is_alive_here():
    assert not is_dead(this_process(), this_controller())
    assert this_process() == this_process()
    assert not is_dead(this_run(), this_controller())


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="there is no /proc")
def test_a_process_that_ended_is_dead_here_and_unknown_elsewhere():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    maker = makers._maker(str(child.pid))

    assert maker.pid == str(child.pid)
    assert not is_dead(maker, this_controller())
    child.communicate(b"\n")
    assert is_dead(maker, this_controller())
    assert not is_dead(maker, "of another machine")


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="there is no /proc")
def test_a_process_that_ended_and_was_not_waited_for_is_dead():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    maker = makers._maker(str(child.pid))

    child.stdin.write(b"\n")
    child.stdin.flush()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert is_dead(maker, this_controller())
    child.communicate()


def test_where_processes_cannot_be_seen_nobody_is_taken_for_dead(monkeypatch):
    monkeypatch.setattr(makers, "_read", lambda path: None)

    assert this_process().pid == NOBODY
    assert not is_dead(this_process(), this_controller())
    assert this_run().pid == NOBODY


@pytest.mark.parametrize(
    ("commands", "run"),
    [
        pytest.param({"9": "python3\0x.py", "5": "python3\0/usr/bin/ansible-playbook\0x.yml"}, "5", id="playbook"),
        pytest.param({"9": "python3", "5": "/opt/bin/ansible\0all", "4": "bash"}, "5", id="ad hoc"),
        pytest.param({"9": "a", "5": "ansible-playbook", "4": "make", "3": "ansible-pull"}, "3", id="the outermost"),
        pytest.param({"9": "python3", "5": "sshd"}, NOBODY, id="none, as on a remote host"),
        pytest.param({"9": "vi\0a\0b\0ansible-playbook"}, NOBODY, id="a mere argument"),
    ],
)
def test_the_run_is_the_outermost_ansible_above_the_process(monkeypatch, commands, run):
    pids = list(commands)

    def read(path):
        _empty, _proc, pid, kind = (path.split("/") + ["", ""])[:4]
        if pid not in commands:
            return None
        parent = (pids + ["1"])[pids.index(pid) + 1]
        stat = "%s (odd ) name) S %s %s" % (pid, parent, " ".join(str(number) for number in range(5, 53)))
        return {"cmdline": commands[pid], "stat": stat}[kind]

    monkeypatch.setattr(makers, "_read", read)
    monkeypatch.setattr(os, "getpid", lambda: 9)

    assert this_run().pid == run
