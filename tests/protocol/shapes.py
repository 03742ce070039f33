"""The shapes of messages: the protocol's types, with unknown fields forbidden."""

import json

import attrs
import cattrs
from lsprotocol import converters, types

CONVERTER = converters.get_converter(cattrs.Converter(forbid_extra_keys=True))
FROM_SERVERS = {method for method in types.METHOD_TO_TYPES if types.message_direction(method) != "clientToServer"}


def check(message, asked):
    """Checks a message of the server; `asked` maps the ids of requests to their methods, and forgets what is answered.
    Returns the method that the message is about."""
    assert message.get("jsonrpc") == "2.0", message
    if "method" in message:
        method = message["method"]
        assert method in FROM_SERVERS, f"a server may not send {method}"
        request = hasattr(attrs.fields(types.METHOD_TO_TYPES[method][0]), "id")
        assert ("id" in message) == request, f"{method} is {'a' if request else 'no'} request: {message}"
        same(message, types.METHOD_TO_TYPES[method][0])
        return method
    assert asked.get(message.get("id")), f"nobody asked for {message}"
    method = asked[message["id"]]
    asked[message["id"]] = None
    assert ("result" in message) != ("error" in message), message
    if "result" in message:
        same(message, types.METHOD_TO_TYPES[method][1])
    else:
        same(message["error"], types.ResponseError)
    return method


def same(value, kind):
    """Checks that a value is one of a type: read as that type and written again, it must be as it was. What the
    library reads leniently (numbers in strings, fields that it does not know) does not survive that."""
    try:
        again = CONVERTER.unstructure(CONVERTER.structure(value, kind), unstructure_as=kind)
    except Exception as error:
        raise AssertionError(f"{kind.__name__}: {describe(error)}: {value}") from error
    assert canonical(again) == canonical(value), f"{kind.__name__}: {canonical(value)} was read as {canonical(again)}"


def describe(error):
    """All causes of an error of the converter."""
    causes = getattr(error, "exceptions", ())
    return f"{error}" + "".join(f"; {describe(cause)}" for cause in causes)


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
