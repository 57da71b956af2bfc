// The country is not the ISO 3166 code of one; correct it, so that groups and filters by country have this member.
// Params:
//   codes: ["SE", "NO"]
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (m:Member)
WHERE m.country IS NOT NULL AND NOT m.country IN $codes
RETURN
  m.country + " of " + m.key AS key
ORDER BY key
LIMIT $limit
