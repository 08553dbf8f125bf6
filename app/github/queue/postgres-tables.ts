/** The queue's tables, made once by whichever server comes first. They stand beside whatever else the database holds. */
export const CREATE_TABLES = `
CREATE SCHEMA IF NOT EXISTS querygenie_queue;
CREATE TABLE IF NOT EXISTS querygenie_queue.deliveries (
  id text PRIMARY KEY,
  accepted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS deliveries_accepted_at ON querygenie_queue.deliveries (accepted_at);
CREATE TABLE IF NOT EXISTS querygenie_queue.tasks (
  id text PRIMARY KEY,
  position bigint GENERATED ALWAYS AS IDENTITY,
  repository text NOT NULL,
  installation bigint NOT NULL,
  subject text,
  job jsonb NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  -- The process that does it, until when it need not say more, and whether a newer task has replaced it.
  worker text,
  leased_until timestamptz,
  is_replaced boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS tasks_order ON querygenie_queue.tasks (repository, position);
CREATE UNIQUE INDEX IF NOT EXISTS one_task_of_a_repository
  ON querygenie_queue.tasks (repository) WHERE worker IS NOT NULL;
CREATE TABLE IF NOT EXISTS querygenie_queue.turns (
  installation bigint PRIMARY KEY,
  served bigint NOT NULL
);
CREATE SEQUENCE IF NOT EXISTS querygenie_queue.served;
CREATE TABLE IF NOT EXISTS querygenie_queue.notes (
  name text PRIMARY KEY,
  value text NOT NULL
)`;

/** Two servers that start at a time would make the same table twice. */
export const TABLES_LOCK = 7_112_044_501;

/** $1 delivery. Gives a row when it is new. */
export const ACCEPT_DELIVERY = `
INSERT INTO querygenie_queue.deliveries (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id`;

/** $1 most that may wait, in all. */
export const COUNT_WAITING = `
SELECT count(*)::int AS waiting FROM (SELECT FROM querygenie_queue.tasks WHERE worker IS NULL LIMIT $1) AS counted`;

/** $1 repository, $2 subject: what waits is gone; gives the tasks. */
export const REPLACE_WAITING = `
DELETE FROM querygenie_queue.tasks WHERE repository = $1 AND subject = $2 AND worker IS NULL RETURNING id, job`;

/** $1 repository, $2 subject: what runs hears of it when its process asks next. */
export const REPLACE_RUNNING = `
UPDATE querygenie_queue.tasks SET is_replaced = true WHERE repository = $1 AND subject = $2 AND worker IS NOT NULL`;

/** $1 id, $2 repository, $3 installation, $4 subject, $5 job. */
export const ADD_TASK = `
INSERT INTO querygenie_queue.tasks (id, repository, installation, subject, job) VALUES ($1, $2, $3, $4, $5)`;

/** Tasks of processes that have ended wait again. */
export const RELEASE_LOST = `
UPDATE querygenie_queue.tasks SET worker = NULL, leased_until = NULL
WHERE id IN (
  SELECT id FROM querygenie_queue.tasks WHERE worker IS NOT NULL AND leased_until < now() FOR UPDATE SKIP LOCKED
)`;

/**
 * $1 worker, $2 milliseconds of the lease. The first due task of a repository that nothing runs for, of the installation
 * that was served longest ago. Rows that another server takes in this moment are skipped, and the tasks behind them in
 * their repository are not looked at; the unique index holds what two snapshots cannot see.
 */
export const TAKE_TASK = `
WITH next AS (
  SELECT task.id, task.installation
  FROM querygenie_queue.tasks AS task LEFT JOIN querygenie_queue.turns AS turn USING (installation)
  WHERE task.worker IS NULL AND task.due_at <= now()
    AND NOT EXISTS (
      SELECT FROM querygenie_queue.tasks AS other
      WHERE other.repository = task.repository
        AND (other.worker IS NOT NULL OR (other.due_at <= now() AND other.position < task.position))
    )
  ORDER BY turn.served NULLS FIRST, task.position
  LIMIT 1
  FOR UPDATE OF task SKIP LOCKED
), turned AS (
  INSERT INTO querygenie_queue.turns (installation, served)
  SELECT installation, nextval('querygenie_queue.served') FROM next
  ON CONFLICT (installation) DO UPDATE SET served = excluded.served
)
UPDATE querygenie_queue.tasks SET worker = $1, leased_until = now() + $2::int * interval '1 millisecond'
WHERE id = (SELECT id FROM next)
RETURNING id, job, attempts`;

/** $1 ids, $2 worker, $3 milliseconds: those that are still this process's, and whether they are replaced. */
export const EXTEND_LEASES = `
UPDATE querygenie_queue.tasks SET leased_until = now() + $3::int * interval '1 millisecond'
WHERE id = ANY ($1) AND worker = $2
RETURNING id, is_replaced`;

/** $1 id, $2 worker. */
export const END_TASK = `DELETE FROM querygenie_queue.tasks WHERE id = $1 AND worker = $2 RETURNING is_replaced`;

/** $1 id, $2 worker, $3 milliseconds until it is begun again. Gives nothing when it was replaced meanwhile. */
export const REST_TASK = `
UPDATE querygenie_queue.tasks
SET worker = NULL, leased_until = NULL, attempts = attempts + 1, due_at = now() + $3::int * interval '1 millisecond'
WHERE id = $1 AND worker = $2 AND NOT is_replaced
RETURNING id`;

/** $1 id, $2 worker: begun again by the next process. */
export const GIVE_BACK = `
UPDATE querygenie_queue.tasks SET worker = NULL, leased_until = NULL WHERE id = $1 AND worker = $2`;

/** $1 milliseconds. */
export const FORGET_DELIVERIES = `
DELETE FROM querygenie_queue.deliveries WHERE accepted_at < now() - $1::bigint * interval '1 millisecond'`;
