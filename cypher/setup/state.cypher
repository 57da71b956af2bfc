// Which schema version has this database, and does it hold anything?
// Params:
// Row: version, empty
OPTIONAL MATCH (s:ValuenetSchema)
RETURN
  max(s.version) AS version,
  NOT EXISTS { MATCH (n) WHERE NOT n:ValuenetSchema } AS empty
