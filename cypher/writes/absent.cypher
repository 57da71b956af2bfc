// Of which kinds of record has the database none? Each count is one of its count store.
// Each: COUNTS=["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]
// Params:
// Row: kinds
WITH
  [["Member", COUNT { (:Member) }], ["EXCHANGE", COUNT { ()-[:PROVIDES]->() }]] AS counts
RETURN [one IN counts WHERE one[1] = 0 | one[0]] AS kinds
