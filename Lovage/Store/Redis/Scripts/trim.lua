-- Forgets jobs that ended at a time or before it. A message that carries another store's epoch, or none, would bring a job back that
-- was recorded from it: such a job leaves a tombstone.
-- KEYS: indexes…, the finished ones of their name, all jobs, job…   ARGV: that time, milliseconds for a tombstone, then ids
-- Returns how many were forgotten.
local final = { succeeded = true, failed = true, cancelled = true, expired = true }
local trimmed = 0
for i = 10, #KEYS do
  local id = ARGV[i - 7]
  local job = redis.call('HMGET', KEYS[i], 'state', 'since', 'origin', 'enqueuedAt')
  if not job[1] then
    for _, key in pairs(index) do redis.call('ZREM', key, id) end
    redis.call('ZREM', KEYS[8], id)
  elseif final[job[1]] and job[2] and tonumber(job[2]) <= tonumber(ARGV[1]) then
    redis.call('UNLINK', KEYS[i])
    redis.call('ZREM', index[job[1]], id)
    redis.call('ZREM', KEYS[8], id)
    redis.call('ZREM', KEYS[9], listed(job[4] or 0, id))
    if job[3] then
      redis.call('HSET', KEYS[i], 'state', job[1])
      redis.call('PEXPIRE', KEYS[i], ARGV[2])
    end
    trimmed = trimmed + 1
  end
end
return trimmed
