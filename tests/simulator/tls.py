# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTPS with a certificate authority of the simulator's own, made anew at each start."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

_NAMES = ("localhost", "127.0.0.1", "::1")


def server_context(directory: Path) -> tuple[ssl.SSLContext, Path]:
    """A context for a server called localhost, and the path of the authority's certificate.

    The certificate is written to ``ca.pem`` in the directory, which is made if it isn't there; the keys of both
    stay in memory. Raises OSError when it can't be written.
    """
    authority = trustme.CA(organization_name="community.nexmo API simulator")
    directory.mkdir(parents=True, exist_ok=True)
    ca_path = directory / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*_NAMES).configure_cert(context)
    return context, ca_path
