# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that say what one application is to be, but for capabilities."""

from __future__ import annotations


class ModuleDocFragment:
    """Their argument spec is in ``module_utils/_application/options.py``."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - Whether the application has to exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Finds the application by its exact name; case counts. The service allows several applications with the same
        name. The module fails if there are several.
      - With O(application_id) it is the new name of the application.
      - Required unless O(application_id) is given.
    type: str
  application_id:
    description:
      - Finds the application by its id instead of its name. It has to exist, unless O(state=absent).
    type: str
    aliases: [app_id]
  type:
    description:
      - The type of the application. Version 1 needs it to create one, and cannot change it; see O(recreate).
      - When left out, an existing application keeps its type. If it has webhooks of both types, the other options
        decide.
    type: str
    choices: [voice, messages]
  answer_url:
    description:
      - URL from which the service fetches the call control object when a call is answered. Needed for inbound calls.
      - An empty value removes the webhook.
    type: str
  answer_method:
    description:
      - HTTP method for O(answer_url). A new webhook gets V(GET).
    type: str
    choices: [GET, POST]
  event_url:
    description:
      - URL to which the service sends the events of a call. An application of O(type=voice) needs it.
      - An empty value removes the webhook, if the API allows that.
    type: str
  event_method:
    description:
      - HTTP method for O(event_url). A new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  inbound_url:
    description:
      - URL to which the service sends inbound messages. An application of O(type=messages) needs it.
      - An empty value removes the webhook, if the API allows that.
    type: str
  inbound_method:
    description:
      - HTTP method for O(inbound_url). A new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  status_url:
    description:
      - URL to which the service sends the status of messages. An application of O(type=messages) needs it.
      - An empty value removes the webhook, if the API allows that.
    type: str
  status_method:
    description:
      - HTTP method for O(status_url). A new webhook gets V(POST).
    type: str
    choices: [GET, POST]
  public_key:
    description:
      - The public key of the application, an RSA key in PEM. Needs O(api_version=v2).
      - A new application without it gets a key pair from the service.
    type: str
  improve_ai:
    description:
      - Whether the service may use the application's content to improve its AI. Needs O(api_version=v2).
    type: bool
  settings:
    description:
      - Settings of the application that no other option names. Needs O(api_version=v2).
      - A JSON Merge Patch (RFC 7396) of the application as version 2 of the API shows it. A nested dictionary changes
        members of a member, null removes a member, and any other value replaces it. To remove something that does not
        exist changes nothing.
      - It may not name what another option of the task names, nor C(id), C(name), C(keys) and C(_links).
      - Values of members with the name C(secret) or C(private_key) are never shown.
    type: dict
  recreate:
    description:
      - Whether the module may delete the application and create it anew where the API cannot change its type. The new
        application has a new id and a new key.
      - Give O(name) and not O(application_id) in such a task; the next run would not find the old id any more.
    type: bool
    default: false
  lost_key:
    description:
      - What to do when the application exists and its private key is lost, that is, neither in the file
        O(private_key_path) nor in O(held_keys). It needs one of these options.
      - V(fail) changes nothing. V(recreate) deletes the application and creates it anew, with a new id and a new key.
        V(rotate) gives it a new key and needs O(api_version=v2).
    type: str
    choices: [fail, recreate, rotate]
    default: fail
  private_key_path:
    description:
      - Path of the key file for the application's private key, on the host where the task runs. The directory has to
        exist.
      - A key that the API hands out is written there and is not in the result.
      - A different private key in the file is kept, renamed to the same path with C(.FINGERPRINT.old) appended. The key
        of another application of the account is never replaced.
      - When left out, a key that the API hands out is in the result.
    type: path
  held_keys:
    description:
      - The fingerprints of the private keys in the key files of other hosts, and of their waiting keys, as
        M(community.nexmo.nexmo_private_key) returns them. An empty list means that no host has a key.
      - For playbooks that store the key on hosts themselves, as the role P(community.nexmo.nexmo_application#role)
        does.
    type: list
    elements: str
"""
