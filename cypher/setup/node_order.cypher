// An index of the records of one label in their default order, for pages.
// Each: NODE=Organisation; PROPERTY=name
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE INDEX IF NOT EXISTS
FOR (n:Organisation) ON (n.name, n.key)
