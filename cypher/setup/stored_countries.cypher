// The texts that members have as their country.
// Params:
// Row: country
// Rows: by country
// Example: Every start of `valuenet` on a database of schema version 4 or older.
MATCH (m:Member)
WHERE m.country IS NOT NULL
RETURN DISTINCT
  m.country AS country
ORDER BY country
