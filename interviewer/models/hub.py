"""The Hugging Face hub, or a mirror of it that HF_ENDPOINT names, as a source of models.

Plain HTTP with `Range` for going on, instead of huggingface_hub: its download keeps a second copy
in a cache of its own, reads its environment at import, and waits long for a hub that is away.
"""

import errno
import http.client
import os
import threading
import urllib.error
import urllib.request
from pathlib import Path

from interviewer.models.catalogue import File, HubFile
from interviewer.models.sources import Report, SourceError

_CONNECT = 5.0
"""Seconds until a hub that does not answer counts as away; people wait for this one."""
_STALL = 20.0
"""Seconds without a byte until a download counts as stalled."""
_TRIES = 5
"""How often a broken download is taken up again, as long as each try brings something."""
_BLOCK = 1 << 20

_FAULTS = (OSError, http.client.HTTPException)
"""What urllib raises: URLError and timeouts are OSErrors; a short body is IncompleteRead."""


class Hub:
    """Downloads over HTTP, going on where it stopped."""

    name = "model hub"

    def __init__(
        self, endpoint: str | None = None, connect: float = _CONNECT, stall: float = _STALL
    ) -> None:
        """Take HF_ENDPOINT where no endpoint is given; times are seconds."""
        chosen = endpoint or os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
        self.endpoint = chosen.rstrip("/")
        self._connect = connect
        self._stall = stall

    def away(self) -> str | None:
        """Why the hub cannot be used, None where it can.

        Asked in a thread that may be left behind: looking up a host name has no timeout.
        """
        if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "TRUE", "YES", "ON"}:
            return "switched off by HF_HUB_OFFLINE"
        answer: list[str | None] = []
        asking = threading.Thread(target=lambda: answer.append(self._ask()), daemon=True)
        asking.start()
        asking.join(self._connect + 1)
        return answer[0] if answer else "does not answer"

    def _ask(self) -> str | None:
        try:
            urllib.request.urlopen(self._request("", method="HEAD"), timeout=self._connect).close()
        except urllib.error.HTTPError:
            return None
        except _FAULTS as error:
            return _reason(error)
        except ValueError:
            return f"HF_ENDPOINT is no web address: {self.endpoint}"
        return None

    def download(self, file: File, partial: Path, report: Report) -> None:
        """See `Source.download`."""
        if file.hub is None:
            raise SourceError("does not have it")
        for _ in range(_TRIES):
            before = _size(partial)
            if before >= file.size:
                return
            try:
                self._append(file, file.hub, partial, report)
            except urllib.error.HTTPError as error:
                raise SourceError(f"answered {error.code} for {file.hub.repo}") from error
            except _FAULTS as error:
                # A full disk is an OSError too, and no fault of the hub's.
                if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                    raise
                if _size(partial) <= before:
                    raise SourceError(_reason(error)) from error
        if _size(partial) < file.size:
            raise SourceError("broke off again and again")

    def _append(self, file: File, there: HubFile, partial: Path, report: Report) -> None:
        start = _size(partial)
        request = self._request(f"{there.repo}/resolve/{there.revision}/{there.path}")
        if start:
            request.add_header("Range", f"bytes={start}-")
        with urllib.request.urlopen(request, timeout=self._stall) as response:
            if response.status != 206:
                start = 0
            total = start + int(response.headers.get("Content-Length") or file.size - start)
            if total != file.size:
                raise SourceError(f"has another file there ({total:,} bytes)")
            with partial.open("r+b" if start else "wb") as out:
                out.seek(start)
                while block := response.read1(_BLOCK):
                    out.write(block)
                    report(out.tell())
                if out.tell() < file.size:
                    raise http.client.IncompleteRead(b"")

    def _request(self, path: str, method: str = "GET") -> urllib.request.Request:
        if not self.endpoint.startswith(("http://", "https://")):
            raise ValueError(self.endpoint)
        return urllib.request.Request(
            f"{self.endpoint}/{path}", method=method, headers={"User-Agent": "mock-interviewer"}
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _reason(error: Exception) -> str:
    """Half a sentence for a person."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "does not answer in time"
    if isinstance(cause, http.client.IncompleteRead):
        return "broke off"
    return f"cannot be reached ({cause})"
