"""`interview practice`: from what was asked for to a session that is held and graded."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from rich.console import Console

from interviewer import build
from interviewer.asking.debrief import debrief
from interviewer.asking.plan import plan
from interviewer.choices import Choices
from interviewer.commands.show_attempts import print_comparison
from interviewer.commands.show_session import print_next, print_session
from interviewer.errors import InterviewError
from interviewer.judging.spoken import question_of
from interviewer.live import hold
from interviewer.offline.heard_again import heard_again, unheard
from interviewer.offline.remarks import recognised
from interviewer.offline.single import check_question, taken_as, with_question
from interviewer.plain import plain
from rubrics.library import FULL_LOOP, LOOP, find, titles
from rubrics.model import Rubric
from sessions.attempts import compare
from sessions.errors import SessionError
from sessions.index import Index
from sessions.model import DEMONSTRATION, Planned, Session
from sessions.progress import OWN
from sessions.store import SessionStore
from sessions.suggestion import next_practice
from voice.errors import VoiceError


def run(choices: Choices) -> None:
    """Hold a new interview; raises the errors of whatever fails, with the session so far kept."""
    store = SessionStore(choices.sessions)
    wanted: tuple[str, ...] = ()
    with Index(store) as index:
        asked = asked_before(index)
        if choices.suggested:
            choices, wanted = suggestion(choices, index)
    rubrics = rubrics_of(choices.round_id)
    if choices.question is not None and len(rubrics) > 1:
        raise InterviewError("A question of your own belongs to one round: name it with --round.")
    check_question(rubrics[0], choices.question)
    with build.Studio(choices, store) as studio:
        studio.fetch()
        if choices.question:
            rubric, question = with_question(rubrics[0], choices.question, studio.likeness)
            if known := taken_as(rubrics[0], question):
                studio.screen.note(recognised(known))
            rubrics, choices = (rubric,), replace(choices, questions=1)
            wanted = (question.id,)
        questions = plan(
            rubrics,
            choices.seniority,
            choices.questions,
            prefer=(*wanted, *studio.answerable(rubrics)),
            asked=asked,
            seed=datetime.now().isoformat(),
        )
        session = new_session(choices, rubrics, questions, studio)
        print_next(hold_and_show(studio.store.create(session), studio), "last")


def resume(session_id: str, choices: Choices) -> None:
    """Go on with a session that stopped early; raises `SessionError` where it is over."""
    store = SessionStore(choices.sessions)
    with closing(store):
        taken = store.take(session_id)
        session = _reopened(taken)
        if session.turns and session.turns[-1].kind == "closing":
            raise SessionError(_held_to_its_end(session))
        live = replace(session, status="live", ended_by=None, scorecard=None, debrief=None)
        with build.Studio(_as_before(choices, session), store) as studio:
            studio.fetch()
            _same_candidate(session, studio.candidate.name)
            live = store.save(live.with_models(studio.models_used()))
            store.reserve(live.id)
            if session is taken:
                live = heard_again(
                    live, store, lambda: studio.transcriber, lambda text: studio.screen.note(text)
                )
            elif name := unheard(live, store):  # The words that are taken back.
                store.audio_path(live.id, name).unlink()
            print_next(hold_and_show(live, studio))


def _held_to_its_end(session: Session) -> str:
    if session.scorecard is None:
        return f"Session {session.id} was held to its end. Grade it: interview grade {session.id}"
    return (
        f"Session {session.id} was held to its end and graded. Look at it: interview show {session.id}. "
        f"Try a question of it again: interview retry {session.id} --question 1"
    )


def _same_candidate(session: Session, name: str) -> None:
    """A person's own answers and those of the demonstration do not mix: only the former count."""
    if not session.turns or (name == DEMONSTRATION) == session.demonstration:
        return
    raise SessionError(
        f"Session {session.id} is a demonstration, answered by the recorded candidate. Start one of "
        "your own: interview practice"
        if session.demonstration
        else f"Without a microphone the recorded candidate would answer in your session {session.id}. "
        "Connect the microphone, or give recordings of your own with --candidate."
    )


def _reopened(session: Session) -> Session:
    """The session without its last words where the candidate asked for them: "let me finish" may
    have been misheard, and who changes their mind is welcome. Else the session itself."""
    turns = session.turns
    if turns and turns[-1].kind == "closing":
        if session.ended_by != "candidate":
            return session
        turns = turns[:-1]
    if turns and turns[-1].answer and turns[-1].answer.control == "end":
        turns = (*turns[:-1], replace(turns[-1], answer=None, stages=()))
    return session if turns == session.turns else replace(session, turns=turns)


