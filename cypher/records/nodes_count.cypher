// How many records of one label are there?
// Each: NODE=Organisation
// Params:
// Row: total
MATCH (n:Organisation)
RETURN count(n) AS total
