"""What a person should do about each fault that pydantic finds."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

from pydantic_core import ErrorDetails

from rubrics.model import Rubric


def remedy(error: ErrorDetails) -> str:
    """One sentence: what is wrong, what to do."""
    write = _REMEDIES.get(error["type"])
    if write is None:
        return f"{error['msg'][:1].lower()}{error['msg'][1:]}"
    return write(error, error.get("ctx", {}))


def _missing(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"is missing; add a line `{error['loc'][-1]}: …` here"


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


def _number(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"should be a number, is {_kind(error['input'])}; write it without quotes, such as 2"


def _whole_number(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"should be a whole number, is {_kind(error['input'])}; write it as 20, without quotes"


def _switch(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"should be true or false, is {_kind(error['input'])}; write it without quotes"


def _list(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"should be a list, is {_kind(error['input'])}; start each entry with '- '"


def _mapping(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return f"should be keys with values, is {_kind(error['input'])}; write `key: value` lines"


def _few(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    least, has = context["min_length"], context["actual_length"]
    return f"needs {least} or more, has {has}; add {least - has}"


def _many(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    most, has = context["max_length"], context["actual_length"]
    if not isinstance(has, int):
        return f"may have at most {most} entries; take some out"
    return f"may have at most {most} entries, has {has}; take {has - most} out"


def _short(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"is shorter than {context['min_length']} characters; write it out"


def _long(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"is longer than {context['max_length']} characters; shorten it"


def _identifier(error: ErrorDetails, _: Mapping[str, Any]) -> str:
    return (
        f"'{str(error['input'])[:60]}' is not an id; use lower-case letters and digits, starting "
        "with a letter, words joined by _ or -"
    )


def _choice(error: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"{_kind(error['input'])} is not known here; use {context['expected']}"


def _above(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"must be greater than {context['gt']:g}; change the number"


def _at_least(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"must be at least {context['ge']:g}; raise it"


def _at_most(_: ErrorDetails, context: Mapping[str, Any]) -> str:
    return f"must be at most {context['le']:g}; lower it"


_REMEDIES: dict[str, Callable[[ErrorDetails, Mapping[str, Any]], str]] = {
    "missing": _missing,
    "unexpected_keyword_argument": _unknown,
    "string_type": _text,
    "float_type": _number,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "bool_type": _switch,
    "tuple_type": _list,
    "dataclass_type": _mapping,
    "dict_type": _mapping,
    "too_short": _few,
    "too_long": _many,
    "string_too_short": _short,
    "string_too_long": _long,
    "string_pattern_mismatch": _identifier,
    "literal_error": _choice,
    "greater_than": _above,
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
}


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
