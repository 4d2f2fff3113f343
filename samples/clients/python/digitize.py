#!/usr/bin/env python3
"""Sends the pages of one document to Digitizer, waits, and saves PDF, text and result file.

    DIGITIZER_KEY=dgz_… digitize.py --server http://127.0.0.1:8481 --dossier CODE --out DIR FILE...

Exit codes: 0 done, 1 waits for a person, 2 wrong usage, 3 not reached or refused.
"""
import argparse
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

AGAIN = {409, 429, 502, 503, 504, 507}
SETTLED = {"done", "waiting", "cancelled"}


class Refused(Exception):
    """The server said no, and will say so again."""


class Api:
    def __init__(self, server, key, patience):
        self.server, self.key, self.end = server.rstrip("/"), key, time.monotonic() + patience

    def call(self, path, data=None, headers=None):
        """One call; repeated for as long as the server cannot be reached or asks to come again."""
        pause = 1.0
        while True:
            request = urllib.request.Request(self.server + path, data, {"Authorization": f"Bearer {self.key}", **(headers or {})})
            try:
                with urllib.request.urlopen(request, timeout=90) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                why = explained(error)
                if error.code not in AGAIN:
                    raise Refused(why) from error
                wait = float(error.headers.get("Retry-After") or pause)
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                why, wait = f"{self.server} cannot be reached: {error}", pause
            if time.monotonic() + wait > self.end:
                raise Refused(why)
            time.sleep(wait)
            pause = min(pause * 2, 30)


def explained(error):
    try:
        problem = json.loads(error.read())
        return f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError):
        return {401: "The key is not known. Ask the administrator.", 403: "This key may not do this."}.get(error.code, f"HTTP {error.code}")


def form(fields, files):
    """multipart/form-data (RFC 7578); file names as UTF-8."""
    boundary = uuid.uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() for name, value in fields.items() if value]
    for file in files:
        name = urllib.parse.quote(file.name)
        parts.append(f"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''{name}\r\n\r\n".encode() + file.read_bytes())
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + b"--" + boundary.encode() + b"--\r\n", f"multipart/form-data; boundary={boundary}"


def save(api, submission, out, stem):
    out.mkdir(parents=True, exist_ok=True)
    for document in (d for unit in submission["units"] for d in unit["documents"] if "pdf" in d):
        name = stem if document["part"] == 1 else f"{stem}.part{document['part']}"
        for kind, end in (("pdf", ".pdf"), ("text", ".txt"), ("json", ".json")):
            (out / (name + end)).write_bytes(api.call(f"/v1/documents/{document['id']}/{kind}"))
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

    api = Api(options.server, key, options.patience)
    try:
        body, kind = form({"dossier": options.dossier, "source": options.source}, options.files)
        # Made once: however often it is sent, it is one submission.
        submission = json.loads(api.call("/v1/submissions", body, {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}))
        while submission["state"] not in SETTLED:
            if time.monotonic() > api.end:
                raise Refused(f"submission {submission['id']} is safe and not done yet; look at it later")
            submission = json.loads(api.call(f"/v1/submissions/{submission['id']}?wait=30"))
        save(api, submission, options.out, options.files[0].stem)
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 3
    report(submission)
    return 0 if submission["state"] == "done" else 1


if __name__ == "__main__":
    sys.exit(main())
