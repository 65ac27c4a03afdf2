"""Grades recordings, texts and saved sessions: one result for each, errors told one by one."""

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from interviewer.build import Progress as Tell
from interviewer.build import Workshop
from interviewer.cli import USER_ERRORS
from interviewer.errors import InterviewError, ProgramFaultError, fault_of_ours
from interviewer.judging.judge import JudgeGrader
from interviewer.llm.chat_errors import MISSHAPEN
from interviewer.models import catalogue
from interviewer.offline.answers import STDIN, is_sound, piped, read_answer, standard_input
from interviewer.offline.heard_again import heard_again, unheard
from interviewer.offline.inputs import collected, is_file, is_session, nothing_in
from interviewer.offline.kept import digest_of, place_of
from interviewer.offline.regrading import graded, untold
from interviewer.offline.remarks import Remarks, remarks
from interviewer.offline.results import Result, result_of
from interviewer.offline.single import check_question, session_of, with_question
from interviewer.seams import Grader
from interviewer.text.sentences import split
from rubrics.library import FULL_LOOP, find
from rubrics.model import Rubric
from sessions.errors import SessionError
from sessions.model import Session
from sessions.store import SessionStore
from sessions.timeline import printable


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What `interview grade` was asked to do; its options say more."""

    paths: tuple[str, ...]
    round_id: str | None
    question: str | None
    as_json: bool
    as_csv: bool
    grader: str
    jobs: int
    out: Path | None
    fail_under: float | None
    llm: str
    model: str | None
    second_llm: str | None
    second_model: str | None
    transcriber_model: str
    sessions: Path | None
    by_default: bool = False
    """Whether the grader was not named on the command line, but in settings."""


STOPPED = 130
"""Exit code after Ctrl-C, as the other commands have it."""


def run(batch: Batch) -> None:
    """Grade everything; exit code 1 where something failed, 2 where `fail_under` was missed."""
    rubric = _checked(batch)
    console = Console(stderr=True)
    results: list[Result] = []
    try:
        # What is pasted comes before the progress bar, which would write over it.
        typed = standard_input() if rubric and STDIN in batch.paths else None
        failed = _grade(batch, rubric, typed, console, results)
    except KeyboardInterrupt:
        if results and batch.out:
            _say(console, f"What was graded is kept in {batch.out}; the same command goes on.")
        if batch.jobs > 1:
            _leave()
        raise
    if not batch.as_json:
        _write_table(results, batch.as_csv)
    if failed:
        sys.exit(1)
    if batch.fail_under and any((one.overall or 0) < batch.fail_under for one in results):
        console.print(f"Not every answer reaches {batch.fail_under}.")
        sys.exit(2)


def _leave() -> NoReturn:
    """End at once: the interpreter would wait for the answers that other threads are grading."""
    try:
        click.echo("Stopped.", err=True)
        sys.stdout.flush()
    finally:
        os._exit(STOPPED)


def _grade(
    batch: Batch,
    rubric: Rubric | None,
    typed: bytes | None,
    console: Console,
    results: list[Result],
) -> int:
    """Put all that can be graded into `results`, one by one; how many could not."""
    failed = 0
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("looking", total=None)

        def tell(what: str, share: float | None) -> None:
            progress.update(task, description=what)

        with _workshop(batch, tell) as shop:
            work = _Work(batch, rubric, typed, shop, lambda text: _say(console, text))
            jobs = work.collected()
            shop.fetch(*_models(batch, jobs))
            if batch.by_default:
                _refuse_unmeasured(shop.grader(batch.grader))
            progress.update(task, description="grading", total=len(jobs))
            for name, result in work.results(jobs):
                progress.update(task, description="grading", advance=1)
                if isinstance(result, Result):
                    results.append(result)
                    if batch.as_json:
                        click.echo(result.line())
                elif len(jobs) == 1:
                    raise _alone(result)
                else:
                    failed += 1
                    _tell_failure(console, name, result)
    return failed


def _checked(batch: Batch) -> Rubric | None:
    """The round's rubric; raises `InterviewError` for options that do not fit together.

    A saved session knows its round, whatever the settings make the default.
    """
    if batch.round_id is None or not any(map(is_file, batch.paths)):
        return None
    if batch.round_id == FULL_LOOP:
        raise InterviewError(
            "An answer belongs to one round, and a full loop holds several. Name one with --round; "
            "`interview rubrics list` shows them."
        )
    rubric = find(batch.round_id)
    check_question(rubric, batch.question)
    return rubric


class _Work:
    """The answers of one batch."""

    def __init__(
        self,
        batch: Batch,
        rubric: Rubric | None,
        typed: bytes | None,
        shop: Workshop,
        note: Callable[[str], None],
    ) -> None:
        self._batch = batch
        self._typed = typed
        self._note = note
        self._rubric = rubric
        self._shop = shop
        self._store = SessionStore(batch.sessions)

    def collected(self) -> list[str]:
        """What is to be graded, each once."""
        return list(collected(self._batch.paths, self._store, self._note))

    def results(self, jobs: list[str]) -> Iterator[tuple[str, Result | Exception]]:
        """In their order, whatever was ready first."""
        if self._batch.jobs == 1 or len(jobs) == 1:
            # In the main thread, the only one that Ctrl-C stops.
            yield from ((name, self._one(name)) for name in jobs)
            return
        pool = ThreadPoolExecutor(self._batch.jobs)
        try:
            yield from zip(jobs, pool.map(self._one, jobs), strict=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, name: str) -> Result | Exception:
        """The result, or what a person can read of why there is none."""
        try:
            once = piped(Path(name))
            saved = not (once or Path(name).is_file())
            out = self._batch.out
            kept = place_of(name, out) if out else None
            # A saved session's file changes when it is graded, so it is always graded afresh; a
            # pipe cannot be read twice.
            made_from = self._made_from(Path(name)) if kept and not saved and not once else ""
            # Read for these, too: what is no result of ours is not written over.
            known = Result.read(kept, made_from) if kept and kept.exists() else None
            if known and made_from:
                return known
            session, said = (self._saved(name), Remarks()) if saved else self._read(Path(name))
            assert session.scorecard
            result = result_of(name, session, session.scorecard, said)
            if kept:
                result.write(kept, made_from)
        except USER_ERRORS as error:
            return error
        except OSError as error:
            return InterviewError(f"{name}: {error.strerror}.")
        except MISSHAPEN as error:
            return fault_of_ours(name, error)
        return result

    def _read(self, path: Path) -> tuple[Session, Remarks]:
        """The answer in a file, graded, and how its question was understood."""
        if self._rubric is None:
            raise InterviewError(
                "Which kind of interview is it? Say --round; `interview rubrics list` shows them."
            )
        rubric = self._rubric
        shop = self._shop
        answer = read_answer(
            path, lambda: shop.transcriber, rubric.vocabulary, self._note, self._typed
        )
        asked, question = with_question(rubric, self._batch.question, shop.likeness, answer.text)
        found = remarks(shop.relevance, rubric, question, split(answer.text))
        for note in found.notes:
            self._note(f"{path}: {note}")
        judge = shop.grader(self._batch.grader)
        session = session_of(asked, question, answer, judge.used)
        card = judge.grade(session, untold)
        return replace(session, status="graded", scorecard=card), found

    def _saved(self, name: str) -> Session:
        """A session, graded anew and saved."""
        if Path(name).exists() and not is_session(Path(name)):
            if Path(name).is_dir():
                raise nothing_in(name)
            raise InterviewError(f"{name} is no ordinary file. Name a recording or a text.")
        if is_file(name):
            raise InterviewError(f"{name}: there is no such file. Check the name.")
        shop, store = self._shop, self._store
        return graded(
            store,
            name,
            lambda folder: shop.grader(self._batch.grader, folder),
            lambda one: heard_again(one, store, lambda: shop.transcriber, self._note),
        )

    def _made_from(self, path: Path) -> str:
        """Digest of the answer in that file and of what decides its scores, with the rubric."""
        batch = self._batch
        models = (batch.llm, batch.model, batch.second_llm, batch.second_model)
        judge = models if batch.grader == "judge" else ()
        what = (self._rubric, batch.question, batch.grader, batch.transcriber_model)
        return digest_of(path, *what, *judge)


def _alone(error: Exception) -> BaseException:
    """Where no other answer waits, a fault of the program keeps its traceback."""
    ours = isinstance(error, ProgramFaultError) and error.__cause__
    return ours or error


def _workshop(batch: Batch, tell: Tell) -> Workshop:
    threads = 2 if batch.jobs == 1 else 1
    return Workshop(
        batch.llm,
        batch.model,
        batch.transcriber_model,
        tell,
        threads=threads,
        second=_second(batch),
    )


def _models(batch: Batch, jobs: Iterable[str]) -> Iterator[str]:
    """Those that are needed: only a judge asks the language model, and only sound is recognised."""
    yield catalogue.EMBEDDING
    if batch.grader == "judge":
        yield catalogue.LANGUAGE
    store = SessionStore(batch.sessions)
    if any(_to_hear(name, store) for name in jobs):
        yield catalogue.RECOGNISER


def _to_hear(name: str, store: SessionStore) -> bool:
    """Whether there is sound to recognise: in a file, or of an answer that was broken off."""
    if is_file(name):
        return Path(name).is_file() and is_sound(Path(name))
    try:
        return unheard(store.load(name), store) is not None
    except SessionError:  # Is told when its turn comes.
        return False


def _second(batch: Batch) -> tuple[str, str | None] | None:
    """The second judge; other graders have none."""
    if batch.second_llm is None or batch.grader != "judge":
        return None
    return batch.second_llm, batch.second_model


def _refuse_unmeasured(grader: Grader) -> None:
    """A judge that nobody measured is no default: it may be asked for, each time."""
    if isinstance(grader, JudgeGrader) and not grader.measured:
        raise InterviewError(
            f"Your settings make {grader.info.model} the judge, but its agreement was never measured. "
            "Run `interview calibrate DATA.jsonl --grader judge`, or say --grader judge here."
        )


def _tell_failure(console: Console, name: str, error: Exception) -> None:
    text = str(error)
    _say(console, text if name in text else f"{name}: {text}")


def _say(console: Console, text: str) -> None:
    """A line for people, whatever a file is called."""
    console.print(printable(text), markup=False, highlight=False)


def _write_table(results: list[Result], as_csv: bool) -> None:
    if not results:
        return
    if as_csv:
        rows = [one.row() for one in results]
        keys = list(dict.fromkeys(key for row in rows for key in row))
        # Windows makes two of each \n on the way to stdout.
        table = csv.DictWriter(sys.stdout, keys, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        return
    from interviewer.offline.result_table import show

    show(results)
