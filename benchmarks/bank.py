"""Keep the vectors of the library's questions: `python -m benchmarks.bank`, after they changed."""

from interviewer.judging.bank import sides
from interviewer.models import catalogue, installed
from interviewer.text.embedding import Embedder, keep
from rubrics import library


def main() -> None:
    """Needs the embedding model."""
    asked = [one for rubric in library.shipped() for one in rubric.questions]
    texts = [text for side in sides(asked) for text in side]
    keep(texts, Embedder.of(installed.path(catalogue.EMBEDDING)))


if __name__ == "__main__":
    main()
