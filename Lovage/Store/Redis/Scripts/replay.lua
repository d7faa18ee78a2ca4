-- Failed -> queued, with a first attempt again and its history kept. Not rung yet.
-- KEYS: indexes…, job   ARGV: id, '1' if effects of which nobody knows whether they were made may be made again
-- Returns the state that the job has now, 'unreadable' for a message that never was a job, nil without a record.
local key = KEYS[8]
local job = redis.call('HMGET', key, 'state', 'raw', 'origin', 'name')
if not job[1] then return nil end
if job[1] ~= 'failed' or not job[4] then return job[1] end
if job[2] then return 'unreadable' end
if ARGV[2] == '1' then
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if string.sub(field, 1, 7) == 'effect:' and string.sub(redis.call('HGET', key, field), 1, 1) == 'i' then redis.call('HDEL', key, field) end
  end
  if job[3] then redis.call('HSET', key, 'origin', 'message') end
end
redis.call('HSET', key, 'attempt', '1')
redis.call('HDEL', key, 'error', 'reason', 'alone', 'crashes', 'expires', 'cancel')
move(key, ARGV[1], 'failed', 'queued', 0)
return 'queued'
