// Records with one value of a property that filters often name are a seek of this index.
// Each: NODE=Organisation; PROPERTY=country
// Params:
// Row:
CREATE INDEX IF NOT EXISTS
FOR (n:Organisation) ON (n.country)
