// How many ties of one type are there?
// Each: TYPE=PROVIDES
// Params:
// Row: total
// Rows: one
// Budget: 10 db hits
// Example: { exchanges { totalCount nodes { key } } }
MATCH ()-[r:PROVIDES]->()
RETURN count(r) AS total
