// No two ties of one type share a key.
// Each: TYPE=PROVIDES
// Params:
// Row:
CREATE CONSTRAINT IF NOT EXISTS
FOR ()-[r:PROVIDES]-() REQUIRE r.key IS UNIQUE
