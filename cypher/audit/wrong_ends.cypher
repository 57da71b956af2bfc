// A tie between nodes that a tie of its type cannot connect.
// Each: SOURCE=Team|Organisation; TYPE=PART_OF; TARGET=Organisation
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (source)-[r:PART_OF]->(target)
WHERE NOT (source:Team|Organisation AND target:Organisation)
RETURN
  r.key AS key
ORDER BY key
LIMIT $limit
