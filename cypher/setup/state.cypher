// Which schema version does this database have, and does it contain anything?
// Params:
// Row: version, empty
// Rows: one
// Example: Every start of `valuenet` on a database whose schema is missing or older.
OPTIONAL MATCH (s:ValuenetSchema)
RETURN
  max(s.version) AS version,
  NOT EXISTS { MATCH (n) WHERE NOT n:ValuenetSchema } AS empty
