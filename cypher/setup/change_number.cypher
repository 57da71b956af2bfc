// No two changes share a number, by which the log is followed.
// Params:
// Row:
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Change) REQUIRE n.number IS UNIQUE
