-- frame: not translated
--   Cast: there is no day before all others

-- related
SELECT `r`.`branch` AS `link`, 0 AS `no`, COALESCE((`r`.`held` AND `r`.`date` <= $ref), FALSE) AND NOT `r`.`_doubt` AND NOT
`r`.`branch` IS NULL AS `sure`, `r`.`_row` AS `_row`, `r`.`date` AS `day`, `r`.`_via` AS `_via` FROM "rows_meetings" AS `r` WHERE
COALESCE((`r`.`held` AND `r`.`date` <= $ref), TRUE)

-- pairs
SELECT `f`.`subject`, `f`.`no`, `f`.`started`, `f`.`owed`, `r`.`_row`, `r`.`day`, `r`.`sure` AS `sure` FROM `frame` AS `f` JOIN
`related` AS `r` ON `r`.`no` = `f`.`no` AND `r`.`link` = `f`.`link` UNION ALL SELECT `f`.`subject`, `f`.`no`, `f`.`started`,
`f`.`owed`, `r`.`_row`, `r`.`day`, FALSE AS `sure` FROM `frame` AS `f` JOIN `related` AS `r` ON `r`.`no` = `f`.`no` AND `r`.`link`
IS NULL AND NOT `f`.`link` IS NULL UNION ALL SELECT `f`.`subject`, `f`.`no`, `f`.`started`, `f`.`owed`, `r`.`_row`, `r`.`day`,
FALSE AS `sure` FROM `frame` AS `f` JOIN (SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY `_row`, `no` ORDER BY `_row`,
`no`, `_via`) AS `_row_number` FROM `related` WHERE EXISTS(SELECT 1 FROM `frame` WHERE `link` IS NULL AND `any_link`)) AS `_t`
WHERE `_row_number` = 1) AS `r` ON `r`.`no` = `f`.`no` AND `f`.`link` IS NULL AND `f`.`any_link`

-- before: not translated
--   Qualify: sqlglot writes it with a column more

-- earlier
SELECT `pairs`.`subject`, MIN(`pairs`.`day`) AS `first`, MAX(`pairs`.`day`) AS `last` FROM `pairs` LEFT JOIN `before` ON
`before`.`subject` = `pairs`.`subject` WHERE `before`.`subject` IS NULL AND `pairs`.`day` < `started` AND (`owed` IS NULL OR
`pairs`.`day` >= `owed`) GROUP BY `pairs`.`subject`

-- marks
SELECT `pairs`.`subject`, `pairs`.`day`, 1 AS `place`, `sure`, `pairs`.`_row`, `started` FROM `pairs` LEFT JOIN `before` ON
`before`.`subject` = `pairs`.`subject` WHERE `pairs`.`day` >= `started` OR `pairs`.`day` > `before`.`day` OR `pairs`.`_row` =
`before`.`_row` UNION ALL SELECT `frame`.`subject`, `started`, 0, TRUE, 0, `started` FROM `frame` LEFT JOIN `before` ON
`before`.`subject` = `frame`.`subject` WHERE `reason` IS NULL AND $begun AND `before`.`subject` IS NULL UNION ALL SELECT
`subject`, $ref, 2, TRUE, 0, `started` FROM `frame` WHERE `reason` IS NULL AND $begun

-- steps
SELECT `subject`, `day`, `place`, `started`, GREATEST(`day`, `started` - 1) AS `late`, LEAD(`day`) OVER `following` AS `next_day`,
LEAD(`place`) OVER `following` AS `next_place`, SUM(CASE WHEN `sure` THEN 1 ELSE 0 END) OVER `following` AS `gap` FROM `marks`
WINDOW `following` AS (PARTITION BY `subject` ORDER BY `day` NULLS LAST, `place` NULLS LAST, `sure` NULLS LAST, `_row` NULLS LAST
ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- gaps: not translated
--   Cast: to DATE, of what may be a text, which is read otherwise
--   Cast: to a whole number, of what may have decimals, which are cut

-- undated
SELECT `subject`, COUNT(*) AS `undated` FROM `pairs` WHERE `day` IS NULL GROUP BY `subject`

-- measured: not translated
--   Cast: to a whole number, of what may have decimals, which are cut

-- judged
SELECT `m`.*, COALESCE(TRUE, FALSE) AS `kept` FROM `measured` AS `m`

-- m
SELECT * FROM (SELECT *, BOOL_OR(`kept`) OVER (PARTITION BY `subject`) AS `some` FROM `judged`) AS `numbered` WHERE `kept` OR (NOT
`some` AND COALESCE(`gap`, 1) = 1)

-- result: not translated
--   Cast: to DATE, of what may be a text, which is read otherwise
--   Cast: to a whole number, of what may have decimals, which are cut
