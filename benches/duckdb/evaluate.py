"""The same evaluation in DuckDB: every learner-level requirement of england-schools-2025, as plain SQL over columns.

    python benches/duckdb/evaluate.py FOLDER

FOLDER is what `benches export` wrote. Everything is loaded into DuckDB's own tables first, and that is not timed; then the
evaluation runs several times and the median of the processor time counts. Each of its counts must be ours, or the command
fails. DuckDB is spared the forecasts (what is planned), the breakdowns and the years' arithmetic; ours does the first.
"""

import csv
import statistics
import sys
import time
from pathlib import Path

import duckdb
import numpy

AS_OF = "DATE '2027-03-15'"
NOW = 2026

# How often each scale is evaluated.
RUNS = {"school": 15, "hub": 3}


def load(connection, folder):
    """Reads what was exported into tables."""
    for name in ["learners", "activities", "subjects", "years", "reviews", "adaptations"]:
        path = folder / f"{name}.csv"
        connection.execute(f"CREATE TABLE {name} AS FROM read_csv('{path}', header = true, nullstr = '')")
    # Words become numbers, flags become flags, and lists of subjects become masks: the forms that DuckDB is fastest with.
    for column in ["kind", "mode", "provider_type", "organisation", "subject"]:
        connection.execute(f"CREATE TYPE {column}_name AS ENUM (SELECT DISTINCT {column} FROM activities "
                           f"WHERE {column} IS NOT NULL ORDER BY 1)")
        connection.execute(f"ALTER TABLE activities ALTER {column} TYPE {column}_name")
    for column in ["meaningful", "access", "transferred"]:
        connection.execute(f"ALTER TABLE activities ALTER {column} TYPE BOOLEAN")
    for column in ["activities ALTER activity", "learners ALTER learner", "learners ALTER trajectory",
                   "years ALTER trajectory", "subjects ALTER learner"]:
        connection.execute(f"ALTER TABLE {column} TYPE UINTEGER")
    connection.execute("ALTER TABLE activities ALTER hours TYPE FLOAT")
    connection.execute("""CREATE OR REPLACE TABLE learners AS
        SELECT l.*, coalesce(s.subjects, 0) AS subjects FROM learners l LEFT JOIN (
          SELECT learner, bit_or(1::BIGINT << enum_code(subject::subject_name)) AS subjects FROM subjects GROUP BY learner) s
        USING (learner)""")
    learner = numpy.fromfile(folder / "participation.learner.u32", dtype="<u4")
    activity = numpy.fromfile(folder / "participation.activity.u32", dtype="<u4")
    columns = {"learner": learner, "activity": activity}
    connection.register("columns", columns)
    connection.execute("CREATE TABLE participation AS SELECT learner, activity FROM columns")
    connection.unregister("columns")
    return len(learner)


def windows():
    """For each trajectory, when each window opens and closes."""
    parts = []
    for name, first, last in [
        ("ks3", 7, 9), ("ks4", 10, 11), ("ks5", 12, 14), ("by16", 7, 11), ("post16", 12, 13),
        ("pal1", 8, 9), ("pal2", 10, 11), ("pal3", 12, 13),
    ]:
        end = "make_date(max(year) FILTER (year_group <= {0}) + 1, 2, 28)" if name.startswith("pal") else \
            "make_date(max(year) FILTER (year_group <= {0}) + 1, 8, 31)"
        parts.append(f"make_date(min(year) FILTER (year_group >= {first}), 9, 1) AS {name}_opens")
        parts.append(f"{end.format(last)} AS {name}_closes")
    return (
        "SELECT trajectory, " + ", ".join(parts) + f", any_value(year_group) FILTER (year = {NOW}) AS now, "
        "min(year) FILTER (year_group >= 7) AS year_7 FROM years GROUP BY trajectory"
    )


