// No two nodes of one label share a key.
// Each: NODE=Member
// Params:
// Row:
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Member) REQUIRE n.key IS UNIQUE
