// What people remember of a record is found by its words.
// Each: NODES=Organisation|Team; PROPERTIES=n.name, n.title
// Params:
// Row:
CREATE FULLTEXT INDEX search IF NOT EXISTS
FOR (n:Organisation|Team) ON EACH [n.name, n.title]
