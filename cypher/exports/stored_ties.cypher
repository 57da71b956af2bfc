// Which relationships have these ids, with their ends and properties of any type, as one block?
// Params:
//   ids: ["5:an-id-of-the-database:0"]
// Row: block
// Rows: one
// Example: `valuenet database compact`
UNWIND $ids AS id
MATCH (source)-[r]->(target)
WHERE elementId(r) = id
WITH source, r, target, properties(r) AS p
// Dates and times as texts: a client may not know a calendar or a time zone exactly.
WITH source, r, target, p, [name IN keys(p) WHERE p[name] IS ::
  DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION
  | LIST<DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME | DURATION>
] AS moments
RETURN collect([
  elementId(source),
  type(r),
  elementId(target),
  [name IN keys(p) WHERE NOT name IN moments | [name, p[name]]],
  [name IN moments | [name, valueType(p[name]), CASE
    WHEN p[name] IS :: LIST<ANY> THEN [moment IN p[name] | toString(moment)]
    ELSE [toString(p[name])]
  END]]
]) AS block
