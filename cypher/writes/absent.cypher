// Which kinds of record does the database not have at all? The counts come from its count store.
// Each: COUNTS=["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]
// Params:
// Row: kinds
// Rows: one
// Example: Every load.
WITH
  [["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]] AS counts
RETURN [one IN counts WHERE one[1] = 0 | one[0]] AS kinds
