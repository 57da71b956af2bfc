"""Feeds: each trusted document that leads to one list is a table of rows and columns.

What a table is:
table.py            its columns, parameters, and the way to its rows
document_table.py   the table that a document is, or why it is none
table_documents.py  the documents of the product (tables/) and of VALUENET_DOCUMENTS

Its rows:
table_request.py    what a request wants: values, columns, order, days (day_series.py)
page_document.py    the document that reads one page of a table
table_reader.py     the rows page by page, sorted (table_orders.py) or since a change
                    (changes.py)
blocks.py           the rows of a response as columns of values
encoders.py         blocks as CSV, JSON, JSON Lines and Arrow

Who gets them:
table_endpoint.py   /tables/NAME.FORMAT, and table_list.py /tables/
odata/              /odata/
local_table.py      `valuenet table`
table_export.py     `valuenet export` of all tables (sqlite_file.py, parquet_folder.py,
                    table_files.py)
routes.py           the addresses; access.py has who may read them, state.py what they
                    share, unmatched.py what all other addresses get

A new table is one document in tables/, with a comment that says what its rows are.
"""
