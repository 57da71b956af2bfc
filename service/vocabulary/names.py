"""How records and their properties are spelled: in the graph, in files and in texts."""

from __future__ import annotations

from service.vocabulary.nodes import NODES
from service.vocabulary.ties import TIES_BY_NAME

VOWELS = ("a", "e", "i", "o", "u")


def camel(name: str) -> str:
    """
    >>> camel("exchange_kind")
    'exchangeKind'
    """
    head, *tail = name.split("_")
    return head + "".join(word.title() for word in tail)


def snake(name: str) -> str:
    """
    >>> snake("exchangeKind")
    'exchange_kind'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def plural(name: str) -> str:
    """The plural of a record type.

    >>> plural("Person"), plural("Dependency"), plural("Advice"), plural("Feedback")
    ('People', 'Dependencies', 'Advices', 'Feedbacks')
    """
    if name == "Person":
        return "People"
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def plural_field(name: str) -> str:
    """The name of a field with the records of a type.

    >>> plural_field("ServiceCase"), plural_field("Person")
    ('serviceCases', 'people')
    """
    return plural(name[0].lower() + name[1:]) if name != "Person" else "people"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "tie"), counted(0, "tie"), counted(1_234, "person", "people")
    ('1 tie', '0 ties', '1,234 people')
    """
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def noun_of(name: str) -> str:
    """A record type in a sentence: a tie is called by its kind.

    >>> noun_of("ServiceCase"), noun_of("ContractParty")
    ('service case', 'CONTRACT')
    """
    if name in TIES_BY_NAME:
        return TIES_BY_NAME[name].kind.name
    return snake(name).strip("_").replace("_", " ") if name in NODES else name


def with_article(noun: str) -> str:
    """
    >>> with_article("organisation"), with_article("NEED")
    ('an organisation', 'a NEED')
    """
    return f"{'an' if noun.lower().startswith(VOWELS) else 'a'} {noun}"


def link_needed(label: str, name: str) -> str:
    """
    >>> link_needed("ServiceCase", "customer")
    'a service case needs a customer'
    """
    return f"{with_article(noun_of(label))} needs {with_article(name)}"


def alternatives(names: tuple[str, ...]) -> str:
    """The types of record that something may be, as one phrase.

    >>> alternatives(("Team", "Organisation"))
    'a team or an organisation'
    """
    *most, last = (with_article(noun_of(name)) for name in names)
    return f"{', '.join(most)} or {last}" if most else last
