// A page of one label in its default order is a seek of this index.
// Each: NODE=Organisation; PROPERTY=name
// Params:
// Row:
CREATE INDEX IF NOT EXISTS
FOR (n:Organisation) ON (n.name, n.key)