SETUP = f"""
CREATE OR REPLACE TEMP TABLE windows AS {windows()};

CREATE OR REPLACE TEMP TABLE roll AS
SELECT l.*, w.now,
       -- The academic year of joining; the next one after 31 December.
       least(greatest(w.year_7, year(joined)), {NOW}) AS asked_from
FROM learners l JOIN windows w USING (trajectory)
WHERE joined <= {AS_OF} AND (left_on IS NULL OR left_on >= {AS_OF});

-- All that counts, without lessons and without what never counts for anything.
CREATE OR REPLACE TEMP TABLE done AS
SELECT p.learner, r.trajectory, a.date, a.kind, a.mode, a.provider_type, a.organisation, a.hours,
       a.meaningful, a.access, a.mode <> 'virtual' AS real
FROM participation p
JOIN (FROM activities WHERE date <= {AS_OF} AND kind NOT IN ('curriculum', 'programme')) a USING (activity)
JOIN roll r USING (learner)
WHERE a.transferred OR (a.date >= r.joined AND (r.left_on IS NULL OR a.date <= r.left_on));

-- Everything that can be summed in one pass.
CREATE OR REPLACE TEMP TABLE sums AS
SELECT learner,
  count(*) FILTER (kind = 'labour-market' AND date BETWEEN ks3_opens AND ks3_closes) AS lm3,
  count(*) FILTER (kind = 'labour-market' AND date BETWEEN ks4_opens AND ks4_closes) AS lm4,
  count(*) FILTER (kind = 'labour-market' AND date BETWEEN ks5_opens AND ks5_closes) AS lm5,
  count(DISTINCT date) FILTER (kind = 'workplace-experience' AND meaningful AND date BETWEEN by16_opens AND by16_closes) AS work16,
  bool_or(real) FILTER (kind = 'workplace-experience' AND meaningful AND date BETWEEN by16_opens AND by16_closes) AS work16_real,
  count(*) FILTER (kind = 'workplace-experience' AND meaningful AND date BETWEEN post16_opens AND post16_closes) AS work18,
  bool_or(real) FILTER (kind = 'workplace-experience' AND meaningful AND date BETWEEN post16_opens AND post16_closes) AS work18_real,
  bit_count(bit_or(1::BIGINT << enum_code(provider_type)) FILTER (kind = 'provider-encounter' AND meaningful
            AND date BETWEEN by16_opens AND by16_closes)) AS types,
  bool_or(real) FILTER (kind = 'provider-encounter' AND meaningful AND date BETWEEN by16_opens AND by16_closes) AS types_real,
  count(DISTINCT date) FILTER (kind = 'provider-encounter' AND meaningful AND provider_type = 'university'
                               AND mode = 'in-person' AND date BETWEEN post16_opens AND post16_closes) AS universities,
  count(*) FILTER (kind = 'guidance-meeting' AND meaningful AND date BETWEEN by16_opens AND by16_closes) AS guidance16,
  count(*) FILTER (kind = 'guidance-meeting' AND meaningful AND date BETWEEN post16_opens AND post16_closes) AS guidance18,
  sum(hours) FILTER (kind = 'workplace-experience' AND date BETWEEN ks3_opens AND ks3_closes) AS hours3,
  sum(hours) FILTER (kind = 'workplace-experience' AND date BETWEEN ks4_opens AND ks4_closes) AS hours4
FROM done JOIN windows USING (trajectory) GROUP BY learner;

-- Curriculum links in the learner's subjects this year.
CREATE OR REPLACE TEMP TABLE linked AS
SELECT learner, bit_count(bit_or(1::BIGINT << enum_code(a.subject)) & any_value(r.subjects)) AS subjects
FROM participation p
JOIN (FROM activities WHERE kind = 'curriculum' AND date BETWEEN make_date({NOW}, 9, 1) AND {AS_OF}) a USING (activity)
JOIN roll r USING (learner)
WHERE a.transferred OR (a.date >= r.joined AND (r.left_on IS NULL OR a.date <= r.left_on))
GROUP BY learner;

-- Employer encounters by academic year; a virtual one needs company in its key stage.
CREATE OR REPLACE TEMP TABLE employer AS
WITH met AS (
  SELECT d.learner, y.year, d.real,
         CASE WHEN y.year_group BETWEEN 7 AND 9 THEN 3 WHEN y.year_group BETWEEN 10 AND 11 THEN 4
              WHEN y.year_group BETWEEN 12 AND 14 THEN 5 END AS stage
  FROM done d JOIN years y ON y.trajectory = d.trajectory AND y.year = year(d.date) - (month(d.date) < 9)::INT
  WHERE d.kind = 'employer-encounter' AND d.meaningful),
by_year AS (SELECT learner, year, any_value(stage) AS stage, bool_or(real) AS real FROM met GROUP BY learner, year),
company AS (SELECT learner, stage FROM by_year WHERE real AND stage IS NOT NULL GROUP BY learner, stage)
SELECT y.learner, y.year FROM by_year y LEFT JOIN company c USING (learner, stage) WHERE y.real OR c.learner IS NOT NULL;

CREATE OR REPLACE TEMP TABLE years_met AS
SELECT r.learner, bool_or(e.year = {NOW}) AS this_year,
       count(*) FILTER (e.year >= r.asked_from AND e.year < {NOW}) AS past_years
FROM roll r JOIN employer e USING (learner) GROUP BY r.learner;

-- Provider access: different sets of providers on different dates of a window.
CREATE OR REPLACE TEMP TABLE access AS
WITH occasion AS (
  SELECT learner, date, list_sort(list(DISTINCT organisation)) AS providers,
         any_value(date BETWEEN pal1_opens AND pal1_closes) AS in1,
         any_value(date BETWEEN pal2_opens AND pal2_closes) AS in2,
         any_value(date BETWEEN pal3_opens AND pal3_closes) AS in3
  FROM done JOIN windows USING (trajectory) WHERE access GROUP BY learner, date)
SELECT learner, count(DISTINCT providers) FILTER (in1) AS sets1, count(DISTINCT providers) FILTER (in2) AS sets2,
       count(DISTINCT providers) FILTER (in3) AS sets3
FROM occasion GROUP BY learner;

CREATE OR REPLACE TEMP TABLE reviewed AS
SELECT DISTINCT learner FROM reviews WHERE pfa = 1 AND date BETWEEN make_date({NOW}, 9, 1) AND {AS_OF};

CREATE OR REPLACE TEMP TABLE facts AS
SELECT r.* EXCLUDE (subjects), w.* EXCLUDE (trajectory, now), s.* EXCLUDE (learner), coalesce(l.subjects, 0) AS linked, coalesce(y.this_year, false) AS employer_now,
       coalesce(y.past_years, 0) AS past_met, greatest({NOW} - r.asked_from, 0) AS past_asked,
       coalesce(a.sets1, 0) AS sets1, coalesce(a.sets2, 0) AS sets2, coalesce(a.sets3, 0) AS sets3,
       v.learner IS NOT NULL AS reviewed
FROM roll r JOIN windows w USING (trajectory) LEFT JOIN sums s USING (learner) LEFT JOIN linked l USING (learner) LEFT JOIN years_met y USING (learner)
LEFT JOIN access a USING (learner) LEFT JOIN reviewed v USING (learner);
"""

