// An index on the kind and key of the record that a change is about.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE INDEX IF NOT EXISTS
FOR (n:Change) ON (n.kind, n.key)
