#!/usr/bin/env python3
"""Sends the pages of one document to Digitizer, waits, and saves PDF, text and result file.

    DIGITIZER_KEY=dgz_… digitize.py --server http://127.0.0.1:8481 --dossier CODE --out DIR FILE...

Exit codes: 0 done, 1 waits for a person, 2 wrong usage, 3 not reached or refused.
"""
import argparse
import http.client
import json
import math
import os
import pathlib
import sys
import time
import urllib.parse
import uuid

AGAIN = {409, 429, 502, 503, 504, 507}
TO_MEND = {400, 413, 415, 422}
SETTLED = {"done", "waiting", "cancelled"}


class Refused(Exception):
    """The server said no, and will say so again."""

    def __init__(self, why, status):
        super().__init__(why)
        self.status = status


class NotReached(Exception):
    """There was no answer in time, or only that it is to be asked again."""


class Api:
    def __init__(self, server, key, patience):
        self.server, self.key, self.end = urllib.parse.urlsplit(server), key, time.monotonic() + patience

    def call(self, method, path, body=None, headers=None):
        """One call; repeated for as long as the server cannot be reached or asks to come again."""
        pause = 1.0
        while True:
            try:
                status, told, answer = self.once(method, path, body, headers or {})
                if status < 300:
                    return answer
                why = explained(status, answer)
                if status not in AGAIN:
                    raise Refused(why, status)
                wait = seconds(told.get("Retry-After"), pause)
            except (OSError, http.client.HTTPException) as error:
                why, wait = f"{self.server.geturl()} cannot be reached: {error}", pause
            if time.monotonic() + wait > self.end:
                raise NotReached(why)
            time.sleep(wait)
            pause = min(pause * 2, 30)

    def once(self, method, path, body, headers):
        kind = http.client.HTTPSConnection if self.server.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.server.netloc, timeout=90)
        try:
            try:
                connection.request(method, self.server.path.rstrip("/") + path, body, {"Authorization": f"Bearer {self.key}", **headers})
            except (BrokenPipeError, ConnectionResetError):
                if connection.sock is None:
                    raise
                # It may have answered before the end of the body, and reads no more of it.
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def seconds(text, otherwise):
    return float(text) if text and text.isdigit() else otherwise


def explained(status, answer):
    try:
        problem = json.loads(answer)
        return f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError):
        return {401: "The key is not known. Ask the administrator.", 403: "This key may not do this."}.get(status, f"HTTP {status}")


def kept_key(file):
    """Made once and kept until there is an answer: however often it is sent, by this or the next start of the program, it is one submission."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(uuid.uuid4()))
    return file.read_text()


def form(fields, files):
    """multipart/form-data (RFC 7578); file names as UTF-8."""
    boundary = uuid.uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() for name, value in fields.items() if value]
    for file in files:
        name = urllib.parse.quote(file.name)
        parts.append(f"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''{name}\r\n\r\n".encode() + file.read_bytes())
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + b"--" + boundary.encode() + b"--\r\n", f"multipart/form-data; boundary={boundary}"


def submit(api, once, fields, files):
    body, kind = form(fields, files)
    try:
        return json.loads(api.call("POST", "/v1/submissions", body, {"Content-Type": kind, "Idempotency-Key": kept_key(once)}))
    except Refused as refusal:
        if refusal.status in TO_MEND:
            once.unlink()  # Mended, it is another submission.
        raise


def finished(api, submission):
    """The submission when it is done, or waits for a person."""
    while submission["state"] not in SETTLED:
        left = math.ceil(api.end - time.monotonic())
        if left <= 0:
            raise NotReached(f"submission {submission['id']} is safe and not done yet; start this again later")
        submission = json.loads(api.call("GET", f"/v1/submissions/{submission['id']}?wait={min(left, 30)}"))
    return submission


def save(api, submission, out, stem):
    for document in (d for unit in submission["units"] for d in unit["documents"] if "pdf" in d):
        name = stem if document["part"] == 1 else f"{stem}.part{document['part']}"
        for kind, end in (("pdf", ".pdf"), ("text", ".txt"), ("json", ".json")):
            (out / (name + end)).write_bytes(api.call("GET", f"/v1/documents/{document['id']}/{kind}"))
        print(out / (name + ".pdf"))


def report(submission):
    for unit in submission["units"]:
        if "failure" in unit:
            print(f"{unit['name']}: {unit['failure']['message']}", file=sys.stderr)
        for document in unit["documents"]:
            if document["reasons"]:
                print(f"{unit['name']}: waits for a person: {', '.join(document['reasons'])}", file=sys.stderr)
            if "failure" in document.get("delivery", {}):
                print(f"{unit['name']}: {document['delivery']['failure']['message']}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default="http://127.0.0.1:8481")
    parser.add_argument("--dossier", default="", help="mã hồ sơ; without it the document waits for a person")
    parser.add_argument("--source", default="")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--patience", type=float, default=600, help="seconds")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    if not (key := os.environ.get("DIGITIZER_KEY")):
        parser.error("set DIGITIZER_KEY to a key of the administrator")

    for file in options.files:
        if not os.access(file, os.R_OK) or not file.is_file():
            parser.error(f"{file} cannot be read")

    api, stem = Api(options.server, key, options.patience), options.files[0].stem
    once = options.out / f".{stem}.key"
    try:
        submission = finished(api, submit(api, once, {"dossier": options.dossier, "source": options.source}, options.files))
        save(api, submission, options.out, stem)
        once.unlink()
    except (Refused, NotReached, OSError) as error:
        print(error, file=sys.stderr)
        return 3
    report(submission)
    if submission["state"] == "done":
        return 0
    print(f"submission {submission['id']} is {submission['state']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
