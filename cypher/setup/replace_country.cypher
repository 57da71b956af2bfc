// Replaces a name of a country by its code, in batches.
// Params:
//   country: "Sweden"
//   code: "SE"
// Row:
// Example: Every start of `valuenet` on a database of schema version 4 or older.
MATCH (m:Member)
WHERE m.country = $country
CALL (m) { SET m.country = $code } IN TRANSACTIONS OF 10000 ROWS
