// {"key_0":"INVESTMENT:firm:other-firm:2020-01-02:Seed"}
MATCH (source)-[r1:INVESTED_IN {key: $key_0}]->(target)
USING INDEX SEEK r1:INVESTED_IN(key)
WITH r1, source AS n1, target AS n2
RETURN [r1.amount, toString(r1.on), [n1.name], [n2.name]] AS value
