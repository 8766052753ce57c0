# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus, unquote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ansible_collections.community.nexmo.plugins.module_utils import _redact
from ansible_collections.community.nexmo.plugins.module_utils._http.problem import problem_from
from ansible_collections.community.nexmo.plugins.module_utils._module import redactor_for
from ansible_collections.community.nexmo.plugins.module_utils._redact import MASK, Redactor, holds_private_key, shown
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils import keys
from ansible_collections.community.nexmo.tests.unit.plugins.module_utils.effort import (
    calls,
    growth,
    unless_coverage_is_measured,
)

AWKWARD = "a/b+c %&=\xe9"

LOWER_PERCENT = re.compile("%[0-9A-F]{2}")

# The ways in which a secret comes back in a text.
FORMS = {
    "raw": lambda secret: secret,
    "percent-encoded": lambda secret: quote(secret, safe=""),
    "percent-encoded, slashes left": quote,
    "percent-encoded in a query": quote_plus,
    "percent-encoded in lower case": lambda secret: lower_percent(quote(secret, safe="")),
    "percent-encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON, not ASCII": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in JSON, slashes escaped": lambda secret: json.dumps(secret)[1:-1].replace("/", "\\/"),
    "in HTML": html.escape,
    "in HTML, quotes left": lambda secret: html.escape(secret, quote=False),
}
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


def lower_percent(text: str) -> str:
    return LOWER_PERCENT.sub(lambda found: found.group().lower(), text)


def texts(min_size: int) -> st.SearchStrategy[str]:
    """Any text that UTF-8 can hold, often with what is escaped somewhere. A mask next to an asterisk would look like
    a secret of asterisks."""
    anything = st.characters(exclude_categories=["Cs"], exclude_characters="*")
    return st.text(anything | st.sampled_from(" '\"/+%&=<>\\:;#\t\n\xe9\u20ac\U0001f511"), min_size=min_size)


SECRETS = texts(1)
# What is shorter leaves too little of base64 that does not depend on its neighbours.
LONG_SECRETS = texts(1).filter(lambda secret: len(secret.encode("utf-8")) >= 7)