# requirement, scope, condition ($n is the adapted number, or the usual one), the usual number, deadline
REQUIREMENTS = [
    ("bm2.1.ks3", "now BETWEEN 7 AND 9", "lm3 >= $n", 1, "ks3_closes"),
    ("bm2.1.ks4", "now BETWEEN 10 AND 11", "lm4 >= $n", 1, "ks4_closes"),
    ("bm2.1.ks5", "now BETWEEN 12 AND 14", "lm5 >= $n", 1, "ks5_closes"),
    ("bm4.1", "now BETWEEN 7 AND 13 AND subject_count > 0", "linked = subject_count", 0, None),
    ("bm5.1", "now BETWEEN 7 AND 13", "employer_now", 0, None),
    ("bm5.1.all", "now BETWEEN 7 AND 13", "employer_now AND past_met = past_asked", 0, "CASE WHEN past_met < past_asked THEN DATE '2000-01-01' END"),
    ("bm6.1", "now BETWEEN 7 AND 11", "work16 >= $n AND work16_real", 2, "by16_closes"),
    ("bm6.2", "now BETWEEN 12 AND 13", "work18 >= $n AND work18_real", 1, "post16_closes"),
    ("bm7.1", "now BETWEEN 7 AND 11", "types >= $n AND types_real", 4, "by16_closes"),
    ("bm7.2", "now BETWEEN 12 AND 13 AND considering_he = 1", "universities >= $n", 2, "post16_closes"),
    ("bm8.1", "now BETWEEN 7 AND 11", "guidance16 >= $n", 1, "by16_closes"),
    ("bm8.2", "now BETWEEN 12 AND 13", "guidance18 >= $n", 1, "post16_closes"),
    ("pal.first", "now BETWEEN 8 AND 9", "sets1 >= 2", 0, "pal1_closes"),
    ("pal.second", "now BETWEEN 10 AND 11", "sets2 >= 2", 0, "pal2_closes"),
    ("pal.third", "now BETWEEN 12 AND 13", "sets3 >= 2", 0, "pal3_closes"),
    ("wex.ks3", "now BETWEEN 7 AND 9", "hours3 >= $n", 25, "ks3_closes"),
    ("wex.ks4", "now BETWEEN 10 AND 11", "hours4 >= $n", 25, "ks4_closes"),
    ("ehcp.pfa", "now BETWEEN 9 AND 14 AND ehcp = 1", "reviewed", 0, None),
]


