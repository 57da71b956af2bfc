"""The compiler: a validated GraphQL selection becomes one Cypher statement.

It is pure: it has no driver and does not import Strawberry.

schema_mapping.py     what each field of the API reads; the schema supplies it
root_fields.py        compiles a root field: its statement, parameters and decoder
statement_builder.py  numbers the variables of a statement and collects its bindings
parameters.py         makes the parameters of a statement from its arguments
projection.py         compiles the selection on one record to a Cypher list
connections.py        compiles a connection to a COLLECT of its rows and a COUNT
aggregates.py         compiles the aggregate of a connection; groups.py its groups
filters.py            compiles a filter to a predicate, orders.py an order to terms
positions.py          compiles a position in an order to "after this position"
pages.py              a page: its size, its cursors, its place in the order
cursors.py            encodes and decodes a position in an order
decoders.py           turn the value that Neo4j returns into the response
cache.py              keeps plans by document and by the shape of their variables

No text of a client reaches Cypher: names come from the vocabulary, variables are
numbered, values are parameters, and aliases are applied by the decoders.
"""
