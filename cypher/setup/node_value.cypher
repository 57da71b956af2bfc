// A page of the members with one value of a property is a seek of this index, in order.
// Each: NODE=Organisation; PROPERTY=country
// Params:
// Row:
CREATE INDEX IF NOT EXISTS
FOR (n:Organisation) ON (n.country, n.name, n.key)
