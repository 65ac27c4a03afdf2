"""What is made when it is first asked for, and once only, whoever asks meanwhile."""

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, Self, TypeVar, overload

Made = TypeVar("Made")


class once(Generic[Made]):  # noqa: N801 - used as a decorator, like `property`
    """A property that is made at its first use and kept.

    As `functools.cached_property`, which since Python 3.12 lets two threads make it twice: that
    would be a whole model for each of them.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        """`make` is the method that makes it; what it raises is raised, and nothing kept."""
        self._make = make
        self._name = make.__name__
        self._lock = RLock()
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, one: None, kind: type) -> Self: ...

    @overload
    def __get__(self, one: object, kind: type | None = None) -> Made: ...

    def __get__(self, one: object, kind: type | None = None) -> Made | Self:
        """The value; a second thread waits for the first. Of the class, the property itself."""
        if one is None:
            return self
        kept = vars(one)
        with self._lock:
            if self._name not in kept:
                kept[self._name] = self._make(one)
        made: Made = kept[self._name]
        return made
