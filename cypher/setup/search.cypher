// A full-text index of the names and texts of records, without accents of Latin letters.
// Each: NODES=Organisation|Team; PROPERTIES=n.name, n.title
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE FULLTEXT INDEX search IF NOT EXISTS
FOR (n:Organisation|Team) ON EACH [n.name, n.title]
OPTIONS {indexConfig: {`fulltext.analyzer`: "standard-folding"}}
