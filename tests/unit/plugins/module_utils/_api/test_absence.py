# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a 404 means: that there is no such application only where it says so of that one, or the account does."""

from __future__ import annotations

import pytest

from ansible_collections.community.nexmo.plugins.module_utils._api.v1 import ApiV1
from ansible_collections.community.nexmo.plugins.module_utils._api.v2 import ApiV2
from ansible_collections.community.nexmo.plugins.module_utils._http.failures import ApiError
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.accounts import (
    CREDENTIALS,
    Answering,
    application,
    no_such,
    refusal,
)

ID = "aaaa-bbbb"
PATH = "/v2/applications/%s" % ID

VERSIONS = pytest.mark.parametrize("api_class", [ApiV1, ApiV2])
OPERATIONS = pytest.mark.parametrize("operation", ["read", "delete"])


def listing(*ids):
    items = [dict(application(number), id=each) for number, each in enumerate(ids)]
    return {"count": len(ids), "total_items": len(ids), "_embedded": {"applications": items}}


def listings(*ids):
    """Answers to as many listings as it takes."""
    return [listing(*ids)] * 3


def ask(api_class, operation, *answers):
    """What came of it, and the paths that were asked for."""
    http = Answering(*answers)
    try:
        outcome = getattr(api_class(http, CREDENTIALS), operation)(ID)
    except ApiError as error:
        outcome = error
    return outcome, [path for _method, path, _sent in http.requests]


SAYS_SO = {
    "the reference": no_such(ID),
    "another wording": refusal(404, title="Not Found", detail="Application %s was not found." % ID),
    "in upper case": no_such(ID.upper()),
    "a message alone": refusal(404, message='no application "%s"' % ID),
}


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("answer", SAYS_SO.values(), ids=SAYS_SO)
def test_an_answer_about_that_application_is_believed(answer, operation, api_class):
    outcome, paths = ask(api_class, operation, answer)

    assert outcome is None
    assert len(paths) == 1


SAYS_NOTHING = {
    "nothing at all": refusal(404),
    "an old form": refusal(404, type="NOT_FOUND", error_title="Not Found"),
    "another old form": refusal(404, **{"error-code": "404", "error-code-label": "not found"}),
    "a title alone": refusal(404, title="Not Found"),
    "a web server": refusal(404, error="Not Found", path=PATH),
    "a path that nobody serves": refusal(404, title="Not Found", detail="Not Found: /v2/applications" + PATH),
    "another application": no_such(ID + "-cccc"),
}


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("answer", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_where_the_answer_says_nothing_of_it_the_account_tells(answer, operation, api_class):
    outcome, paths = ask(api_class, operation, answer, *listings("others"))

    assert outcome is None
    assert paths[1].endswith("/applications")


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("answer", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
@pytest.mark.parametrize("listed", [ID, ID.upper()])
def test_what_the_account_lists_is_there_whatever_the_answer_says(listed, answer, operation, api_class):
    outcome, _paths = ask(api_class, operation, answer, *listings("others", listed))

    assert outcome is answer


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("answer", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_where_the_account_cannot_be_listed_nothing_is_believed(answer, operation, api_class):
    outcome, _paths = ask(api_class, operation, answer, refusal(404, title="Not Found"))

    assert isinstance(outcome, ApiError)


INVALID_KEY = {
    "the house standard": refusal(404, title="Invalid API Key", detail="API key 'x' does not exist, or you do not"),
    "its type alone": refusal(404, type="https://developer.nexmo.com/api-errors#invalid-api-key", title="Not Found"),
    "with the id": refusal(404, title="Invalid API Key", detail="ID '%s' is not there" % ID),
    "other words": refusal(404, title="Not Found", detail="You did not provide correct credentials."),
}


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("answer", INVALID_KEY.values(), ids=INVALID_KEY)
def test_an_invalid_api_key_is_an_error_about_credentials(answer, operation, api_class):
    outcome, paths = ask(api_class, operation, answer)

    assert outcome is answer
    assert outcome.problem.is_about_credentials
    assert len(paths) == 1


@VERSIONS
@OPERATIONS
@pytest.mark.parametrize("status", [400, 401, 403, 410, 500])
def test_another_status_is_an_error_whatever_it_says(status, operation, api_class):
    answer = refusal(status, detail="ID '%s' does not exist, or you do not have access" % ID)

    outcome, paths = ask(api_class, operation, answer)

    assert outcome is answer
    assert len(paths) == 1


def test_a_listing_that_version_1_refuses_for_the_api_key_says_nothing_of_versions():
    http = Answering(refusal(404, title="Invalid API Key"))

    with pytest.raises(ApiError) as caught:
        ApiV1(http, CREDENTIALS).list(lambda name: True)

    assert "api_version" not in str(caught.value)
