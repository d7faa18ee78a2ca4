-- Queued or scheduled -> cancelled; a running job's worker is asked.
-- KEYS: queued, scheduled, failed, the worker's cancellations, job   ARGV: id, worker as it was read or '', milliseconds to keep it
-- Returns the state that the job has now, 'moved' if another worker has it now, nil without a record.
local job = redis.call('HMGET', KEYS[5], 'state', 'worker')
if not job[1] then return nil end
if job[1] == 'queued' or job[1] == 'scheduled' then
  finish(KEYS[5], ARGV[1], job[1], 'cancelled', now(), ARGV[3])
  return 'cancelled'
end
if job[1] == 'running' then
  if job[2] ~= ARGV[2] then return 'moved' end
  redis.call('HSET', KEYS[5], 'cancel', '1')
  redis.call('SADD', KEYS[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[4], 3600000)
end
return job[1]
