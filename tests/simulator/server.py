# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The web application: routes, and what happens to every request on its way in and out."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from . import control, faults, numbers, v1, v2
from .problems import Refusal, of_routing, problem
from .service import SERVICE, Service

# Thousands of preloaded documents come in one request of the control interface.
_LARGEST_BODY = 256 * 1024 * 1024

LOG_ENTRY = web.RequestKey("log_entry", dict)


def application(service: Service) -> web.Application:
    """The simulator as a web application.

    Middlewares run from the first to the last on the way in, and back on the way out.
    """
    app = web.Application(
        middlewares=[record, delay, break_down, answer_refusals, v1.refuse_when_retired], client_max_size=_LARGEST_BODY
    )
    app[SERVICE] = service
    app.add_routes([*v1.routes(), *v2.routes(), *numbers.routes(), *control.routes()])
    return app


def _is_control(request: web.Request) -> bool:
    return request.path.startswith(control.PREFIX)


@web.middleware
async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log every request to the API, the status of its answer before that is sent, and when its work has ended."""
    if _is_control(request):
        return await handler(request)
    entry = request[LOG_ENTRY] = await request.app[SERVICE].log.arrived(request)
    try:
        response = await handler(request)
    finally:
        entry["ended"] = True
    if not isinstance(response, faults.NoAnswer):
        entry["status"] = response.status
    return response


@web.middleware
async def delay(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Hold the answer back for the latency that is set; the work is done at once."""
    response = await handler(request)
    if not _is_control(request):
        await asyncio.sleep(request.app[SERVICE].settings.latency)
    return response


@web.middleware
async def break_down(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a fault befall the request if a rule wants that."""
    if _is_control(request):
        return await handler(request)
    entry = request[LOG_ENTRY]
    rule = request.app[SERVICE].faults.next_for(entry["version"], entry["operation"])
    if rule is None:
        return await handler(request)
    entry["fault"] = rule["fault"]
    return await faults.befall(request, handler, rule)


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error of the API into an answer in the service's form."""
    if _is_control(request):
        return await handler(request)
    try:
        return await handler(request)
    except Refusal as refusal:
        return refusal.response()
    except web.HTTPException as error:
        return of_routing(request, error).response()
    except Exception:
        logging.getLogger(__name__).exception("%s %s failed", request.method, request.path)
        return problem(500, "An error occurred in the simulator itself, see its standard error").response()
