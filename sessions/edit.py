"""Correct what the recogniser misheard, and keep the times of all that it heard right."""

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sessions.errors import SessionError
from sessions.model import Answer, Session, Word
from sessions.store import SessionStore, write_private
from sessions.timeline import DOUBTFUL

HINT = "#:"
"""Begins a hint in the text for the editor. A plain # would not do: people say "our #1 priority"."""
_MARK = re.compile(r"^\[(\d+)\][^\S\n]*$", re.MULTILINE)
"""Not where it is indented: that may be said in an answer."""


def corrected(session: Session, turn: int, text: str) -> Session:
    """The session with another transcript of the answer in `turn` (index, from 0).

    Its scorecard is gone, since it judged other words; one that a kill broke off stays one that
    was interrupted. Raises `SessionError` where that turn has
    no answer.
    """
    if not 0 <= turn < len(session.turns) or session.turns[turn].answer is None:
        raise SessionError(
            f"Turn {turn + 1} of {session.id} has no answer. `interview show` lists the turns."
        )
    old = session.turns[turn]
    answer = old.answer
    assert answer
    if text.split() == answer.text.split():
        return session
    turns = list(session.turns)
    turns[turn] = replace(old, answer=_rewritten(answer, text))
    ended_by = "interrupted" if session.status == "live" else session.ended_by
    return replace(
        session, turns=tuple(turns), status="ended", ended_by=ended_by, scorecard=None, debrief=None
    )


def editable(session: Session) -> str:
    """All answers as one text for an editor: a line of marks before each, hints as comments."""
    parts = [
        f"{HINT} Correct the words below the [numbers]. Lines that begin with {HINT} are hints: leave",
        f"{HINT} them, change them or delete them. Save and close; without a change, nothing happens.",
    ]
    for index, turn in enumerate(session.turns):
        if turn.answer is None:
            continue
        unsure = [one.text for one in turn.answer.words if one.probability < DOUBTFUL]
        parts += ["", f"{HINT} {' '.join(turn.asked.text.split())}"]
        if unsure:
            parts.append(f"{HINT} perhaps misheard: {' '.join(' '.join(unsure).split())}")
        parts += [f"[{index + 1}]", _wrapped(turn.answer.text)]
    return "\n".join(parts) + "\n"


def edited(session: Session, text: str) -> Session:
    """The session with the answers of such a text; unchanged ones stay as they are.

    Raises `SessionError` unless the [number] of each answer stands there once: words whose number
    is gone would become a part of the answer before. A text with nothing in it changes nothing.
    """
    content = "\n".join(line for line in text.splitlines() if not line.startswith(HINT))
    if not content.strip():
        return session
    before, *pieces = _MARK.split(content)
    numbers = [int(one) for one in pieces[::2]]
    _check(session, before.split(), numbers)
    for number, answer in zip(numbers, pieces[1::2], strict=True):
        session = corrected(session, number - 1, answer)
    return session


def _check(session: Session, before: Sequence[str], numbers: Sequence[int]) -> None:
    """Raise `SessionError` where it is not clear whose words are whose."""
    wanted = [index for index, turn in enumerate(session.turns, 1) if turn.answer is not None]
    found = Counter(numbers)
    faults = [f"[{one}] is not the number of an answer" for one in found if one not in wanted]
    faults += [f"the line [{one}] is missing" for one in wanted if one not in found]
    faults += [f"[{one}] stands there more than once" for one, times in found.items() if times > 1]
    if before:
        faults.append(f'words stand above the first [number]: "{" ".join(before)[:40]}"')
    if faults:
        raise SessionError(
            f"Nothing was changed, for it is not clear which words belong to which answer: "
            f"{'; '.join(faults)}. Above the words of each answer, its [number] has to stand on a "
            "line of its own."
        )


def put_by(store: SessionStore, identifier: str, content: bytes) -> Path | None:
    """Where a text from the editor now lies that could not be used; None where no disk takes it.

    In the session's folder it will be forgotten with the session. Where that one is full or
    protected, the folder for temporary files may not be.
    """
    with suppress(SessionError):
        return _written(store.path(identifier), identifier, content)
    with suppress(SessionError, OSError):
        return _written(Path(mkdtemp(prefix="interview-")), identifier, content)
    return None


def _written(folder: Path, identifier: str, content: bytes) -> Path:
    """Under a name that is free: an earlier text may be all that is left of somebody's work."""
    names = (f"{identifier}-edited{'' if n == 1 else f'-{n}'}.txt" for n in count(1))
    path = next(folder / name for name in names if not (folder / name).exists())
    write_private(path, content)
    return path


def _wrapped(text: str) -> str:
    """Words are kept whole, and indented: no line of an answer looks like a mark or a hint."""
    return textwrap.fill(
        text, 90, initial_indent="  ", subsequent_indent="  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _rewritten(answer: Answer, text: str) -> Answer:
    tokens = text.split()
    matcher = SequenceMatcher(
        None, [_key(word.text) for word in answer.words], [_key(token) for token in tokens],
        autojunk=False,
    )  # fmt: skip
    words: list[Word] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            words += [
                replace(word, text=token)
                for word, token in zip(answer.words[i:j], tokens[k:m], strict=True)
            ]
        else:
            start, end = _span(answer, i, j)
            words += _shared(tokens[k:m], start, end)
    return replace(answer, text=" ".join(tokens), words=tuple(words), edited=True)


def _span(answer: Answer, first: int, last: int) -> tuple[float, float]:
    """Seconds of the words from `first` up to `last`, or of the gap where there is none."""
    if first < last:
        return answer.words[first].start, answer.words[last - 1].end
    start = answer.words[first - 1].end if first else 0.0
    end = answer.words[first].start if first < len(answer.words) else answer.seconds
    return start, max(start, end)


def _shared(tokens: list[str], start: float, end: float) -> list[Word]:
    """New words, spread over the time of those that they replace; a person is sure of them."""
    step = (end - start) / max(1, len(tokens))
    return [
        Word(text=token, start=start + n * step, end=start + (n + 1) * step, probability=1.0)
        for n, token in enumerate(tokens)
    ]


def _key(word: str) -> str:
    return re.sub(r"\W", "", word.lower())