def retry(session_id: str, number: int, choices: Choices) -> None:
    """Ask question `number` (from 1) of a session again, and compare the two attempts."""
    store = SessionStore(choices.sessions)
    before = store.load(session_id)
    asked = list(dict.fromkeys((turn.round, turn.question) for turn in before.turns))
    if not 1 <= number <= len(asked):
        numbers = "1, its only one" if len(asked) == 1 else f"a number from 1 to {len(asked)}"
        raise SessionError(
            f"Session {before.id} has no question {number}; --question takes {numbers}."
            if asked
            else f"Session {before.id} has no questions to try again."
        )
    round_id, question = asked[number - 1]
    choices = _as_before(choices, before)
    planned = (Planned(round=round_id, question=question),)
    first = next(one for one in before.turns if (one.round, one.question) == asked[number - 1])
    rubric = before.rubric(round_id)
    # A question that was `custom` in another program's file may be in no rubric of it.
    rubric = replace(rubric, questions=(question_of(rubric, question, first.asked.text),))
    with build.Studio(replace(choices, round_id=round_id), store) as studio:
        studio.fetch()
        session = new_session(studio.choices, (rubric,), planned, studio)
        again = studio.store.create(replace(session, retry_of=before.id))
        after = hold_and_show(again, studio)
        if any(turn.answer for turn in after.turns):  # Else it was stopped before there was one.
            print_comparison(compare(before, after, question))
        print_next(after, "last")


def _as_before(choices: Choices, session: Session) -> Choices:
    """What the session was begun with."""
    return replace(
        choices,
        seniority=session.seniority,
        style=session.style,
        name=session.interviewer,
        minutes=session.minutes,
        probes=session.probes,
    )


def hold_and_show(session: Session, studio: build.Studio) -> Session:
    """Hold the interview, grade it, and print its scorecard."""
    try:
        session = hold(session, studio.room(session))
    except (InterviewError, VoiceError) as error:
        raise InterviewError(_with_way_on(str(error), studio.store.read(session.id))) from error
    studio.screen.close()
    if session.round == FULL_LOOP:
        session = studio.store.save(replace(session, debrief=debrief(session)))
    print_session(session)
    return session


def _with_way_on(error: str, kept: Session) -> str:
    """The error, with what can be done about a session that it ended."""
    if not any(turn.answer for turn in kept.turns):
        return error
    how = "resume" if kept.stopped_early else "grade"
    return f"{error}\nWhat you said is kept: interview {how} {kept.id}"


def rubrics_of(round_id: str) -> tuple[Rubric, ...]:
    """One round, or all of a full loop; raises `RubricError`, `InterviewError`."""
    if round_id == FULL_LOOP:
        return tuple(find(one) for one in LOOP)
    near = get_close_matches(round_id, [FULL_LOOP], cutoff=0.8)
    if near and round_id not in titles():
        raise InterviewError(f"No round '{round_id}'. Did you mean {FULL_LOOP}?")
    return (find(round_id),)


def asked_before(index: Index) -> tuple[str, ...]:
    """Ids of the questions of earlier sessions, the oldest first."""
    rows = index.rows(
        "SELECT question FROM questions JOIN sessions ON questions.session = sessions.key "
        f"WHERE {OWN} ORDER BY moment"
    )
    return tuple(row["question"] for row in rows)


def suggestion(choices: Choices, index: Index) -> tuple[Choices, tuple[str, ...]]:
    """What `--next` means now: the round, and the question to begin with."""
    wanted = None if choices.any_round else choices.round_id
    best = next_practice(index, titles(), datetime.now().astimezone(), wanted)
    Console().print(plain(best.why), markup=False, highlight=False)
    return replace(choices, round_id=best.round), (best.question,) if best.question else ()


def new_session(
    choices: Choices,
    rubrics: tuple[Rubric, ...],
    questions: tuple[Planned, ...],
    studio: build.Studio,
) -> Session:
    """A live session that holds what is planned; the store gives it its id."""
    asked = {one.question for one in questions}
    return Session(
        id="new",
        created=datetime.now().astimezone().isoformat(timespec="seconds"),
        status="live",
        round=choices.round_id,
        seniority=choices.seniority,
        style=choices.style,
        interviewer=choices.name,
        minutes=choices.minutes,
        probes=choices.probes,
        planned=questions,
        # Only the questions of this session: the file explains itself, and stays small.
        rubrics=tuple(
            replace(one, questions=tuple(each for each in one.questions if each.id in asked))
            for one in rubrics
        ),
        models=studio.models_used(),
        candidate=studio.candidate.name,
    )
