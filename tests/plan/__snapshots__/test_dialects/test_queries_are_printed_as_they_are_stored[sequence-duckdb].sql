-- m
SELECT "s"."_row" AS "subject", 0 AS "no", NULL AS "reason", NOT COALESCE(("s"."date" BETWEEN $first AND $ref), FALSE) AS
"perhaps", "s"."date" AS "day", FALSE AS "never", CASE WHEN CAST("s"."announced" + INTERVAL '7' DAY AS DATE) BETWEEN
CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST("s"."announced" + INTERVAL '7' DAY AS DATE) END AS "earliest"
FROM "subjects_meetings" AS "s" WHERE "s"."_first" AND COALESCE(("s"."date" BETWEEN $first AND $ref), TRUE)

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
"m"."day" >= "m"."earliest" AND "m"."day" <= $as_of THEN 'met' WHEN "m"."day" > $as_of AND NOT COALESCE((NOT ("m"."day" >=
"m"."earliest")), FALSE) THEN 'open' WHEN NOT ("m"."day" >= "m"."earliest") AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown'
END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN "m"."perhaps" AND NOT ("m"."day" >= "m"."earliest")
THEN 'perhaps' END AS "reason", "m"."day" AS "day_low", "m"."day" AS "day_high", "m"."earliest" AS "allowed_from", CASE WHEN
"m"."day" > $as_of AND NOT COALESCE((NOT ("m"."day" >= "m"."earliest")), FALSE) THEN NULL END AS "due" FROM "m"
