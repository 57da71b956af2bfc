"""The GraphQL API; its enums come first, as every type that names one needs them."""

from schema import vocabulary_enums as vocabulary_enums
