// The changes of one record are found by its kind and key.
// Params:
// Row:
CREATE INDEX IF NOT EXISTS
FOR (n:Change) ON (n.kind, n.key)
