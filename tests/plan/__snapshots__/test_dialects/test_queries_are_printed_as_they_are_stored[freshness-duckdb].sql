-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."id" AS "link", "s"."id"
IS NULL AS "any_link", NULLIF("s"."_begins", CAST('-infinity' AS DATE)) AS "began", CASE WHEN CAST(CAST(NULLIF("s"."_begins",
CAST('-infinity' AS DATE)) AS DATE) + TO_MONTHS(CAST(12 AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31'
AS DATE) THEN CAST(CAST(NULLIF("s"."_begins", CAST('-infinity' AS DATE)) AS DATE) + TO_MONTHS(CAST(12 AS INT)) AS DATE) END AS
"deadline" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", 0 AS "no", COALESCE(("r"."kind" = 'working regulations' AND "r"."issued" <= $ref), FALSE) AND NOT
"r"."_doubt" AND NOT "r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", CASE WHEN "r"."issued" >= CASE WHEN CAST(CAST($ref AS
DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST(CAST($ref
AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) END AND "r"."issued" <= $ref THEN 1 ELSE 0 END AS "fresh_lo", CASE WHEN
"r"."issued" IS NULL OR "r"."issued" >= CASE WHEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) BETWEEN
CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) END
AND "r"."issued" <= $ref THEN 1 ELSE 0 END AS "fresh_hi", CASE WHEN "r"."issued" <= $ref THEN "r"."issued" END AS "latest_lo",
CASE WHEN "r"."issued" <= $ref THEN "r"."issued" END AS "latest_hi", "r"."_via" AS "_via" FROM "rows_documents" AS "r" WHERE
COALESCE(("r"."kind" = 'working regulations' AND "r"."issued" <= $ref), TRUE)

-- own
SELECT CASE WHEN COUNT(*) = COUNT("fresh_lo") THEN SUM(CASE WHEN "sure" THEN "fresh_lo" ELSE 0 END) END AS "fresh_lo", CASE WHEN
COUNT(*) = COUNT("fresh_hi") THEN SUM("fresh_hi") END AS "fresh_hi", MAX(CASE WHEN "sure" THEN "latest_lo" END) AS "latest_lo",
MAX("latest_hi") AS "latest_hi", "link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT CASE WHEN COUNT(*) = COUNT("fresh_lo") THEN SUM(CASE WHEN FALSE THEN "fresh_lo" ELSE 0 END) END AS "fresh_lo", CASE WHEN
COUNT(*) = COUNT("fresh_hi") THEN SUM("fresh_hi") END AS "fresh_hi", MAX(CASE WHEN FALSE THEN "latest_lo" END) AS "latest_lo",
MAX("latest_hi") AS "latest_hi", "no" FROM "related" WHERE "link" IS NULL GROUP BY "no"

-- anybody
SELECT CASE WHEN COUNT(*) = COUNT("fresh_lo") THEN SUM(CASE WHEN FALSE THEN "fresh_lo" ELSE 0 END) END AS "fresh_lo", CASE WHEN
COUNT(*) = COUNT("fresh_hi") THEN SUM("fresh_hi") END AS "fresh_hi", MAX(CASE WHEN FALSE THEN "latest_lo" END) AS "latest_lo",
MAX("latest_hi") AS "latest_hi", "no" FROM (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame"
WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" GROUP BY "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_documents THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."fresh_lo" END + CASE
WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."fresh_lo" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."fresh_lo"
END) ELSE 0 END AS "fresh_lo", CASE WHEN $submitted_documents THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."fresh_hi"
END + CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."fresh_hi" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE
"anybody"."fresh_hi" END) ELSE NULL END AS "fresh_hi", GREATEST("own"."latest_lo", "stray"."latest_lo", "anybody"."latest_lo") AS
"latest_lo", GREATEST("own"."latest_hi", "stray"."latest_hi", "anybody"."latest_hi") AS "latest_hi" FROM "frame" LEFT JOIN "own"
ON "own"."link" = "frame"."link" AND "own"."no" = "frame"."no" LEFT JOIN "stray" ON NOT "frame"."link" IS NULL AND "stray"."no" =
"frame"."no" LEFT JOIN "anybody" ON "frame"."link" IS NULL AND "frame"."any_link" AND "anybody"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
"m"."fresh_lo" >= 1 THEN 'met' WHEN ("m"."fresh_hi" = 0) AND "m"."began" > CASE WHEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12
AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST(CAST($ref AS DATE) +
TO_MONTHS(CAST(-12 AS INT)) AS DATE) END THEN 'open' WHEN "m"."fresh_hi" = 0 AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown'
END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_documents THEN 'not-submitted' WHEN
"m"."perhaps" AND "m"."fresh_hi" = 0 THEN 'perhaps' END AS "reason", "m"."latest_lo" AS "day_low", "m"."latest_hi" AS "day_high",
CASE WHEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31'
AS DATE) THEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) END AS "allowed_from", CASE WHEN ("m"."fresh_hi" = 0)
AND "m"."began" > CASE WHEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND
CAST('9999-12-31' AS DATE) THEN CAST(CAST($ref AS DATE) + TO_MONTHS(CAST(-12 AS INT)) AS DATE) END THEN "m"."deadline" END AS
"due" FROM "m"