def counting(requirement, scope, condition, usual, deadline):
    """One requirement's counts."""
    holds = f"coalesce(({condition.replace('$n', f'coalesce(a.number, {usual})')}), false)"
    closed = f"coalesce({AS_OF} > {deadline}, false)" if deadline else "false"
    late = f"joined > {deadline}" if requirement.startswith("pal.") else "false"
    return f"""
SELECT '{requirement}' AS requirement,
  count(*) FILTER (NOT gone AND holds) AS met,
  count(*) FILTER (NOT gone AND NOT holds AND NOT late AND NOT closed) AS due,
  count(*) FILTER (NOT gone AND NOT holds AND NOT late AND closed) AS missed
FROM (SELECT coalesce(a.out_of_it = 1, false) AS gone, {holds} AS holds, {closed} AS closed, {late} AS late
      FROM facts f LEFT JOIN (SELECT learner, out_of_it, CASE WHEN out_of_it = 0 THEN number END AS number FROM adaptations
                              WHERE requirement = '{requirement}') a USING (learner)
      WHERE {scope})"""


def evaluate(connection):
    """All counts, by requirement."""
    connection.execute(SETUP)
    query = " UNION ALL ".join(counting(*requirement) for requirement in REQUIREMENTS)
    return {row[0]: row[1:] for row in connection.execute(query).fetchall()}


def main():
    """Loads, evaluates, compares, prints the ratio."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    connection = duckdb.connect()
    rows = load(connection, folder)
    times = []
    for _ in range(RUNS["school"] if rows < 1_000_000 else RUNS["hub"]):
        start, wall = time.process_time(), time.perf_counter()
        found = evaluate(connection)
        times.append((time.process_time() - start, time.perf_counter() - wall))
    with (folder / "ours.csv").open() as file:
        ours = {row["requirement"]: (int(row["met"]), int(row["due"]), int(row["missed"])) for row in csv.DictReader(file)}
    different = [f"{name}: DuckDB {found.get(name)}, ours {ours[name]}" for name in ours if found.get(name) != ours[name]]
    for line in different:
        print(line)
    about = dict(line.split("=") for line in (folder / "ours.txt").read_text().split())
    cpu = statistics.median(time for time, _ in times)
    wall = statistics.median(time for _, time in times)
    mine = float(about["cpu_seconds"])
    print(f"DuckDB {duckdb.__version__}: {rows:,} participations, {cpu * 1e3:.1f} ms of CPU ({wall * 1e3:.1f} ms on the clock)")
    print(f"ours: {mine * 1e3:.2f} ms of CPU; DuckDB takes {cpu / mine:.1f} times as much")
    print("counts differ" if different else f"all {3 * len(ours)} counts are equal")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
