// Which records of one label come after a key, and what do they link to, as one block?
// Each: NODE=Referral; TYPE=MADE|OF|TO|LED_TO; ACTIVE=coalesce(n.since <= $values.day, true)
// Params:
//   after: ""
//   limit: 10000
//   values: {"day": null}
// Row: block
// Rows: one
// Example: Every export of a whole network.
MATCH (n:Referral)
USING INDEX SEEK n:Referral(key)
WHERE n.key > $after
  AND coalesce(n.since <= $values.day, true)
WITH n
ORDER BY n.key
LIMIT $limit
RETURN collect([n.key, COLLECT {
  MATCH (n)-[link:MADE|OF|TO|LED_TO]-(end)
  RETURN [type(link), end.key] + labels(end)
}]) AS block
