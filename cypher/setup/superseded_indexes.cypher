// Which indexes of an earlier version cover one property, where today's cover more?
// Params:
//   labels: ["Organisation"]
//   properties: ["country"]
// Row: name
// Rows: by name
// Example: Every start of `valuenet` on a database whose schema is missing or older.
SHOW RANGE INDEXES YIELD name, labelsOrTypes, properties
WHERE size(properties) = 1
  AND properties[0] IN $properties
  AND labelsOrTypes[0] IN $labels
RETURN name
ORDER BY name
