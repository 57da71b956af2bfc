// Which changes affected one record, oldest first?
// Params:
//   kind: "Organisation"
//   key: "andersson-estate"
// Row: number, at, by, run, operation, kind, keys, records
// Rows: by number
// Budget: 20 db hits
// Example: { history(kind: "Organisation", key: "andersson-estate") { number } }
// Changes of this record alone, and packs that contain it among others.
UNWIND [$key, ""] AS key
MATCH (c:Change {kind: $kind, key: key})
WHERE $key IN c.keys
RETURN
  c.number AS number,
  c.at AS at,
  c.by AS by,
  c.run AS run,
  c.operation AS operation,
  c.kind AS kind,
  c.keys AS keys,
  c.records AS records
ORDER BY number
