# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The option capabilities; its argument spec is made in ``module_utils/_application/capability_options.py``."""

from __future__ import annotations


class ModuleDocFragment:
    """Capabilities of version 2 of the API."""

    DOCUMENTATION = r"""
options:
  capabilities:
    description:
      - The capabilities of the application, nested and named as in version 2 of the API. Needs O(api_version=v2).
      - A capability that is named is enabled. What is left out stays as it is, be it a capability or a setting of one.
      - It cannot be given together with O(type) or the options of single webhooks, for example O(answer_url).
    type: dict
    suboptions:
      voice:
        description:
          - Calls.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          webhooks:
            description:
              - The webhooks of the capability.
              - Those that are left out stay as they are.
            type: dict
            suboptions:
              answer_url:
                description:
                  - Where the service fetches the call control object when a call is answered.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(GET).
                    type: str
                    choices: [GET, POST]
                  connect_timeout:
                    description:
                      - Milliseconds to wait for a connection, 300 to 1000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(1000).
                    type: int
                  socket_timeout:
                    description:
                      - Milliseconds to wait for an answer, 1000 to 5000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(5000).
                    type: int
              fallback_answer_url:
                description:
                  - Where it fetches the call control object when O(capabilities.voice.webhooks.answer_url) fails.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(GET).
                    type: str
                    choices: [GET, POST]
                  connect_timeout:
                    description:
                      - Milliseconds to wait for a connection, 300 to 1000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(1000).
                    type: int
                  socket_timeout:
                    description:
                      - Milliseconds to wait for an answer, 1000 to 5000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(5000).
                    type: int
              event_url:
                description:
                  - Where it sends the events of a call.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(POST).
                    type: str
                    choices: [GET, POST]
                  connect_timeout:
                    description:
                      - Milliseconds to wait for a connection, 300 to 1000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(1000).
                    type: int
                  socket_timeout:
                    description:
                      - Milliseconds to wait for an answer, 1000 to 10000.
                      - When left out, it stays as it is; a new webhook gets the default of the service, V(10000).
                    type: int
          signed_callbacks:
            description:
              - Whether the service signs its requests to the webhooks.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: bool
          conversations_ttl:
            description:
              - How long a named conversation lives, in hours, 1 to 9000.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: int
          leg_persistence_time:
            description:
              - How long the legs of a conversation are kept, in days, 1 to 31.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: int
          region:
            description:
              - The region in which calls are processed.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: str
            choices: [na-east, na-west, eu-east, eu-west, apac-sng, apac-australia]
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [signed_callbacks, conversations_ttl, leg_persistence_time, region]
      messages:
        description:
          - Messages, over SMS and over other channels.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          webhooks:
            description:
              - The webhooks of the capability.
              - Those that are left out stay as they are.
            type: dict
            suboptions:
              inbound_url:
                description:
                  - Where it sends inbound messages.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(POST).
                    type: str
                    choices: [POST]
              status_url:
                description:
                  - Where it sends the status of messages.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(POST).
                    type: str
                    choices: [POST]
          version:
            description:
              - The version of the Messages API that the webhooks receive.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: str
            choices: [v0.1, v1]
          authenticate_inbound_media:
            description:
              - Whether media that arrive with messages need authentication to be fetched.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: bool
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [version, authenticate_inbound_media]
      rtc:
        description:
          - Conversations between the users of an app, over the Client SDK.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          webhooks:
            description:
              - The webhooks of the capability.
              - Those that are left out stay as they are.
            type: dict
            suboptions:
              event_url:
                description:
                  - Where it sends the events of a conversation.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(POST).
                    type: str
                    choices: [GET, POST]
          signed_callbacks:
            description:
              - Whether the service signs its requests to the webhooks.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: bool
          leg_persistence_time:
            description:
              - How long the legs of a conversation are kept, in days, 1 to 31.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: int
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [signed_callbacks, leg_persistence_time]
      vbc:
        description:
          - Vonage Business Communications. It has no settings.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
      verify:
        description:
          - Verification of users.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          webhooks:
            description:
              - The webhooks of the capability.
              - Those that are left out stay as they are.
            type: dict
            suboptions:
              status_url:
                description:
                  - Where it sends the status of verifications.
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  http_method:
                    description:
                      - HTTP method of the webhook.
                      - When left out, it stays as it is; a new webhook gets V(POST).
                    type: str
                    choices: [POST]
          version:
            description:
              - The version of the Verify API.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: str
            choices: [v2]
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [version]
      video:
        description:
          - Video sessions. Settings that the service itself keeps here stay as they are, for example C(environment_id).
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          webhooks:
            description:
              - The webhooks of the capability.
              - Those that are left out stay as they are.
            type: dict
            suboptions:
              archive_status:
                description:
                  - Where the service sends the event C(archive_status).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              broadcast_status:
                description:
                  - Where the service sends the event C(broadcast_status).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              captions_status:
                description:
                  - Where the service sends the event C(captions_status).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              connection_created:
                description:
                  - Where the service sends the event C(connection_created).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              connection_destroyed:
                description:
                  - Where the service sends the event C(connection_destroyed).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              render_status:
                description:
                  - Where the service sends the event C(render_status).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              sip_call_created:
                description:
                  - Where the service sends the event C(sip_call_created).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              sip_call_destroyed:
                description:
                  - Where the service sends the event C(sip_call_destroyed).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              sip_call_mute_forced:
                description:
                  - Where the service sends the event C(sip_call_mute_forced).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              sip_call_updated:
                description:
                  - Where the service sends the event C(sip_call_updated).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              stream_created:
                description:
                  - Where the service sends the event C(stream_created).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
              stream_destroyed:
                description:
                  - Where the service sends the event C(stream_destroyed).
                  - When left out, it stays as it is.
                type: dict
                suboptions:
                  address:
                    description:
                      - URL of the webhook, absolute, http or https. An empty text removes the webhook.
                      - When left out, it stays as it is; a new webhook needs it.
                    type: str
                  secret:
                    description:
                      - Secret with which the service signs its requests to the webhook. It is never returned.
                      - When left out, it stays as it is.
                    type: str
                  active:
                    description:
                      - Whether the webhook is called.
                      - When left out, it stays as it is; a new webhook gets the default of the service.
                    type: bool
          storage:
            description:
              - How archives are stored.
              - When left out, it stays as it is.
            type: dict
            suboptions:
              server_side_encryption:
                description:
                  - Whether archives are encrypted where they are stored.
                  - When left out, it stays as it is; a new capability gets the default of the service.
                type: bool
              end_to_end_encryption:
                description:
                  - Whether archives of encrypted sessions stay encrypted.
                  - When left out, it stays as it is; a new capability gets the default of the service.
                type: bool
              cloud_storage:
                description:
                  - Whether archives go to cloud storage of your own.
                  - When left out, it stays as it is; a new capability gets the default of the service.
                type: bool
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [storage]
      network_apis:
        description:
          - APIs of mobile networks.
          - When left out, it stays as it is. An empty dictionary enables it with the defaults of the service.
        type: dict
        suboptions:
          state:
            description:
              - V(absent) removes the capability with all its settings.
            type: str
            choices: [present, absent]
            default: present
          redirect_uri:
            description:
              - Where users are sent back to after they gave their consent.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: str
          network_application_id:
            description:
              - The id of the application in the network registry.
              - When left out, it stays as it is; a new capability gets the default of the service.
            type: str
          unset:
            description:
              - Settings to remove, so that the service goes back to its default.
              - When left out, none is removed.
            type: list
            elements: str
            choices: [redirect_uri, network_application_id]
"""
