"""Feeds: each trusted document that leads to one list is a table of rows and columns.

table.py            a table: its columns, parameters, and the way to its rows
document_table.py   the table that a document is, or why it is none
table_documents.py  the documents of the product and those of VALUENET_DOCUMENTS
table_request.py    what a request wants of a table: values, columns, order, days
page_document.py    the document that reads one page of a table
table_reader.py     the rows, as blocks of columns, page by page
encoders.py         blocks as CSV, JSON, JSON Lines and Arrow
"""
