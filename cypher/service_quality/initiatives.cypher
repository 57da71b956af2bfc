// When did these initiatives begin and end, and with which status?
// Params:
//   initiatives: ["none"]
// Row: key, since, until, status
// Rows: by key
// Budget: 10 db hits
// Example: {
//   serviceQuality(provider: "hyllvik-hem", from: "2026-07-01", to: "2026-10-01",
//     asOf: "2026-11-01") { csat { value } } }
UNWIND $initiatives AS wanted
MATCH (i:Initiative {key: wanted})
USING INDEX SEEK i:Initiative(key)
RETURN
  i.key AS key,
  i.since AS since,
  i.until AS until,
  i.status AS status
ORDER BY i.key
