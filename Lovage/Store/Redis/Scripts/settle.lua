-- Running -> Succeeded, Failed or (released) Queued, for the run that shows its claim.
-- KEYS: job   ARGV: claim, state, result, error, milliseconds to keep the record
-- Returns 1, also when this very settlement was made before; 0 for a stale claim.
local job = redis.call('HMGET', KEYS[1], 'state', 'claim')
if job[2] ~= ARGV[1] then return 0 end
if job[1] ~= 'running' then return job[1] == ARGV[2] and 1 or 0 end

if ARGV[2] == 'queued' then
  redis.call('HSET', KEYS[1], 'state', 'queued')
  redis.call('HDEL', KEYS[1], 'worker', 'claim')
  return 1
end

local time = redis.call('TIME')
local now = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'finishedAt', now)
redis.call('HDEL', KEYS[1], 'worker')
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'result', ARGV[3]) end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'error', ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
