"""Imports of files: their multipart upload, and what a person answers on the way."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import Any

import seeds
from service.web.forms import CSRF_FIELD
from service.web.pages.import_file import ACTIONS
from tests.faults.fuzz.fields import Pairs, mutated_pairs
from tests.faults.fuzz.mutations import PIECES, mutated
from tests.faults.fuzz.readers import sample_of
from tests.faults.fuzz.requests import (
    CSRF_HEADER,
    CSRF_TOKEN,
    Case,
    Headers,
    HTTPRefusal,
    Requests,
)
from tests.faults.fuzz.sheets import packed_mutation, sheet_samples
from tests.web.imports.importing import Fields as FormFields

BOUNDARY = b"----valuenet"
KIND = (b"content-type", b"multipart/form-data; boundary=" + BOUNDARY)
NAMES = ["a.csv", "Kunder 2026.xlsx", "members.csv", "b.zip", "c.json", "../../x", ""]
MAPPING = b'[a]\nkind = "ORGANISATION"\nkey = "id"\nname = "Name"\n'
MOST_STEPS = 5


def upload(requests: Requests) -> Case:
    """Files, and up to five steps of their import."""
    random = requests.random
    samples = file_samples()
    files = [
        (file_name(random), packed_mutation(random.choice(samples), samples, random))
        for _ in range(random.choice((1, 1, 1, 2, 3)))
    ]
    body, kind = multipart(files), KIND
    if random.random() < 0.3:
        body = mutated(body, [b"--" + BOUNDARY, *PIECES], random)
    if random.random() < 0.05:
        kind = kind[0], mutated(kind[1], PIECES, random)
    seed = random.random()
    return body, lambda: take_steps(requests, body, [kind, CSRF_HEADER], seed)


def file_samples() -> list[bytes]:
    tables = sorted((seeds.FOLDER / "demo").glob("*.csv"))
    return [*sheet_samples().values(), *map(sample_of, tables)]


def file_name(random: random.Random) -> str:
    name = random.choice(NAMES)
    if random.random() < 0.3:
        name = mutated(name.encode(), PIECES, random).decode("latin-1")
    return name


def multipart(files: list[tuple[str, bytes]]) -> bytes:
    parts = [(f'name="{CSRF_FIELD}"', CSRF_TOKEN)]
    parts += [(f'name="files"; filename="{name}"', data) for name, data in files]
    body = b"".join(
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n"
        % (BOUNDARY, head.encode(), data)
        for head, data in parts
    )
    return body + b"--%b--\r\n" % BOUNDARY


def take_steps(requests: Requests, body: bytes, headers: Headers, seed: float) -> None:
    """Upload, then send the form of each page that follows, with mutated answers."""
    answer = requests.request("POST", b"/import", body, headers)
    address, own = answer.headers[b"location"], random.Random(seed)
    try:
        for _ in range(own.randint(1, MOST_STEPS)):
            page = import_page(requests, address + own.choice([b"", b"?part=meaning"]))
            pairs = mutated_pairs(form_answers(page, own), PIECES, own)
            requests.send_form(address, pairs)
    except Exception as error:
        error.add_note(f"seed of the steps: {seed}")
        raise
    finally:
        with suppress(HTTPRefusal):
            import_page(requests, address)
            requests.send_form(address, [(b"action", b"remove")])


def import_page(requests: Requests, address: bytes) -> str:
    """The page of an import once nothing runs any more."""
    while True:
        page = requests.request("GET", address).body.decode()
        if 'http-equiv="refresh"' not in page:
            return page
        requests.run(asyncio.sleep(0.05))


def form_answers(page: str, random: random.Random) -> Pairs:
    """What a browser would send, with other choices here and there."""
    form: Any = FormFields(page)  # type: ignore[no-untyped-call]
    pairs = [
        (name.encode(), (value or "").encode())
        for name, values in form.fields.items()
        for value in values
        if name != CSRF_FIELD
    ]
    for name, options in form.options.items():
        if options and random.random() < 0.2:
            value = random.choice(options) or ""
            pairs = [pair for pair in pairs if pair[0] != name.encode()]
            pairs.append((name.encode(), value.encode()))
    action = random.choice(["check", "load", *ACTIONS])
    if action == "write":
        mapping = mutated(MAPPING, PIECES, random)
        return [(b"number", b"0"), (b"mapping", mapping), (b"action", b"write")]
    return [*pairs, (b"action", action.encode())]
