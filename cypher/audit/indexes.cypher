// Which indexes are ready, and which of them keep values unique?
// Params:
// Row: owner, properties, unique
SHOW INDEXES
YIELD labelsOrTypes, properties, owningConstraint, state
WHERE state = "ONLINE" AND size(labelsOrTypes) = 1
RETURN
  labelsOrTypes[0] AS owner,
  properties,
  owningConstraint IS NOT NULL AS unique
ORDER BY owner, properties