def decoded(text: str) -> bytes:
    """All that any part of the text stands for in base64, in either alphabet, wherever it was cut off."""
    found = []
    for word in re.findall(r"[A-Za-z0-9+/_-]+", text):
        standard = word.replace("-", "+").replace("_", "/")
        for start in range(4):
            part = standard[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            found.append(base64.b64decode(part + "=" * (-len(part) % 4)))
    return b"\n\n".join(found)


@EVERY_FORM
@given(SECRETS, texts(0), texts(0))
@example(AWKWARD, "", "")
@example("p&ss \"word\" <'\U0001f511'>", "https://example.com/?api_secret=", "&page_size=100")
def test_no_form_of_a_secret_is_left(form, secret, before, after):
    redacted = Redactor([secret]).text(before + FORMS[form](secret) + after)

    assert MASK in redacted
    for other in FORMS.values():
        assert other(secret) not in redacted


@EVERY_FORM
def test_what_stands_around_a_secret_is_left(form):
    redacted = Redactor([AWKWARD]).text("before %s after" % FORMS[form](AWKWARD))

    assert redacted == "before %s after" % MASK


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@given(secret=LONG_SECRETS, before=st.binary(max_size=7), after=st.binary(max_size=7))
@example(secret=AWKWARD, before=b"key:", after=b"")
@example(secret="\xff" * 5, before=b"", after=b"")
def test_no_base64_that_holds_a_secret_is_left(encode, secret, before, after):
    text = encode(before + secret.encode("utf-8") + after).decode("ascii")
    assume(secret not in text)

    redacted = Redactor([secret]).text("Authorization: Basic %s and more" % text)

    assert secret.encode("utf-8") not in decoded(redacted)
    assert secret.encode("utf-8") not in decoded(redacted.replace("=", ""))


@given(api_key=texts(1), api_secret=texts(1))
@example(api_key="k", api_secret="s3")
def test_a_header_of_http_basic_is_masked_however_short_the_secret(api_key, api_secret):
    pair = ("%s:%s" % (api_key, api_secret)).encode("utf-8")
    header = base64.b64encode(pair).decode("ascii")
    assume(len(pair) >= 6)

    redacted = redactor_for({"api_key": api_key, "api_secret": api_secret}).text("Authorization: Basic %s" % header)

    assert header not in redacted
    assert pair not in decoded(redacted)


@given(st.text(st.sampled_from("gkqwz"), min_size=1), st.text(st.sampled_from("0123456789 +:-*/ABC\n")))
def test_nothing_else_is_masked(secret, text):
    assert Redactor([secret]).text(text) == text


@pytest.mark.parametrize("params", [{}, {"api_key": "k"}, {"api_key": "k", "api_secret": ""}, {"api_secret": None}])
def test_without_a_secret_nothing_is_masked(params):
    assert redactor_for(params).text("any text: None:, k:") == "any text: None:, k:"


@given(st.lists(SECRETS, max_size=4), st.data())
def test_of_several_secrets_none_is_left(secrets, data):
    text = "|".join(data.draw(st.permutations(secrets)))

    redacted = Redactor(secrets + [""]).text(text)

    assert all(secret not in redacted for secret in secrets)


def test_nothing_is_searched_for_a_secret_that_is_longer(monkeypatch):
    searched = []
    monkeypatch.setattr(_redact, "_pattern", lambda secret: searched.append(secret) or re.compile(secret))

    assert Redactor([keys.private_pem(keys.pair(1024)), "secret"]).text("a secret") == "a " + MASK
    assert searched == ["secret"]


def test_a_secret_that_holds_another_is_masked_as_a_whole():
    assert Redactor(["secret", "key:secret"]).text("key:secret secret") == "%s %s" % (MASK, MASK)


@given(LONG_SECRETS)
def test_secrets_are_masked_in_values_and_names_at_every_depth(secret):
    value = {secret: [secret, {"a": ("x" + secret, 1, None, True, 1.5)}], "same": "text"}

    redacted = Redactor([secret]).value(value)

    assert secret not in "".join(flat_strings(redacted))
    assert redacted[MASK][1]["a"] == ["x" + MASK, 1, None, True, 1.5]


@given(st.sampled_from(["secret", "private_key"]), LONG_SECRETS)
def test_secrets_that_the_api_shows_are_masked_from_then_on(name, secret):
    redactor = Redactor([])
    redactor.learn_from({"a": [{"b": {name: secret, "c": {name: None}}}, {name: 1}, {name: ""}], name: [secret]})

    assert redactor.text("before %s after" % quote(secret, safe="")) == "before %s after" % MASK


def test_what_is_no_secret_is_not_learned():
    redactor = Redactor([])
    redactor.learn_from({"public_key": "PEM", "name": "x", "list": ["y"]})

    assert redactor.text("PEM x y public_key secret") == "PEM x y public_key secret"


def flat_strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from flat_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from flat_strings(item)


def test_a_problem_that_repeats_a_secret_is_masked_everywhere():
    body = {
        "title": "Bad " + AWKWARD,
        "detail": quote(AWKWARD, safe=""),
        "invalid_parameters": [{"name": AWKWARD, "reason": "is " + AWKWARD}],
        "more": {AWKWARD: [AWKWARD]},
    }

    problem = problem_from(json.dumps(body)).masked(Redactor([AWKWARD]))

    assert AWKWARD not in problem.text()
    assert AWKWARD not in json.dumps(problem.body, ensure_ascii=False)
    assert problem.summary == "Bad %s: %s" % (MASK, MASK)
    assert problem.invalid_parameters == ((MASK, "is " + MASK),)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda text: json.dumps({"title": text}), id="JSON"),
        pytest.param(lambda text: json.dumps([text]), id="JSON that is no object"),
        pytest.param(lambda text: json.dumps({"title": "x", "invalid_parameters": {"x": text}}), id="parameters"),
        pytest.param(lambda text: "<html><title>%s</title>" % html.escape(text), id="HTML"),
        pytest.param(lambda text: text, id="text"),
    ],
)
def test_no_part_of_a_secret_is_left_where_a_problem_is_shortened(content):
    secret = "Jm9Xq2Lw7ZtR4vKp"
    redactor = Redactor([secret])

    for offset in range(170, 210):
        answer = content("x" * offset + secret + "y" * 100)
        said = problem_from(redactor.text(answer)).masked(redactor).text()

        assert not any(secret[:length] in said for length in range(4, len(secret)))
        assert len(said) < 300


LABELS = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "escaped",
    [
        pytest.param(lambda pem: pem, id="raw"),
        pytest.param(lambda pem: pem.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda pem: json.dumps(pem)[1:-1], id="JSON"),
        pytest.param(lambda pem: json.dumps(json.dumps(pem))[3:-3], id="JSON in JSON"),
        pytest.param(lambda pem: repr(pem)[1:-1], id="Python"),
        pytest.param(lambda pem: " ".join(pem.split()), id="one line"),
        pytest.param(html.escape, id="HTML"),
    ],
)
def test_a_private_key_is_masked_whoever_it_belongs_to(label, escaped):
    pem = keys.armored(label, keys.body(keys.private_pem(keys.pair(1024)))).strip()

    redacted = Redactor([]).text("before %s between %s after" % (escaped(pem), escaped(pem)))

    assert redacted == "before %s between %s after" % (MASK, MASK)


