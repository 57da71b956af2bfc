// A tie without a key: nothing can refer to it.
// Params:
//   types: ["PROVIDES", "DEPENDS_ON"]
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (source)-[r]->(target)
WHERE r.key IS NULL AND type(r) IN $types
WITH source.key + " " + type(r) + " " + target.key AS key
RETURN
  key
ORDER BY key
LIMIT $limit
