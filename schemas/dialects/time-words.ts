/** A stretch of a calendar. */
export type TimeUnit = (typeof timeUnits)[number];
export const timeUnits = ["day", "week", "month", "quarter", "year"] as const;

/** Expressions of a dialect that reckon with times; `of` is an expression that gives one. */
export interface TimeWords {
  /** The day of the query. */
  readonly today: string;
  /** The first day of the stretch that a time is in; weeks begin on Monday. */
  readonly startOf: (unit: TimeUnit, of: string) => string;
  /** The number of the year that a time is in. */
  readonly yearOf: (of: string) => string;
  /** A time so many units before. */
  readonly earlier: (of: string, count: number, unit: TimeUnit) => string;
}

export const postgresTime: TimeWords = {
  today: "current_date",
  startOf: (unit, of) => `date_trunc('${unit}', ${of})`,
  yearOf: (of) => `EXTRACT(year FROM ${of})`,
  earlier: (of, count, unit) => `${of} - interval '${count} ${unit}'`,
};

export const mysqlTime: TimeWords = {
  today: "CURRENT_DATE()",
  startOf(unit, of) {
    switch (unit) {
      case "day":
        return `DATE(${of})`;
      case "week":
        return `DATE_SUB(DATE(${of}), INTERVAL WEEKDAY(${of}) DAY)`;
      case "month":
        return `DATE_SUB(DATE(${of}), INTERVAL DAYOFMONTH(${of}) - 1 DAY)`;
      case "quarter":
        return `DATE_ADD(MAKEDATE(YEAR(${of}), 1), INTERVAL QUARTER(${of}) - 1 QUARTER)`;
      default:
        return `MAKEDATE(YEAR(${of}), 1)`;
    }
  },
  yearOf: (of) => `YEAR(${of})`,
  earlier: (of, count, unit) => `DATE_SUB(${of}, INTERVAL ${count} ${unit.toUpperCase()})`,
};

export const mssqlTime: TimeWords = {
  today: "CAST(GETDATE() AS date)",
  startOf(unit, of) {
    switch (unit) {
      case "day":
        return `CAST(${of} AS date)`;
      case "week":
        // The first day of 1900 was a Monday.
        return `DATEADD(day, -(DATEDIFF(day, '19000101', ${of}) % 7), CAST(${of} AS date))`;
      case "month":
        return `DATEFROMPARTS(YEAR(${of}), MONTH(${of}), 1)`;
      case "quarter":
        return `DATEFROMPARTS(YEAR(${of}), (DATEPART(quarter, ${of}) - 1) * 3 + 1, 1)`;
      default:
        return `DATEFROMPARTS(YEAR(${of}), 1, 1)`;
    }
  },
  yearOf: (of) => `YEAR(${of})`,
  earlier: (of, count, unit) => `DATEADD(${unit}, -${count}, ${of})`,
};
