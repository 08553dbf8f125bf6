/**
 * What happens to the queue's keys in one step. Each script gets the keys' prefix as its only key: in a cluster all of
 * them lie on one node. BullMQ holds one job a repository, its turn; which task the turn does is read here.
 */
const COMMON = `
local P = KEYS[1]
local tasks, about, attempts = P..':tasks', P..':about', P..':attempts'
local running, replaced, resting = P..':running', P..':replaced', P..':resting'
local turns, tags, now = P..':turns', P..':tags', P..':now'
local function list(repository) return P..':list:'..repository end
local function forget(id)
  redis.call('HDEL', tasks, id)
  redis.call('HDEL', about, id)
  redis.call('HDEL', attempts, id)
end
-- Start-time fair queueing: an installation's next turn comes behind its last one, and behind what has begun.
local function give_turn(repository, installation)
  if redis.call('HEXISTS', turns, repository) == 1 then return false end
  local last = tonumber(redis.call('HGET', tags, installation) or '0')
  local begun = tonumber(redis.call('GET', now) or '0')
  -- BullMQ takes no greater number.
  local tag = math.min(math.max(last, begun) + 1, 2097151)
  redis.call('HSET', tags, installation, tag)
  redis.call('HSET', turns, repository, tag)
  return tag
end
local function installation_of(id) return tostring(cjson.decode(redis.call('HGET', tasks, id)).job.installation) end
`;

/**
 * ARGV: delivery, seconds to remember it, most that may wait, then for each task id, repository, installation, subject
 * (or nothing) and its JSON. Gives the result, the replaced tasks that waited, and the ids of those that run.
 */
export const ACCEPT = `${COMMON}
local delivery = P..':delivery:'..ARGV[1]
if redis.call('EXISTS', delivery) == 1 then return {'duplicate', {}, {}} end
local total = redis.call('HLEN', tasks)
if total - redis.call('HLEN', running) >= tonumber(ARGV[3]) then return {'full', {}, {}} end
if total == 0 then
  redis.call('DEL', tags)
  redis.call('DEL', now)
end
redis.call('SET', delivery, '1', 'EX', ARGV[2])
local gone, called_off = {}, {}
local function replace_in(ids, repository, what, remove)
  for _, id in ipairs(ids) do
    if redis.call('HGET', about, id) == what then
      remove(id)
      table.insert(gone, redis.call('HGET', tasks, id))
      forget(id)
    end
  end
end
for at = 4, #ARGV, 5 do
  local id, repository, installation, subject, json = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  local what = repository..' '..subject
  if subject ~= '' then
    local queue = list(repository)
    replace_in(redis.call('LRANGE', queue, 0, -1), repository, what, function(one) redis.call('LREM', queue, 0, one) end)
    replace_in(redis.call('ZRANGE', resting, 0, -1), repository, what, function(one) redis.call('ZREM', resting, one) end)
    local current = redis.call('HGET', running, repository)
    if current and redis.call('HGET', about, current) == what then
      redis.call('SADD', replaced, current)
      table.insert(called_off, current)
    end
    redis.call('HSET', about, id, what)
  end
  redis.call('HSET', tasks, id, json)
  redis.call('RPUSH', list(repository), id)
  give_turn(repository, installation)
end
return {'accepted', gone, called_off}`;

/** ARGV: repository. Gives the task whose turn it is and how often it failed: the one of a process that ended first. */
export const BEGIN = `${COMMON}
local repository = ARGV[1]
local id = redis.call('HGET', running, repository)
if not id then
  id = redis.call('LPOP', list(repository))
  if not id then
    redis.call('HDEL', turns, repository)
    return nil
  end
  redis.call('HSET', running, repository, id)
end
local tag = tonumber(redis.call('HGET', turns, repository) or '0')
if tag > tonumber(redis.call('GET', now) or '0') then redis.call('SET', now, tag) end
return {redis.call('HGET', tasks, id), redis.call('HGET', attempts, id) or '0'}`;

/**
 * ARGV: repository, task, and when it is begun again in milliseconds since 1970, or nothing when it needs no more. Gives
 * how it was: `gone` when another process has ended it, `replaced`, or `mine`.
 */
export const END = `${COMMON}
local repository, id, due = ARGV[1], ARGV[2], ARGV[3]
if redis.call('HGET', running, repository) ~= id then return 'gone' end
local installation = installation_of(id)
redis.call('HDEL', running, repository)
local was_replaced = redis.call('SREM', replaced, id) == 1
if due ~= '' and not was_replaced then
  redis.call('HINCRBY', attempts, id, 1)
  redis.call('ZADD', resting, due, id)
else
  forget(id)
end
redis.call('HDEL', turns, repository)
if redis.call('LLEN', list(repository)) > 0 then give_turn(repository, installation) end
return was_replaced and 'replaced' or 'mine'`;

/** ARGV: milliseconds since 1970. Puts what has rested long enough to the front of its repository; gives its repositories. */
export const WAKE = `${COMMON}
local woken = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', resting, '-inf', ARGV[1], 'LIMIT', 0, 100)) do
  redis.call('ZREM', resting, id)
  local job = cjson.decode(redis.call('HGET', tasks, id)).job
  local repository = job.owner..'/'..job.repo
  redis.call('LPUSH', list(repository), id)
  give_turn(repository, tostring(job.installation))
  table.insert(woken, repository)
end
return woken`;

/** ARGV: ids of tasks. Gives those that are replaced, behind the number of those that wait. */
export const LOOK = `${COMMON}
local found = {redis.call('HLEN', tasks) - redis.call('HLEN', running)}
for _, id in ipairs(ARGV) do
  if redis.call('SISMEMBER', replaced, id) == 1 then table.insert(found, id) end
end
return found`;
