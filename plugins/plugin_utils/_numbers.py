# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone numbers of an application: what the variables ask for, and what is to be done with them.

A number that the account does not have is an error before the application is created; an application that goes loses
its numbers first; the others are linked once the application is finished.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from ..module_utils._errors import InvalidOption
from ..module_utils._numbers.desired import phone_number
from ._answers import message_of, results_of

Document = Dict[str, Any]

SETTINGS = ("sms_url", "voice_callback_type", "voice_callback_value", "voice_status_url")
OPTIONS = ("number", "relink", *SETTINGS)

# The applications that are asked about, by their place among them, and items of nexmo_numbers.
Items = List[Tuple[int, Document]]


def wanted_of(item: Mapping[str, Any]) -> List[Document]:
    """The numbers of an application, as ``nexmo_numbers`` takes them but for the application."""
    return [{**each, "number": phone_number("number", str(each["number"]))} for each in _listed(item)]


def mistakes_of(item: Mapping[str, Any], where: str) -> Iterator[str]:
    """What is wrong with the numbers of an application; ``where`` is what messages call the option."""
    listed = item.get("numbers")
    if listed is None:
        return
    if not isinstance(listed, (list, tuple)):
        yield "%s: is not a list; give one of numbers, or of dictionaries with the options of nexmo_number" % where
        return
    seen = set()
    for each in _listed(item):
        unknown = sorted(set(each) - set(OPTIONS))
        if unknown or "number" not in each:
            yield "%s: an item has %s; give number, and of the others %s" % (
                where,
                ", ".join(unknown) or "no number",
                ", ".join(OPTIONS[1:]),
            )
            continue
        try:
            number = phone_number("number", str(each["number"]))
        except InvalidOption as error:
            yield "%s: %s" % (where, error)
            continue
        if number in seen:
            yield "%s: the number %s is given more than once" % (where, number)
        seen.add(number)


def problems(
    applications: Sequence[Mapping[str, Any]], wanted: Sequence[Sequence[Mapping[str, Any]]], listed: Mapping[str, Any]
) -> Dict[int, str]:
    """Why applications are not to be asked about, by their place. ``listed`` is what ``nexmo_number_info`` returned."""
    asking = [place for place, numbers in enumerate(wanted) if numbers]
    if "numbers" not in listed:
        return dict.fromkeys(asking, message_of(listed))
    known = {each["msisdn"] for each in listed["numbers"]}
    found = {}
    for place in asking:
        missing = [each["number"] for each in wanted[place] if each["number"] not in known]
        if missing and not _goes(applications[place]):
            found[place] = "%s: the account does not have the number %s; give one that it has" % (
                _label(applications[place]),
                ", ".join(missing),
            )
    return found


def to_unlink(
    applications: Sequence[Mapping[str, Any]], wanted: Sequence[Sequence[Mapping[str, Any]]], listed: Mapping[str, Any]
) -> Items:
    """The numbers of applications that go, as far as they are linked to any."""
    linked = {each["msisdn"] for each in listed.get("numbers") or () if each["application_id"]}
    return [
        (place, {"number": each["number"], "state": "unlinked", **_finder(application)})
        for place, application in enumerate(applications)
        for each in wanted[place]
        if _goes(application) and each["number"] in linked
    ]


def to_link(
    applications: Sequence[Mapping[str, Any]],
    wanted: Sequence[Sequence[Mapping[str, Any]]],
    listed: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
) -> Items:
    """The numbers of finished applications that are not as they are wanted, or may not be."""
    owners = {each["msisdn"]: each["application_id"] for each in listed.get("numbers") or ()}
    items = []
    for place, application in enumerate(applications):
        application_id = _finished(results[place])
        if not _goes(application) and application_id is not None:
            items += [
                (place, {**each, "application_id": application_id})
                for each in wanted[place]
                if owners.get(each["number"]) != application_id or set(each) & set(SETTINGS)
            ]
    return items


def previewed(
    applications: Sequence[Mapping[str, Any]],
    wanted: Sequence[Sequence[Mapping[str, Any]]],
    results: Sequence[Mapping[str, Any]],
) -> List[int]:
    """The places of applications that check mode would create, and that would get numbers then."""
    return [
        place
        for place, application in enumerate(applications)
        if wanted[place] and not _goes(application) and _would_be_made(results[place])
    ]


def of_numbers(items: Items, answer: Mapping[str, Any]) -> Dict[int, Document]:
    """The outcome of the numbers, by the place of their application: ``changed``, and ``problem``, empty where none."""
    found: Dict[int, Document] = {}
    for (place, _item), result in zip(items, results_of(answer, "numbers", len(items))):
        of_application = found.setdefault(place, {"changed": False, "problem": ""})
        of_application["changed"] |= bool(result.get("changed"))
        if result.get("failed") and not of_application["problem"]:
            of_application["problem"] = str(result.get("msg"))
    return found


def _listed(item: Mapping[str, Any]) -> List[Document]:
    return [
        {name: value for name, value in each.items() if value is not None}
        if isinstance(each, Mapping)
        else {"number": each}
        for each in item.get("numbers") or ()
    ]


def _goes(application: Mapping[str, Any]) -> bool:
    return str(application.get("state", "present")) == "absent"


def _finder(application: Mapping[str, Any]) -> Document:
    if application.get("application_id"):
        return {"application_id": application["application_id"]}
    return {"application_name": application["name"]}


def _label(application: Mapping[str, Any]) -> str:
    return "application %s" % (application.get("name") or application.get("application_id"))


def _finished(result: Mapping[str, Any]) -> Optional[str]:
    """The id of an application that is in its state."""
    if result.get("failed") or not result.get("finished", True):
        return None
    application_id: Optional[str] = (result.get("application") or {}).get("id")
    return application_id


def _would_be_made(result: Mapping[str, Any]) -> bool:
    application = result.get("application")
    return not result.get("failed") and application is not None and application.get("id") is None
