// Which changes may mention a person, by one of these texts or keys?
// Params:
//   texts: ["Ingrid Hallberg"]
//   keys: ["ingrid-hallberg"]
// Row: number, keys, records
// Rows: by number
// Example: Erasing a person: `erasePerson`.
MATCH (c:Change)
WHERE any(text IN $texts WHERE c.records CONTAINS text)
  OR any(key IN $keys WHERE key IN c.keys)
RETURN
  c.number AS number,
  c.keys AS keys,
  c.records AS records
ORDER BY number
