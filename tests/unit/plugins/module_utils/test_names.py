# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._names import spell_names


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ({"name": False}, {"name": "no"}),
        ({"name": True, "prune": False}, {"name": "yes", "prune": False}),
        ({"applications": [{"name": False}, {"name": 0}]}, {"applications": [{"name": "no"}, {"name": 0}]}),
        ({"name": 0, "other": ["x", None]}, {"name": 0, "other": ["x", None]}),
        ({"name": "False"}, {"name": "False"}),
        (
            {"settings": {"name": False}, "other": [[{"name": False}]]},
            {"settings": {"name": False}, "other": [[{"name": False}]]},
        ),
        ({"name": None}, {"name": None}),
        ({"name": True, "settings": {"name": True}}, {"name": "yes", "settings": {"name": True}}),
    ],
)
def test_a_boolean_is_spelled_as_yaml_knows_it(given, spelled):
    spell_names(given)

    assert given == spelled
