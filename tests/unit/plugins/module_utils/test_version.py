# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

from ansible_collections.community.nexmo.plugins.module_utils._version import COLLECTION_VERSION
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.loading import COLLECTION


def test_the_version_is_that_of_galaxy_yml():
    galaxy = (COLLECTION / "galaxy.yml").read_text(encoding="utf-8")

    assert re.findall(r"^version: (\S+)$", galaxy, re.MULTILINE) == [COLLECTION_VERSION]
