"""What a person reads when a language model's server fails: what happened, and what next."""

NAMED = {
    "APITimeoutError": "did not answer in time. It may be busy or still loading; try again, or "
    "take a smaller model",
    "APIConnectionError": "cannot be reached, or broke off. Start the server or check the URL of "
    "--llm",
    "AuthenticationError": "refused the key (401). Set OPENAI_API_KEY to a key of that server",
    "PermissionDeniedError": "does not let this key use the model (403). Choose another --model",
    "NotFoundError": "has no such model or path (404). Check --model and the URL, which ends in "
    "/v1 as a rule",
    "RateLimitError": "had too many requests, or the account has no credit left (429). Wait a "
    "while, or use --llm embedded",
    "InternalServerError": "failed on its side. Try again, or use --llm embedded",
    "BadRequestError": "did not accept the request. Choose another --model",
    "APIError": "answered with an error. Try again, or use --llm embedded",
    "garbage": "sent something that is no JSON. Check that the URL of --llm is an "
    "OpenAI-compatible server's",
    "cut": "stopped in the middle of its reply. Try again, or use --llm embedded",
    "empty": "gave an empty reply. Choose a model that answers without long thinking, or use "
    "--llm embedded",
    "no JSON": "gave no JSON where JSON was asked for. Choose another --model, or use "
    "--llm embedded",
}
"""By the class of the `openai` client's error, or by a word for what was wrong with the reply."""

_SAYS_MORE = {"PermissionDeniedError", "NotFoundError", "RateLimitError", "InternalServerError",
              "BadRequestError", "APIError"}  # fmt: skip
"""Those where the server's own words help."""


def told(kind: str, where: str, said: str = "") -> str:
    """One or two lines for a person."""
    first = f"The language model {where} {NAMED[kind]}."
    return f"{first}\nIt said: {said}" if said and kind in _SAYS_MORE else first
