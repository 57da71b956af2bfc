// Which names have extra attributes had in this database, of whatever record?
// Params:
// Row: names
// Rows: one
// Example: Every export.
CALL db.propertyKeys()
YIELD propertyKey
WHERE propertyKey STARTS WITH "x:"
RETURN collect(propertyKey) AS names
