// No two nodes of one label have the same key.
// Each: NODE=Member
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Member) REQUIRE n.key IS UNIQUE
