# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Making an application once, though names are not unique, answers get lost and others may be making the same one.

An application is begun under an unfinished name (see ``unfinished``), its private key is stored, and only then it is
given its name. Of several that are begun at once, one stays, the first in an order that is the same for all
names: that of their makers, and of ids where one made several. So two runs that each make several applications never
wait for each other crosswise.

1. ``begin`` makes it. If the answer is lost, what was made is found by its unfinished name, deleted and made anew, for
   nobody has its key. Where a run that ended has begun it, and its key is stored, ``take_over`` gives it a new lease
   instead.
2. ``contend`` lists. Where the name is taken, or another unfinished application of it comes before ours, ours is
   deleted. Where another comes after ours, its maker will see ours and delete its own: wait, and list again. One that
   is abandoned is deleted.
3. The key is delivered.
4. ``finish`` gives the name, unless the lease is over: then others may have taken ours for abandoned.

``make`` and ``adopt`` perform these steps for one application. Between steps 1 and 2 they give way to their caller, for
one listing can decide for all that contend at the same time (see ``batch``).

Whoever lists after step 2 sees ours, and gives way or waits, so that nobody else comes to step 4. That holds over all
interleavings of the steps; the unit tests have the model that checks it.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import (
    Collection,
    Dict,
    FrozenSet,
    Generator,
    Iterator,
    List,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
    Union,
)

from .._api.api import Api
from .._api.listing import Listing, Names, confirmed_listing, listing_for
from .._application.model import Application, Created
from .._application.unfinished import LEASE, Maker, UnfinishedName, unfinished_name
from .._errors import KeyLost, NexmoError
from .._http.failures import ApiError
from .._parallel import attempted, attempted_all
from .._patch import merged
from .keepers import Keeper
from .lease import is_abandoned

MOST_BEGINNINGS = 3
LONGEST_WAIT = 120.0  # seconds for others to give way
PATIENCE = 20.0  # seconds for others to finish
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between two listings
# Seconds before its end at which a lease is as good as over: longer than one request takes by the default deadline.
MARGIN = 400.0


