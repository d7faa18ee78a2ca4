-- Running -> queued, for a job that its own worker knows nothing of: the answer to a claim was lost and nobody asked again. Not rung yet.
-- KEYS: indexes…, the worker's held jobs, job   ARGV: id, worker
-- Returns 1, or 0 if the worker no longer has the job.
redis.call('SREM', KEYS[8], ARGV[1])
local job = redis.call('HMGET', KEYS[9], 'state', 'worker')
if job[1] ~= 'running' or job[2] ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[9], 'worker', 'claim')
move(KEYS[9], ARGV[1], 'running', 'queued', 0)
return 1
