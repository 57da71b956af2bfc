// No two stored answers have the same key, so that no request is carried out twice.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Answer) REQUIRE n.key IS UNIQUE
