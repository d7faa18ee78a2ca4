-- Running -> queued, for a job that its own worker knows nothing of: the answer to a claim was lost and nobody asked again. Not rung yet.
-- One that was to be cancelled is: its next worker would not hear of it.
-- KEYS: indexes…, the worker's held jobs, job, the finished ones of its name   ARGV: id, worker
-- Returns the state that it has led to, 'moved' if the worker no longer has the job.
redis.call('SREM', KEYS[8], ARGV[1])
local job = redis.call('HMGET', KEYS[9], 'state', 'worker', 'cancel')
if job[1] ~= 'running' or job[2] ~= ARGV[2] then return 'moved' end
redis.call('HDEL', KEYS[9], 'worker', 'claim')
if job[3] then
  finish(KEYS[9], ARGV[1], 'running', 'cancelled', KEYS[10])
  return 'cancelled'
end
move(KEYS[9], ARGV[1], 'running', 'queued', 0)
return 'queued'
