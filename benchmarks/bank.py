"""Keep the vectors of the library's questions: `python -m benchmarks.bank`, after they changed."""

from interviewer.judging.bank import keep
from interviewer.models import catalogue, installed
from interviewer.text.embedding import Embedder


def main() -> None:
    """Needs the embedding model."""
    keep(Embedder.of(installed.path(catalogue.EMBEDDING)))


if __name__ == "__main__":
    main()
