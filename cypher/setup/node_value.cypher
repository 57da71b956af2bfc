// An index of the members with one value of a property, in their default order, for pages.
// Each: NODE=Organisation; PROPERTY=country
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CREATE INDEX IF NOT EXISTS
FOR (n:Organisation) ON (n.country, n.name, n.key)
