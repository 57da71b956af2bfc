// No request is answered twice.
// Params:
// Row:
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Answer) REQUIRE n.key IS UNIQUE
