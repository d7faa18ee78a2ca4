-- Records jobs as queued or, with a time to come, scheduled. One that exists is left alone: an ambiguous call may be repeated.
-- KEYS: queued, scheduled, failed, epoch, job…
-- ARGV: an epoch for a new store, then for each job: id, name, args, headers, traceparent, due, expires, max attempts.
--       A time is empty, or milliseconds since 1970, or + milliseconds from now.
-- Returns the store's epoch and its time.
local epoch = redis.call('GET', KEYS[4])
if not epoch then
  epoch = ARGV[1]
  redis.call('SET', KEYS[4], epoch)
end

local at, queued, scheduled = now(), {}, {}

local function moment(argument)
  if argument == '' then return nil end
  if string.sub(argument, 1, 1) == '+' then return at + tonumber(string.sub(argument, 2)) end
  return tonumber(argument)
end

for i = 5, #KEYS do
  local a = 8 * (i - 5) + 2
  if redis.call('EXISTS', KEYS[i]) == 0 then
    local id, due, expires = ARGV[a], moment(ARGV[a + 5]), moment(ARGV[a + 6])
    local waits = due and due > at
    redis.call('HSET', KEYS[i], 'name', ARGV[a + 1], 'args', ARGV[a + 2], 'attempt', '1', 'fence', '0', 'enqueuedAt', text(at), 'state', waits and 'scheduled' or 'queued')
    if ARGV[a + 3] ~= '' then redis.call('HSET', KEYS[i], 'headers', ARGV[a + 3]) end
    if ARGV[a + 4] ~= '' then redis.call('HSET', KEYS[i], 'traceparent', ARGV[a + 4]) end
    if expires then redis.call('HSET', KEYS[i], 'expires', text(expires)) end
    if ARGV[a + 7] ~= '' then redis.call('HSET', KEYS[i], 'maxAttempts', ARGV[a + 7]) end
    if waits then
      redis.call('HSET', KEYS[i], 'due', text(due))
      table.insert(scheduled, text(due))
      table.insert(scheduled, id)
    else
      table.insert(queued, text(at))
      table.insert(queued, id)
    end
  end
end
-- In one call each: an index that grows by one at a time costs some servers far more than the records.
if #queued > 0 then redis.call('ZADD', index.queued, unpack(queued)) end
if #scheduled > 0 then redis.call('ZADD', index.scheduled, unpack(scheduled)) end
return { epoch, text(at) }
