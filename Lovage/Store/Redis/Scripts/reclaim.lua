-- Running -> Queued, for a job whose worker's lease has run out.
-- KEYS: job, the worker's lease   ARGV: worker
-- Returns 1, or 0 if the worker is alive or no longer has the job.
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local job = redis.call('HMGET', KEYS[1], 'state', 'worker')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', 'queued')
redis.call('HDEL', KEYS[1], 'worker', 'claim')
return 1
