// {"key_0":"firm"}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN ['Organisation', n1.key, n1.name, n1.country, toString(n1.foundedOn), labels(n1)] AS value
