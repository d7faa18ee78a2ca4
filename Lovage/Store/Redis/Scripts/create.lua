-- Records jobs as queued or, with a time to come, scheduled. One that exists is left alone: an ambiguous call may be repeated.
-- An idempotency key that was used before stands for the job that it was used for; used for something else, nothing at all is recorded.
-- KEYS: indexes…, epoch, all jobs, job…, then the idempotency key of each job that has one
-- ARGV: an epoch for a new store, milliseconds for which an idempotency key stands, the number of jobs,
--       then for each job: id, name, args, headers, traceparent, due, expires, max attempts, origin, extra, fingerprint, time limit in milliseconds.
--       A time is empty, or milliseconds since 1970, or + milliseconds from now. Without an idempotency key the fingerprint is empty.
-- Returns the store's epoch and its time, then for each key that was used before: the job's place, the id of the first job, '1' if it was another call.
local firstJob, firstArgument, width = 10, 4, 12
local count = tonumber(ARGV[3])
local epoch = life(KEYS[8], ARGV[1])
local answer, all, queued, scheduled = { epoch, atText }, {}, {}, {}

local newlyQueued, newlyScheduled, now = logged(nil, at, at, letter.queued), logged(nil, at, at, letter.scheduled), atText

local function moment(argument)
  if argument == '' then return nil end
  if string.sub(argument, 1, 1) == '+' then return at + tonumber(string.sub(argument, 2)) end
  return tonumber(argument)
end

-- The first use of a key: nil, or the id of its job and what was asked for.
local function used(key, id)
  local entry = redis.call('GET', key)
  if not entry then return nil end
  local first, fingerprint = string.match(entry, '^(%S+) (%S+)$')
  if first ~= id then return first, fingerprint end
end

local keys, nextKey = {}, firstJob + count
for i = 0, count - 1 do
  local a = firstArgument + width * i
  if ARGV[a + 10] ~= '' then
    keys[i], nextKey = KEYS[nextKey], nextKey + 1
    local first, fingerprint = used(keys[i], ARGV[a])
    if first and fingerprint ~= ARGV[a + 10] then
      for _, value in ipairs({ text(i), first, '1' }) do answer[#answer + 1] = value end
    end
  end
end
if #answer > 2 then return answer end

for i = 0, count - 1 do
  local a, key = firstArgument + width * i, KEYS[firstJob + i]
  local id = ARGV[a]
  local first = keys[i] and used(keys[i], id)
  if first then
    for _, value in ipairs({ text(i), first, '0' }) do answer[#answer + 1] = value end
  elseif redis.call('EXISTS', key) == 0 then
    local due, expires = moment(ARGV[a + 5]), moment(ARGV[a + 6])
    local waits = due and due > at
    local fields = { 'name', ARGV[a + 1], 'args', ARGV[a + 2], 'attempt', '1', 'fence', '0', 'enqueuedAt', now, 'since', now, 'state', waits and 'scheduled' or 'queued',
      'log', waits and newlyScheduled or newlyQueued }
    local function set(field, value) fields[#fields + 1] = field; fields[#fields + 1] = value end
    if ARGV[a + 3] ~= '' then set('headers', ARGV[a + 3]) end
    if ARGV[a + 4] ~= '' then set('traceparent', ARGV[a + 4]) end
    if expires then set('expires', text(expires)) end
    if ARGV[a + 7] ~= '' then set('maxAttempts', ARGV[a + 7]) end
    if ARGV[a + 11] ~= '' then set('timeLimit', ARGV[a + 11]) end
    if ARGV[a + 8] ~= '' then set('origin', ARGV[a + 8]) end
    if ARGV[a + 9] ~= '' then set('extra', ARGV[a + 9]) end
    if waits then set('due', text(due)) end
    redis.call('HSET', key, unpack(fields))
    if keys[i] then redis.call('SET', keys[i], id .. ' ' .. ARGV[a + 10], 'PX', ARGV[2]) end
    table.insert(all, '0')
    table.insert(all, listed(at, id))
    if waits then
      table.insert(scheduled, text(due))
      table.insert(scheduled, id)
    else
      table.insert(queued, now)
      table.insert(queued, id)
    end
  end
end
-- In one call each: an index that grows by one at a time costs some servers far more than the records.
if #all > 0 then redis.call('ZADD', KEYS[9], unpack(all)) end
if #queued > 0 then redis.call('ZADD', index.queued, unpack(queued)) end
if #scheduled > 0 then redis.call('ZADD', index.scheduled, unpack(scheduled)) end
return answer
