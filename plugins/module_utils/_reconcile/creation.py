# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Making an application once, though names are not unique, answers get lost and others may be making the same one.

An application is begun under an unfinished name (see ``unfinished``), its key is brought into safe hands, and only
then it is given its name. Of several that are begun at once, one stays, the first in an order that is the same for all
names: that of their makers, and of ids where one made several. So two runs that each make several applications never
wait for each other crosswise.

1. ``begin`` makes it; ``adopt`` takes one over that was begun by a run that ended, and whose key is in safe hands. If
   the answer is lost, what was made is found by its unfinished name, deleted and made anew, for nobody has its key.
2. ``contend`` lists. Where the name is taken, or another unfinished application of it comes before ours, ours is
   deleted. Where another comes after ours, its maker will see ours and delete its own: wait, and list again. One that
   is abandoned is deleted.
3. The key is delivered.
4. ``finish`` gives the name, unless the lease is over: then others may have taken ours for abandoned.

Whoever lists after step 2 sees ours, and gives way or waits, so that nobody else comes to step 4. That holds over all
interleavings of the steps; the unit tests have the model that checks it.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from typing import Iterator, List, Optional, Tuple

from .._api.api import Api
from .._api.listing import Listing, Names, confirmed_listing, listing_for
from .._application.model import Application, Created
from .._application.patch import merged
from .._application.unfinished import LEASE, Maker, UnfinishedName, unfinished_name
from .._errors import NexmoError
from .._http.failures import ApiError
from .lease import is_abandoned

MOST_BEGINNINGS = 3
LONGEST_WAIT = 120.0  # seconds for others to give way
PATIENCE = 20.0  # seconds for others to finish
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between two listings
# Seconds before its end at which a lease is as good as over: longer than one request takes by the default deadline.
MARGIN = 400.0


class Overtaken(NexmoError):
    """Another run makes, or made, the application of that name at the same time; ours is gone."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name = name


@dataclass(frozen=True)
class Making:
    """An application that is to be made; ``replaces`` is the one whose name it takes over, if there is one."""

    wanted: Application
    replaces: Optional[Application] = None


def begin(api: Api, making: Making, maker: Maker) -> Created:
    """Makes the application, under an unfinished name. Raises ApiError."""
    beginning = 1
    while True:
        name = _new_name(making, maker)
        try:
            return api.create(making.wanted.renamed(name))
        except ApiError as error:
            if error.turned_away or not error.delivered or not _deleted_what_was_made(api, name):
                raise
            if beginning == MOST_BEGINNINGS:
                raise
            beginning += 1


def adopt(api: Api, making: Making, abandoned: Application, maker: Maker) -> Application:
    """Takes an unfinished application over, with a new lease, so that others leave it alone. Raises ApiError."""
    unfinished = unfinished_name(abandoned.name)
    if unfinished is not None and unfinished.maker == maker:
        return abandoned
    renamed = replace(abandoned.renamed(_new_name(making, maker)), wire_type=making.wanted.wire_type)
    return api.update(renamed).with_key_of(abandoned)


def contend(api: Api, making: Making, mine: Application) -> None:
    """Returns once ours is the one that gets the name, or has it already. Raises Overtaken, ours being deleted, where
    it never will."""
    replaced = {making.replaces.id} if making.replaces else set()
    name = making.wanted.name
    for _listing_again in pauses(LONGEST_WAIT):
        listing = confirmed_listing(api.list, Names(name))
        rivals = living_rivals(api, listing, name, mine)
        holders = {application.id for application in listing.named(name)}
        if mine.id in holders:
            return
        if holders - replaced or any(_rank(rival) < _rank(mine) for rival in rivals):
            _give_way(api, making, mine, "another run makes %r at the same time; run again when it has ended" % name)
        if not rivals:
            return
    _give_way(api, making, mine, "another run is still making %r; run again when it has ended" % name)


def others_end(api: Api, name: str) -> bool:
    """Waits for other runs that make the application; whether they came to an end."""
    for _listing_again in pauses(PATIENCE):
        listing = confirmed_listing(api.list, Names(name))
        if not living_rivals(api, listing, name, None):
            return True
    return False


def pauses(seconds: float) -> Iterator[None]:
    """Comes again and again, after pauses that grow, until that many seconds are over."""
    waited, pause = 0.0, FIRST_PAUSE
    yield
    while waited + pause <= seconds:
        time.sleep(pause)
        waited, pause = waited + pause, min(2 * pause, LONGEST_PAUSE)
        yield


def finish(api: Api, making: Making, mine: Application) -> Application:
    """Deletes the application that ours replaces, and gives ours its name. Raises Overtaken and ApiError."""
    unfinished = unfinished_name(mine.name)
    if unfinished is not None and time.time() > unfinished.expiry - MARGIN:
        _give_way(api, making, mine, "bringing the key of %r into safe hands took too long" % making.wanted.name)
    if making.replaces is not None:
        api.delete(str(making.replaces.id))
    try:
        return api.update(_named(making, mine))
    except ApiError:
        # The answer may be lost, the work done: the name tells.
        finished = api.read(str(mine.id))
        if finished is None or finished.name != making.wanted.name:
            raise
        return finished


def _named(making: Making, mine: Application) -> Application:
    """Ours as it is to be: what the service added to it stays, for a PUT replaces."""
    wanted = making.wanted.without_key()
    return replace(wanted, id=mine.id, settings=merged(mine.settings, wanted.settings))


def living_rivals(api: Api, listing: Listing, name: str, mine: Optional[Application]) -> List[Application]:
    """Other unfinished applications of that name, which somebody will finish. Those that nobody will are deleted."""
    living = []
    for application in listing.unfinished(name):
        if mine is not None and application.id == mine.id:
            continue
        if is_abandoned(application):
            api.delete(str(application.id))
        else:
            living.append(application)
    return living


def _rank(application: Application) -> Tuple[str, ...]:
    """Where an unfinished application comes in the order of those that are begun at once."""
    unfinished = unfinished_name(application.name)
    maker = (unfinished.maker.controller, unfinished.maker.pid, unfinished.maker.start) if unfinished else ()
    return maker + (str(application.id),)


def _new_name(making: Making, maker: Maker) -> str:
    return str(UnfinishedName(making.wanted.name, secrets.token_hex(16), int(time.time()) + LEASE, maker))


def _give_way(api: Api, making: Making, mine: Application, problem: str) -> None:
    api.delete(str(mine.id))
    raise Overtaken(making.wanted.name, problem)


def _deleted_what_was_made(api: Api, name: str) -> bool:
    """Deletes what a request made whose answer was lost; False where nothing is there, or it cannot be told.

    What shows up later is taken for abandoned when this run has ended.
    """
    try:
        made = listing_for(api.list, name).named(name)
        for application in made:
            api.delete(str(application.id))
    except NexmoError:
        return False
    return bool(made)
