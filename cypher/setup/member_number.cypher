// No two members share a number, the short name that arcs are fetched by.
// Params:
// Row:
CREATE CONSTRAINT IF NOT EXISTS
FOR (n:Member) REQUIRE n.number IS UNIQUE
