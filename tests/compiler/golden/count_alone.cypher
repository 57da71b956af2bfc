// {}
RETURN [[], COUNT { (n1:Organisation) }] AS value
;
// {}
RETURN [[], COUNT { ()-[r1:PROVIDES]->() }] AS value
