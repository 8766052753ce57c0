# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of every module that talks to the Applications API."""

from __future__ import annotations


class ModuleDocFragment:
    """Connection options."""

    DOCUMENTATION = r"""
options:
  api_key:
    description:
      - The API key of the account. White space before or after it is refused.
      - When left out, it is read from the environment variable E(NEXMO_API_KEY), or E(VONAGE_API_KEY).
        The variables are used as a pair, E(NEXMO_API_KEY) with E(NEXMO_API_SECRET), or else E(VONAGE_API_KEY) with
        E(VONAGE_API_SECRET), and never mixed. An incomplete pair is ignored.
    type: str
    required: true
  api_secret:
    description:
      - The API secret of the account. White space before or after it, for example the line break of a file, is refused.
      - When left out, it is read from the environment variable E(NEXMO_API_SECRET), or E(VONAGE_API_SECRET);
        see O(api_key).
    type: str
    required: true
  api_url:
    description:
      - URL of the API, with scheme, host and optionally a port and a path prefix. The module appends
        C(/v1/applications) or C(/v2/applications). A URL that ends with a version or with C(applications) is refused.
      - When left out, it is read from the environment variable E(NEXMO_API_URL), if that is set.
    type: str
    default: https://api.nexmo.com
  api_version:
    description:
      - The version of the Applications API to use. The service calls version 1 deprecated.
      - When left out, it is read from the environment variable E(NEXMO_API_VERSION), if that is set.
    type: str
    choices: [v1, v2]
    default: v1
  timeout:
    description:
      - Seconds to wait for a connection, and for each read from it.
    type: float
    default: 30
  deadline:
    description:
      - Seconds after which a request fails if its answer is not complete.
    type: float
    default: 300
  max_retries:
    description:
      - How many times a failed request is repeated, if a repeat cannot do its work twice.
      - A request that creates an application is repeated only if it did not reach the server, or if the server refused
        it with status 429.
    type: int
    default: 5
  max_connections:
    description:
      - How many requests may run at the same time. The module reads the pages of a large account over that many
        connections. M(community.nexmo.nexmo_applications) also writes over them.
      - If the service answers with status 429, all connections pause, and fewer are used afterwards.
    type: int
    default: 8
  validate_certs:
    description:
      - Whether the API's TLS certificate is verified. Turn this off only on a network that you trust.
    type: bool
    default: true
  ca_path:
    description:
      - Path of a PEM bundle of certificate authorities to verify the API's certificate with.
      - When left out, the authorities that the Python library requests trusts are used, or the bundle that
        E(REQUESTS_CA_BUNDLE) names.
    type: path
requirements:
  - requests
notes:
  - Proxies are taken from the usual environment variables, for example E(HTTPS_PROXY) and E(NO_PROXY).
  - An option that is null counts as left out. So does an empty option where an empty value has no meaning.
  - Keep secrets in variables, never as text in the task. ansible-core 2.19 and later show the source of a task that
    fails, with its arguments as written in the file.
  - The password of a URL is masked in results and logs, as in C(https://user:********@host/). If you give a URL with
    such a mask, it means the URL that the application has.
  - Redirects are refused and C(.netrc) is not read, so that credentials go to the configured host alone.
"""
