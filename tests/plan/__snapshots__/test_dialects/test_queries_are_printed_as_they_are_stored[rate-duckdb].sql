-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", 17 AS "bound_1" FROM "subjects_branches" AS
"s" LEFT JOIN "windows" AS "w" ON "w"."unit" = 'year' AND COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"),
TRUE) WHERE "s"."_first"

-- related_1
SELECT "r"."branch" AS "link", "w"."no" AS "no", COALESCE(("r"."held" AND "r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", "r"."present" AS "said_part", "r"."eligible" AS "said_whole", NULL AS
"most", 17 AS "p1", "r"."_via" AS "_via" FROM "rows_meetings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' AND "w"."key" =
((EXTRACT(YEAR FROM "r"."date") * 12 + EXTRACT(MONTH FROM "r"."date") - 1) // 12) WHERE COALESCE(("r"."held" AND "r"."date" <=
$ref), TRUE) UNION ALL SELECT "r"."branch" AS "link", "w"."no" AS "no", FALSE AS "sure", "r"."_row" AS "_row", "r"."present" AS
"said_part", "r"."eligible" AS "said_whole", NULL AS "most", 17 AS "p1", "r"."_via" AS "_via" FROM "rows_meetings" AS "r" JOIN
"windows" AS "w" ON "w"."unit" = 'year' WHERE COALESCE(("r"."held" AND "r"."date" <= $ref), TRUE) AND "r"."date" IS NULL

-- related_2
SELECT "link", "no", "sure", "_row", "_via", "p1" AS "p1", CASE WHEN NOT COALESCE("said_part" < 0 OR "said_whole" < 0 OR
"said_part" > "said_whole", FALSE) THEN "said_part" END AS "part", CASE WHEN NOT COALESCE("said_part" < 0 OR "said_whole" < 0 OR
"said_part" > "said_whole", FALSE) THEN "said_whole" END AS "whole", "most" AS "most" FROM "related_1"

-- related_3
SELECT "link", "no", "sure", "_row", "_via", "p1" AS "p1", "part" AS "part", "whole" AS "whole", COALESCE("whole", CASE WHEN
"most" >= "part" THEN "most" END) AS "largest" FROM "related_2"

-- related
SELECT "link", "no", "sure", "_row", "_via", COALESCE("part", 0) AS "part_lo", COALESCE("part", "largest") AS "part_hi",
COALESCE("whole", "part", 0) AS "whole_lo", "largest" AS "whole_hi", CASE WHEN TRY(CASE WHEN "part" IS NULL AND "whole" IS NULL
THEN NULL ELSE 20 * COALESCE("part", 0) - "p1" * CASE WHEN "p1" > 0 THEN "largest" ELSE COALESCE("whole", "part") END END) BETWEEN
-10000000000000000000000 AND 10000000000000000000000 THEN TRY(CASE WHEN "part" IS NULL AND "whole" IS NULL THEN NULL ELSE 20 *
COALESCE("part", 0) - "p1" * CASE WHEN "p1" > 0 THEN "largest" ELSE COALESCE("whole", "part") END END) END AS "d1_lo", CASE WHEN
TRY(20 * COALESCE("part", "whole") - "p1" * CASE WHEN "p1" < 0 THEN "largest" ELSE COALESCE("whole", "part") END) BETWEEN
-10000000000000000000000 AND 10000000000000000000000 THEN TRY(20 * COALESCE("part", "whole") - "p1" * CASE WHEN "p1" < 0 THEN
"largest" ELSE COALESCE("whole", "part") END) END AS "d1_hi" FROM "related_3"

-- own
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN "sure" THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN "sure"
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("sure" OR "d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN
COUNT(*) = COUNT("d1_hi") THEN SUM(CASE WHEN ("sure" OR "d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "link", "no" FROM
"related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN FALSE
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN COUNT(*) =
COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM "related" WHERE "link" IS NULL
GROUP BY "no"

-- anybody
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN FALSE
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN COUNT(*) =
COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM (SELECT DISTINCT ON ("_row",
"no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no"
NULLS FIRST, "_via" NULLS FIRST) AS "r" GROUP BY "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."part_lo" END + CASE WHEN
"stray"."no" IS NULL THEN 0 ELSE "stray"."part_lo" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."part_lo" END)
ELSE 0 END AS "part_lo", CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."part_hi" END +
CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."part_hi" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE
"anybody"."part_hi" END) ELSE NULL END AS "part_hi", CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0
ELSE "own"."whole_lo" END + CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."whole_lo" END) + CASE WHEN "anybody"."no" IS NULL
THEN 0 ELSE "anybody"."whole_lo" END) ELSE 0 END AS "whole_lo", CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS
NULL THEN 0 ELSE "own"."whole_hi" END + CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."whole_hi" END) + CASE WHEN
"anybody"."no" IS NULL THEN 0 ELSE "anybody"."whole_hi" END) ELSE NULL END AS "whole_hi", CASE WHEN $submitted_meetings THEN
TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."d1_lo" END + CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."d1_lo" END)
+ CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."d1_lo" END) ELSE NULL END AS "d1_lo", CASE WHEN $submitted_meetings THEN
TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."d1_hi" END + CASE WHEN "stray"."no" IS NULL THEN 0 ELSE "stray"."d1_hi" END)
+ CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."d1_hi" END) ELSE NULL END AS "d1_hi" FROM "frame" LEFT JOIN "own" ON
"own"."link" = "frame"."link" AND "own"."no" = "frame"."no" LEFT JOIN "stray" ON NOT "frame"."link" IS NULL AND "stray"."no" =
"frame"."no" LEFT JOIN "anybody" ON "frame"."link" IS NULL AND "frame"."any_link" AND "anybody"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", COALESCE("m"."no", 0) AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT
"m"."begun" THEN 'open' WHEN NOT "m"."over" THEN 'open' WHEN CASE WHEN "m"."whole_hi" = 0 THEN TRUE WHEN "m"."whole_lo" = 0 THEN
NULL ELSE FALSE END THEN 'none' WHEN "m"."d1_lo" > 0 THEN 'met' WHEN "m"."d1_hi" <= 0 AND (NOT "m"."perhaps" AND COALESCE((NOT
CASE WHEN "m"."whole_hi" = 0 THEN TRUE WHEN "m"."whole_lo" = 0 THEN NULL ELSE FALSE END), FALSE)) THEN 'breached' ELSE 'unknown'
END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN ("m"."begun" AND "m"."over") AND CASE WHEN
"m"."whole_hi" = 0 THEN TRUE WHEN "m"."whole_lo" = 0 THEN NULL ELSE FALSE END THEN 'nothing-to-measure' WHEN NOT
$submitted_meetings THEN 'not-submitted' WHEN NOT (NOT "m"."perhaps" AND COALESCE((NOT CASE WHEN "m"."whole_hi" = 0 THEN TRUE WHEN
"m"."whole_lo" = 0 THEN NULL ELSE FALSE END), FALSE)) AND "m"."d1_hi" <= 0 THEN 'perhaps' END AS "reason", TRY_CAST("m"."part_lo"
AS DECIMAL(38, 6)) AS "low", TRY_CAST("m"."part_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."whole_lo" AS DECIMAL(38, 6)) AS
"whole_low", TRY_CAST("m"."whole_hi" AS DECIMAL(38, 6)) AS "whole_high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1",
CASE WHEN NOT "m"."over" THEN "m"."closes" END AS "due" FROM "m"
