// How many ties of one type are there?
// Each: TYPE=PROVIDES
// Params:
// Row: total
MATCH ()-[r:PROVIDES]->()
RETURN count(r) AS total
