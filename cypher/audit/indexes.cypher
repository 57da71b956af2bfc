// Which indexes are ready, and which of them make values unique?
// Params:
// Row: owners, properties, unique
// Rows: by owners, properties
// Example: `valuenet check`
SHOW INDEXES
YIELD labelsOrTypes, properties, owningConstraint, state
WHERE state = "ONLINE" AND size(labelsOrTypes) > 0
RETURN
  labelsOrTypes AS owners,
  properties,
  owningConstraint IS NOT NULL AS unique
ORDER BY owners, properties
