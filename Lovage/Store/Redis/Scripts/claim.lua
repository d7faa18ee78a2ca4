-- Queued -> Running, for a worker that holds a lease.
-- KEYS: epoch, the worker's lease, job…   ARGV: worker, then for each job: a random claim, '1' if its arguments are wanted
-- Returns the epoch, then for each job { 'run', attempt, args or nil } | { 'held', worker } | { 'over', state } | { 'unknown' };
-- nothing at all if the worker has no lease.
if redis.call('EXISTS', KEYS[2]) == 0 then return {} end

local time = redis.call('TIME')
local now = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
local answers = { redis.call('GET', KEYS[1]) or '' }

for i = 3, #KEYS do
  local a = 2 * (i - 3) + 2
  local job = redis.call('HMGET', KEYS[i], 'state', 'worker', 'attempt')
  if not job[1] then
    answers[#answers + 1] = { 'unknown' }
  elseif job[1] == 'queued' then
    redis.call('HINCRBY', KEYS[i], 'fence', 1)
    redis.call('HSET', KEYS[i], 'state', 'running', 'worker', ARGV[1], 'claim', ARGV[a], 'startedAt', now)
    redis.call('HDEL', KEYS[i], 'progress')
    local args = false
    if ARGV[a + 1] == '1' then args = redis.call('HGET', KEYS[i], 'args') end
    answers[#answers + 1] = { 'run', job[3], args }
  elseif job[1] == 'running' then
    answers[#answers + 1] = { 'held', job[2] }
  else
    answers[#answers + 1] = { 'over', job[1] }
  end
end
return answers
