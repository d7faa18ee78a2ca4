-- Running -> the state that a run's end leads to, for the run that shows its claim.
-- KEYS: queued, scheduled, failed, the worker's held jobs, job
-- ARGV: id, claim, event (succeed, fail, retry, release, cancel), result, error, reason, a line of history,
--       milliseconds until a retry, milliseconds to keep a record that has ended
-- Returns the state that it has led to, also when this settlement was made before; 'stale' for a claim that no longer counts; 'gone' without a record.
local id, event = ARGV[1], ARGV[3]
local job = redis.call('HMGET', KEYS[5], 'state', 'claim', 'cancel', 'startedAt')
if not job[1] then return 'gone' end
if job[2] ~= ARGV[2] then return 'stale' end
if job[1] ~= 'running' then return job[1] end

local at = now()
redis.call('SREM', KEYS[4], id)
redis.call('HDEL', KEYS[5], 'worker')
if event ~= 'release' then redis.call('HDEL', KEYS[5], 'alone', 'crashes', 'due') end
if ARGV[7] ~= '' then remember(KEYS[5], job[4] .. ' ' .. text(at) .. ' ' .. ARGV[7]) end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[5], 'error', ARGV[5]) end

-- Asked to cancel, a job does not begin again.
if job[3] and (event == 'retry' or event == 'release') then event = 'cancel' end

if event == 'succeed' then
  redis.call('HDEL', KEYS[5], 'error')
  if ARGV[4] ~= '' then redis.call('HSET', KEYS[5], 'result', ARGV[4]) end
  finish(KEYS[5], id, 'running', 'succeeded', at, ARGV[9])
  return 'succeeded'
elseif event == 'fail' then
  redis.call('HSET', KEYS[5], 'reason', ARGV[6])
  finish(KEYS[5], id, 'running', 'failed', at, ARGV[9])
  return 'failed'
elseif event == 'cancel' then
  finish(KEYS[5], id, 'running', 'cancelled', at, ARGV[9])
  return 'cancelled'
elseif event == 'release' then
  move(KEYS[5], id, 'running', 'queued', at)
  return 'queued'
end

redis.call('HINCRBY', KEYS[5], 'attempt', 1)
if ARGV[8] == '0' then
  move(KEYS[5], id, 'running', 'queued', at)
  return 'queued'
end
local due = at + tonumber(ARGV[8])
redis.call('HSET', KEYS[5], 'due', text(due))
move(KEYS[5], id, 'running', 'scheduled', due)
return 'scheduled'
