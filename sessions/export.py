"""A session as Markdown or as subtitles."""

from collections.abc import Iterator

from sessions.advised import improvement, to_fix
from sessions.bar import against_bar
from sessions.figures import give_or_take, measured
from sessions.model import Debrief, PointScore, Quote, Scorecard, Session, Word
from sessions.replay import cues
from sessions.timeline import (
    BESIDE_THE_POINT,
    Exchange,
    advice_on,
    beside_the_point,
    besides,
    clock,
    exchanges,
    good,
    printable,
    round_title,
    shown_points,
    where_it_went,
)

LINE = 42
"""Characters in a line of a subtitle, two lines each: what broadcasters use."""
GAP = 0.8
"""Seconds of silence that end a subtitle."""
BLINK = 0.001
"""Seconds that a subtitle lasts where its words have no times (a written answer)."""


def markdown(session: Session) -> str:
    """Scorecard and transcript, to read or to paste."""
    parts = [
        f"# {_escaped(round_title(session))}, {session.created[:10]}",
        f"Session {session.id}.",
    ]
    if session.demonstration:
        parts.append("Demonstration: answered by the recorded candidate.")
    if session.scorecard:
        parts += _scorecard(session, session.scorecard)
    else:
        parts.append("Not graded.")
    for number, exchange in enumerate(exchanges(session), 1):
        parts.append(f"## Question {number}: {_escaped(exchange.text)}")
        for index in exchange.turns:
            turn = session.turns[index]
            if said := besides(turn, exchange):
                parts.append(f"**Interviewer:** {_escaped(said)}")
            if turn.answer:
                about = f"turn {index + 1}, {clock(turn.answer.seconds)} long"
                parts.append(f"**You** ({about}): {_escaped(turn.answer.text)}")
        shown = shown_points(session, exchange)
        if beside_the_point(shown):
            parts.append(BESIDE_THE_POINT)
        if shown:
            parts.append("\n".join(map(_point, shown)))
        parts += _advised(session, exchange)
    parts.append(_escaped(where_it_went(session)))
    return printable("\n\n".join(parts)) + "\n"


def srt(session: Session) -> str:
    """Subtitles for the whole conversation: each utterance follows on the one before it."""
    blocks = []
    for number, (start, end, text) in enumerate(_captions(session), 1):
        blocks.append(f"{number}\n{_stamp(start)} --> {_stamp(end)}\n{printable(text)}\n")
    return "\n".join(blocks)


def _scorecard(session: Session, card: Scorecard) -> Iterator[str]:
    if card.overall is None:
        yield f"No overall score: {_escaped(card.unscored or '')}"
    else:
        overall = f"**{card.overall:.1f}** of 5{give_or_take(card.low, card.high)}"
        yield f"Overall {overall}. {against_bar(session)}"
    if session.debrief:
        yield from _panel(session, session.debrief)
    for _, exchange, fixes in to_fix(session):
        lines = [f"- {_escaped(one)}" for one in fixes]
        yield f"Fix first, on “{_escaped(exchange.text)}”:\n\n" + "\n".join(lines)
    several = len(session.rubrics) > 1  # Rounds have criteria that are called alike.
    lines = ["| criterion | level | why |", "| --- | --- | --- |"]
    if several:
        lines = [f"| round {lines[0]}", f"| --- {lines[1]}"]
    for score in card.criteria:
        level = "not scored" if score.level is None else str(score.level)
        why = _escaped(score.unscored or "")
        if score.level is not None:
            why = _escaped(score.why) + _quotes(score.quotes)
            why += f" **To raise it:** {_escaped(score.raise_by)}" if score.raise_by else ""
        where = (_escaped(round_title(session, score.round)),) if several else ()
        spread = give_or_take(score.low, score.high)
        cells = (*where, _escaped(score.name), level + spread, why)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    yield "\n".join(lines)
    lines = [
        f"- {_escaped(one.name)}: {_escaped(measured(one.value, one.unit))}"
        for one in card.delivery
    ]
    if lines:
        yield "Delivery:\n\n" + "\n".join(lines)
    grader = card.grader
    yield _escaped(f"Graded by {grader.name} ({grader.model}). {grader.measured_on}")


def _point(point: PointScore) -> str:
    """A line of a task list, which knows only done and not done."""
    holds = good(point)
    mark = "- [x] " if holds else "- [ ] "
    unclear = "Unclear: " if holds is None else ""
    fault = ("Avoided: " if holds else "Fault: ") if point.negative else ""
    return f"{mark}{unclear}{fault}{_escaped(point.statement)}{_quotes(point.quotes)}"


def _panel(session: Session, panel: Debrief) -> Iterator[str]:
    yield " ".join((f"The panel: **{panel.recommendation}**.", *map(_escaped, panel.reasons)))
    votes = [(round_title(session, one.round), one.vote, one.reason) for one in panel.votes]
    yield "\n".join(f"- {_escaped(name)}: {vote}. {_escaped(why)}" for name, vote, why in votes)


def _advised(session: Session, exchange: Exchange) -> Iterator[str]:
    """What would make the answer stronger, and what may be asked next."""
    for advice in advice_on(session, exchange):
        what, text = improvement(session, exchange, advice)
        if text:
            yield f"**{what}:** {_escaped(text)}"
        if advice.next_follow_up:
            yield f"**Be ready for:** {_escaped(advice.next_follow_up)}"


def _captions(session: Session) -> Iterator[tuple[float, float, str]]:
    now = 0.0
    for cue in cues(session):
        speaker = "[Interviewer] " if cue.who == "Interviewer" else ""
        for place, words in enumerate(_lines(cue.words)):
            text = " ".join(word.text for word in words)
            start, end = words[0].start, max(words[-1].end, words[0].start + BLINK)
            yield now + start, now + end, text if place else speaker + text
        now += cue.seconds


def _lines(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Words that fit a subtitle, ended by silence and by the end of a sentence."""
    line: list[Word] = []
    for word in words:
        if line:
            length = sum(len(one.text) + 1 for one in line) + len(word.text)
            silent = word.start - line[-1].end >= GAP
            full = length > 2 * LINE or (length > LINE and line[-1].text[-1:] in ".?!")
            if silent or full:
                yield line
                line = []
        line.append(word)
    if line:
        yield line


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02},{rest:03}"


def _quotes(quotes: tuple[Quote, ...]) -> str:
    return "".join(
        f" “{_escaped(one.text)}” (turn {one.turn + 1}, {clock(one.start)})" for one in quotes
    )


def _escaped(text: str) -> str:
    """Text that Markdown takes as text: no HTML, no links, on one line."""
    for one in "\\`*_[]<>#":
        text = text.replace(one, f"\\{one}")
    return " ".join(text.split())
