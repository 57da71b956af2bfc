// No two members have the same number, the short name that arcs are read by.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Member) REQUIRE n.number IS UNIQUE