@pytest.mark.parametrize("escaped", [lambda pem: pem, lambda pem: json.dumps(pem)[1:-1]])
@given(data=st.data())
def test_a_private_key_that_was_cut_off_is_masked_to_the_end(escaped, data):
    pem = escaped(keys.private_pem(keys.pair(1024)).strip())
    beginning = len("-----BEGIN PRIVATE KEY-----")
    cut_off = pem[: data.draw(st.integers(beginning, len(pem)))]

    assert Redactor([]).text("before " + cut_off) == "before " + MASK


def test_a_public_key_is_not_masked():
    pem = keys.public_pem(keys.pair(1024))

    assert Redactor(["secret"]).text(pem) == pem


def test_a_private_key_in_a_value_is_masked():
    pem = keys.private_pem(keys.pair(1024))

    assert Redactor([]).value({"keys": {"private_key": pem.strip()}}) == {"keys": {"private_key": MASK}}


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": [{"secret": "hidden-1"}]}',
        b'{"a": [{"\\u0073ecret": "hidden-1"}]}',
        '{"a": [{"secret": "hidden-1"}]}'.encode("utf-16"),
        '{"a": [{"secret": "hidden-1"}]}'.encode("utf-32-le"),
    ],
)
def test_secrets_of_an_answer_are_learned_however_it_is_written(content):
    redactor = Redactor(())

    redactor.learn_from_json(content, json.loads(content))

    assert redactor.text("it is hidden-1") == "it is ********"


# One character as some encoding writes it.
CHARACTER_FORMS = {
    "as it is": lambda character: character,
    "percent": lambda character: "".join("%%%02x" % byte for byte in character.encode("utf-8")),
    "JSON": lambda character: json.dumps(character)[1:-1],
    "JSON by number": lambda character: "".join(
        "\\u%04X" % int.from_bytes(character.encode("utf-16-be")[at : at + 2], "big")
        for at in range(0, len(character.encode("utf-16-be")), 2)
    ),
    "Python by number": lambda character: "\\U%08x" % ord(character),
    "HTML": html.escape,
    "HTML by number": lambda character: "&#x%X;" % ord(character),
}
MIXTURES = st.lists(st.sampled_from(sorted(CHARACTER_FORMS)), min_size=1, max_size=8)
# What can look like a part of an escape that the secret completes, or the other way round.
TREACHEROUS = st.text(st.sampled_from("%\\&+u0123456789abcdefx#;amp"), max_size=6)


@given(secret=SECRETS | st.text(st.sampled_from("%\\&+;u041aAx#"), min_size=1), data=st.data())
@example(secret="n", data=None)
def test_a_secret_is_found_in_any_mixture_of_encodings_whatever_stands_around_it(secret, data):
    before, after, layers = ("\\", "", [["as it is"]])
    if data is not None:
        before, after = data.draw(TREACHEROUS), data.draw(TREACHEROUS)
        layers = data.draw(st.lists(MIXTURES, min_size=1, max_size=2))
    encoded = secret
    for forms in layers:
        encoded = "".join(CHARACTER_FORMS[forms[at % len(forms)]](each) for at, each in enumerate(encoded))

    redacted = Redactor([secret]).text(before + encoded + after)

    assert encoded not in redacted
    assert MASK in redacted


@pytest.mark.parametrize("outer", FORMS)
@pytest.mark.parametrize("inner", FORMS)
def test_an_encoding_of_an_encoding_is_undone(outer, inner):
    encoded = FORMS[outer](FORMS[inner](AWKWARD))

    assert Redactor([AWKWARD]).text("before %s after" % encoded) == "before %s after" % MASK


@EVERY_FORM
@given(secret=LONG_SECRETS, before=st.binary(max_size=7))
@example(secret=AWKWARD, before=b"")
def test_no_base64_of_an_encoded_secret_is_left(form, secret, before):
    encoded = base64.b64encode(before + FORMS[form](secret).encode("utf-8")).decode("ascii")

    for text in (encoded, quote(encoded, safe=""), encoded.replace("/", "\\/"), base64.b64encode(encoded.encode())):
        encoded_text = text if isinstance(text, str) else text.decode("ascii")
        assert Redactor([secret]).text("x %s" % encoded_text) == "x " + MASK


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\\n", "%0A", "\n    "])
@pytest.mark.parametrize("columns", [64, 76])
def test_base64_over_several_lines_is_masked(columns, line_break):
    secret = "Jm9Xq2Lw7ZtR4vKp" * 2
    encoded = base64.b64encode(b"x" * 100 + secret.encode() + b"y" * 100).decode("ascii")
    lines = line_break.join(encoded[at : at + columns] for at in range(0, len(encoded), columns))

    redacted = Redactor([secret]).text("before: %s." % lines)

    assert redacted == "before: %s." % MASK


