-- Notes a run's progress, if the run still has the job.
-- KEYS: job   ARGV: claim, progress
local job = redis.call('HMGET', KEYS[1], 'state', 'claim', 'log', 'enqueuedAt')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'progress', ARGV[2], 'log', logged(job[3], job[4], now(), 'p', ARGV[2]))
redis.pcall('PUBLISH', KEYS[1], '')
return 1
