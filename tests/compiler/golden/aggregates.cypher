// {"key_0":"firm","values_1":{"v0":0.0}}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  n1.key,
  COLLECT {
    MATCH (n1)<-[r1:INVESTED_IN]-(b1)
    WHERE r1.amount > $values_1.v0
    RETURN [count(*), [CASE WHEN count(DISTINCT CASE WHEN r1.amount IS NOT NULL THEN r1.currency END) < 2 AND (count(r1.amount) > 0 OR count(r1) = 0) THEN sum(r1.amount) END, CASE WHEN count(DISTINCT CASE WHEN r1.amount IS NOT NULL THEN r1.currency END) < 2 THEN max(r1.amount) END], [min(r1.since)]]
  }[0],
  [COUNT { (n1)-[:PROVIDES]-() }]
] AS value
;
// {}
RETURN [COUNT { (n1:Organisation) }] AS value
