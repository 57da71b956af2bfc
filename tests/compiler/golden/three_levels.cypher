// {"key_0":"firm","limit_1":21,"limit_2":21,"limit_3":21,"limit_4":21}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  n1.name,
  [
    COLLECT {
      MATCH (n1)<-[r1:PART_OF]-(b1)
      WITH r1, b1 AS n2, r1.key AS o1_0
      ORDER BY o1_0
      LIMIT $limit_1
      RETURN [[[n2.name]]]
    },
    null
  ],
  [
    COLLECT {
      MATCH (n1)<-[r2:INVESTED_IN]-(b2)
      WITH r2, b2 AS n3, r2.on AS o2_0, r2.key AS o2_1
      ORDER BY o2_0, o2_1
      LIMIT $limit_2
      RETURN [[r2.round, r2.amount, [n3.name]]]
    },
    null
  ],
  [
    COLLECT {
      MATCH (n1)-[r3:PARTY_TO]->(b3)
      WITH r3, b3 AS n4, r3.key AS o3_0
      ORDER BY o3_0
      LIMIT $limit_3
      RETURN [
        [
          [
            n4.title,
            n4.value,
            [
              COLLECT {
                MATCH (n4)<-[r4:PARTY_TO]-(b4)
                WITH r4, b4 AS n5, r4.key AS o4_0
                ORDER BY o4_0
                LIMIT $limit_4
                RETURN [[r4.role, [n5.name]]]
              },
              null
            ]
          ]
        ]
      ]
    },
    null
  ]
] AS value
