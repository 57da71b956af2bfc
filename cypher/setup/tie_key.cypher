// No two ties of one type have the same key.
// Each: TYPE=PROVIDES
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE CONSTRAINT IF NOT EXISTS
FOR ()-[r:PROVIDES]-() REQUIRE r.key IS UNIQUE
