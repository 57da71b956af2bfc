// A member that has no name, or is not exactly one of organisation, team and person.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (m:Member)
WHERE m.name IS NULL
   OR size([kind IN labels(m) WHERE kind IN ["Organisation", "Team", "Person"]]) <> 1
RETURN
  m.key AS key
ORDER BY key
LIMIT $limit
