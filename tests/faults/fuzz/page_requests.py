"""Requests to the page: all addresses that show something, and all forms."""

from __future__ import annotations

from collections.abc import Mapping

from service.networks.selection import STORED_TIES
from service.vocabulary import MEMBERS, RECORD_TYPES, TIES_BY_NAME
from service.vocabulary.enums import (
    DependenceKind,
    IntroductionState,
    MemberKind,
    MemberRole,
)
from service.web.fields import (
    EARLIER,
    NEW_NAME,
    NEW_VALUE,
    FormField,
    fields_of,
)
from service.web.forms import CSRF_FIELD, FORM_TYPE
from service.web.map_state import COLOURS, MODES, SIZES
from service.web.notice import NOTICE_COOKIE
from service.web.pages.what_if import MODELS
from service.web.routes import FORMS, IMPORT_PAGES, MAP_PARTS, PAGES
from tests.faults.fuzz.fields import (
    DAYS,
    NUMBERS,
    TEXTS,
    Fields,
    Pairs,
    encoded,
    mutated_address,
    mutated_pairs,
    some_pairs,
)
from tests.faults.fuzz.mutations import PIECES, mutated
from tests.faults.fuzz.requests import (
    CSRF_HEADER,
    CSRF_TOKEN,
    Case,
    Headers,
    Requests,
    clean,
)

IDS = ["0" * 32, "0", "..", "a" * 5_000]
VIEW = "community day"
MAP = f"{VIEW} ties colour size organisation isolates focus steps selected mode works"
# The parameters of each page; one that is not here gets any.
PARAMETERS = {
    "/": VIEW,
    "/map": f"{MAP} days need",
    "/map/member": f"{MAP} days need",
    "/map/picture.svg": f"{MAP} days need",
    "/map/network.gexf": f"{MAP} days need",
    "/members": f"{VIEW} role after",
    "/members/{key:path}": VIEW,
    "/introductions": f"{VIEW} startup need target after",
    "/what-if": f"{VIEW} member works days recovers model",
    "/departures": f"{VIEW} person to",
    "/dependence": f"{VIEW} kind after",
    "/report": f"{VIEW} from",
    "/report/funders": f"{VIEW} from to",
    "/search": f"{VIEW} text",
    "/add": "kind member",
    "/edit": "kind key member",
    "/choices": "kinds other target",
    "/ask": "requester introducer target need",
}
MEMBER_PARAMETERS = "member person to startup target other focus selected organisation"
MEMBER_PARAMETERS += " requester introducer"
TABLES = "board results models hit customers contracts pairs rows counts alive part-1"
COOKIES: Headers = [
    (b"cookie", NOTICE_COOKIE.encode() + b"=saved:1-3.5-5"),
    (b"cookie", NOTICE_COOKIE.encode() + b"=undone:999999999999999-999999999999999"),
    (b"accept", b"text/html"),
    (b"hx-request", b"true"),
    (b"accept-encoding", b"gzip"),
]


def pages(requests: Requests) -> Case:
    random = requests.random
    path = random.choice([*PAGES, *PAGES, *MAP_PARTS, *IMPORT_PAGES, "/login"])
    every = page_fields(requests)
    names = [*PARAMETERS.get(path, " ".join(every)).split(), "csv"]
    pairs = some_pairs({name: every[name] for name in names}, 6, random)
    if path in FORMS and random.random() < 0.7:
        pairs += query_pairs(form_of(requests, path)[0])
    others = [*PIECES, *(key.encode() for key in requests.member_keys[:20])]
    address = mutated_address(path_of(requests, path), pairs, others, random)
    headers = [
        (name, clean(mutated(value, others, random))[:8_000])
        for name, value in random.sample(COOKIES, random.choice((0, 0, 1, 2)))
    ]
    method = random.choice(["GET"] * 9 + ["HEAD"])
    data = address + b"\n" + repr(headers).encode()
    return data, lambda: requests.request(method, address, b"", headers)


def path_of(requests: Requests, path: str) -> str:
    """The path with a key in the place of each of its parameters."""
    key = requests.random.choice(requests.member_keys)
    if requests.random.random() < 0.2:
        key = requests.mutate([key.encode()]).decode("latin-1")[:2_000]
    path = path.replace("{key:path}", key)
    return path.replace("{id}", requests.random.choice(IDS)).replace("{name}", key)


