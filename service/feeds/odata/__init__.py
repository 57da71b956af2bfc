"""OData 4.0, read only: each table is an entity set.

expressions.py    the text of $filter as a tree
values.py         literals, and the types of Edm
filter_input.py   a tree as the filter of a connection, where it has one
filter_rows.py    a tree applied to rows in memory
odata_request.py  what a request wants: columns, filter, order, page
sets.py           the tables as sets: service document and $metadata
set_reader.py     one page of a set, and where the next one begins
odata_endpoint.py the addresses, headers and errors
"""
