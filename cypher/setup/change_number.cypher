// No two changes have the same number, by which clients follow the log.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Change) REQUIRE n.number IS UNIQUE
