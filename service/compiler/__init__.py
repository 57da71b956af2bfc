"""A validated selection as one Cypher statement: pure, no driver and no Strawberry.

meaning.py      what each field of the API reads, told by the schema
projection.py   a selection becomes a Cypher list of its fields, by position
listing.py      a connection becomes a COLLECT of its rows, and a COUNT
filters.py      a filter becomes a predicate, orders.py an order its terms
groups.py       aggregates and their groups become measures and keys
cursors.py      a place in an order becomes a cursor, and is found again
form.py         a root field becomes a statement, its parameters and its shape
shape.py        the one value that comes back takes the response's shape
cache.py        what was compiled is kept by document and shape of its variables

No text of a caller reaches Cypher: names come from the vocabulary, variables are
numbered, values are parameters, and aliases stay here (`shape.py` puts them on).
"""
