"""Keep the vectors of the library's questions: `python -m benchmarks.bank`, after they changed."""

from interviewer import catalogue, models
from interviewer.judging.bank import keep
from interviewer.judging.embedding import Embedder


def main() -> None:
    """Needs the embedding model."""
    keep(Embedder.of(models.path(catalogue.EMBEDDING)))


if __name__ == "__main__":
    main()
