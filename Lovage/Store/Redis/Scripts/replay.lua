-- Failed -> queued, with a first attempt again and its history kept. Not rung yet.
-- KEYS: queued, scheduled, failed, job   ARGV: id
-- Returns the state that the job has now, 'unreadable' for a message that never was a job, nil without a record.
local job = redis.call('HMGET', KEYS[4], 'state', 'raw')
if not job[1] then return nil end
if job[1] ~= 'failed' then return job[1] end
if job[2] then return 'unreadable' end
redis.call('PERSIST', KEYS[4])
redis.call('HSET', KEYS[4], 'attempt', '1')
redis.call('HDEL', KEYS[4], 'error', 'reason', 'finishedAt', 'alone', 'crashes', 'expires', 'cancel')
move(KEYS[4], ARGV[1], 'failed', 'queued', 0)
return 'queued'