def page_fields(requests: Requests) -> dict[str, list[str]]:
    """All parameters of pages, with values that some page understands."""
    members = [*requests.member_keys, "nobody", "a", "Åsvik"]
    kinds = [*RECORD_TYPES, *DependenceKind.__members__, *MemberKind.__members__]
    records = [requests.key_of(kind) for kind in RECORD_TYPES]
    return {
        **dict.fromkeys(MEMBER_PARAMETERS.split(), members),
        "community": ["demo", "lyftet-cohort-2025", "nobody", ""],
        **dict.fromkeys(("day", "from"), DAYS),
        "to": [*members, *DAYS],
        "kind": kinds,
        "key": records,
        "kinds": ["Person,Organisation", "Capability", "", "Person,Nothing"],
        "need": ["prototype-making", "Prototype making", "nothing"],
        "role": [*MemberRole.__members__],
        "text": ["fuktlys", "damp sensor", "*", '"', "a OR b AND", "~", "+-!(){}[]^:"],
        "after": ["", "WyJhIl0", *TEXTS],
        "csv": [*TABLES.split(), ""],
        **dict.fromkeys(("works", "days", "steps"), NUMBERS),
        "recovers": ["yes", ""],
        "isolates": ["yes", ""],
        "model": [*MODELS],
        "ties": [*(tie.value for tie in STORED_TIES), "EXCHANGE,ADVICE", ""],
        "colour": [*COLOURS, "x:importedFrom", "x:", "x:\0"],
        "size": [*SIZES],
        "mode": [*MODES],
        "part": ["meaning", ""],
        "next": ["/members", "//evil.example", "https://evil.example"],
    }


def forms(requests: Requests) -> Case:
    random = requests.random
    path = random.choice([*(path for path in FORMS if path != "/remove"), "/login"])
    if random.random() < 0.005:  # the records are to last
        path = random.choice(["/remove", "/logout"])
    query, fields = form_of(requests, path)
    others = [*PIECES, *(key.encode() for key in requests.member_keys[:20])]
    token = CSRF_TOKEN if random.random() < 0.97 else random.choice(PIECES)
    pairs = [(CSRF_FIELD.encode(), token)]
    pairs += mutated_pairs(
        some_pairs(fields, random.choice((4, 12)), random), others, random
    )
    body = encoded(pairs)
    if random.random() < 0.05:
        body = mutated(body, others, random)
    own = query_pairs(query)
    address = mutated_address(path_of(requests, path), own, others, random)
    headers = [
        (b"content-type", random.choice([FORM_TYPE] * 20 + KINDS).encode()),
        CSRF_HEADER,
    ]
    headers += random.choice(ORIGINS)
    data = b"\n".join([address, repr(headers).encode(), body])
    return data, lambda: requests.request("POST", address, body, headers)


ENDS = ("requester", "introducer", "target")
KINDS = ["multipart/form-data; boundary=a", "application/json", "", "text/plain;\xff"]
ORIGINS: list[Headers] = [[]] * 10 + [
    [(b"origin", b"http://localhost")],
    [(b"origin", b"http://[")],
    [(b"sec-fetch-site", b"cross-site")],
    [(b"accept-encoding", b"gzip")],
]


def form_of(requests: Requests, path: str) -> tuple[Mapping[str, str], Fields]:
    """The query and the fields of a form, for a record of any kind."""
    random, member = requests.random, random_member(requests)
    match path:
        case "/add" if random.random() < 0.5:
            kind = random.choice([*MEMBERS])
            return {"kind": kind}, {"key": TEXTS, **record_fields(kind)}
        case "/add":
            kind = random.choice([*TIES_BY_NAME])
            ends = {"other": [member, "new:A", *TEXTS], "direction": ["in", "out"]}
            return {"kind": kind, "member": member}, {**ends, **record_fields(kind)}
        case "/edit" | "/end" | "/remove":
            kind = random.choice([*RECORD_TYPES])
            query = {"kind": kind, "key": requests.key_of(kind), "member": member}
            fields = {**record_fields(kind), **earlier_fields(kind)}
            return query, fields if path == "/edit" else {"until": DAYS}
        case "/ask":
            query = {end: random_member(requests) for end in ENDS}
            return query, record_fields("Introduction")
        case "/move":
            states = [*IntroductionState.__members__, "WON", "LOST", ""]
            key = requests.key_of("Introduction")
            return {}, {"key": [key], "to": states}
        case "/undo":
            changes = [
                "1",
                "2-5",
                "40-",
                "-",
                "9" * 20,
                "0-99",
                "undo-0123456789abcdef",
            ]
            return {}, {"changes": changes, "next": ["/members/a", "//b", "/?key=a"]}
        case "/community":
            return {}, {"name": TEXTS, "role": [*MemberRole.__members__, ""]}
    return {}, {"action": ["load", "stop"], "token": TEXTS, "next": ["/", "//a", "a"]}


def query_pairs(query: Mapping[str, str]) -> Pairs:
    return [(name.encode(), value.encode()) for name, value in query.items()]


def random_member(requests: Requests) -> str:
    return requests.random.choice([*requests.member_keys, "nobody"])


def record_fields(kind: str) -> dict[str, list[str]]:
    """The fields of a form for a record of this kind."""
    fields = {each.name: field_values(each) for each in fields_of(RECORD_TYPES[kind])}
    return fields | {NEW_NAME: TEXTS, NEW_VALUE: [*TEXTS, *DAYS, *NUMBERS]}


def earlier_fields(kind: str) -> dict[str, list[str]]:
    return {EARLIER + name: values for name, values in record_fields(kind).items()}


def field_values(field: FormField) -> list[str]:
    if field.options:
        return [*field.options]
    return {"number": NUMBERS, "date": DAYS}.get(field.input, [*TEXTS, *DAYS])
