// Which people want to be asked first, make no introductions, or have favours open?
// Each: END=number
// Params:
// Row: people, introductions, favours
// Rows: one
// Budget: 1,010 db hits
// Example: seeds/demo/questions/partner_paths.graphql
MATCH (p:Person)
WHERE p.number IS NOT NULL
  AND (p.introductions IN ["ASK", "CLOSED"] OR p.favoursOpen > 0)
RETURN
  collect(p.number) AS people,
  collect(coalesce(p.introductions, "OPEN")) AS introductions,
  collect(coalesce(p.favoursOpen, 0)) AS favours
