"""Makes text that others wrote safe to print: transcripts, file names, what a model said."""


def plain(text: str, encoding: str = "utf-8") -> str:
    """The text as one line that cannot steer a terminal.

    Control and format characters go (escape sequences, direction marks, joiners, variation
    selectors: terminals disagree with us about their width), every white space becomes a blank,
    and what `encoding` cannot say becomes a question mark.
    """
    kept = (sign for sign in text if sign.isspace() or _visible(sign))
    return " ".join("".join(kept).split()).encode(encoding, "replace").decode(encoding)


def _visible(sign: str) -> bool:
    return sign.isprintable() and not "\ufe00" <= sign <= "\ufe0f"
