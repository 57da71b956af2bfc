// Writes names and texts in Unicode's composed form (NFC), in batches.
// Each: NODES=Organisation|Team; TEXTS="name", "title"
// Params:
// Row:
// Example: Every start of `valuenet` on a database of schema version 4 or older.
MATCH (n:Organisation|Team)
WHERE any(name IN ["name", "title"] WHERE n[name] IS NOT NORMALIZED)
CALL (n) {
  UNWIND [name IN ["name", "title"] WHERE n[name] IS NOT NORMALIZED] AS name
  SET n[name] = normalize(n[name])
} IN TRANSACTIONS OF 10000 ROWS
