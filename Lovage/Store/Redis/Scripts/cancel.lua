-- Queued or scheduled -> cancelled; a running job's worker is asked.
-- KEYS: indexes…, the worker's cancellations, job, the finished ones of its name   ARGV: id, worker as it was read or ''
-- Returns the state that the job has now, 'moved' if another worker has it now, nil without a record.
local job = redis.call('HMGET', KEYS[9], 'state', 'worker')
if not job[1] then return nil end
if job[1] == 'queued' or job[1] == 'scheduled' then
  finish(KEYS[9], ARGV[1], job[1], 'cancelled', KEYS[10])
  return 'cancelled'
end
if job[1] == 'running' then
  if job[2] ~= ARGV[2] then return 'moved' end
  redis.call('HSET', KEYS[9], 'cancel', '1')
  redis.call('SADD', KEYS[8], ARGV[1])
  redis.call('PEXPIRE', KEYS[8], 3600000)
end
return job[1]
