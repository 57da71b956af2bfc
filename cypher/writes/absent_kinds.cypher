// Which kinds of record does the database not have at all? The counts come from its count store.
// Each: COUNTS=["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]
// Params:
// Row: kinds
// Rows: one
// Example: Every load.
WITH
  [["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]] AS counts
RETURN [pair IN counts WHERE pair[1] = 0 | pair[0]] AS kinds
