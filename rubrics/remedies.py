"""What a person should do about each fault that pydantic finds."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

from pydantic_core import ErrorDetails

from rubrics.model import Rubric

_SENTENCES = {
    "missing": "is missing; add a line `{key}: …` here",
    "float_type": "should be a number, is {kind}; write it without quotes, such as 2",
    "int_type": "should be a whole number, is {kind}; write it as 20, without quotes",
    "int_from_float": "should be a whole number, is {kind}; write it as 20, without quotes",
    "bool_type": "should be true or false, is {kind}; write it without quotes",
    "tuple_type": "should be a list, is {kind}; start each entry with '- '",
    "dataclass_type": "should be keys with values, is {kind}; write `key: value` lines",
    "dict_type": "should be keys with values, is {kind}; write `key: value` lines",
    "string_too_short": "is shorter than {min_length} characters; write it out",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "string_pattern_mismatch": "'{text}' is not an id; use lower-case letters and digits, starting "
    "with a letter, words joined by _ or -",
    "literal_error": "{kind} is not known here; use {expected}",
    "greater_than": "must be greater than {gt:g}; change the number",
    "greater_than_equal": "must be at least {ge:g}; raise it",
    "less_than_equal": "must be at most {le:g}; lower it",
}
"""By pydantic's name of the fault; besides pydantic's own context, `key`, `kind` and `text` of what
stands there."""


def remedy(error: ErrorDetails) -> str:
    """One sentence: what is wrong, what to do."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _SENTENCES:
        there = {
            "key": error["loc"][-1] if error["loc"] else "",
            "kind": _kind(error["input"]),
            "text": str(error["input"])[:60],
        }
        return _SENTENCES[kind].format(**there, **context)
    if kind in _WRITTEN:
        return _WRITTEN[kind](error, context)
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


def _unknown(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    known = _keys(error["loc"][:-1])
    close = get_close_matches(str(error["loc"][-1]), known, n=1, cutoff=0.5)
    if close:
        return f"is not a key here; did you mean '{close[0]}'?"
    return f"is not a key here; use one of {', '.join(known)}"


def _text(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    if error["input"] is None:
        return "should be text, is empty; write it out (a word such as null needs quotes)"
    return f"should be text, is {_kind(error['input'])}; put it in quotes"


def _few(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    least, has = context["min_length"], context["actual_length"]
    return f"needs {least} or more, has {has}; add {least - has}"


def _many(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    most, has = context["max_length"], context["actual_length"]
    if not isinstance(has, int):
        return f"may have at most {most} entries; take some out"
    return f"may have at most {most} entries, has {has}; take {has - most} out"


_WRITTEN: dict[str, Callable[[ErrorDetails, Mapping[str, Any]], str]] = {
    "unexpected_keyword_argument": _unknown,
    "string_type": _text,
    "too_short": _few,
    "too_long": _many,
}
"""Those that no fixed sentence fits."""


def _kind(value: object) -> str:
    """What a value is, in a person's words."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value:.6g}" if abs(value) < 1e15 else "a number"
    if isinstance(value, str):
        return f"the text '{value[:40]}'"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _keys(location: tuple[str | int, ...]) -> list[str]:
    """The keys that the schema knows at a place of the document."""
    here: Any = Rubric
    for part in location:
        if isinstance(part, str) and is_dataclass(here):
            here = get_type_hints(here).get(part)
        here = next((one for one in get_args(here) if is_dataclass(one)), here)
    return [one.name for one in fields(here)] if is_dataclass(here) else []
