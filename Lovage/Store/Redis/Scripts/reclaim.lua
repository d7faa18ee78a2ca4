-- Running -> queued, for a job whose worker's lease has run out: next it runs alone in its process. One that was alone
-- when its process died has crashed it; after so many crashes it has failed. One that was to be cancelled is.
-- KEYS: indexes…, the worker's lease, its held jobs, job, the finished ones of its name
-- ARGV: id, worker, crashes that are one too many, error
-- Returns the state that it has led to, 'alive' if the lease has not run out, 'moved' if the worker no longer has the job.
if redis.call('EXISTS', KEYS[8]) == 1 then return 'alive' end
local id, key, finished = ARGV[1], KEYS[10], KEYS[11]
redis.call('SREM', KEYS[9], id)
local job = redis.call('HMGET', key, 'state', 'worker', 'alone', 'cancel')
if job[1] ~= 'running' or job[2] ~= ARGV[2] then return 'moved' end

redis.call('HDEL', key, 'worker', 'claim')
if job[4] then
  finish(key, id, 'running', 'cancelled', finished)
  return 'cancelled'
end
if job[3] and redis.call('HINCRBY', key, 'crashes', 1) >= tonumber(ARGV[3]) then
  redis.call('HSET', key, 'reason', 'Crashed', 'error', ARGV[4])
  finish(key, id, 'running', 'failed', finished)
  return 'failed'
end
redis.call('HSET', key, 'alone', '1')
move(key, id, 'running', 'queued', at)
return 'queued'
