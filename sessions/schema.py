"""Print the JSON schema of session.json: python -m sessions.schema > docs/session.schema.json"""

import json
import sys

from sessions.document import schema


def text() -> str:
    """The schema as it is kept in docs/session.schema.json."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