PRIVATE_PEM = keys.private_pem(keys.pair(1024)).strip()


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda pem: base64.b64encode(pem.encode()).decode(), id="base64 of the PEM"),
        pytest.param(lambda pem: base64.urlsafe_b64encode(b"ab" + pem.encode()).decode(), id="in other base64"),
        pytest.param(lambda pem: "".join(pem.splitlines()[1:-1]), id="without its first and last line"),
        pytest.param(lambda pem: "\n".join(pem.splitlines()[1:-1]), id="the lines between"),
        pytest.param(lambda pem: "\\n".join(pem.splitlines()[1:-1]), id="the lines between, in JSON"),
        pytest.param(lambda pem: quote(pem, safe=""), id="percent"),
        pytest.param(quote_plus, id="percent, in a query"),
        pytest.param(lambda pem: "\n".join("    " + line for line in pem.splitlines()).strip(), id="indented"),
    ],
)
@pytest.mark.parametrize("label", LABELS[:2])
def test_a_private_key_is_masked_however_it_is_damaged(label, form):
    pem = keys.armored(label, keys.body(PRIVATE_PEM)).strip()

    assert Redactor([]).text("before: %s" % form(pem)) == "before: " + MASK
    assert holds_private_key(form(pem))
    assert shown({"name": [form(pem)], "private_key": pem}) == {"name": [MASK], "private_key": pem}


def test_a_public_key_without_its_first_and_last_line_is_not_masked():
    body = "\n".join(keys.public_pem(keys.pair(1024)).strip().splitlines()[1:-1])

    assert Redactor([]).text(body) == body
    assert not holds_private_key(body)


@given(st.binary(max_size=3), st.sampled_from(LABELS))
def test_a_private_key_is_seen_in_base64_however_it_is_aligned(before, label):
    pem = keys.armored(label, keys.body(PRIVATE_PEM))

    assert holds_private_key(base64.b64encode(before + pem.encode()).decode("ascii"))


def test_to_show_a_public_key_takes_few_calls():
    shop = {"name": "Shop", "public_key": keys.public_pem(keys.pair(1024)), "url": "https://example.com/a?b=c@d"}
    assert shown(shop) == shop

    assert calls(lambda: shown([shop] * 100)) < 100 * 100


@pytest.mark.parametrize(
    ("part", "times"),
    [
        pytest.param("\\", 200, id="backslashes"),
        pytest.param("%25", 300, id="percent"),
        pytest.param("&amp;", 300, id="HTML"),
        pytest.param("&", 600, id="ampersands"),
        pytest.param("\\u005c", 120, id="JSON"),
        pytest.param("A", 20000, id="base64"),
        pytest.param("-----BEGIN ", 300, id="keys that never come"),
    ],
)
@unless_coverage_is_measured
def test_a_text_of_eight_times_the_length_takes_about_eight_times_as_long(part, times):
    redactor = Redactor(["secret", "\\\\%&+", PRIVATE_PEM])

    assert growth(lambda size: redactor.text(part * size), times, 8) < 24


def test_a_long_secret_takes_few_calls():
    text = "".join("line %d: 50 %% of &amp; and \\n\n" % line for line in range(100)) + PRIVATE_PEM[40:]
    redactor = Redactor([PRIVATE_PEM, "key:secret", "secret"])

    assert calls(lambda: redactor.text(text)) < 20 * len(text)


PASSWORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/?#@*%"), min_size=1)


@given(PASSWORDS)
@example("p%40ss%2Fword")
def test_the_password_of_a_url_is_masked_from_then_on(password):
    redactor = Redactor([])
    redactor.learn_from({"a": [{"address": "https://user:%s@example.com/x" % password}]})

    for form in (password, quote(password, safe=""), unquote(password), json.dumps(password)[1:-1]):
        assert redactor.text("= %s =" % form).strip("= ") == MASK


def test_a_password_in_an_answer_is_learned():
    content = b'{"address": "https://user:hunter2@example.com"}'
    redactor = Redactor(())

    redactor.learn_from_json(content, json.loads(content))

    assert redactor.text("it is hunter2") == "it is " + MASK
