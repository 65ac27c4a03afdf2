"""What `interview grade` prints for one answer or session: one JSON object."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from interviewer.errors import InterviewError
from interviewer.offline.remarks import Remarks
from sessions.errors import SessionError
from sessions.model import CriterionScore, PointScore, Quote, Scorecard, Session, Word
from sessions.writing import write_private

_MADE_FROM = "made_from"
"""Key of a kept result under which stands what it was made from, as a digest."""
_KEYS = frozenset("path transcript words criteria overall low high unscored advice grader".split())
"""Without which a result cannot be shown."""
_OF_CRITERION = frozenset("id level low high unscored why quotes raise_by".split())


@dataclass(frozen=True)
class Result:
    """One graded answer or session, as it is printed."""

    data: dict[str, Any]

    @property
    def overall(self) -> float | None:
        """1 to 5, or None where it is unscored."""
        value = self.data["overall"]
        return None if value is None else float(value)

    def line(self) -> str:
        """As one line of JSON."""
        return json.dumps(self.data, ensure_ascii=False)

    def row(self) -> dict[str, object]:
        """As one line of a table: the file, the overall, and each criterion's level.

        In a full loop with its round in front: several rounds have a criterion of the same id.
        """
        levels = {
            f"{one['round']}.{one['id']}" if "round" in one else one["id"]: one["level"]
            for one in self.data["criteria"]
        }
        head = {key: self.data[key] for key in ("path", "overall", "low", "high", "unscored")}
        if str(head["path"]).startswith(("=", "+", "-", "@", "\t")):
            head["path"] = f"'{head['path']}"  # A spreadsheet would take it for a formula.
        return {**head, "words": len(self.data["words"]), **levels}

    def write(self, path: Path, made_from: str) -> None:
        """Keep it, for its owner only, with what it was `made_from`; raises `InterviewError`."""
        line = json.dumps({**self.data, _MADE_FROM: made_from}, ensure_ascii=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_private(path, f"{line}\n".encode())
        except (OSError, SessionError, UnicodeEncodeError) as error:
            raise InterviewError(
                f"{path}: cannot be written ({error}). Choose another --out."
            ) from error

    @classmethod
    def read(cls, path: Path, made_from: str) -> "Result | None":
        """One that was kept, None where it was made from something else.

        Raises `InterviewError` where the file is no result: a session that was exported has an
        overall, too, but not what a result was made from.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            kept, _ = data.pop(_MADE_FROM), data["overall"]
            if kept != made_from:
                return None  # What an older program kept may lack a key, and is made anew.
            ours = _is_whole(data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _no_result(path) from error
        if not ours:
            raise _no_result(path)
        return cls(data)


def _is_whole(data: dict[str, Any]) -> bool:
    return (
        data.keys() >= _KEYS
        and isinstance(data["words"], list)
        and data["grader"].keys() >= {"name", "measured_on"}
        and all("fix_first" in one for one in data["advice"])
        and all(one.keys() >= _OF_CRITERION for one in data["criteria"])
        and all("text" in quote for one in data["criteria"] for quote in one["quotes"])
    )


def _no_result(path: Path) -> InterviewError:
    return InterviewError(f"{path}: is no result of ours. Delete it, or choose another --out.")


def result_of(name: str, session: Session, card: Scorecard, understood: Remarks) -> Result:
    """The transcript with its words, and the judgement."""
    answers = [(index, turn.answer) for index, turn in enumerate(session.turns) if turn.answer]
    several = len(answers) > 1
    return Result(
        {
            # Bytes of a name that are no text would be refused by every writer of text.
            "path": os.fsencode(name).decode("utf-8", "replace"),
            "round": session.round,
            "taken_as": understood.taken_as,
            "notes": list(understood.notes),
            "transcript": "\n".join(answer.text for _, answer in answers),
            "words": [
                _word(word) | ({"turn": index} if several else {})
                for index, answer in answers
                for word in answer.words
            ],
            "criteria": [
                _criterion(one, several)
                | ({"round": one.round} if len(session.rubrics) > 1 else {})
                for one in card.criteria
            ],
            "points": [_point(one, several) for one in card.points],
            "overall": card.overall,
            "low": card.low,
            "high": card.high,
            "unscored": card.unscored,
            "delivery": [asdict(one) for one in card.delivery],
            "advice": [asdict(one) for one in card.advice],
            "grader": asdict(card.grader),
            "models": [asdict(one) for one in session.models],
        }
    )


def _word(word: Word) -> dict[str, object]:
    start, end = round(word.start, 3), round(word.end, 3)
    return {
        "text": word.text,
        "start": start,
        "end": end,
        "probability": round(word.probability, 4),
    }


def _criterion(one: CriterionScore, several: bool) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "level": one.level,
        "unscored": one.unscored,
        "low": one.low,
        "high": one.high,
        "why": one.why,
        "quotes": [_quote(quote, several) for quote in one.quotes],
        "raise_by": one.raise_by,
    }


def _point(one: PointScore, several: bool) -> dict[str, object]:
    return {
        "question": one.question,
        "id": one.point,
        "statement": one.statement,
        "negative": one.negative,
        "verdict": one.verdict,
        "confidence": round(one.confidence, 3),
        "quotes": [_quote(quote, several) for quote in one.quotes],
    }


def _quote(quote: Quote, several: bool) -> dict[str, object]:
    place = {"text": quote.text, "start": round(quote.start, 3), "end": round(quote.end, 3)}
    return {**place, "turn": quote.turn} if several else place
