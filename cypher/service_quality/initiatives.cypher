// When did these initiatives begin and end, and as what?
// Params:
//   initiatives: ["none"]
// Row: key, since, until, status
UNWIND $initiatives AS wanted
MATCH (i:Initiative {key: wanted})
USING INDEX SEEK i:Initiative(key)
RETURN
  i.key AS key,
  i.since AS since,
  i.until AS until,
  i.status AS status
ORDER BY i.key
