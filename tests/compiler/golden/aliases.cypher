// {"key_0":"firm"}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [n1.name, toString(n1.since)] AS value
;
// {"key_0":"other-firm"}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [n1.name, toString(n1.until)] AS value
