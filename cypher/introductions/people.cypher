// Which people want to be asked first, introduce nobody, or have favours open?
// Each: END=number
// Params:
// Row: people, introductions, favours
MATCH (p:Person)
WHERE p.number IS NOT NULL
  AND (p.introductions IN ["ASK", "CLOSED"] OR p.favoursOpen > 0)
RETURN
  collect(p.number) AS people,
  collect(coalesce(p.introductions, "OPEN")) AS introductions,
  collect(coalesce(p.favoursOpen, 0)) AS favours
