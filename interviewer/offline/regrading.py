"""A saved session is graded again, and its scorecard kept with it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from interviewer.asking.debrief import debrief
from interviewer.build import Workshop
from interviewer.models import catalogue
from interviewer.offline.heard_again import heard_again, unheard
from interviewer.seams import Grader
from rubrics.library import FULL_LOOP
from sessions.model import Session
from sessions.store import SessionStore


def regrade(store: SessionStore, session_id: str) -> Session:
    """Grade a saved session by the embedded grader, and keep the scorecard with it; an answer
    that a kill broke off is heard again for that."""
    lost = unheard(store.load(session_id), store)
    with Workshop("scripted", None, "whisper-base") as shop:
        shop.fetch(catalogue.EMBEDDING, *((catalogue.RECOGNISER,) if lost else ()))
        return graded(
            store,
            session_id,
            lambda folder: shop.grader("embedded", folder),
            lambda one: heard_again(
                one, store, lambda: shop.transcriber, partial(click.echo, err=True)
            ),
        )


def graded(
    store: SessionStore,
    wanted: str,
    grader: Callable[[Path], Grader],
    hear: Callable[[Session], Session] = lambda session: session,
) -> Session:
    """A saved session with its new scorecard, and with the models that read it for that. Nobody
    else can write it until that is saved: a transcript that is corrected meanwhile would be lost."""
    session = store.take(wanted)
    try:
        session = hear(session)
        if session.status == "live":  # A kill or a power cut broke it off.
            session = replace(session, ended_by="interrupted")
        judge = grader(store.path(session.id))
        noted = session.with_models(judge.used)
        if noted != session:
            session = store.save(noted)  # Before it fails half way, with the text sent.
        card = judge.grade(session, untold)
        done = replace(session, status="graded", scorecard=card)
        if session.round == FULL_LOOP:
            done = replace(done, debrief=debrief(done))
        return store.save(done)
    finally:
        store.release(session.id)


def untold(what: str, share: float) -> None:
    """Several are graded side by side: only whole answers count as progress."""