class Overtaken(NexmoError):
    """Another run makes, or made, the application of that name at the same time; ours is deleted."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name = name


@dataclass(frozen=True)
class Making:
    """An application that is to be made; ``replaces`` is the one whose name it takes over, if there is one."""

    wanted: Application
    replaces: Optional[Application] = None


@dataclass(frozen=True)
class Contender:
    """An application that was begun, and contends for its name."""

    making: Making
    mine: Application

    @property
    def name(self) -> str:
        """The name that it contends for."""
        return self.making.wanted.name


@dataclass(frozen=True)
class Made:
    """The application that was made. ``finished`` is False where its key is still to be delivered."""

    application: Application
    private_key: Optional[str] = None
    finished: bool = True


Value = TypeVar("Value")

# The work on one application. It gives way to its caller when it contends, and goes on once its application has won;
# where that failed, the error is thrown into it.
Steps = Generator[Contender, None, Value]


def make(api: Api, making: Making, keeper: Keeper) -> Steps[Made]:
    """Makes the application. Raises ApiError, Overtaken and KeyLost."""
    created = begin(api, making, keeper.maker)
    mine, private_key = created.application, created.private_key
    if private_key is None and keeper.needs_key:
        api.delete(str(mine.id))
        raise KeyLost("the API made %r and handed out no private key, so it was deleted again" % making.wanted.name)
    yield Contender(making, mine)
    if private_key is not None and not keeper.keep(private_key):
        return Made(mine.renamed(making.wanted.name), private_key, finished=False)
    return Made(finish(api, making, mine), private_key)


def adopt(api: Api, making: Making, begun: Application, keeper: Keeper) -> Steps[Made]:
    """Finishes an application that was begun, and whose key is stored. Raises ApiError and Overtaken."""
    mine = begun
    if not is_made_by(keeper.maker, begun):
        mine = take_over(api, making, begun, keeper.maker)
        yield Contender(making, mine)
    # Ours that an earlier task began has contended: whoever came later sees it, and gives way or waits.
    return Made(finish(api, making, mine))


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


def is_made_by(maker: Maker, application: Application) -> bool:
    """Whether it is an unfinished application of that maker."""
    unfinished = unfinished_name(application.name)
    return unfinished is not None and unfinished.maker == maker


def take_over(api: Api, making: Making, abandoned: Application, maker: Maker) -> Application:
    """Gives an unfinished application a new maker and lease, so that others leave it alone. Raises ApiError."""
    renamed = replace(abandoned.renamed(_new_name(making, maker)), wire_type=making.wanted.wire_type)
    return api.update(renamed).with_key_of(abandoned)


def contend(api: Api, contenders: Sequence[Contender], connections: int) -> Iterator[Mapping[int, Optional[Exception]]]:
    """Lists until all is decided. Yields after each listing what it decided, by the positions of the contenders: None
    for one that gets its name or has it already, or an error: Overtaken, where ours was deleted."""
    waiting = dict(enumerate(contenders))
    for _listing_again in pauses(LONGEST_WAIT) if waiting else ():
        decided = _decided(api, waiting, connections)
        waiting = {number: each for number, each in waiting.items() if number not in decided}
        yield decided
        if not waiting:
            return
    problem = "another run is still making %r; run again when it has ended"
    numbers = list(waiting)
    calls = [partial(_give_way, api, each, problem % each.name) for each in waiting.values()]
    yield {numbers[position]: error for position, error in attempted_all(calls, connections)}


def names_that_others_left(api: Api, names: Collection[str]) -> FrozenSet[str]:
    """Waits for other runs that make applications of these names. Returns the names that no other run makes any more.
    Raises NexmoError."""
    waiting = frozenset(names)
    for _listing_again in pauses(PATIENCE):
        listing = confirmed_listing(api.list, Names(*waiting))
        waiting = frozenset(name for name in waiting if living_rivals(api, listing, name, None))
        if not waiting:
            break
    return frozenset(names) - waiting


def pauses(seconds: float) -> Iterator[None]:
    """Yields again and again, after pauses that grow, until that many seconds are over."""
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
        problem = "storing the key of %r took too long" % making.wanted.name
        raise _give_way(api, Contender(making, mine), problem)
    if making.replaces is not None:
        api.delete(str(making.replaces.id))
    try:
        finished = api.update(_named(making, mine))
    except ApiError:
        # The answer may be lost although the name was given: the name that is there now decides.
        found = api.read(str(mine.id))
        if found is None or found.name != making.wanted.name:
            raise
        finished = found
    return finished.with_key_of(mine)


def _named(making: Making, mine: Application) -> Application:
    """The body of the PUT: settings that the service added are sent back, because a PUT replaces."""
    wanted = making.wanted.without_key()
    return replace(wanted, id=mine.id, settings=merged(mine.settings, wanted.settings))


def living_rivals(api: Api, listing: Listing, name: str, mine: Optional[Application]) -> List[Application]:
    """Other unfinished applications of that name that a run will finish. Deletes those that no run will finish."""
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
    """The place of an unfinished application in the order of those that are begun at once."""
    unfinished = unfinished_name(application.name)
    maker = (unfinished.maker.controller, unfinished.maker.pid, unfinished.maker.start) if unfinished else ()
    return maker + (str(application.id),)


def _new_name(making: Making, maker: Maker) -> str:
    return str(UnfinishedName(making.wanted.name, secrets.token_hex(16), int(time.time()) + LEASE, maker))


def _decided(api: Api, waiting: Mapping[int, Contender], connections: int) -> Dict[int, Optional[Exception]]:
    """What one listing decides for those that wait; an error of the listing is one for each of them."""
    names = Names(*(each.name for each in waiting.values()))
    listing = attempted(partial(confirmed_listing, api.list, names))
    if isinstance(listing, Exception):
        return dict.fromkeys(waiting, listing)
    numbers = list(waiting)
    calls = [partial(_verdict, api, listing, each) for each in waiting.values()]
    verdicts = {numbers[position]: verdict for position, verdict in attempted_all(calls, connections)}
    return {number: _problem(verdict) for number, verdict in verdicts.items() if verdict is not False}


def _problem(verdict: Union[bool, Exception]) -> Optional[Exception]:
    return verdict if isinstance(verdict, Exception) else None


def _verdict(api: Api, listing: Listing, contender: Contender) -> bool:
    """Whether ours gets its name, or has it already; False where it has to wait for others. Where another one gets the
    name, deletes ours and raises Overtaken."""
    making, mine, name = contender.making, contender.mine, contender.name
    replaced = {making.replaces.id} if making.replaces else set()
    rivals = living_rivals(api, listing, name, mine)
    holders = {application.id for application in listing.named(name)}
    if mine.id in holders:
        return True
    if holders - replaced or any(_rank(rival) < _rank(mine) for rival in rivals):
        problem = "another run makes %r at the same time; run again when it has ended" % name
        raise _give_way(api, contender, problem)
    return not rivals


def _give_way(api: Api, contender: Contender, problem: str) -> Overtaken:
    """Deletes ours, and returns the error to raise then. Raises ApiError."""
    api.delete(str(contender.mine.id))
    return Overtaken(contender.name, problem)


def _deleted_what_was_made(api: Api, name: str) -> bool:
    """Deletes what a request made whose answer was lost; False where nothing is found, or nothing can be listed.

    What shows up later counts as abandoned when this run has ended.
    """
    try:
        made = listing_for(api.list, name).named(name)
        for application in made:
            api.delete(str(application.id))
    except NexmoError:
        return False
    return bool(made)
