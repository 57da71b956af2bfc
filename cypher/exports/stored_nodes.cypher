// Which nodes have these ids, with their labels and properties of any type, as one block?
// Params:
//   ids: ["4:an-id-of-the-database:0"]
// Row: block
// Rows: one
// Example: `valuenet database compact`
UNWIND $ids AS id
MATCH (n)
WHERE elementId(n) = id
WITH n, properties(n) AS p
// Dates and times as texts: a client may not know a calendar or a time zone exactly.
WITH n, p, [name IN keys(p) WHERE p[name] IS ::
  DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION
  | LIST<DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION>
] AS moments
RETURN collect([
  elementId(n),
  labels(n),
  [name IN keys(p) WHERE NOT name IN moments | [name, p[name]]],
  [name IN moments | [name, valueType(p[name]), CASE
    WHEN p[name] IS :: LIST<ANY> THEN [moment IN p[name] | toString(moment)]
    ELSE [toString(p[name])]
  END]]
]) AS block
