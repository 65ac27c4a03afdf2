"""A pack to start from."""

import re
from pathlib import Path

from rubrics.errors import RubricError
from rubrics.library import is_identifier, locate, own_folder
from rubrics.load import text_of


def create(round_id: str, copy_of: str | None = None) -> Path:
    """Write a new pack into the person's own folder; returns its path.

    The pack is a commented example, or a copy of the round `copy_of`. Never overwrites. Raises
    `RubricError` where the id cannot be one, is taken, the round cannot be read, or the folder
    cannot be written.
    """
    if not is_identifier(round_id):
        raise RubricError(
            f"'{round_id[:60]}' cannot be a round's id; use lower-case letters and digits, words "
            "joined by _ or -, such as my_company."
        )
    text = STARTER if copy_of is None else text_of(locate(copy_of))
    text = re.sub(r"^id:.*$", f"id: {round_id}", text, count=1, flags=re.MULTILINE)
    path = own_folder() / f"{round_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise RubricError(
            f"{path} is there already and is kept as it is; edit it, or choose another id."
        ) from error
    except OSError as error:
        raise RubricError(
            f"{path} cannot be written ({error.strerror}). Check the folder's rights and the disk."
        ) from error
    return path


STARTER = """\
# A round of your own. `interview rubrics check` says what is missing,
# `interview practice --round ID` asks it. docs/rubrics.md explains each key.
format: 1
# The id must be the name of this file.
id: starter
title: My round
about: >-
  What this round is for, and what tells a strong answer from a weak one.
minutes: 20
# {name} becomes the interviewer's name. At most 40 words, as spoken.
opening: >-
  Hi, I'm {name}. I'll ask about a project of yours and follow up on your answers.

# What is expected at each seniority.
bar:
  junior: Follows a plan that others made and can say why it was made.
  mid: Makes own decisions and gives their reasons.
  senior: Weighs alternatives, measures the result, owns what failed.
  staff: Changes how several teams work, and knows what that cost.

# 4 to 6 criteria, each judged from 1 to 5. Their points are used for questions that are not
# written down here: yes/no statements that can be decided from the answer alone.
criteria:
  - id: clarity
    name: Clear account
    weight: 1.0
    levels:
      one: It cannot be told what the project was.
      three: The project is clear, its purpose is not.
      five: Project, purpose and the people it served are clear within a few sentences.
    points:
      - id: says_purpose
        statement: Says what the project was for and who used it.
        weight: 1.0
        # At most 30 words, one question, no praise, no hint. Must stand on its own.
        probe: Who used the result, and for what purpose?
        # Words that answers having this point tend to use.
        cues: [used by, so that, customers use, in order to]
  - id: ownership
    name: Own part
    weight: 1.5
    levels:
      one: Only speaks of the team.
      three: Own tasks are named, decisions are not.
      five: Own decisions are named with their reasons.
    points:
      - id: own_decision
        statement: Names a decision of their own and its reason.
        weight: 1.5
        probe: Which decision in that project was your own?
        cues: [I decided, I chose, my reason was, instead of]
  - id: evidence
    name: Evidence
    weight: 1.2
    levels:
      one: No result.
      three: A result without a size.
      five: A number before and after, with how it was measured.
    points:
      - id: number
        statement: Gives a number for the result and what it is compared with.
        weight: 1.2
        probe: What number changed because of your work?
        cues: [percent, went from, down to, compared with]
  - id: reflection
    name: Reflection
    weight: 1.0
    levels:
      one: Nothing went wrong.
      three: Something went wrong, without a consequence.
      five: Says what failed and what was changed because of it.
    points:
      - id: what_changed
        statement: Says what was changed because something failed.
        weight: 1.0
        probe: What do you do differently since then?
        cues: [since then, I should have, now we, changed]
      - id: claims_perfection
        statement: Claims that nothing went wrong.
        weight: 1.0
        # A negative point describes a fault and costs its weight when it holds.
        negative: true
        probe: What was the hardest thing to get right?
        cues: [no problems, went perfectly, never failed, smooth]

questions:
  - id: recent_project
    text: Tell me about a machine learning project that you finished. What was your part in it?
    # Leave it out and the question fits everybody.
    seniority: [junior, mid, senior, staff]
    topics: [project, ownership]
    # What the interviewer answers when asked back.
    facts:
      - about: which project, work or private, how long ago
        answer: Any project that you know in detail.
    # 3 to 10 points.
    points:
      - id: purpose
        statement: Says what the project was for and who used it.
        criterion: clarity
        weight: 1.0
        probe: What did people use it for?
        cues: [used by, so that, customers use, in order to]
      - id: own_part
        statement: Separates their own part from that of others.
        criterion: ownership
        weight: 1.5
        probe: Which part of it would not be there without you?
        cues: [I built, I owned, my part, a colleague did]
      - id: result_number
        statement: Gives a number for the result and how it was measured.
        criterion: evidence
        weight: 1.2
        probe: How did you measure whether it worked?
        cues: [percent, measured, test, before and after]
      - id: what_failed
        statement: Says what did not work at first and what they changed.
        criterion: reflection
        weight: 1.2
        probe: What did not work at first?
        cues: [at first, failed, so I changed, turned out]
    # For somebody who has said all of that.
    deepening:
      - What did you give up in order to reach that result?
      - What would break first if ten times as many people used it?
    red_flags:
      - Cannot say what they did themselves.
    outline: >-
      The project's purpose and users. My own part and the decision in it that mattered, with its
      reason. The number before and after, and how it was measured. What failed at first, and what
      I changed because of it.

# Words that the recogniser should know, the most easily misheard first; at least 5.
vocabulary: [precision, recall, embedding, Kubernetes, Airflow]
"""
