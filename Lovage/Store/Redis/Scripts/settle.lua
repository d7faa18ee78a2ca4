-- Running -> the state that a run's end leads to, for the run that shows its claim.
-- KEYS: indexes…, the worker's held jobs, job, the finished ones of its name, the worker's cancellations
-- ARGV: id, claim, event (succeed, fail, retry, release, cancel), result, error, reason, a line of history, milliseconds until a retry,
--       the trace of a retry if it is another
-- Returns the state that it has led to, also when this settlement was made before; 'stale' for a claim that no longer counts; 'gone' without a record.
local id, event, key, finished = ARGV[1], ARGV[3], KEYS[9], KEYS[10]
local job = redis.call('HMGET', key, 'state', 'claim', 'cancel', 'startedAt')
if not job[1] then return 'gone' end
if job[2] ~= ARGV[2] then return 'stale' end
if job[1] ~= 'running' then return job[1] end

redis.call('SREM', KEYS[8], id)
redis.call('HDEL', key, 'worker')
-- Or a replay of the job, run by the same worker, would be cancelled for it.
if job[3] then redis.call('SREM', KEYS[11], id) end
if event ~= 'release' then redis.call('HDEL', key, 'alone', 'crashes', 'due') end
if ARGV[7] ~= '' then remember(key, job[4] .. ' ' .. text(at) .. ' ' .. ARGV[7]) end
if ARGV[5] ~= '' then redis.call('HSET', key, 'error', ARGV[5]) end

-- Asked to cancel, a job does not begin again.
if job[3] and (event == 'retry' or event == 'release') then event = 'cancel' end

if event == 'succeed' then
  redis.call('HDEL', key, 'error')
  if ARGV[4] ~= '' then redis.call('HSET', key, 'result', ARGV[4]) end
  finish(key, id, 'running', 'succeeded', finished)
  return 'succeeded'
elseif event == 'fail' then
  redis.call('HSET', key, 'reason', ARGV[6])
  finish(key, id, 'running', 'failed', finished)
  return 'failed'
elseif event == 'cancel' then
  finish(key, id, 'running', 'cancelled', finished)
  return 'cancelled'
elseif event == 'release' then
  move(key, id, 'running', 'queued', at)
  return 'queued'
end

redis.call('HINCRBY', key, 'attempt', 1)
if ARGV[9] ~= '' then redis.call('HSET', key, 'traceparent', ARGV[9]) end
if ARGV[8] == '0' then
  move(key, id, 'running', 'queued', at)
  return 'queued'
end
local due = at + tonumber(ARGV[8])
redis.call('HSET', key, 'due', text(due))
move(key, id, 'running', 'scheduled', due)
return 'scheduled'
