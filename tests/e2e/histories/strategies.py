# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What hypothesis chooses from."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.e2e.histories import actions
from tests.e2e.histories.account import ODDITIES
from tests.e2e.histories.hosts import DAMAGES
from tests.e2e.histories.infrastructure import CONTROLLERS
from tests.e2e.histories.numbers import NUMBERS, Link
from tests.e2e.histories.tasks import NAMES, SPARE, Many, One, Rename, Task
from tests.e2e.histories.world import Setting

_HOUR = 3600  # seconds
_FOR_GOOD = 1000  # requests
_MOST_STEPS = 50  # about as many as a run takes that makes an application and its key

_services = st.fixed_dictionaries(
    {
        "page_base": st.integers(0, 1),
        "max_page_size": st.sampled_from((100, 4, 3)),
        "v2_clamps_page_size": st.just(True),
        "list_shows_keys": st.booleans(),
        "v1_first_page_label": st.sampled_from(("true", "sample")),
        "v1_public_key": st.sampled_from(("pem", "base64", "mixed")),
        "v1_knows_rtc": st.booleans(),
    }
)
settings_of_histories = st.builds(
    Setting,
    st.tuples(*[st.sampled_from(("v1", "v2"))] * CONTROLLERS),
    st.sampled_from(((0, 0), (0, _HOUR), (_HOUR, 0))),
    _services.map(lambda chosen: tuple(chosen.items())),
)

numbers = st.integers(0, CONTROLLERS - 1)
_hosts = st.integers(0, 1)
_names = st.sampled_from(NAMES)
_all_names = st.sampled_from((*NAMES, *SPARE))
_kinds = st.sampled_from(("voice", "voice", "messages"))
_oddities = st.sampled_from(ODDITIES)
_keys = st.integers(0, 2)

_items = st.builds(
    One,
    _names,
    st.sampled_from(("present", "present", "present", "absent")),
    _kinds,
    st.integers(0, 1),
    st.sampled_from((True, True, True, False)),
    st.sampled_from(("fail", "recreate", "rotate")),
    st.booleans(),
)
_lists = st.builds(
    Many, st.lists(_items, min_size=1, max_size=3, unique_by=lambda item: item.name).map(tuple), st.booleans()
)
_numbers = st.sampled_from(NUMBERS)
# An update of a number whose application is gone is refused, unless it takes the link away.
_links = st.one_of(
    st.builds(Link, _numbers, _names, st.just("linked"), st.booleans(), st.sampled_from((None, 0, 1))),
    st.builds(Link, _numbers, _names, st.just("unlinked")),
)
tasks = st.one_of(_items, _items, _items, _lists, _lists, st.builds(Rename, _names, _names), _links)

# The arguments of RunWithFault after its task.
faults = st.tuples(
    st.sampled_from([(operation, name) for operation, known in actions.FAULTS_OF.items() for name in known]),
    st.integers(1, 3),
    st.sampled_from((1, 1, _FOR_GOOD)),
).map(lambda chosen: (*chosen[0], *chosen[1:]))
steps = st.integers(0, _MOST_STEPS)

by_hand = st.one_of(
    st.builds(actions.Create, _all_names, _kinds, _oddities, _keys),
    st.builds(actions.RenameByHand, _names, _all_names),
    st.builds(actions.Rekey, _names, _keys),
    st.builds(actions.Reconfigure, _names, _kinds, _oddities),
    st.builds(actions.Delete, _names),
    st.builds(actions.EditNumber, _numbers, st.integers(0, 1), st.one_of(st.none(), _names)),
)
on_hosts = st.one_of(
    st.builds(actions.Damage, _hosts, _names, st.sampled_from(sorted(DAMAGES))),
    st.builds(actions.DeleteKey, _hosts, _names),
    st.builds(actions.SwapKeys, _hosts, _names, _names),
    st.builds(actions.SendKey, _hosts, _names),
    st.builds(actions.BackUp, _hosts),
    st.builds(actions.Restore, _hosts),
    st.builds(actions.Clock, st.sampled_from((10, 600, 1000))),
)


def fit(task: Task, version: str) -> Task:
    """The same task, as the version of the API can do it."""
    if isinstance(task, One) and version == "v1" and task.lost_key == "rotate":
        return One(task.name, task.state, task.kind, task.number, task.with_key, "recreate", task.recreate)
    if isinstance(task, Many):
        fitting = (fit(item, version) for item in task.items)
        return Many(tuple(item for item in fitting if isinstance(item, One)), task.prune)
    return task
