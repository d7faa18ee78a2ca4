-- Failed -> queued, with a first attempt again and its history kept. Not rung yet.
-- KEYS: indexes…, job
-- ARGV: id, '1' if effects of which nobody knows whether they were made may be made again, when it failed or nothing
-- Returns 1, or 0 if there is nothing to replay: it has not failed or not then, it was trimmed, or it is a message that never was a job.
local key = KEYS[8]
local job = redis.call('HMGET', key, 'state', 'raw', 'origin', 'name', 'since')
if job[1] ~= 'failed' or job[2] or not job[4] then return 0 end
if ARGV[3] ~= '' and job[5] ~= ARGV[3] then return 0 end
if ARGV[2] == '1' then
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if string.sub(field, 1, 7) == 'effect:' and string.sub(redis.call('HGET', key, field), 1, 1) == 'i' then redis.call('HDEL', key, field) end
  end
  if job[3] then redis.call('HSET', key, 'origin', 'message') end
end
redis.call('HSET', key, 'attempt', '1')
redis.call('HDEL', key, 'error', 'reason', 'alone', 'crashes', 'expires', 'cancel')
move(key, ARGV[1], 'failed', 'queued', 0)
return 1
