-- Queued, or scheduled and due -> running, for a worker that holds a lease. One that has expired is settled instead.
-- KEYS: indexes…, epoch, the worker's lease, its held jobs, newest claimed ring, then for each job: the job, the finished ones of its name
-- ARGV: worker, then for each job: id, a random claim, '1' if its arguments are wanted, '1' if it would run alone
-- Returns the epoch, then for each job { 'run', attempt, args, milliseconds from enqueued to ready, from ready to now; not when asked again }
-- | { 'held', worker } | { 'over', state, '1' if by this claim } | { 'early', milliseconds }
-- | { 'alone' } | { 'unknown' }; nothing at all if the worker has no lease.
if redis.call('EXISTS', KEYS[9]) == 0 then return {} end

local worker, newest = ARGV[1], tonumber(redis.call('GET', KEYS[11]) or '0')
local before = newest
local leave, makeLeft = leaving('ZREM')
local enter, makeEntered = entering()
local held = {}

-- All is read before anything is written: what cannot be read leaves no job half claimed.
local jobs = {}
for i = 12, #KEYS, 2 do
  local a = 2 * (i - 12) + 2
  jobs[#jobs + 1] = redis.call('HMGET', KEYS[i], 'state', 'worker', 'attempt', 'due', 'expires', 'alone', 'claim', 'enqueuedAt', 'fence', 'log', 'progress',
    ARGV[a + 2] == '1' and 'args' or 'alone')
end
local claimed = {}

local function answer(n, key, finished, id, claim, wantsArgs, alone)
  local job = jobs[n]
  local state = job[1]
  if not state then return { 'unknown' } end
  if claimed[id] then return { 'held', worker } end
  if state == 'running' then
    -- Asked again, because the answer was lost.
    if job[2] == worker and job[7] == claim then return { 'run', job[3], wantsArgs and job[12] } end
    return { 'held', job[2] }
  end
  if state ~= 'queued' and state ~= 'scheduled' then return { 'over', state } end
  if job[5] and at >= tonumber(job[5]) then
    finish(key, id, state, 'expired', finished)
    return { 'over', 'expired', '1' }
  end
  if state == 'scheduled' and at < tonumber(job[4]) then return { 'early', text(tonumber(job[4]) - at) } end
  if job[6] and not alone then return { 'alone' } end

  local rung = state == 'queued' and tonumber(redis.call('ZSCORE', KEYS[1], id) or '0')
  if rung then newest = math.max(newest, rung) end
  local ready = ready(job[4], job[8], job[9], rung, at)
  local waited = text(math.max(at - ready, 0))
  -- First: a store without room refuses it, and then nothing has been changed.
  redis.call('HSET', key, 'worker', worker, 'claim', claim, 'startedAt', atText, 'fence', text(tonumber(job[9] or '0') + 1),
    stated('running', job[10], job[8], waited))
  if job[11] then redis.call('HDEL', key, 'progress') end
  held[#held + 1] = id
  leave(index[state], id)
  enter(index.running, atText, id)
  announce(key)
  claimed[id] = true
  return { 'run', job[3], wantsArgs and job[12], text(ready - tonumber(job[8] or ready)), waited }
end

local answers = { redis.call('GET', KEYS[8]) or '' }
for n = 1, #jobs do
  local i, a = 10 + 2 * n, 4 * n - 2
  answers[#answers + 1] = answer(n, KEYS[i], KEYS[i + 1], ARGV[a], ARGV[a + 1], ARGV[a + 2] == '1', ARGV[a + 3] == '1')
end
if #held > 0 then redis.call('SADD', KEYS[10], unpack(held)) end
makeLeft()
makeEntered()
if newest > before then redis.call('SET', KEYS[11], text(newest)) end
return answers
