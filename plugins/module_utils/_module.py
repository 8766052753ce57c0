# Copyright: (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all modules share: errors as results, and the attributes of files."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from typing import Any, Iterator, Mapping

from ansible.module_utils.basic import AnsibleModule

from ._errors import NexmoError
from ._redact import Redactor


@contextmanager
def clear_errors(module: AnsibleModule) -> Iterator[Redactor]:
    """Turns errors into ``fail_json`` with one line, in which no secret of the module's options is left."""
    redactor = redactor_for(module.params)
    try:
        yield redactor
    except NexmoError as error:
        module.fail_json(msg=redactor.text(str(error)), **redactor.value(error.details()))
    except Exception as error:  # pylint: disable=broad-exception-caught
        module.fail_json(
            msg=redactor.text("unexpected %s: %s" % (type(error).__name__, error)),
            exception=redactor.text(traceback.format_exc()),
        )


def redactor_for(params: Mapping[str, Any]) -> Redactor:
    """Masks the API secret, alone and as HTTP Basic sends it, and whatever else the options hold in secret."""
    api_secret = params.get("api_secret") or ""
    pair = "%s:%s" % (params.get("api_key"), api_secret) if api_secret else ""
    redactor = Redactor((api_secret, pair))
    redactor.learn_from(params)
    return redactor


def set_file_attributes(module: AnsibleModule, path: str) -> bool:
    """Gives a key file the owner, group and mode of the task's file options; whether that changed anything."""
    arguments = module.load_file_common_arguments(module.params, path=path)
    arguments["mode"] = module.params["mode"] or "0600"
    return bool(module.set_fs_attributes_if_different(arguments, False))
